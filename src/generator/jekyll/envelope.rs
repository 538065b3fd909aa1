//! Where Jekyll sees front matter: `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`, by hand and in linear time.

use crate::text::TextRange;

/// The block between the fences, in bytes of the file; `None` when the whole file is body. Blank lines after the opening
/// fence belong to the fence.
pub fn block(text: &str) -> Option<TextRange> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = text.get(bom..)?;
    let first = rest.find('\n')?;
    if !is_fence(rest.get(..first)?, "---") {
        return None;
    }
    let start = bom + first + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if is_fence(line, "---") || is_fence(line, "...") {
            return Some(TextRange::new(start, at));
        }
        at += line.len();
    }
    None
}

/// Whether `line` is `mark` and then nothing but what Ruby takes for white space.
fn is_fence(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark)
        .is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b' ' | b'\t'..=b'\r')))
}

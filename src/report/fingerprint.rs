//! Knows a finding again after the lines around it moved.

use crate::diagnostic::Diagnostic;
use crate::text::Source;

/// Bytes of the marked text that count.
const MOST: usize = 400;

/// What stays the same about a finding in its file when text above it comes and goes: its rule and the first line it marks,
/// white space aside. Findings that are alike share one.
pub fn fingerprint(source: &Source, finding: &Diagnostic) -> String {
    let text = source.text();
    let marked = text.get(finding.range.as_range()).unwrap_or("");
    let line = marked.lines().find(|line| !line.trim().is_empty());
    // An empty mark speaks of the line it stands on.
    let line = line.unwrap_or_else(|| line_at(text, finding.range.start));
    let mut end = line.len().min(MOST);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let words = line[..end].split_whitespace();
    digest([finding.code.0].into_iter().chain(words))
}

fn line_at(text: &str, offset: usize) -> &str {
    let offset = offset.min(text.len());
    let start = text
        .get(..offset)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or("");
    rest.lines().next().unwrap_or("")
}

/// FNV-1a over the parts: the same on every machine.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.into_iter().flat_map(|part| part.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

//! Where Hugo's lexer sees front matter.

use crate::post::Dialect;
use crate::text::TextRange;

/// What the lexer makes of the start of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// No front matter: a plain page.
    Nothing,
    /// The block without its fences (with its braces for JSON), in bytes of the file.
    Block(TextRange, Dialect),
    /// It begins and does not end, or it begins like front matter and is none: the build stops.
    Broken,
}

/// Read the start of `text`. A byte-order mark and white space may stand before the fence.
pub fn seen(text: &str) -> Seen {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let start = text.len() - rest.len();
    match rest.as_bytes().first() {
        Some(b'-') => fenced(text, start, "---", Dialect::Yaml),
        Some(b'+') => fenced(text, start, "+++", Dialect::Toml),
        Some(b'{') => braced(text, start),
        _ => Seen::Nothing,
    }
}

/// The end is a line that begins with the mark, whatever follows.
fn fenced(text: &str, start: usize, mark: &str, dialect: Dialect) -> Seen {
    let Some(rest) = text.get(start..).and_then(|rest| rest.strip_prefix(mark)) else {
        return Seen::Broken;
    };
    let from = text.len() - rest.len();
    let mut at = from;
    for line in rest.split_inclusive(['\n', '\r']) {
        if at > from && line.starts_with(mark) {
            return Seen::Block(TextRange::new(from, at), dialect);
        }
        at += line.len();
    }
    Seen::Broken
}

/// One past the brace that closes the first.
fn braced(text: &str, start: usize) -> Seen {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Seen::Block(TextRange::new(start, at + 1), Dialect::Json);
        }
    }
    Seen::Broken
}

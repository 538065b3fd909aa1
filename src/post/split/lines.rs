//! The lines of a text, ended by `\n`, `\r\n` or a lone `\r`.

use crate::text::TextRange;

/// One line and where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line without its line end.
    pub text: &'a str,
    /// First byte.
    pub start: usize,
    /// One past the last byte of `text`.
    pub end: usize,
    /// First byte after the line end; the text's length on the last line.
    pub next: usize,
}

impl Line<'_> {
    /// The bytes of the line without its line end.
    pub fn range(&self) -> TextRange {
        TextRange::new(self.start, self.end)
    }

    /// Whether only white space (or a stray byte-order mark) stands on it.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
    }

    /// Bytes of white space before the first other character.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// The lines of `text` from byte `from` (a line's start) on, and up to `to`. A text that ends in a line end has no
/// empty line after it.
pub fn lines(text: &str, from: usize, to: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        if at >= to {
            return None;
        }
        let line = line_at(text, at, to)?;
        at = line.next;
        Some(line)
    })
}

/// The rest of the line from `start` on.
pub fn line_at(text: &str, start: usize, to: usize) -> Option<Line<'_>> {
    let rest = text.get(start..to)?;
    let (end, next) = match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        Some(at) if rest.as_bytes()[at..].starts_with(b"\r\n") => (at, at + 2),
        Some(at) => (at, at + 1),
        None => (rest.len(), rest.len()),
    };
    Some(Line {
        text: rest.get(..end)?,
        start,
        end: start + end,
        next: start + next,
    })
}

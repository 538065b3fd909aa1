//! Byte offset ↔ line and column, by the rules of LSP.

use super::Same;
use memchr::{memchr, memchr_iter, memchr2_iter};

/// The unit in which columns are counted (LSP's `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, LSP's default.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// Line and column, both counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in units of the [`Encoding`] it was made with.
    pub column: usize,
}

/// Where each line starts. LSP knows three line ends and no others: `\n`, `\r\n` and a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineTable {
    starts: Vec<usize>,
}

impl LineTable {
    /// Scan `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        if memchr(b'\r', bytes).is_none() {
            starts.extend(memchr_iter(b'\n', bytes).map(|at| at + 1));
            return Self { starts };
        }
        starts.extend(starts_in(bytes, 0, bytes.len()));
        Self { starts }
    }

    /// The table of `new`, from this one of `old`, which is the `same` at its ends.
    pub(super) fn after(&self, old: &str, new: &str, same: Same) -> Self {
        let [old, end] = [old, new].map(|text| text.len() - same.behind);
        // Whether a line starts at a place is told by the two bytes around it.
        let head = self.starts.partition_point(|&start| start < same.before).max(1);
        let tail = self.starts.partition_point(|&start| start <= old);
        let mut starts = Vec::with_capacity(self.starts.len() + 8);
        starts.extend_from_slice(&self.starts[..head]);
        starts.extend(starts_in(new.as_bytes(), same.before.saturating_sub(1), end));
        starts.extend(self.starts[tail..].iter().map(|start| start - old + end));
        Self { starts }
    }

    /// Number of lines; a text that ends with a line end has an empty last line.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: even the empty text has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The line (from 0) that holds the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Byte offset of the start of `line`; `None` beyond the last line.
    pub fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// Bytes of `line` without its line end; `None` beyond the last line.
    pub fn content_of(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = self.start_of(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let trimmed = text[start..end].trim_end_matches(['\n', '\r']);
        Some(start..start + trimmed.len())
    }

    /// See [`Source::position`](crate::text::Source::position). An offset inside a character counts as its start.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let before = &text[self.starts[line]..offset];
        Position {
            line,
            column: width(before, encoding),
        }
    }

    /// See [`Source::offset`](crate::text::Source::offset). A column inside a character counts as its start.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(content) = self.content_of(text, position.line) else {
            return text.len();
        };
        let mut column = 0;
        for (at, character) in text[content.clone()].char_indices() {
            let next = column + unit_len(character, encoding);
            if next > position.column {
                return content.start + at;
            }
            column = next;
        }
        content.end
    }
}

/// Where lines start behind the line ends of `bytes` from `from` to `to`.
fn starts_in(bytes: &[u8], from: usize, to: usize) -> impl Iterator<Item = usize> {
    memchr2_iter(b'\n', b'\r', &bytes[from..to])
        .map(move |at| from + at)
        .filter(|&at| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
}

fn width(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        Encoding::Utf32 => text.chars().count(),
    }
}

fn unit_len(character: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => character.len_utf8(),
        Encoding::Utf16 => character.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

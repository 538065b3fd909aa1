//! Text that never changes and the places in it.

mod line_table;
mod moved;
mod same;
mod tally;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub use line_table::{Encoding, LineTable, Position};
pub use moved::Moved;
pub use same::Same;
pub use tally::Tally;

/// A half-open range of bytes counted from the start of a whole file; both ends lie on char boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextRange {
    /// A range from `start` to `end`; `start <= end` is the caller's promise.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "range {start}..{end} is inside out");
        Self { start, end }
    }

    /// The empty range at `offset`.
    pub fn at(offset: usize) -> Self {
        Self {
            start: offset,
            end: offset,
        }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `other` is covered.
    pub fn covers(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether one of `ranges`, which are sorted and disjoint, covers it.
    pub fn is_covered_by(self, ranges: &[TextRange]) -> bool {
        let next = ranges.partition_point(|range| range.end <= self.start);
        ranges.get(next).is_some_and(|range| range.covers(self))
    }

    /// Whether the byte at `offset` is covered.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    pub fn hull(self, other: TextRange) -> TextRange {
        TextRange {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same range as the standard library's.
    pub fn as_range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// `text` with its ASCII letters in lower case; nothing is copied where they are already.
pub fn lower(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// The one of `ranges`, sorted and disjoint, that holds the byte at `offset`.
pub fn holder(ranges: &[TextRange], offset: usize) -> Option<TextRange> {
    let next = ranges.partition_point(|range| range.end <= offset);
    ranges.get(next).copied().filter(|range| range.contains(offset))
}

impl From<std::ops::Range<usize>> for TextRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        TextRange::new(range.start, range.end)
    }
}

/// The frozen text of one file, byte-order mark and line endings included. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    text: Arc<String>,
    lines: Arc<OnceLock<LineTable>>,
    /// What was there before it.
    last: Option<Arc<Last>>,
    first_bad_byte: Option<usize>,
}

/// Another text, of which most is the same.
#[derive(Debug)]
struct Last {
    text: Arc<String>,
    lines: Arc<OnceLock<LineTable>>,
    same: OnceLock<Same>,
}

impl Source {
    /// A source from text that is known to be UTF-8.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: Arc::new(text.into()),
            lines: Arc::new(OnceLock::new()),
            last: None,
            first_bad_byte: None,
        }
    }

    /// A source from the bytes of a file. Bytes that are not UTF-8 become U+FFFD, as Hexo reads them, and
    /// [`Source::first_bad_byte`] tells where the first one stood.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => Self::new(text),
            Err(error) => Self {
                first_bad_byte: Some(error.valid_up_to()),
                ..Self::new(String::from_utf8_lossy(&bytes))
            },
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, shared.
    pub fn shared(&self) -> Arc<String> {
        Arc::clone(&self.text)
    }

    /// This text with `new` in place of what stands in `range`, which lies on char boundaries.
    pub fn with(&self, range: TextRange, new: &[&str]) -> Self {
        let (before, behind) = (&self.text[..range.start], &self.text[range.end..]);
        let length = new.iter().map(|part| part.len()).sum::<usize>();
        let mut text = String::with_capacity(before.len() + length + behind.len());
        text.push_str(before);
        text.extend(new.iter().copied());
        text.push_str(behind);
        let same = Same {
            before: before.len(),
            behind: behind.len(),
        };
        let last = Last {
            text: Arc::clone(&self.text),
            lines: Arc::clone(&self.lines),
            same: OnceLock::from(same),
        };
        Self {
            last: Some(Arc::new(last)),
            ..Self::new(text)
        }
    }

    /// The same text as the one that a writer made of `last`. What of it is the same need not be read again, and is looked for once.
    pub fn after(self, last: &Source) -> Self {
        if self
            .last
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(&known.text, &last.text))
        {
            return self;
        }
        let last = Last {
            text: Arc::clone(&last.text),
            lines: Arc::clone(&last.lines),
            same: OnceLock::new(),
        };
        Self {
            last: Some(Arc::new(last)),
            ..self
        }
    }

    /// What of `old` is the same in this text.
    pub fn same_as(&self, old: &Source) -> Same {
        match &self.last {
            Some(last) if Arc::ptr_eq(&last.text, &old.text) => self.same_as_last(last),
            _ => Same::of(&old.text, &self.text),
        }
    }

    fn same_as_last(&self, last: &Last) -> Same {
        *last.same.get_or_init(|| Same::of(&last.text, &self.text))
    }

    /// The lines of `part`, whole and with their ends, that `range` and `near` bytes on each side of it stand on.
    pub fn lines_near(&self, range: TextRange, near: usize, part: TextRange) -> TextRange {
        let bytes = self.text.as_bytes();
        let start = range.start.saturating_sub(near).max(part.start);
        let start = memchr::memrchr(b'\n', &bytes[part.start..start]).map_or(part.start, |at| part.start + at + 1);
        let end = (range.end + near).min(part.end);
        let end = memchr::memchr(b'\n', &bytes[end..part.end]).map_or(part.end, |at| end + at + 1);
        TextRange::new(start, end)
    }

    /// Byte offset of the first byte that was not UTF-8; `None` when the file is sound. Up to there offsets in
    /// the text equal offsets in the file; beyond they do not, so such a file is never edited.
    pub fn first_bad_byte(&self) -> Option<usize> {
        self.first_bad_byte
    }

    /// The text in `range`.
    #[inline]
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.as_range()]
    }

    /// The line table, built at first use.
    pub fn lines(&self) -> &LineTable {
        self.lines.get_or_init(|| {
            let last = self.last.as_ref();
            let known = last.and_then(|last| Some((last, last.lines.get()?)));
            match known {
                Some((last, lines)) => lines.after(&last.text, &self.text, self.same_as_last(last)),
                None => LineTable::new(&self.text),
            }
        })
    }

    /// Line and column of a byte offset, both from 0, columns in units of `encoding`.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        self.lines().position(&self.text, offset, encoding)
    }

    /// Byte offset of a position; beyond a line's end it is the line's end, beyond the text it is the text's end.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        self.lines().offset(&self.text, position, encoding)
    }

    /// Length of the byte-order mark at the start in bytes: 3 or 0.
    pub fn bom_len(&self) -> usize {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// The line ending that new lines should use: that of the first line, `\n` where there is none.
    pub fn eol(&self) -> &'static str {
        match memchr::memchr(b'\n', self.text.as_bytes()) {
            Some(at) if at > 0 && self.text.as_bytes()[at - 1] == b'\r' => "\r\n",
            _ => "\n",
        }
    }
}

/// A replacement of the bytes in `range` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// Bytes of the whole file.
    pub range: TextRange,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replace `range` by `text`.
    pub fn replace(range: TextRange, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }

    /// Insert `text` before the byte at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self {
            range: TextRange::at(offset),
            text: text.into(),
        }
    }

    /// Remove `range`.
    pub fn delete(range: TextRange) -> Self {
        Self {
            range,
            text: String::new(),
        }
    }
}

/// `text` after `edits`, which are sorted and disjoint.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether nothing but white space stands in `text`.
pub fn is_blank(text: &str) -> bool {
    // Nearly all that is not blank begins with ASCII, and is read byte by byte.
    let first = text
        .bytes()
        .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    first.is_none_or(|at| text[at..].trim_start().is_empty())
}

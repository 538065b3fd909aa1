//! Byte offsets as people count: line and column from 1.

use crate::text::{Encoding, Source};
use serde::Serialize;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Bytes from the start of the file.
    pub offset: usize,
    /// From 1.
    pub line: usize,
    /// From 1, in units of the [`Places`] it came from.
    pub column: usize,
}

/// Turns offsets into places. Remembers the last one, so that many findings on one very long line cost one pass over it.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a Source,
    encoding: Encoding,
    last: Place,
}

impl<'a> Places<'a> {
    /// Columns count characters.
    pub fn new(source: &'a Source) -> Self {
        Self::in_units(source, Encoding::Utf32)
    }

    /// Columns count units of `encoding`.
    pub fn in_units(source: &'a Source, encoding: Encoding) -> Self {
        let last = Place {
            offset: 0,
            line: 1,
            column: 1,
        };
        Self { source, encoding, last }
    }

    /// The place of `offset`; beyond the text it is the text's end.
    pub fn of(&mut self, offset: usize) -> Place {
        let offset = offset.min(self.source.text().len());
        let line = self.source.lines().line_of(offset) + 1;
        let between = self.source.text().get(self.last.offset..offset);
        self.last = match between {
            Some(text) if line == self.last.line => Place {
                offset,
                line,
                column: self.last.column + self.units(text),
            },
            _ => Place {
                offset,
                line,
                column: self.source.position(offset, self.encoding).column + 1,
            },
        };
        self.last
    }

    fn units(&self, text: &str) -> usize {
        match self.encoding {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_changes_no_answer() {
        let source = Source::new("汉a\r\nb😀汉字\nc");
        let mut places = Places::new(&source);
        for offset in [0, 3, 4, 6, 7, 11, 14, 7, 17, 18, 3, 99] {
            let fresh = Places::new(&source).of(offset);
            assert_eq!(places.of(offset), fresh);
        }
        assert_eq!(
            Places::new(&source).of(14),
            Place {
                offset: 14,
                line: 2,
                column: 4
            }
        );
    }
}

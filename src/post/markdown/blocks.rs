//! The blocks of a text that stand in no other, between which it can be read in parts: a block that begins after a blank line is
//! read the same whatever stands before it.

use super::layout::Piece;

/// Where the blocks of a text begin.
#[derive(Clone, Copy)]
pub(super) struct Blocks<'a> {
    text: &'a [u8],
    /// Where the text begins.
    base: usize,
    starts: &'a [usize],
}

/// Where reading may stop.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    /// Where a block begins that has to begin there as before; `None` is the end of the text.
    pub end: Option<usize>,
    /// What stands between `end` and here shows whether it does; `None` is the end of the text.
    pub shown: Option<usize>,
}

impl<'a> Blocks<'a> {
    /// Of `text`, which begins at `base`, and whose outermost blocks begin at `starts`; all places count from where `base` does.
    pub(super) fn of(text: &'a str, base: usize, starts: &'a [usize]) -> Self {
        let text = text.as_bytes();
        Self { text, base, starts }
    }

    /// From where on a text has to be read again when it changes at `at`: the change may belong to the block before the one that
    /// it stands in. `None` is the start of the text.
    pub(super) fn before(self, at: usize) -> Option<usize> {
        let touched = self.starts.partition_point(|&start| start <= at);
        let mut free = self.starts[..touched]
            .iter()
            .rev()
            .filter(|&&start| self.is_free(start));
        free.nth(1).copied()
    }

    /// Up to where it may have to be read again when it changes up to `at`, nearest first: the first blocks behind may have become
    /// a part of the change.
    pub(super) fn stops(self, at: usize) -> Vec<Stop> {
        let first = self.starts.partition_point(|&start| start <= at);
        let behind = self.starts[first..].iter().copied();
        let mut free = behind.filter(|&start| self.is_free(start)).peekable();
        let mut out = Vec::new();
        for skipped in [0, 0, 8, 64] {
            let end = free.nth(skipped);
            let shown = end.and_then(|_| free.peek().copied());
            out.push(Stop { end, shown });
            if end.is_none() {
                break;
            }
        }
        out
    }

    /// Whether the line at `at` begins like a block of its own: behind an empty line, and not indented.
    fn is_free(self, at: usize) -> bool {
        let Some((before, rest)) = self.text.split_at_checked(at - self.base) else {
            return false;
        };
        (before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n"))
            && rest.first().is_some_and(|byte| !byte.is_ascii_whitespace())
    }
}

/// Whether every piece that begins before `at` ends before it, too.
pub(super) fn ends_before(pieces: &[Piece], at: usize) -> bool {
    let mut before = pieces.iter().take_while(|piece| piece.range.start < at);
    before.all(|piece| piece.range.end < at)
}

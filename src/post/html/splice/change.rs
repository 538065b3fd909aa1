//! Where two texts, and what Markdown says of them, differ.

use crate::post::markdown::Markdown;
use crate::text::{Same, Source, TextRange};

/// How far reading may look ahead of a tag that it has not begun to read: to see that one begins.
const AHEAD: usize = 4;

/// The one place where they do.
pub(super) struct Change {
    /// Up to here the texts are the same.
    before: usize,
    /// Before here all of it is the same.
    pub(super) start: usize,
    /// From here on in the old text, all is the same as from `end + moved` on in the new one.
    pub(super) end: usize,
    /// How far what is behind has moved, in bytes.
    moved: isize,
}

/// Whether something is read as a whole, or what is before a change in it by itself, and what is behind.
#[derive(Clone, Copy, PartialEq)]
enum Inner {
    Whole,
    Parts,
}

impl Change {
    pub(super) fn between(old: (&Source, &Markdown), new: (&Source, &Markdown)) -> Self {
        let Same { before, behind } = new.0.same_as(old.0);
        let length = |source: &Source| source.text().len();
        let moved = length(new.0).cast_signed() - length(old.0).cast_signed();
        let mut out = Self {
            before,
            start: before.saturating_sub(AHEAD),
            end: length(old.0) - behind,
            moved,
        };
        let (old, new) = (old.1, new.1);
        out.spread(&old.code, &new.code, Inner::Whole);
        out.spread(&old.prose, &new.prose, Inner::Whole);
        out.spread(&old.marks, &new.marks, Inner::Whole);
        let tags =
            |markdown: &Markdown| -> Vec<TextRange> { markdown.template.tags.iter().map(|tag| tag.range).collect() };
        out.spread(&tags(old), &tags(new), Inner::Whole);
        // A change in HTML that goes on on both sides of it touches neither end.
        out.spread(&old.html, &new.html, Inner::Parts);
        out
    }

    /// Where what is at `at` in the old text, behind the change, is in the new one.
    pub(super) fn to_new(&self, at: usize) -> usize {
        at.saturating_add_signed(self.moved)
    }

    /// Make room for what differs in `old` and `new`.
    fn spread(&mut self, old: &[TextRange], new: &[TextRange], inner: Inner) {
        let is_same = |one: usize, other: usize| inner == Inner::Parts && one == other;
        let is_before = |(one, other): &(&TextRange, &TextRange)| one == other && one.end <= self.before;
        let same = old.iter().zip(new).take_while(is_before).count();
        let (old, new) = (&old[same..], &new[same..]);
        let is_moved = |(one, other): &(&TextRange, &TextRange)| {
            self.to_new(one.start) == other.start && self.to_new(one.end) == other.end
        };
        let behind = old.iter().rev().zip(new.iter().rev()).take_while(is_moved).count();
        let (old, new) = (&old[..old.len() - behind], &new[..new.len() - behind]);
        let starts = [old.first(), new.first()];
        self.start = match starts {
            [Some(one), Some(other)] if is_same(one.start, other.start) => self.start.min(one.end).min(other.end),
            starts => starts
                .into_iter()
                .flatten()
                .map(|range| range.start)
                .fold(self.start, usize::min),
        };
        let to_old = |at: usize| at.saturating_add_signed(-self.moved);
        self.end = match [old.last(), new.last()] {
            [Some(one), Some(other)] if is_same(self.to_new(one.end), other.end) => {
                self.end.max(one.start + 1).max(to_old(other.start) + 1)
            }
            [one, other] => {
                let ends = [one.map(|one| one.end), other.map(|other| to_old(other.end))];
                ends.into_iter().flatten().fold(self.end, usize::max)
            }
        };
    }
}

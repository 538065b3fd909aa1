//! Where what stood in one text stands in another that differs from it in a single place.

use super::{Same, Source, TextRange};

/// The one place where a text differs from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it is in both texts.
    start: usize,
    /// Its end in the earlier text, and in the later one.
    ends: [usize; 2],
    /// How many bytes of blanks stand before it in both, and behind it.
    blanks: [usize; 2],
}

impl Moved {
    /// From `old` to `new`.
    pub fn between(old: &Source, new: &Source) -> Self {
        let Same { before, behind } = new.same_as(old);
        let bytes = new.text().as_bytes();
        let end = bytes.len() - behind;
        let is_blank = |byte: &&u8| byte.is_ascii_whitespace();
        Self {
            start: before,
            ends: [old.text().len() - behind, end],
            blanks: [
                bytes[..before].iter().rev().take_while(is_blank).count(),
                bytes[end..].iter().take_while(is_blank).count(),
            ],
        }
    }

    /// The place in the earlier text; it may begin and end inside of characters.
    pub fn was(self) -> TextRange {
        TextRange::new(self.start, self.ends[0])
    }

    /// The place in the later text; it may begin and end inside of characters.
    pub fn now(self) -> TextRange {
        TextRange::new(self.start, self.ends[1])
    }

    /// Where what stood at `at`, behind the change, is now.
    fn behind(self, at: usize) -> usize {
        at - self.ends[0] + self.ends[1]
    }

    /// Where `range` of the earlier text is now; `None` where the change reaches into it, and where it is empty and stood where the
    /// change is.
    pub fn untouched(self, range: TextRange) -> Option<TextRange> {
        let [end, _] = self.ends;
        match range.is_empty() && (self.start..=end).contains(&range.start) {
            true => None,
            false if range.end <= self.start => Some(range),
            false if range.start >= end => Some(TextRange::new(self.behind(range.start), self.behind(range.end))),
            false => None,
        }
    }

    /// Whether `new` of the later text can be what `old` of the earlier one was: the change may lie in it, or at one of its ends, with
    /// nothing but blanks between.
    pub fn can_be(self, old: TextRange, new: TextRange) -> bool {
        let near = |end: usize| self.start - self.blanks[0]..=self.ends[end] + self.blanks[1];
        let is = |old: usize, new: usize| {
            (old <= self.start && new == old)
                || (old >= self.ends[0] && new == self.behind(old))
                || (near(0).contains(&old) && near(1).contains(&new))
        };
        is(old.start, new.start) && is(old.end, new.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Moved;
    use crate::text::{Source, TextRange};

    fn moved(old: &str, new: &str) -> Moved {
        Moved::between(&Source::new(old), &Source::new(new))
    }

    #[test]
    fn what_a_change_does_not_reach_into_is_found_again() {
        let moved = moved("one two three", "one 2 three");
        let range = TextRange::new;
        assert_eq!(moved.untouched(range(0, 4)), Some(range(0, 4)));
        assert_eq!(moved.untouched(range(8, 13)), Some(range(6, 11)));
        assert_eq!(moved.untouched(range(4, 7)), None);
        assert_eq!(moved.untouched(range(2, 5)), None);
        assert_eq!(moved.untouched(range(9, 9)), Some(range(7, 7)));
    }

    #[test]
    fn an_empty_range_where_something_was_typed_is_on_neither_side_of_it() {
        let moved = moved("ab", "axb");
        assert_eq!(moved.untouched(TextRange::at(1)), None);
        assert_eq!(moved.untouched(TextRange::new(0, 1)), Some(TextRange::new(0, 1)));
        assert_eq!(moved.untouched(TextRange::new(1, 2)), Some(TextRange::new(2, 3)));
    }

    #[test]
    fn what_holds_a_change_is_longer_or_shorter_by_it() {
        let moved = moved("one two three", "one 2 three");
        let range = TextRange::new;
        assert!(moved.can_be(range(0, 13), range(0, 11)));
        assert!(moved.can_be(range(4, 7), range(4, 5)));
        assert!(!moved.can_be(range(0, 13), range(0, 13)));
        assert!(!moved.can_be(range(2, 13), range(3, 11)));
    }
}

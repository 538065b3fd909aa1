//! A text as it was, and which lines of it are not as they were.

use super::memory::Memory;
use crate::text::{Same, Source, TextRange};
use memchr::{memchr, memrchr};

/// A part of a text that was looked at before, the body most of all.
#[derive(Clone, Debug)]
pub struct Earlier {
    source: Source,
    part: TextRange,
}

impl Earlier {
    /// The `part` of `source`.
    pub fn new(source: &Source, part: TextRange) -> Self {
        Self {
            source: source.clone(),
            part,
        }
    }

    /// The text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The lines that are not as they were, whole and with their ends: where they stood in this part, and where they stand in `part` of
    /// the later text `source`. Both are empty where all is the same. `None` where the parts do not begin and end at the same places.
    pub fn changed(&self, source: &Source, part: TextRange) -> Option<(TextRange, TextRange)> {
        let Same { before, behind } = source.same_as(&self.source);
        let (old, new) = (self.source.text().len(), source.text().len());
        let has_same_end = old - self.part.end == new - part.end;
        if !has_same_end {
            return None;
        }
        if old - behind <= self.part.start && old - self.part.start == new - part.start {
            // What changed stands before it.
            return Some((TextRange::at(self.part.start), TextRange::at(part.start)));
        }
        if self.part.start != part.start || before < part.start || behind < new - part.end {
            return None;
        }
        let bytes = source.text().as_bytes();
        let start = memrchr(b'\n', &bytes[part.start..before]).map_or(part.start, |at| part.start + at + 1);
        let end = new - behind;
        let end = memchr(b'\n', &bytes[end..part.end]).map_or(part.end, |at| end + at + 1);
        Some((TextRange::new(start, end + old - new), TextRange::new(start, end)))
    }

    /// What of this part is the same in `part` of the later text `source`.
    pub fn same(&self, source: &Source, part: TextRange) -> Same {
        let [old, new] = [self.part.len(), part.len()];
        let are_ends = self.part.end == self.source.text().len() && part.end == source.text().len();
        let Same { before, behind } = source.same_as(&self.source);
        // Where the part is not the end of both texts, or begins elsewhere, the parts are compared by themselves.
        match are_ends {
            true if behind >= old && behind >= new && old == new => Same { before: new, behind: 0 },
            true if self.part.start == part.start && before >= part.start => Same {
                before: before - part.start,
                behind,
            },
            _ => Same::of(self.source.slice(self.part), source.slice(part)),
        }
    }

    /// The same as text.
    pub fn changed_lines<'t>(&'t self, source: &'t Source, part: TextRange) -> Option<[&'t str; 2]> {
        let (old, new) = self.changed(source, part)?;
        Some([self.source.slice(old), source.slice(new)])
    }
}

/// What is known not to be so of a text, each under its name.
#[derive(Debug, Default)]
struct Denied(Vec<(&'static str, Earlier)>);

impl Memory {
    /// Whether `test` is true of the `part` of `source`. Where it was not before, under this `name`, it is not asked again unless the lines
    /// that changed `touch` it, those that were there or those that are.
    pub fn holds(
        &self,
        name: &'static str,
        (source, part): (&Source, TextRange),
        touches: impl Fn(&str) -> bool,
        test: impl FnOnce() -> bool,
    ) -> bool {
        let mut denied: Denied = self.take().unwrap_or_default();
        let at = denied.0.iter().position(|(other, _)| *other == name);
        let known = at.map(|at| denied.0.swap_remove(at).1);
        let lines = known.as_ref().and_then(|earlier| earlier.changed_lines(source, part));
        let holds = match lines {
            Some(lines) if !lines.into_iter().any(touches) => false,
            _ => test(),
        };
        if !holds {
            denied.0.push((name, Earlier::new(source, part)));
        }
        self.keep(denied);
        holds
    }
}

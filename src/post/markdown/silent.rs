//! Indented blocks that hold no tag, each looked at once while a writer types elsewhere.

use crate::text::{Moved, Source, TextRange};

/// Those of a text, in order.
#[derive(Debug)]
pub(super) struct Kept {
    source: Source,
    blocks: Vec<TextRange>,
}

/// Those of a text that is being read.
pub(super) struct Silent {
    /// What is known from the text before: the blocks that come next, and how they have moved.
    before: std::iter::Peekable<std::vec::IntoIter<TextRange>>,
    moved: Option<Moved>,
    blocks: Vec<TextRange>,
}

impl Silent {
    /// Of `source`, when `known` are those of the text before.
    pub(super) fn after(source: &Source, known: Option<Kept>) -> Self {
        let moved = known.as_ref().map(|known| Moved::between(&known.source, source));
        let before = known.map(|known| known.blocks).unwrap_or_default();
        Self {
            before: before.into_iter().peekable(),
            moved,
            blocks: Vec::new(),
        }
    }

    /// Whether `block` is known for one. Blocks are asked about in order.
    pub(super) fn holds(&mut self, block: TextRange) -> bool {
        let Some(moved) = self.moved else { return false };
        let now = |old: &TextRange| moved.untouched(*old);
        // What was changed is behind no later block, and tells nothing.
        while self
            .before
            .next_if(|old| now(old).is_none_or(|now| now.start < block.start))
            .is_some()
        {}
        let is_known = self.before.next_if(|old| now(old) == Some(block)).is_some();
        if is_known {
            self.blocks.push(block);
        }
        is_known
    }

    /// Take `block` for one; `false`.
    pub(super) fn add(&mut self, block: TextRange) -> bool {
        self.blocks.push(block);
        false
    }

    /// For the next text, when this one is `source`.
    pub(super) fn kept(self, source: &Source) -> Kept {
        Kept {
            source: source.clone(),
            blocks: self.blocks,
        }
    }
}

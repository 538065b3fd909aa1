//! Chains of categories that a site uses on purpose.

use super::{Index, Term};
use crate::generator::Taxonomy;

/// Posts that must be filed under a chain before it can be a habit.
const FEWEST: usize = 3;

impl Index {
    /// Whether the site files posts under `chain` on purpose: each name below the first stands under the one before it in at
    /// least three posts and in at least `share` per cent of those that use the name at all.
    pub fn is_chain(&self, chain: &[String], share: usize) -> bool {
        let is_habit = |at: usize| {
            let Some((name, parents)) = chain.get(..=at).and_then(<[String]>::split_last) else {
                return false;
            };
            let term = Term {
                taxonomy: Taxonomy::Category,
                parents: parents.to_vec(),
                name: name.into(),
                slug: None,
            };
            let here = self.uses(&term);
            here >= FEWEST && here * 100 >= share * self.category_uses(name)
        };
        (1..chain.len()).all(is_habit)
    }
}

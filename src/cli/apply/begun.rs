//! What an earlier `postlint apply --select …` made of a file: which rules of the plan it applied.

use super::{befores, steps, undone};
use crate::cli::plan::PlannedFile;
use crate::fix::rounds::{self, Kept};
use crate::workspace;
use std::collections::BTreeSet;

/// Files with fixes of more rules are not looked at: each rule doubles what is to be tried.
const MOST_RULES: usize = 6;

/// A file in which some of a plan was applied.
pub(super) struct Begun<'a> {
    /// The text that the plan was made for.
    pub(super) original: String,
    /// The rules whose fixes were applied.
    pub(super) rules: BTreeSet<&'a str>,
    /// What was applied.
    pub(super) kept: Kept,
}

/// What was begun where `text` stands now; `None` where that is nothing of the plan, so that somebody else changed it.
pub(super) fn begun<'a>(text: &str, file: &'a PlannedFile) -> Option<Begun<'a>> {
    let rules: BTreeSet<&str> = file.rounds.iter().flatten().map(|fix| &*fix.rule).collect();
    if rules.len() > MOST_RULES {
        return None;
    }
    (1_u32..1 << rules.len()).find_map(|choice| {
        let chosen = rules.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1);
        let rules: BTreeSet<&str> = chosen.map(|(_, rule)| *rule).collect();
        let kept = rounds::keep(&steps(file, |fix| fix.keep && rules.contains(&*fix.rule))?);
        let original = undone(text, &kept, &befores(file, &kept))?;
        (workspace::content_hash(&original) == file.hash).then_some(Begun { original, rules, kept })
    })
}

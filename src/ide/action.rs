//! What can be done about findings, and the edits that do it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Checked, silence};
use crate::diagnostic::{Applicability, Diagnostic, RuleCode};
use crate::fix;
use crate::message::Message;
use crate::say;
use crate::text::{self, Edit, TextRange};

/// More findings than this at once are not offered to be silenced: each offer is tried out first.
const SILENCES: usize = 8;

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// An order.
    pub title: Message,
    /// What to do.
    pub deed: Deed,
    /// Whether a human must look first.
    pub applicability: Applicability,
    /// The finding it is about, as an index; `None` when it is about the file.
    pub finding: Option<usize>,
    /// Whether it is what nearly every writer wants.
    pub preferred: bool,
}

/// What an action does; small enough to be sent to the client and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Fix number `fix` of finding number `finding`.
    Fix {
        /// Index of the finding.
        finding: usize,
        /// Index of the fix.
        fix: usize,
    },
    /// The first fix of every finding of a rule.
    FixRule {
        /// The rule's name.
        code: String,
    },
    /// Every safe first fix, until none is left.
    FixAll,
    /// A comment that silences finding number `finding`.
    SilenceLine {
        /// Index of the finding.
        finding: usize,
    },
    /// A comment that silences a rule in the whole file.
    SilenceFile {
        /// The rule's name.
        code: String,
    },
    /// A setting that switches a rule off for the whole site; its edit is in another file.
    SilenceSite {
        /// The rule's name.
        code: String,
    },
    /// The first fix of every finding about ads and trackers.
    CleanAds,
}

/// What can be done about the findings that touch `range`, best first.
pub fn quick_fixes(checked: &Checked, range: TextRange) -> Vec<Action> {
    let touched: Vec<(usize, &Diagnostic)> = checked
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.range.start <= range.end && range.start <= finding.range.end)
        .collect();
    let mut actions = Vec::new();
    for &(index, finding) in &touched {
        actions.extend(fixes_of(index, finding));
    }
    let codes: BTreeSet<RuleCode> = touched.iter().map(|(_, finding)| finding.code).collect();
    for code in codes {
        actions.extend(fix_rule(checked, code));
    }
    if touched.iter().any(|(_, finding)| is_about_ads(finding)) {
        actions.extend(clean_ads(checked));
    }
    actions.extend(silences(checked, &touched));
    actions
}

/// Mend everything that can be mended safely; `None` when there is nothing.
pub fn fix_all(checked: &Checked) -> Option<Action> {
    let plan = fix::plan(checked.post.text(), &checked.findings, Applicability::Safe);
    (!plan.edits.is_empty()).then(|| Action {
        title: say!("Fix everything that is safe to fix"),
        deed: Deed::FixAll,
        applicability: Applicability::Safe,
        finding: None,
        preferred: false,
    })
}

/// Remove all ad markup; `None` when there is none that a rule can remove.
pub fn clean_ads(checked: &Checked) -> Option<Action> {
    let edits = edits_of_some(checked, is_about_ads);
    (!edits.is_empty()).then(|| Action {
        title: say!("Remove all ad markup in this file"),
        deed: Deed::CleanAds,
        applicability: Applicability::Unsafe,
        finding: None,
        preferred: false,
    })
}

/// The edits of a deed, sorted and disjoint; `None` when it cannot be done (any more).
pub fn edits(checked: &Checked, deed: &Deed) -> Option<Vec<Edit>> {
    let edits = match deed {
        Deed::Fix { finding, fix } => checked.findings.get(*finding)?.fixes.get(*fix)?.edits.clone(),
        Deed::FixRule { code } => edits_of_some(checked, |finding| finding.code.0 == code),
        Deed::FixAll => all_safe_edits(checked),
        Deed::SilenceLine { finding } => vec![silence::line(checked, checked.findings.get(*finding)?)?],
        Deed::SilenceFile { code } => {
            let finding = checked.findings.iter().find(|finding| finding.code.0 == code)?;
            vec![silence::file(checked, finding.code)?]
        }
        Deed::SilenceSite { .. } => return None,
        Deed::CleanAds => edits_of_some(checked, is_about_ads),
    };
    (!edits.is_empty()).then_some(edits)
}

/// Whether a deed takes something away without writing anything in its place.
pub fn removes(checked: &Checked, deed: &Deed) -> bool {
    let edits = edits(checked, deed).unwrap_or_default();
    edits
        .iter()
        .any(|edit| edit.text.trim().is_empty() && !edit.range.is_empty())
}

fn fixes_of(index: usize, finding: &Diagnostic) -> impl Iterator<Item = Action> {
    finding.fixes.iter().enumerate().map(move |(number, fix)| Action {
        title: fix.title.clone(),
        deed: Deed::Fix {
            finding: index,
            fix: number,
        },
        applicability: fix.applicability,
        finding: Some(index),
        preferred: number == 0 && fix.applicability == Applicability::Safe,
    })
}

/// Mend all findings of a rule; `None` when it would mend no more than one.
fn fix_rule(checked: &Checked, code: RuleCode) -> Option<Action> {
    let of_rule = |finding: &&Diagnostic| finding.code == code;
    let fixes: Vec<_> = checked
        .findings
        .iter()
        .filter(of_rule)
        .filter_map(|finding| finding.fixes.first())
        .collect();
    if fixes.len() < 2 {
        return None;
    }
    Some(Action {
        title: say!("Fix all `{code}` in this file", code),
        deed: Deed::FixRule {
            code: code.0.to_owned(),
        },
        applicability: fixes.iter().map(|fix| fix.applicability).max()?,
        finding: None,
        preferred: false,
    })
}

fn silences(checked: &Checked, touched: &[(usize, &Diagnostic)]) -> Vec<Action> {
    let (mut seen, mut seen_codes) = (BTreeSet::new(), BTreeSet::new());
    let mut actions = Vec::new();
    for &(index, finding) in touched.iter().take(SILENCES) {
        let code = finding.code;
        let line = checked.post.source.lines().line_of(finding.range.start);
        if seen.insert((code, Some(line))) && silence::line(checked, finding).is_some() {
            actions.push(silent(
                say!("Silence `{code}` on this line", code),
                Deed::SilenceLine { finding: index },
                index,
            ));
        }
        if seen.insert((code, None)) && silence::file(checked, code).is_some() {
            let deed = Deed::SilenceFile {
                code: code.0.to_owned(),
            };
            actions.push(silent(say!("Silence `{code}` in this file", code), deed, index));
        }
        if seen_codes.insert(code) {
            let deed = Deed::SilenceSite {
                code: code.0.to_owned(),
            };
            actions.push(silent(
                say!("Switch `{code}` off in `postlint.toml`", code),
                deed,
                index,
            ));
        }
    }
    actions
}

fn silent(title: Message, deed: Deed, finding: usize) -> Action {
    Action {
        title,
        deed,
        applicability: Applicability::Safe,
        finding: Some(finding),
        preferred: false,
    }
}

fn is_about_ads(finding: &Diagnostic) -> bool {
    finding.code.0.starts_with("ad-") || finding.code.0 == "tracking-pixel"
}

fn edits_of_some(checked: &Checked, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Edit> {
    let findings = checked.findings.iter().filter(|finding| wanted(finding));
    fix::plan(checked.post.text(), findings, Applicability::Unsafe).edits
}

/// What `--fix` would do. Where one round of fixes is enough they keep their own small edits; several rounds are told as
/// one edit around everything that changed.
fn all_safe_edits(checked: &Checked) -> Vec<Edit> {
    let before = checked.post.text();
    let plan = fix::plan(before, &checked.findings, Applicability::Safe);
    let budget = checked.stage.budget();
    let lint = |source| checked.stage.lint_within(source, &budget);
    let Ok(settled) = fix::try_settle(checked.post.source.clone(), Applicability::Safe, lint) else {
        return Vec::new();
    };
    let after = settled.post.text();
    if text::apply(before, &plan.edits) == after {
        return plan.edits;
    }
    difference(before, after).into_iter().collect()
}

/// The smallest single edit that turns `before` into `after`; `None` when they are equal.
pub(super) fn difference(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = before
        .chars()
        .zip(after.chars())
        .take_while(same)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let (old, new) = (before.get(head..)?, after.get(head..)?);
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(same)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let range = TextRange::new(head, before.len() - tail);
    Some(Edit::replace(range, new.get(..new.len() - tail)?))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::text;

    #[test]
    fn a_difference_is_small_and_true() {
        for (before, after, length) in [
            ("aXb", "aYb", 1),
            ("aab", "aaab", 0),
            ("中😀文", "中文", 4),
            ("", "x", 0),
            ("一", "丁", 3),
        ] {
            let edit = difference(before, after).unwrap();
            assert_eq!(edit.range.len(), length, "{before} {after}");
            assert_eq!(text::apply(before, &[edit]), after);
        }
        assert_eq!(difference("a", "a"), None);
    }
}

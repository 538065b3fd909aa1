//! Choose disjoint fixes by applicability, apply them, repeat until quiet.

pub mod rounds;
mod settle;

use crate::diagnostic::{Applicability, Diagnostic, Fix, RuleCode};
use crate::message::Message;
use crate::text::{Edit, TextRange};
use std::collections::BTreeMap;

pub use settle::{Looked, Settled, settle, still_readable, try_settle};

/// The best fix of a finding that `limit` allows; only a finding's first fix is ever applied without asking.
pub fn chosen(diagnostic: &Diagnostic, limit: Applicability) -> Option<&Fix> {
    diagnostic.fixes.first().filter(|fix| fix.applicability <= limit)
}

/// Fixes that can be applied together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// All their edits, sorted and disjoint.
    pub edits: Vec<Edit>,
    /// One entry per finding that is mended, in order of choice.
    pub rules: Vec<RuleCode>,
    /// The fixes whose edits these are: where two findings have the same one, it is the first's.
    pub fixes: Vec<Mended>,
}

/// A fix that is applied, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The rule that offers it.
    pub rule: RuleCode,
    /// What is wrong.
    pub message: Message,
    /// What is done about it.
    pub fix: Fix,
}

/// As many of the first fixes as fit together. Earlier findings go first; a fix that collides with one already chosen is
/// left for the next round, and the same fix offered twice is applied once.
pub fn plan<'a>(text: &str, findings: impl IntoIterator<Item = &'a Diagnostic>, limit: Applicability) -> Plan {
    let mut taken = Taken::default();
    let mut plan = Plan::default();
    for finding in findings {
        let Some(fix) = chosen(finding, limit) else { continue };
        if fix.edits.is_empty() || fix.edits.iter().any(|edit| text.get(edit.range.as_range()).is_none()) {
            continue;
        }
        if fix.edits.iter().all(|edit| taken.holds(edit)) {
            plan.rules.push(finding.code);
        } else if fix.edits.iter().all(|edit| taken.has_room_for(edit.range)) {
            for edit in &fix.edits {
                taken.add(edit);
            }
            plan.rules.push(finding.code);
            plan.fixes.push(Mended {
                rule: finding.code,
                message: finding.message.clone(),
                fix: fix.clone(),
            });
        }
    }
    plan.edits = taken.by_start.into_values().collect();
    plan
}

/// Chosen edits by their start; no two share a byte or an insertion point.
#[derive(Default)]
struct Taken {
    by_start: BTreeMap<(usize, usize), Edit>,
}

impl Taken {
    fn key(range: TextRange) -> (usize, usize) {
        (range.start, range.end)
    }

    fn holds(&self, edit: &Edit) -> bool {
        self.by_start.get(&Self::key(edit.range)) == Some(edit)
    }

    fn has_room_for(&self, range: TextRange) -> bool {
        let before = self.by_start.range(..=(range.start, usize::MAX)).next_back();
        let after = self.by_start.range((range.start, usize::MAX)..).next();
        before
            .into_iter()
            .chain(after)
            .all(|(_, other)| !collide(range, other.range))
    }

    fn add(&mut self, edit: &Edit) {
        self.by_start.insert(Self::key(edit.range), edit.clone());
    }
}

/// Sharing a byte is a collision; so is an insertion at the very edge of another edit, because the order would be a guess.
fn collide(a: TextRange, b: TextRange) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.overlaps(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::say;
    use crate::text::apply;

    pub fn finding(fix: Fix) -> Diagnostic {
        Diagnostic {
            code: RuleCode("a-b"),
            severity: Severity::Error,
            range: TextRange::at(0),
            message: say!("a"),
            related: Vec::new(),
            fixes: vec![fix],
        }
    }

    #[test]
    fn fixes_that_collide_wait_for_the_next_round() {
        let findings = [
            finding(Fix::safe(say!("a"), vec![Edit::delete((0..4).into())])),
            finding(Fix::safe(say!("b"), vec![Edit::replace((3..5).into(), "x")])),
            finding(Fix::safe(say!("c"), vec![Edit::replace((5..6).into(), "y")])),
            finding(Fix::safe(say!("d"), vec![Edit::insert(6, "z")])),
            finding(Fix::safe(say!("a again"), vec![Edit::delete((0..4).into())])),
            finding(Fix::risky(say!("e"), vec![Edit::delete((8..9).into())])),
        ];
        let plan = plan("0123456789", &findings, Applicability::Safe);
        assert_eq!(plan.rules.len(), 3);
        assert_eq!(apply("0123456789", &plan.edits), "4y6789");
    }

    #[test]
    fn a_fix_applies_whole_or_not_at_all() {
        let findings = [
            finding(Fix::safe(say!("a"), vec![Edit::delete((2..4).into())])),
            finding(Fix::safe(
                say!("b"),
                vec![Edit::delete((0..1).into()), Edit::delete((3..5).into())],
            )),
        ];
        assert_eq!(
            apply("012345", &plan("012345", &findings, Applicability::Unsafe).edits),
            "0145"
        );
    }
}

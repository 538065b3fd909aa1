//! Fixes a file round by round until nothing is left to mend.

use super::{Mended, Plan, chosen, plan};
use crate::diagnostic::{Applicability, Diagnostic, RuleCode};
use crate::post::Post;
use crate::text::{Source, apply};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;

/// Rounds after which a file is taken never to come to rest.
const MAX_ROUNDS: usize = 32;

/// How often a file that does not come to rest is begun anew, without the rules that kept it going.
const MAX_STARTS: usize = 4;

/// A text that was looked at, and what was found.
pub type Looked = (Post, Vec<Diagnostic>);

/// A file after its fixes.
#[derive(Debug)]
pub struct Settled {
    /// The text as it is now.
    pub post: Post,
    /// What is left to say about it.
    pub findings: Vec<Diagnostic>,
    /// How many findings of each rule were mended.
    pub applied: BTreeMap<RuleCode, usize>,
    /// How many fixes were refused in the last round because they would make the front matter unreadable.
    pub refused: usize,
    /// The fixes of each round; their edits count bytes of the text that the rounds before made.
    pub rounds: Vec<Vec<Mended>>,
}

/// Apply the first fixes that `limit` allows, look again with `lint`, and so on until nothing is left to apply. A file that is
/// not UTF-8 is not touched. Where it never comes to rest, because a fix does not mend what it says or two undo each other, the
/// rules behind that mend nothing in it.
pub fn settle(source: Source, limit: Applicability, lint: impl Fn(Source) -> Looked) -> Settled {
    let Ok(settled) = try_settle(source, limit, |source| Ok::<_, Infallible>(lint(source)));
    settled
}

/// The same with a `lint` that may fail; then nothing is mended.
pub fn try_settle<E>(
    source: Source,
    limit: Applicability,
    lint: impl Fn(Source) -> Result<Looked, E>,
) -> Result<Settled, E> {
    let (mut settled, mut all) = without_restless(source, limit, &lint)?;
    // A rule that found no end in the first text may find one in this: whoever fixes a second time must find nothing to do.
    for _ in 1..MAX_STARTS {
        if all || settled.rounds.is_empty() {
            break;
        }
        let (more, all_now) = without_restless(settled.post.source.clone(), limit, &lint)?;
        if more.rounds.is_empty() {
            break;
        }
        all = all_now;
        settled = settled.then(more);
    }
    Ok(settled)
}

/// Fix with as many rules as come to rest; and whether these are all.
fn without_restless<E>(
    source: Source,
    limit: Applicability,
    lint: &impl Fn(Source) -> Result<Looked, E>,
) -> Result<(Settled, bool), E> {
    let mut restless = HashSet::new();
    for _ in 0..MAX_STARTS {
        match come_to_rest(source.clone(), limit, lint, &restless)? {
            Ok(settled) => return Ok((settled, restless.is_empty())),
            Err(rules) => restless.extend(rules),
        }
    }
    Ok((begin(source, lint)?, false))
}

impl Settled {
    /// What came of it after `more` was done to it.
    fn then(mut self, more: Self) -> Self {
        self.rounds.extend(more.rounds);
        let mut applied = self.applied;
        for (rule, times) in more.applied {
            *applied.entry(rule).or_default() += times;
        }
        Self {
            applied,
            rounds: self.rounds,
            ..more
        }
    }
}

/// The file before any fix.
fn begin<E>(source: Source, lint: &impl Fn(Source) -> Result<Looked, E>) -> Result<Settled, E> {
    let (post, findings) = lint(source)?;
    Ok(Settled {
        post,
        findings,
        applied: BTreeMap::new(),
        refused: 0,
        rounds: Vec::new(),
    })
}

/// Fix without the rules in `restless`; the inner `Err` when that finds no end, with the rules that went on.
fn come_to_rest<E>(
    source: Source,
    limit: Applicability,
    lint: &impl Fn(Source) -> Result<Looked, E>,
    restless: &HashSet<RuleCode>,
) -> Result<Result<Settled, Vec<RuleCode>>, E> {
    let mut settled = begin(source, lint)?;
    let mut seen = HashMap::new();
    let mut rules: Vec<Vec<RuleCode>> = Vec::new();
    for _ in 0..MAX_ROUNDS {
        if settled.post.source.first_bad_byte().is_some() {
            return Ok(Ok(settled));
        }
        // A text that comes back is a circle: two fixes undo each other, and neither is better.
        if let Some(begun) = seen.insert(settled.post.source.shared(), rules.len()) {
            return Ok(Err(rules.split_off(begun).concat()));
        }
        let Some((round, post, findings)) = round(&mut settled, limit, lint, restless)? else {
            return Ok(Ok(settled));
        };
        for rule in &round.rules {
            *settled.applied.entry(*rule).or_default() += 1;
        }
        rules.push(round.rules);
        settled.rounds.push(round.fixes);
        settled.post = post;
        settled.findings = findings;
    }
    Ok(Err(rules.pop().unwrap_or_default()))
}

/// What a round of fixes did, and how it looks after it.
type Round = (Plan, Post, Vec<Diagnostic>);

/// One round; `None` when there is nothing to apply.
fn round<E>(
    settled: &mut Settled,
    limit: Applicability,
    lint: &impl Fn(Source) -> Result<Looked, E>,
    restless: &HashSet<RuleCode>,
) -> Result<Option<Round>, E> {
    let text = settled.post.text();
    let attempt = |findings: &[&Diagnostic]| {
        let plan = plan(text, findings.iter().copied(), limit);
        if plan.edits.is_empty() {
            return Ok(None);
        }
        let (post, left) = lint(Source::new(apply(text, &plan.edits)))?;
        Ok(Some((plan, post, left)))
    };
    settled.refused = 0;
    let may = |finding: &&Diagnostic| !restless.contains(&finding.code);
    let all: Vec<&Diagnostic> = settled.findings.iter().filter(may).collect();
    match attempt(&all)? {
        Some(first) if !still_readable(&settled.post, &first.1) => {}
        first => return Ok(first),
    }
    // Find the culprits one by one; what is harmless alone may still do harm together, then the first alone must do.
    let fixable = all.iter().filter(|finding| chosen(finding, limit).is_some()).count();
    let mut good: Vec<&Diagnostic> = Vec::new();
    for finding in all {
        if attempt(&[finding])?.is_some_and(|(_, post, _)| still_readable(&settled.post, &post)) {
            good.push(finding);
        }
    }
    settled.refused = fixable - good.len();
    match attempt(&good)? {
        Some(together) if !still_readable(&settled.post, &together.1) => attempt(&good[..1]),
        together => Ok(together),
    }
}

/// Whether front matter that could be read before can be read after.
pub fn still_readable(before: &Post, after: &Post) -> bool {
    let readable = |post: &Post| post.envelope.is_some() && post.front_matter.error.is_none();
    !readable(before) || readable(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::fix::tests::finding;
    use crate::say;
    use crate::text::Edit;

    /// Every `a` becomes `b`, every `b` becomes `c`; an `x` at the start of the front matter has a fix that breaks it.
    fn lint(source: Source) -> (Post, Vec<Diagnostic>) {
        let text = source.text().to_owned();
        let post = Post::parse(source, "a.md");
        let replace = |(at, c): (usize, char)| match c {
            'a' => Some(Fix::safe(say!("b"), vec![Edit::replace((at..at + 1).into(), "b")])),
            'b' => Some(Fix::safe(say!("c"), vec![Edit::replace((at..at + 1).into(), "c")])),
            'x' => Some(Fix::safe(say!("["), vec![Edit::replace((at..at + 1).into(), "[")])),
            _ => None,
        };
        let findings = text.char_indices().filter_map(replace).map(finding).collect();
        (post, findings)
    }

    #[test]
    fn rounds_go_on_until_nothing_is_left() {
        let settled = settle(Source::new("aab\n"), Applicability::Safe, lint);
        assert_eq!(settled.post.text(), "ccc\n");
        assert_eq!(settled.applied.get(&RuleCode("a-b")), Some(&5));
        assert!(settled.findings.is_empty());
    }

    #[test]
    fn a_fix_that_makes_the_front_matter_unreadable_is_refused_and_the_others_apply() {
        let settled = settle(Source::new("---\nx: 1\nq: a\n---\n\nb\n"), Applicability::Safe, lint);
        assert_eq!(settled.post.text(), "---\nx: 1\nq: c\n---\n\nc\n");
        assert_eq!(settled.refused, 1);
        assert_eq!(settled.findings.len(), 1);
    }

    #[test]
    fn a_circle_ends() {
        let swap = |source: Source| {
            let to = if source.text().starts_with('p') { "q" } else { "p" };
            let fix = Fix::safe(say!("swap"), vec![Edit::replace((0..1).into(), to)]);
            (Post::parse(source, "a.md"), vec![finding(fix)])
        };
        assert_eq!(settle(Source::new("p"), Applicability::Safe, swap).post.text(), "p");
    }

    /// `p` and `q` become each other by two rules; `more` grows a text for ever as long as there is a `+`, which a third one removes.
    fn restless(source: Source) -> (Post, Vec<Diagnostic>) {
        let text = source.text().to_owned();
        let by = |code, fix| Diagnostic {
            code: RuleCode(code),
            ..finding(fix)
        };
        let mut found = Vec::new();
        match text.chars().next() {
            Some('p') => found.push(by(
                "to-q",
                Fix::safe(say!("q"), vec![Edit::replace((0..1).into(), "q")]),
            )),
            Some('q') => found.push(by(
                "to-p",
                Fix::safe(say!("p"), vec![Edit::replace((0..1).into(), "p")]),
            )),
            _ => {}
        }
        let grows = text.contains('+') || text.len() < 40;
        if grows {
            found.push(by("more", Fix::safe(say!("more"), vec![Edit::insert(text.len(), ".")])));
        }
        if let Some(at) = text.find('-') {
            found.push(by(
                "no-minus",
                Fix::safe(say!("no"), vec![Edit::delete((at..at + 1).into())]),
            ));
        } else if let Some(at) = text.find('+').filter(|_| text.len() < 40) {
            found.push(by(
                "no-plus",
                Fix::safe(say!("no"), vec![Edit::delete((at..at + 1).into())]),
            ));
        }
        (Post::parse(source, "a.md"), found)
    }

    #[test]
    fn whoever_fixes_twice_finds_nothing_left_to_do() {
        for text in [
            "p",
            "q",
            "p-",
            "+",
            "-+",
            "p-----+",
            "x++++++++++",
            "q.................................",
        ] {
            let once = settle(Source::new(text), Applicability::Safe, restless);
            let twice = settle(once.post.source.clone(), Applicability::Safe, restless);
            assert_eq!(once.post.text(), twice.post.text(), "{text}");
            assert!(twice.rounds.is_empty(), "{text}");
            let told: usize = once.applied.values().sum();
            let made = once.rounds.iter().map(Vec::len).sum::<usize>();
            assert_eq!(told, made, "{text}");
        }
    }
}

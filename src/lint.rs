//! Levels, run, suppress, sort: the only way to obtain diagnostics.

mod kept;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::post::Post;
use crate::rule::{Budget, Context, Memo, Reporter, Rests, Rule, Spent};
use crate::rules;
use crate::site::Site;
use kept::{Before, Kept, Verdict};

pub use kept::Held;

/// The rule that looks at what the others found, and so runs after them.
const LAST: &str = "suppression-unused";

/// Bytes of a post that no rule needs long for.
const SHORT: usize = 16 * 1024;

/// Run every rule that is on and leave out what comments silence; findings are sorted by place, then by code.
pub fn lint(post: &Post, config: &Config, site: Option<&Site>) -> Vec<Diagnostic> {
    lint_within(post, config, site, &Budget::unlimited()).unwrap_or_default()
}

/// The same within `budget`; [`Spent`] when that was not enough, whatever was found until then.
pub fn lint_within(
    post: &Post,
    config: &Config,
    site: Option<&Site>,
    budget: &Budget,
) -> Result<Vec<Diagnostic>, Spent> {
    lint_held(post, config, site.map(|site| (site, None)), budget)
}

/// The same where something may be known of the `post` from before: a rule is not asked again where all is the same that its findings
/// rest on. `site` comes with what holds it, by which it is known again.
pub fn lint_held(
    post: &Post,
    config: &Config,
    site: Option<(&Site, Option<Held>)>,
    budget: &Budget,
) -> Result<Vec<Diagnostic>, Spent> {
    let (site, place) = match site {
        Some((site, held)) => (Some(site), Some(held)),
        None => (None, None),
    };
    let memo = Memo::default();
    let context = Context {
        post,
        config,
        site,
        findings: &[],
        memo: &memo,
        budget,
    };
    let memory = post.memory.as_ref().filter(|_| post.source.first_bad_byte().is_none());
    let mut kept = memory.map(|_| Kept::new(&context, place));
    let mut before = memory.and_then(|memory| memory.take::<Kept>()?.before(&context, kept.as_ref()?));
    let mut found = run(&context, (before.as_mut(), kept.as_mut()), |rule| rule.code.0 != LAST)?;
    if !post.directives.is_empty() {
        let context = Context {
            findings: &found,
            ..context
        };
        let more = run(&context, (None, None), |rule| rule.code.0 == LAST)?;
        found.extend(more);
        found.retain(|finding| !is_silenced(post, finding));
    }
    found.sort_by_key(|finding| (finding.range, finding.code));
    if let (Some(memory), Some(kept)) = (memory, kept) {
        memory.keep(kept);
    }
    Ok(found)
}

/// What the rules that are `wanted` and on find. What was found `before` is taken from there, and kept for the next time.
fn run(
    context: &Context<'_>,
    (mut before, mut kept): (Option<&mut Before>, Option<&mut Kept>),
    wanted: fn(&Rule) -> bool,
) -> Result<Vec<Diagnostic>, Spent> {
    let is_text = context.post.source.first_bad_byte().is_none();
    // What is short is looked through between two looks at the clock, which costs as much as many a rule.
    let is_short = context.post.text().len() < SHORT;
    let rules = rules::ALL.iter().enumerate().filter(|(_, rule)| wanted(rule));
    let rules = rules.filter(|(_, rule)| is_text || rule.code.0 == "text-encoding");
    let mut found = Vec::new();
    for (at, rule) in rules {
        let Some(severity) = rule.severity_under(context.config) else {
            continue;
        };
        let known = before.as_mut().and_then(|before| before.found(at));
        if known.is_none() && (at % 8 == 0 || !is_short) {
            context.budget.check()?;
        }
        let verdict = known.or_else(|| {
            let mut own = Vec::new();
            let mut reporter = Reporter::new(rule.code, severity, &mut own);
            (rule.check)(context, &mut reporter);
            let rests = reporter.rests().or_else(|| rule.reads.map(Rests::on));
            match (rests, &kept) {
                (Some(rests), Some(_)) => Some(Verdict { rests, found: own }),
                _ => {
                    found.append(&mut own);
                    None
                }
            }
        });
        if let (Some(verdict), Some(kept)) = (verdict, &mut kept) {
            found.extend_from_slice(&verdict.found);
            kept.keep(at, verdict);
        }
    }
    context.budget.check()?;
    Ok(found)
}

/// Whether a comment of the post silences `finding`. One without names does not silence what is said about itself.
fn is_silenced(post: &Post, finding: &Diagnostic) -> bool {
    post.directives.iter().any(|directive| {
        let names_it = || directive.rules.iter().any(|name| post.source.slice(*name) == LAST);
        directive.silences(&post.source, finding.code, finding.range.start) && (finding.code.0 != LAST || names_it())
    })
}

//! Levels, run, suppress, sort: the only way to obtain diagnostics.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::post::Post;
use crate::rule::{Budget, Context, Memo, Reporter, Rule, Spent};
use crate::rules;
use crate::site::Site;

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
    let memo = Memo::default();
    let context = Context {
        post,
        config,
        site,
        findings: &[],
        memo: &memo,
        budget,
    };
    let mut found = run(&context, |rule| rule.code.0 != LAST)?;
    if !post.directives.is_empty() {
        let context = Context {
            findings: &found,
            ..context
        };
        let more = run(&context, |rule| rule.code.0 == LAST)?;
        found.extend(more);
        found.retain(|finding| !is_silenced(post, finding));
    }
    found.sort_by_key(|finding| (finding.range, finding.code));
    Ok(found)
}

/// What the rules that are `wanted` and on find.
fn run(context: &Context<'_>, wanted: fn(&Rule) -> bool) -> Result<Vec<Diagnostic>, Spent> {
    let is_text = context.post.source.first_bad_byte().is_none();
    // What is short is looked through between two looks at the clock, which costs as much as many a rule.
    let is_short = context.post.text().len() < SHORT;
    let rules = rules::ALL.iter().filter(|rule| wanted(rule));
    let rules = rules.filter(|rule| is_text || rule.code.0 == "text-encoding");
    let mut found = Vec::new();
    for (at, rule) in rules.enumerate() {
        if at % 8 == 0 || !is_short {
            context.budget.check()?;
        }
        if let Some(severity) = rule.severity_under(context.config) {
            (rule.check)(context, &mut Reporter::new(rule.code, severity, &mut found));
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

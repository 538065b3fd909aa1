//! `suppression-unused`: a suppression comment that silences nothing.

use crate::diagnostic::Fix;
use crate::generator::slip::closest;
use crate::message::{Message, Part};
use crate::post::Directive;
use crate::post::directive::Scope;
use crate::rule::{Context, Default as RuleDefault, Reporter, Rule};
use crate::rules;
use crate::text::Edit;
use crate::{part, rule, say};

rule! {
    /// A suppression comment that silences nothing.
    ///
    /// # Why
    ///
    /// What it was written for is mended, or moved, or its name is misspelt. Left behind, it hides the next finding that happens
    /// to come up in its place. A name counts as unused only while its rule is on.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Bread
    /// ---
    /// <!-- postlint-disable-next-line ad-unit -- our own advert -->
    /// Flour, water, salt.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Bread
    /// ---
    /// Flour, water, salt.
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Bread
    /// date: never # postlint-disable-line date-invalid, date-rollover
    /// ---
    /// Flour, water, salt.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Bread
    /// date: never # postlint-disable-line date-invalid
    /// ---
    /// Flour, water, salt.
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Bread
    /// date: never # postlint-disable-line date-invald
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Bread
    /// date: never # postlint-disable-line date-invalid -- it is a recipe
    /// ---
    /// ```
    "suppression-unused", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    for directive in post.directives.iter() {
        let removal = || Some(Fix::safe(say!("Remove the comment"), vec![directive.removal(post)?]));
        let names: Vec<&str> = directive.rules.iter().map(|name| post.source.slice(*name)).collect();
        let dead: Vec<usize> = (0..names.len())
            .filter(|&at| is_dead(context, directive, names[at]))
            .collect();
        let is_whole = match names.as_slice() {
            [] => is_dead(context, directive, "all"),
            _ => dead.len() == names.len() && names.iter().all(|name| nearest(name).is_none()),
        };
        if is_whole {
            let message = say!("this comment silences nothing: {why}", why = reason(directive, &names));
            let finding = reporter.report(directive.range, message);
            if let Some(fix) = removal() {
                finding.fix(fix);
            }
            continue;
        }
        for at in dead {
            let name = names[at];
            let finding = reporter.report(directive.rules[at], reason(directive, &[name]));
            if let Some(meant) = nearest(name) {
                let title = say!("Write `{meant}`", meant);
                finding.fix(Fix::risky(title, vec![Edit::replace(directive.rules[at], meant)]));
            } else if let Some(edit) = directive.without(at) {
                finding.fix(Fix::safe(say!("Remove `{name}`", name), vec![edit]));
            } else if let Some(fix) = removal() {
                finding.fix(fix);
            }
        }
    }
}

/// Whether `name` silences nothing in `directive`, although every rule it stands for was run.
fn is_dead(context: &Context<'_>, directive: &Directive, name: &str) -> bool {
    let is_on = |rule: &Rule| rule.severity_under(context.config).is_some();
    let was_run = match rules::find(name) {
        Some(rule) => is_on(rule),
        None => rules::named(name).all(|rule| rule.default == RuleDefault::Off || is_on(rule)),
    };
    let source = &context.post.source;
    // The comment may be there to silence this very rule.
    was_run
        && name != "suppression-unused"
        && !context.findings.iter().any(|finding| {
            finding.code.is_named_by(name) && directive.reaches(source, finding.code, finding.range.start)
        })
}

/// The rule that was meant by a name that is none; `None` for a name that is one, and where nothing is near.
fn nearest(name: &str) -> Option<&'static str> {
    if rules::named(name).next().is_some() {
        return None;
    }
    let near = closest(name, rules::named("all").map(|rule| rule.code.0))?;
    (strsim::damerau_levenshtein(name, near) <= 2).then_some(near)
}

fn reason(directive: &Directive, names: &[&str]) -> Message {
    let (place, all) = (place(directive), names.join("`, `"));
    match names {
        [] => say!("there is no finding {place}", place),
        [name] if rules::named(name).next().is_none() => match nearest(name) {
            Some(meant) => say!("there is no rule `{name}`; did you mean `{meant}`?", name, meant),
            None => say!("there is no rule `{name}`", name),
        },
        _ => say!("there is no finding of `{all}` {place}", all, place),
    }
}

fn place(directive: &Directive) -> Part {
    match directive.scope {
        Scope::Line => part!("on this line"),
        Scope::NextLine => part!("on the next line"),
        Scope::Region => part!("before it ends"),
        Scope::File => part!("in this file"),
    }
}

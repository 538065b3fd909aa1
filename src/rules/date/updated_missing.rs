//! `date-updated-missing`: nothing says when the post was changed.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::{Dialect, Post};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};

rule! {
    /// Nothing says when the post was changed.
    ///
    /// # Why
    ///
    /// Without `updated` Hexo takes the time at which the file was last changed. On a build server that is the time of the
    /// checkout: every post was "updated today", in the theme's note, in the feed and in the site map. `updated_option: date`
    /// in `_config.yml` mends it for all posts at once. This rule is off unless you ask for it.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// updated: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// updated: 2022-08-01
    /// ---
    /// ```
    ///
    /// ```markdown,good settings=updated_option=date
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    "date-updated-missing", Info, Off, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let option = context.settings().hexo.updated_option.clone();
    if context.generator() != Generator::Hexo
        || !context.is_post()
        || matches!(option.as_deref(), Some("date" | "empty"))
        || post.front_matter.error.is_some()
    {
        return;
    }
    let is_given = post.front_matter.get("updated").is_some_and(|entry| {
        let scalar = entry.value.scalar();
        scalar.is_none_or(|scalar| !scalar.is_null() && !scalar.text.is_empty())
    });
    let Some(date) = post.front_matter.get("date").filter(|_| !is_given) else {
        return;
    };
    let finding = reporter.report(
        date.key.range,
        part!(
            "no `updated`: Hexo takes the time the file was last changed, on a build server the time of the checkout"
        ),
    );
    if let Some(edit) = edit(post).filter(|_| post.front_matter.get("updated").is_none()) {
        finding.fix(Fix::risky(say!("Say that it was not changed since"), vec![edit]));
    }
}

/// A line with the date's value after the date's line.
fn edit(post: &Post) -> Option<Edit> {
    let date = post.front_matter.get("date")?;
    let is_yaml = post.envelope.as_ref()?.dialect == Dialect::Yaml;
    let lines = date.whole_lines(post.text()).filter(|_| is_yaml)?;
    let value = post.source.slice(date.value.range);
    let is_simple = !value.is_empty() && !value.contains(['\n', '\r']) && !value.starts_with(['&', '*', '!', '|', '>']);
    is_simple.then(|| Edit::insert(lines.end, format!("updated: {value}{}", post.source.eol())))
}

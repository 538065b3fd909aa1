//! `yaml-duplicate-key`: a key that stands twice in one mapping.

use super::report_faults;
use crate::diagnostic::Severity;
use crate::generator::Generator;
use crate::generator::yaml::{Kind, Twin, twins};
use crate::post::Dialect;
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};

rule! {
    /// A key that stands twice.
    ///
    /// # Why
    ///
    /// One of the two values must give way, and each reader has its own idea which. Hexo refuses the whole front matter: the
    /// post is missing from the site, and the build succeeds all the same. Hugo stops the build. Jekyll takes the last one and
    /// says nothing. `1` and `"1"` are one key.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags: [rain]
    /// title: Tea in the rain
    /// ---
    /// ```
    ///
    /// Of two different values the last one is kept, once you agree:
    ///
    /// ```markdown,fixed
    /// ---
    /// tags: [rain]
    /// title: Tea in the rain
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories:
    /// categories:
    ///   - Kitchen
    /// ---
    /// ```
    ///
    /// A key without a value goes without being asked for:
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories:
    ///   - Kitchen
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2024-05-01-tea.md
    /// ---
    /// title: Tea
    /// title: Rain
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// author:
    ///   title: Doctor
    /// ---
    /// ```
    "yaml-duplicate-key", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    if context.generator() == Generator::Jekyll {
        overridden(context, reporter);
    } else {
        report_faults(Kind::DuplicateKey, context, reporter);
    }
}

/// Jekyll's reader forgets the first value.
fn overridden(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let is_yaml = post
        .envelope
        .as_ref()
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml);
    let Some(root) = post
        .front_matter
        .root
        .as_ref()
        .filter(|_| is_yaml && post.front_matter.error.is_none())
    else {
        return;
    };
    for (first, again) in twins(root) {
        let name = again.name().unwrap_or_default();
        let finding = reporter
            .report(
                again.key.range,
                say!(
                    "`{name}` is there already; Jekyll takes this one and forgets the first",
                    name
                ),
            )
            .at_most(Severity::Warning)
            .related(first.key.range, part!("the first one"));
        let twin = Twin::new(first, again);
        if let Some(lines) = twin.goes.whole_lines(post.text()) {
            finding.fix(twin.fix(vec![Edit::delete(lines)]));
        }
    }
}

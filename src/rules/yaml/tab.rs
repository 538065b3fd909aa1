//! `yaml-tab`: a tab where YAML wants spaces.

use super::report_faults;
use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::generator::yaml::Kind;
use crate::post::Dialect;
use crate::post::split::lines;
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// A tab where YAML wants spaces.
    ///
    /// # Why
    ///
    /// YAML allows only spaces in indentation. Jekyll's reader refuses a front matter with a tab there, and so does Hugo's.
    /// Hexo rewrites tabs at the start of a line before it reads, two spaces for each, but not those on the first line of the
    /// block and not those behind spaces; with one of these it drops the post while the build succeeds. Other tools that read
    /// the file, editors among them, see what Jekyll sees.
    ///
    /// # Examples
    ///
    /// ```markdown,bad escaped
    /// ---
    /// title: Tea
    /// tags:
    /// \t- rain
    /// \t- kettle
    /// ---
    /// ```
    ///
    /// The fix writes what Hexo reads:
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - rain
    ///   - kettle
    /// ---
    /// ```
    ///
    /// ```markdown,bad escaped generator=jekyll file=_posts/2024-05-01-tea.md
    /// ---
    /// title: Tea
    /// tags:
    /// \t- rain
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - rain
    /// ---
    /// ```
    ///
    /// ```markdown,good escaped
    /// ---
    /// title:\tTea
    /// ---
    /// ```
    "yaml-tab", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_faults(Kind::Tab, context, reporter);
    if context.generator() == Generator::Hexo && context.yaml_faults().is_empty() {
        rewritten(context, reporter);
    }
}

/// Tabs that Hexo turns into spaces: told once, mended all together.
fn rewritten(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = post
        .envelope
        .as_ref()
        .filter(|envelope| envelope.dialect == Dialect::Yaml && envelope.close.is_some())
    else {
        return;
    };
    let edits: Vec<Edit> = lines(post.text(), envelope.block.start, envelope.block.end)
        .skip(1)
        .filter(|line| line.text.starts_with('\t') && !line.is_blank())
        .map(|line| {
            let tabs = line.text.len() - line.text.trim_start_matches('\t').len();
            Edit::replace(TextRange::new(line.start, line.start + tabs), "  ".repeat(tabs))
        })
        .collect();
    let Some(first) = edits.first() else { return };
    reporter
        .report(
            first.range,
            part!(
                "a tab indents this line; Hexo makes two spaces of it before it reads, other readers of YAML refuse it"
            ),
        )
        .at_most(Severity::Warning)
        .fix(Fix::safe(say!("Indent with spaces"), edits));
}

//! `front-matter-missing`: a post without front matter.

use crate::generator::envelope::without;
use crate::post::Kind;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::scaffold;
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// A post without front matter.
    ///
    /// # Why
    ///
    /// Hexo publishes it under an empty heading and under the time its file was created, on a build server the day of the build.
    /// Hugo publishes it without a title and dates it to the year 1; if it begins with a list, Hugo takes the dash for a fence and
    /// stops the build. Jekyll takes title and date from the file's name, so all that is
    /// missing there are tags, categories and a layout.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// # A bench by the weir
    ///
    /// You can hear nothing else there.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: A bench by the weir
    /// ---
    ///
    /// # A bench by the weir
    ///
    /// You can hear nothing else there.
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/posts/bench.md
    /// You can hear nothing else there.
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: A bench by the weir
    /// ---
    /// You can hear nothing else there.
    /// ```
    ///
    /// What is no post needs none.
    ///
    /// ```markdown,good file=README.md
    /// # My blog
    /// ```
    "front-matter-missing", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if post.envelope.is_some() {
        return reporter.rests_on(Reads::HEAD);
    }
    if post.kind == Kind::Html || !context.is_post() {
        return;
    }
    let Some((effect, severity)) = without(context.generator(), post.text()) else {
        return;
    };
    let start = post.source.bom_len();
    let body = post.text().get(start..).unwrap_or_default();
    let begin = start + (body.len() - body.trim_start().len());
    let line = post.text().get(begin..).and_then(|rest| rest.lines().next());
    let range = TextRange::new(begin, begin + line.map_or(0, |line| line.trim_end().len()));
    reporter
        .report(range, say!("this post has no front matter; {effect}", effect))
        .at_most(severity)
        .fix(scaffold::fix(context));
}

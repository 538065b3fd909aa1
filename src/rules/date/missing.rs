//! `date-missing`: a post without a date.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::day::{self, Day};
use crate::post::{Dialect, Entry, Envelope};
use crate::rule::{Context, Reads, Reporter};
use crate::rules::undated;
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// A post without a date.
    ///
    /// # Why
    ///
    /// Where neither the front matter nor the file's name (by `new_post_name`) has a date, Hexo takes the time at which the
    /// file was created. On a build server that is the time of the checkout: the post gets the day of the build and, with
    /// the usual `permalink`, a new address each time.
    ///
    /// Hugo gives such a page the first day of the year 1 and puts it behind all others, without a message. Not every page of Hugo's needs a
    /// date, so this is told only where the other pages of its section have one, or where the section of a lone file is
    /// called `posts`, `post` or `blog`. Jekyll's posts have a date in the file's name; `post-file-name` tells of those that have none.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// ---
    ///
    /// Published: 2022-07-06
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    ///
    /// Published: 2022-07-06
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,good file=source/_drafts/harvest.md
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/posts/harvest.md
    /// ---
    /// title: Harvest
    /// ---
    ///
    /// ![Baskets](https://pictures.example/2022/07/06/baskets.jpg)
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    ///
    /// ![Baskets](https://pictures.example/2022/07/06/baskets.jpg)
    /// ```
    ///
    /// ```markdown,good generator=hugo file=content/about/me.md
    /// ---
    /// title: About me
    /// ---
    /// ```
    "date-missing", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = post.envelope.as_ref() else { return };
    if post.front_matter.error.is_some() || post.front_matter.root.is_none() {
        return;
    }
    let message = match context.generator() {
        Generator::Hexo if undated::in_hexo(context) && envelope.dialect == Dialect::Yaml => {
            part!(
                "this post has no date; Hexo takes the time its file was created, on a build server the day of the build"
            )
        }
        Generator::Hugo if undated::in_hugo(context) => {
            part!("this page has no date; Hugo gives it the first day of the year 1 and puts it behind all others")
        }
        _ => return reporter.rests_on(Reads::HEAD.and(Reads::SITE)),
    };
    let is_date = |entry: &&Entry| entry.name().is_some_and(|name| name.eq_ignore_ascii_case("date"));
    if let Some(entry) = post.front_matter.entries().iter().find(is_date) {
        reporter.report(entry.key.range, message);
        return;
    }
    let first = post.front_matter.entries().first();
    let range = first.map_or(TextRange::at(envelope.block.start), |entry| entry.key.range);
    let finding = reporter.report(range, message);
    if let Some((day, place)) = day::evidence(post, context.committed()).into_iter().next()
        && let Some(edit) = edit(context, envelope, day)
    {
        finding.fix(Fix::risky(say!("Take `{day}` from {place}", day, place), vec![edit]));
    }
}

fn edit(context: &Context<'_>, envelope: &Envelope, day: Day) -> Option<Edit> {
    let post = context.post;
    let written = match context.generator() {
        Generator::Hexo => context.day_for_hexo(day),
        Generator::Jekyll | Generator::Hugo => day.to_string(),
    };
    let eol = post.source.eol();
    let first = post.front_matter.entries().first()?;
    let is_block = first.range.start == envelope.block.start;
    match envelope.dialect {
        Dialect::Yaml => is_block.then(|| Edit::insert(envelope.block.end, format!("date: {written}{eol}"))),
        // What stands last may belong to a table.
        Dialect::Toml => Some(Edit::insert(envelope.block.start, format!("date = {written}{eol}"))),
        Dialect::Json | Dialect::JsonSemicolons => None,
    }
}

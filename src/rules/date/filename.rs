//! `date-filename`: the date and the file's name do not agree.

use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::generator::date::{DAY, midnight};
use crate::post::day::{self, Day};
use crate::post::{Entry, Post, notation};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{rule, say};

rule! {
    /// The date and the file's name do not agree.
    ///
    /// # Why
    ///
    /// The generator publishes the post under its `date`; the name of the file says another day, more than one day off. One of
    /// the two is a slip: a post that was copied to begin the next one, or a date that was changed in one place only. A date some weeks
    /// after the one in the name is only mentioned: the file may be named after the day it was begun.
    ///
    /// # Examples
    ///
    /// ```markdown,bad file=source/_posts/2022-07-06-harvest.md
    /// ---
    /// title: Harvest
    /// date: 2022-06-07 08:00:00
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 08:00:00
    /// ---
    /// ```
    ///
    /// ```markdown,good file=source/_posts/2022-07-06-harvest.md
    /// ---
    /// title: Harvest
    /// date: 2022-07-07 00:10:00
    /// ---
    /// ```
    "date-filename", Warning, On, check, HEAD | SITE
}

/// Many writers name a file on the day they begin it and date it on the day they publish it; days.
const LONGEST_DRAFT: i64 = 60;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(named) = named(post) else { return };
    let entry = post
        .front_matter
        .get("date")
        .filter(|_| post.front_matter.error.is_none());
    let Some((entry, text)) = entry.and_then(|entry| Some((entry, entry.value.text()?))) else {
        return;
    };
    let Some(written) = day::at_start(text) else { return };
    if (days(named) - days(written)).abs() <= 1 || !decides(context) {
        return;
    }
    let mut finding = reporter.report(
        entry.value.range,
        say!(
            "the file's name says `{named}`, the date says `{written}`; {generator} goes by the date",
            named,
            written,
            generator = context.generator()
        ),
    );
    if (0..=LONGEST_DRAFT).contains(&(days(written) - days(named))) {
        finding = finding.at_most(Severity::Info);
    }
    if let Some(edit) = edit(post, entry, named) {
        finding.fix(Fix::risky(
            say!("Take `{named}` from the file's name", named),
            vec![edit],
        ));
    }
}

/// The day at the start of the file's name, or of its folder's where the post is that folder's index.
fn named(post: &Post) -> Option<Day> {
    let mut parts = post.path.rsplit('/');
    let name = parts.next()?;
    match name.split('.').next() {
        Some("index" | "_index") => day::at_start(parts.next()?),
        _ => day::at_start(name),
    }
}

/// Whether the date wins over the file's name.
fn decides(context: &Context<'_>) -> bool {
    let settings = context.settings();
    let by_name = settings.hugo.date_sources.iter().take_while(|source| *source != "date");
    context.generator() != Generator::Hugo || !by_name.into_iter().any(|source| source == ":filename")
}

fn days(day: Day) -> i64 {
    midnight(day) / DAY
}

/// Puts the day in place of the one at the start of the value; what follows stays.
fn edit(post: &Post, entry: &Entry, day: Day) -> Option<Edit> {
    let range = notation::verbatim(&post.source, &entry.value)?;
    let text = post.source.slice(range);
    let mut parts = 0;
    let length = text
        .find(|c: char| {
            parts += usize::from(!c.is_ascii_digit());
            parts > 2 || !(c.is_ascii_digit() || c == '-')
        })
        .unwrap_or(text.len());
    // `2022-06-07` and nothing else that could be meant.
    (length == 10).then(|| Edit::replace(TextRange::new(range.start, range.start + length), day.to_string()))
}

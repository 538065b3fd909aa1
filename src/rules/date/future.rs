//! `date-future`: a post whose day has not come yet.

use crate::generator::{DateSource, Generator, date};
use crate::rule::{Context, Reads, Reporter};
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// A post whose day has not come yet.
    ///
    /// # Why
    ///
    /// Jekyll and Hugo leave such a post out until a build runs after its date, and Hexo does with `future: false`. Nothing
    /// builds the site by itself on that day; where the year is a slip, the post never appears.
    ///
    /// # Examples
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2062-07-06-harvest.md
    /// ---
    /// title: Harvest
    /// date: 2062-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,bad settings=future=false
    /// ---
    /// title: Harvest
    /// date: 2062-07-06
    /// ---
    /// ```
    ///
    /// Hexo shows it at once by default:
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2062-07-06
    /// ---
    /// ```
    "date-future", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some(now) = context.config.now.filter(|_| context.is_post()) else {
        return;
    };
    let settings = context.settings();
    let generator = context.generator();
    let hides = match generator {
        Generator::Hexo => settings.future == Some(false),
        Generator::Jekyll | Generator::Hugo => settings.future != Some(true),
    };
    if !hides {
        reporter.rests_on(Reads::SITE);
        return;
    }
    let explained = context.explained();
    let Some(instant) = explained.date.instant.filter(|&instant| instant > now) else {
        return;
    };
    let range = match explained.date.source {
        DateSource::FrontMatter => context.post.front_matter.get("date").map(|entry| entry.value.range),
        _ => None,
    };
    let day = date::iso(instant).get(..10).unwrap_or_default().to_owned();
    reporter.report(
        range.unwrap_or(TextRange::at(context.post.source.bom_len())),
        say!(
            "{generator} leaves this post out until a build that runs after its date, {day}",
            generator,
            day
        ),
    );
}

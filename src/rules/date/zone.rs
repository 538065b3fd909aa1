//! `date-zone`: the post's address or time depends on the zone of the machine that builds the site.

use crate::diagnostic::{Fix, Severity};
use crate::generator::date;
use crate::generator::{DateSource, Explained, Generator, Outcome, SiteSettings};
use crate::post::Entry;
use crate::rule::{Context, Reporter};
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// The post's address or time depends on the zone of the machine that builds the site.
    ///
    /// # Why
    ///
    /// Hexo writes `:year`, `:month` and `:day` of an address by the clock of the machine, not by the site's `timezone`: what
    /// is 7 o'clock in Shanghai is the day before on a build server in UTC, and the post moves when it is built elsewhere. A
    /// zone that stands unquoted in the date itself is applied twice: the result counts as the machine's own clock. Jekyll goes by the
    /// machine where the site names no zone. Setting the variable `TZ` where the site is built mends all posts at once;
    /// `machine-zone` tells postlint which zone that is.
    ///
    /// # Examples
    ///
    /// ```markdown,bad config=site-zone="Asia/Shanghai"
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 07:00:00
    /// ---
    /// ```
    ///
    /// Written by the site's own clock, the time is right everywhere:
    ///
    /// ```markdown,bad config=site-zone="Asia/Shanghai"
    /// ---
    /// title: Harvest
    /// date: 2022-07-06T12:00:00+08:00
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 12:00:00
    /// ---
    /// ```
    ///
    /// ```markdown,good config=site-zone="Asia/Shanghai"
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 12:00:00
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 07:00:00
    /// ---
    /// ```
    "date-zone", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let settings = context.settings();
    let entry = context.post.front_matter.get("date");
    let meant = entry.and_then(|entry| meant(context, entry));
    if !context.is_post() || (settings.timezone.is_none() && meant.is_none()) {
        return;
    }
    let here = context.machine_zone();
    let offset = meant.and_then(|(_, offset)| date::fixed_zone(offset));
    let there = settings
        .timezone
        .clone()
        .filter(|zone| zone != here && date::is_zone(zone));
    let there = there.or(offset).filter(|zone| zone != here);
    let now = context.explained();
    let range = match now.date.source {
        DateSource::FrontMatter => entry.map(|entry| entry.value.range),
        DateSource::FileName => Some(TextRange::at(context.post.source.bom_len())),
        DateSource::Birthtime | DateSource::None => None,
    };
    let Some(range) = range.filter(|_| now.outcome == Outcome::Kept) else {
        return;
    };
    let elsewhere = there.map(|zone| (context.explain(&settings, &zone), zone));
    let moved = elsewhere
        .as_ref()
        .filter(|(other, _)| now.url.is_some() && other.url != now.url);
    let late = meant.and_then(|(instant, _)| {
        let wrong = |explained: &Explained| explained.date.instant.filter(|&read| read != instant);
        let other = || {
            elsewhere
                .as_ref()
                .and_then(|(other, zone)| Some((wrong(other)?, zone.as_str())))
        };
        wrong(now).map(|read| (read, here)).or_else(other)
    });
    let url = |explained: &Explained| explained.url.clone().unwrap_or_default();
    let message = match (moved, late) {
        (Some((other, zone)), _) => say!(
            "the address depends on the zone of the machine that builds the site: `{now}` in {here}, `{other}` in {zone}",
            now = url(now),
            here = date::zone_name(here),
            other = url(other),
            zone = date::zone_name(zone)
        ),
        (None, Some((read, zone))) => say!(
            "{generator} takes this zone wrong: on a machine in {zone} the post gets the time {read}",
            generator = context.generator(),
            zone = date::zone_name(zone),
            read = date::iso(read)
        ),
        (None, None) => return,
    };
    let finding = reporter.report(range, message);
    let finding = if moved.is_none() {
        finding.at_most(Severity::Info)
    } else {
        finding
    };
    if let Some(fix) = meant.and_then(|(instant, _)| local(context, &settings, instant, now)) {
        finding.fix(fix);
    }
}

/// The instant that Hexo's unquoted `2022-07-06T12:00:00+08:00` means to its writer, and its offset in minutes.
fn meant(context: &Context<'_>, entry: &Entry) -> Option<(i64, i64)> {
    if context.generator() != Generator::Hexo {
        return None;
    }
    let mut fields = context.date_fields().iter();
    let field = fields.find(|field| field.entry.range == entry.range)?;
    Some((field.instant?, field.offset?))
}

/// The same instant by the site's own clock, without a zone, which Hexo reads as it is on every machine.
fn local(context: &Context<'_>, settings: &SiteSettings, instant: i64, now: &Explained) -> Option<Fix> {
    let zone = settings.timezone.as_deref().filter(|zone| date::is_zone(zone))?;
    let field = context.date_fields().iter().find(|field| field.key == "date")?;
    let edits = vec![field.writing(context.post, &date::clock(instant, &date::zone(zone)))];
    // The day in the address must stay for a fix that is applied unseen.
    let machine = date::zone(context.machine_zone());
    let day = |instant: i64| date::clock(instant, &machine).get(..10).map(str::to_owned);
    let stays = now.date.instant.is_some_and(|read| day(read) == day(instant));
    let fix = if stays { Fix::safe } else { Fix::risky };
    Some(fix(say!("Write the time of {zone} without a zone", zone), edits))
}

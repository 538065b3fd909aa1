//! `date-rollover`: a day or time that there is not, read as another one.

use crate::generator::date;
use crate::post::day;
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// A day or time that there is not, read as another one.
    ///
    /// # Why
    ///
    /// Hexo counts on without a message: the 30th of February is the 2nd of March, month 13 is January of the next year,
    /// 25 o'clock is one in the morning of the next day. Jekyll counts on from day 29, 30 and 31 only, and stops the build at the
    /// rest; Hugo stops at all of them, as `date-invalid` tells.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2022-02-30
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2022-02-03 25:61:00
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2024-02-29 23:59:59
    /// ---
    /// ```
    /// ```markdown,bad generator=jekyll file=_posts/2022-03-01-harvest.md
    /// ---
    /// title: Harvest
    /// date: 2022-02-30 08:00:00
    /// ---
    /// ```
    "date-rollover", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let generator = context.generator();
    for field in context.date_fields() {
        let Some(instant) = field.instant.filter(|_| field.number.is_none()) else {
            continue;
        };
        if exists(field.text) != Some(false) {
            continue;
        }
        let read = date::iso(instant).replace('T', " ");
        let read = read.get(..16).unwrap_or(&read);
        reporter.report(
            field.entry.value.range,
            say!(
                "there is no `{text}` in the calendar; {generator} silently takes it for {read}",
                text = field.text,
                generator,
                read
            ),
        );
    }
}

/// Whether the day and the time at the start of `text` exist; `None` when it is not written year, month, day.
fn exists(text: &str) -> Option<bool> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let year = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
    if !matches!(text.as_bytes().get(4), Some(b'-' | b'/' | b'.')) {
        return None;
    }
    let month: u32 = numbers.next()?.parse().ok()?;
    let day: u32 = numbers.next()?.parse().ok()?;
    let is_day = day >= 1 && day <= day::days_in(year, month);
    // The clock, where one follows: `24:00` is the end of a day.
    let clock = text.find(':').and_then(|colon| {
        let hour: u32 = text
            .get(..colon)?
            .rsplit(|c: char| !c.is_ascii_digit())
            .next()?
            .parse()
            .ok()?;
        let mut rest = text.get(colon + 1..)?.split(|c: char| !c.is_ascii_digit());
        let minute: u32 = rest.next()?.parse().ok()?;
        Some((hour, minute))
    });
    let is_clock = clock.is_none_or(|(hour, minute)| (hour < 24 && minute < 60) || (hour == 24 && minute == 0));
    Some(is_day && is_clock)
}

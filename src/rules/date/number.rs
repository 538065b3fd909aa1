//! `date-number`: a date that is read as a number.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::generator::date;
use crate::post::{Dialect, day};
use crate::rule;
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, say};

rule! {
    /// A date that is read as a number.
    ///
    /// # Why
    ///
    /// Hexo takes a number for milliseconds since 1970: `date: 20130713` is five hours after midnight on the first of January
    /// 1970, and so is a Unix time in seconds, give or take some days. Hugo takes it for seconds: `20130713` is a day in August
    /// 1970. Jekyll reads the digits as a date.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 20130713
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2013-07-13
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2013-07-13
    /// ---
    /// ```
    /// ```markdown,bad generator=hugo file=content/posts/harvest.md
    /// ---
    /// title: Harvest
    /// date: 20130713
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2013-07-13
    /// ---
    /// ```
    ///
    /// ```markdown,good generator=jekyll file=_posts/2013-07-13-harvest.md
    /// ---
    /// title: Harvest
    /// date: 20130713
    /// ---
    /// ```
    "date-number", Error, On, check, HEAD | SITE
}

/// 1990-01-01 and 2100-01-01 in milliseconds since 1970: between them a number is meant as one.
const PLAUSIBLE: std::ops::Range<i64> = 631_152_000_000..4_102_444_800_000;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let generator = context.generator();
    let unit = match generator {
        Generator::Hexo => part!("milliseconds"),
        Generator::Hugo => part!("seconds"),
        // Jekyll reads digits as a date.
        Generator::Jekyll => return,
    };
    for field in context.date_fields() {
        let Some(instant) = field.instant.filter(|_| field.number.is_some()) else {
            continue;
        };
        if PLAUSIBLE.contains(&instant) {
            continue;
        }
        let read = date::iso(instant);
        let read = read.get(..10).unwrap_or(&read);
        let finding = reporter.report(
            field.entry.value.range,
            say!(
                "{generator} takes `{text}` for {unit} since 1970 and dates the post {read}",
                generator,
                text = field.text,
                unit,
                read
            ),
        );
        let is_yaml = post
            .envelope
            .as_ref()
            .is_some_and(|envelope| envelope.dialect == Dialect::Yaml);
        if let Some(day) = day::first_in(field.text).filter(|_| is_yaml && field.text.len() == 8) {
            let edit = Edit::replace(field.entry.value.range, day.to_string());
            finding.fix(Fix::safe(say!("Write `{day}`", day), vec![edit]));
        }
    }
}

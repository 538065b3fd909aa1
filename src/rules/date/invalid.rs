//! `date-invalid`: the generator cannot read the date.

use super::repair;
use crate::generator::{DateField, Generator};
use crate::message::Message;
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// The generator cannot read the date.
    ///
    /// # Why
    ///
    /// Hexo says nothing about a `date` it cannot read: it takes the time at which the file was created. On a build server that is
    /// the time of the checkout, so the post gets the day of the build, a new address at every build, and the top of the index.
    /// For `updated` it takes the time at which the file was last changed. The date in the file's name is not used either. The
    /// fixes offer the days that other parts of the post name, and with `--unsafe-fixes` that of git's first commit; where midnight
    /// in the site's `timezone` is still the day before on the machine that builds the site, they write noon.
    ///
    /// Jekyll and Hugo stop the whole build. Jekyll does so at an empty `date`, too; Hugo wants two digits for month and
    /// day, hyphens, and seconds after a time: `2022-07-06 08:00:00`.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2022年7月6日
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: Invalid Date
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
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 08:00:00
    /// ---
    /// ```
    /// ```markdown,bad generator=hugo file=content/posts/harvest.md
    /// ---
    /// title: Harvest
    /// date: 2022/7/6 8:00
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
    /// ```markdown,bad generator=jekyll file=_posts/2022-07-06-harvest.md
    /// ---
    /// date:
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,good generator=jekyll file=_posts/2022-07-06-harvest.md
    /// ---
    /// title: Harvest
    /// date: 6 July 2022
    /// ---
    /// ```
    "date-invalid", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let generator = context.generator();
    repair::rest(reporter);
    for field in context.date_fields() {
        let Some(message) = message(generator, field) else {
            continue;
        };
        let range = match field.text.is_empty() {
            true => field.entry.key.range,
            false => field.entry.value.range,
        };
        let mut finding = reporter.report(range, message);
        for fix in repair::fixes(context, field) {
            finding = finding.fix(fix);
        }
    }
}

fn message(generator: Generator, field: &DateField<'_>) -> Option<Message> {
    if field.instant.is_some() {
        return None;
    }
    let text = field.text;
    Some(match (field.needs_clock, generator, field.key) {
        (true, ..) => say!(
            "Jekyll fills in what `{text}` leaves out from the clock, so the post gets another date with each build",
            text
        ),
        (_, Generator::Hexo, "date") => say!(
            "Hexo cannot read the date `{text}` and publishes the post under the time its file was created; on a build \
             server that is the day of the build, with a new address each time",
            text
        ),
        (_, Generator::Hexo, _) => say!(
            "Hexo cannot read `{text}` and takes the time the file was last changed; on a build server that is the time of \
             the checkout",
            text
        ),
        (_, Generator::Jekyll, _) if text.is_empty() => {
            say!("this `date` is empty, and Jekyll stops the whole build")
        }
        // `field-type` tells what to write in its place.
        (_, Generator::Hugo, "published") if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
            return None;
        }
        _ => say!(
            "{generator} cannot read the date `{text}` and stops the whole build",
            generator,
            text
        ),
    })
}

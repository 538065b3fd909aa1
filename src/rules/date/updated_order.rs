//! `date-updated-order`: a post that was changed before it was written.

use crate::generator::date::DAY;
use crate::rule::{Context, Reporter};
use crate::{part, rule, say};

rule! {
    /// A post that was changed before it was written.
    ///
    /// # Why
    ///
    /// `updated` (in Hugo `lastmod`) lies more than a day before `date`: one of the two is a slip, and themes that sort or mark posts by them show it
    /// to the reader.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 08:00:00
    /// updated: 2021-07-06 08:00:00
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06 08:00:00
    /// updated: 2022-07-06
    /// ---
    /// ```
    "date-updated-order", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let fields = context.date_fields();
    let named = |keys: &[&str]| fields.iter().find(|field| keys.contains(&field.key));
    let (Some(date), Some(updated)) = (named(&["date"]), named(&["updated", "lastmod", "modified"])) else {
        return;
    };
    if date.number.is_some() || updated.number.is_some() {
        return;
    }
    // A day covers its hours, and zones differ by less than a day.
    if let (Some(posted), Some(changed)) = (date.instant, updated.instant)
        && changed + DAY < posted
    {
        reporter
            .report(
                updated.entry.value.range,
                say!(
                    "{key} `{updated}` is before the date `{date}`",
                    key = updated.key,
                    updated = updated.text,
                    date = date.text
                ),
            )
            .related(date.entry.value.range, part!("the date"));
    }
}

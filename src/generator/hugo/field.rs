//! What the date fields of a page mean to Hugo, with their places.

use super::envelope::{Seen, seen};
use super::model::{DATE, EXPIRY, LASTMOD, PUBLISH};
use super::place::{Place, place};
use super::read::is_meant;
use super::value::{self, Dated, Go, dated};
use crate::generator::SiteSettings;
use crate::generator::date_field::DateField;
use crate::post::{Entry, Post};
use jiff::tz::TimeZone;

/// The date fields that Hugo looks at before it has found each date, in that order, each once.
pub fn date_fields<'a>(post: &'a Post, settings: &SiteSettings) -> Vec<DateField<'a>> {
    let Seen::Block(block, dialect) = seen(post.text()) else {
        return Vec::new();
    };
    if !is_meant(post, block, dialect) || !matches!(place(&post.path, settings), Place::Page(_)) {
        return Vec::new();
    }
    let mut fields: Vec<DateField<'a>> = Vec::new();
    for chain in [DATE, LASTMOD, PUBLISH, EXPIRY] {
        for &key in chain {
            let Some(entry) = entry(post, key) else { continue };
            let Ok(value) = value::value(&entry.value, dialect, &TimeZone::UTC) else {
                continue;
            };
            let instant = match dated(Some(&value), &TimeZone::UTC) {
                Dated::Empty => continue,
                Dated::Invalid => None,
                Dated::At(Some(instant)) => Some(instant),
                // Hugo's zero date is none to it, and nothing to complain of.
                Dated::At(None) => break,
            };
            let is_known = fields.iter().any(|field| field.key == key);
            if let (false, Some(scalar)) = (is_known, entry.value.scalar()) {
                fields.push(DateField {
                    entry,
                    key,
                    text: &scalar.text,
                    number: number(&value),
                    instant,
                    offset: None,
                    needs_clock: false,
                });
            }
            if instant.is_some() {
                break;
            }
        }
    }
    fields
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only whether it is a number, and about which, matters"
)]
fn number(value: &Go) -> Option<f64> {
    match value {
        Go::Int(value) => Some(*value as f64),
        Go::Float(value) => Some(*value),
        _ => None,
    }
}

/// The last entry of this name in any case.
fn entry<'a>(post: &'a Post, key: &str) -> Option<&'a Entry> {
    let mut entries = post.front_matter.entries().iter().rev();
    entries.find(|entry| entry.name().is_some_and(|name| name.eq_ignore_ascii_case(key)))
}

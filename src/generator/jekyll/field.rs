//! What the `date` of a post means to Jekyll, with its place.

use super::envelope::block;
use super::place::{Place, place};
use super::read::ruby;
use super::time::{self, Parsed};
use super::value::Ruby;
use crate::generator::SiteSettings;
use crate::generator::date_field::DateField;
use crate::post::{Dialect, Post};
use jiff::tz::TimeZone;

/// The `date` of `post`, even an empty one, which Jekyll cannot read either.
pub fn date_fields<'a>(post: &'a Post, settings: &SiteSettings) -> Vec<DateField<'a>> {
    let envelope = post.envelope.as_ref();
    let is_seen = envelope
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml && Some(envelope.block) == block(post.text()));
    if !is_seen || !matches!(place(&post.path, settings), Place::Post(_)) {
        return Vec::new();
    }
    let field = post.front_matter.get("date").and_then(|entry| {
        let scalar = entry.value.scalar()?;
        let value = ruby(&entry.value).ok()?;
        let parsed = time::parse(&value.to_text(), &TimeZone::UTC);
        let instant = match parsed {
            Parsed::At(instant) => Some(instant),
            Parsed::NowDependent | Parsed::Invalid => None,
        };
        Some(DateField {
            entry,
            key: "date",
            text: if value == Ruby::Nil { "" } else { &scalar.text },
            number: number(&value),
            instant,
            offset: None,
            needs_clock: parsed == Parsed::NowDependent,
        })
    });
    field.into_iter().collect()
}

fn number(value: &Ruby) -> Option<f64> {
    match value {
        Ruby::Int(digits) => digits.parse().ok(),
        Ruby::Float(value) => Some(*value),
        _ => None,
    }
}

//! What one date field of a post means to its generator, with its place.

use super::{Generator, SiteSettings, hexo, hugo, jekyll};
use crate::post::{Dialect, Entry, Post, notation};
use crate::text::Edit;

/// A date field that the generator reads.
#[derive(Debug)]
pub struct DateField<'a> {
    /// The field.
    pub entry: &'a Entry,
    /// Its name in lower case: `date`, `updated`, `lastmod`, …
    pub key: &'static str,
    /// The value without quotes; empty only where that stops the build.
    pub text: &'a str,
    /// The number, where the generator reads the value as one.
    pub number: Option<f64>,
    /// What the generator makes of it before any zone of the site is applied, on a machine in UTC, in milliseconds since 1970;
    /// `None`: it cannot read it, or the value alone does not tell.
    pub instant: Option<i64>,
    /// Minutes that the zone written after the time is ahead of UTC; `None` when no number or `Z` says so.
    pub offset: Option<i64>,
    /// What the value leaves out is filled in from the clock of the build (Jekyll).
    pub needs_clock: bool,
}

impl DateField<'_> {
    /// Writes `text`, a date as the generator reads it, in place of the value, without the quotes that would make it another
    /// instant.
    pub fn writing(&self, post: &Post, text: &str) -> Edit {
        let written = match post.envelope.as_ref().map(|envelope| envelope.dialect) {
            Some(dialect @ (Dialect::JsonSemicolons | Dialect::Json)) => notation::quoted(dialect, text),
            _ => text.to_owned(),
        };
        Edit::replace(self.entry.value.range, written)
    }
}

/// The date fields of `post` that `generator` tries to read, lists and maps left out; none where it does not see the front
/// matter or does not take the file for a post.
pub fn date_fields<'a>(generator: Generator, post: &'a Post, settings: &SiteSettings) -> Vec<DateField<'a>> {
    if post.front_matter.error.is_some() {
        return Vec::new();
    }
    match generator {
        Generator::Hexo => hexo::date_fields(post),
        Generator::Jekyll => jekyll::date_fields(post, settings),
        Generator::Hugo => hugo::date_fields(post, settings),
    }
}

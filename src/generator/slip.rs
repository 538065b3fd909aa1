//! When a key is a slip of another.

use super::keys::folded;
use crate::post::{Entry, Value};

/// The candidate nearest to `key`; `None` without candidates.
pub fn closest<'a>(key: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates.min_by_key(|known| strsim::damerau_levenshtein(key, known))
}

/// One edit from five letters on, two from eight on, the first letter being right; a shorter key only when its value is of the
/// known key's kind. A plural is a word of its own.
pub fn is_slip(key: &str, known: &str, entry: &Entry) -> bool {
    let is_same_start = key.chars().next().map(|first| first.to_ascii_lowercase()) == known.chars().next();
    let most = match known.len() {
        4 if known == "date" && looks_like_date(entry) => 1,
        0..=4 => return false,
        5..=7 => 1,
        _ => 2,
    };
    is_same_start && is_within(&key.to_lowercase(), &known.to_lowercase(), most)
}

/// Whether letters are wrong, missing, added or swapped, but at most `most` of them. Every edit changes the length by one at most, which
/// answers nearly every question without counting edits.
fn is_within(key: &str, known: &str, most: usize) -> bool {
    key != known
        && key.chars().count().abs_diff(known.chars().count()) <= most
        && strsim::damerau_levenshtein(key, known) <= most
}

/// A theme's key of eight letters or more with one wrong, missing or swapped letter that is not the last (a plural is no slip).
pub fn is_one_edit_inside(key: &str, known: &str) -> bool {
    key.chars().next() == known.chars().next()
        && key.chars().last() == known.chars().last()
        && is_within(key, known, 1)
        && folded(key) != folded(known)
}

/// `data: 2021-01-01 10:00:00` is a date (and `update: 2021-01-01` is `updated`); every other `data` is data.
pub fn is_misnamed_date(key: &str, entry: &Entry) -> bool {
    matches!(key, "data" | "update") && looks_like_date(entry)
}

fn looks_like_date(entry: &Entry) -> bool {
    let Value::Scalar(scalar) = &entry.value.value else {
        return false;
    };
    let bytes = scalar.text.as_bytes();
    bytes.len() >= 8
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && matches!(bytes[4], b'-' | b'/' | b'.')
        && bytes[5].is_ascii_digit()
}

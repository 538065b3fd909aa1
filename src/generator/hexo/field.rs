//! What one date field of a post means to Hexo, with its place.

use super::dates::to_date;
use super::value::Js;
use super::yaml::implicit;
use crate::generator::date_field::DateField;
use crate::post::{Dialect, Post, Scalar, Style};

/// What Hexo makes of a date that is written as `text` without quotes, before any zone is applied, on a machine in UTC; `None`:
/// it cannot read it.
pub fn read_plain(text: &str) -> Option<i64> {
    let value = implicit(text).map_or_else(|| Js::text(text), |(_, value)| value);
    to_date(&value, "UTC")
}

/// The date fields of `post` that hold something Hexo tries to read: empty values and lists are left out.
pub fn date_fields(post: &Post) -> Vec<DateField<'_>> {
    let dialect = post.envelope.as_ref().map(|envelope| envelope.dialect);
    if post.front_matter.error.is_some() || !matches!(dialect, Some(Dialect::Yaml | Dialect::JsonSemicolons)) {
        return Vec::new();
    }
    let fields = ["date", "updated"].into_iter();
    fields
        .filter_map(|key| {
            let entry = post.front_matter.get(key)?;
            let scalar = entry.value.scalar().filter(|scalar| scalar.tag.is_none())?;
            let value = value(scalar);
            value.is_truthy().then(|| DateField {
                entry,
                key,
                text: &scalar.text,
                number: match value {
                    Js::Number(number) => Some(number),
                    _ => None,
                },
                instant: to_date(&value, "UTC"),
                offset: offset(&scalar.text),
                needs_clock: false,
            })
        })
        .collect()
}

fn value(scalar: &Scalar) -> Js {
    let typed = (scalar.style == Style::Plain).then(|| {
        if scalar.is_null() {
            return Some(Js::Null);
        }
        implicit(&scalar.text).map(|(_, value)| value)
    });
    typed.flatten().unwrap_or_else(|| Js::text(&scalar.text))
}

/// The offset in minutes after a time of day: `Z`, `+8`, `+08:00`, `-0500`.
fn offset(text: &str) -> Option<i64> {
    let time = text.get(text.find(':')?..)?;
    if time.ends_with('Z') {
        return Some(0);
    }
    let at = time.find(['+', '-'])?;
    let (sign, rest) = time.get(at..)?.split_at(1);
    let digits: String = rest
        .chars()
        .filter(|c| *c != ':')
        .take_while(char::is_ascii_digit)
        .collect();
    let number: i64 = digits.parse().ok()?;
    let minutes = match digits.len() {
        1 | 2 => number * 60,
        3 | 4 => number / 100 * 60 + number % 100,
        _ => return None,
    };
    Some(if sign == "-" { -minutes } else { minutes })
}

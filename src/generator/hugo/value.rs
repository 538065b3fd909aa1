//! Values as Hugo's own code meets them, whichever language the front matter is in.

use super::layout;
use crate::generator::date::{self, Civil};
use crate::message::Message;
use crate::post::{Dialect, Node, Scalar, Style, Value};
use crate::say;
use jiff::tz::TimeZone;

/// A value of front matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Go {
    /// `nil`
    Nil,
    /// `true`, `false`
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A `float64`.
    Float(f64),
    /// A `string`; what YAML calls a timestamp is one.
    Text(String),
    /// A time of TOML, in milliseconds since 1970 UTC.
    Time(i64),
    /// A slice.
    List(Vec<Go>),
    /// A map; keys in the order of their first appearance.
    Map(Vec<(String, Go)>),
}

impl Go {
    /// spf13/cast's `ToString`; `None` for what it refuses.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Go::Nil => Some(String::new()),
            Go::Bool(value) => Some(value.to_string()),
            Go::Int(value) => Some(value.to_string()),
            Go::Float(value) => Some(float(*value)),
            Go::Text(text) => Some(text.clone()),
            Go::Time(instant) => Some(time_text(*instant)),
            Go::List(_) | Go::Map(_) => None,
        }
    }

    /// The value of `key`, which Hugo finds in any case; the last one wins.
    pub fn get(&self, key: &str) -> Option<&Go> {
        match self {
            Go::Map(entries) => entries
                .iter()
                .rev()
                .find(|(name, _)| name.to_lowercase() == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }
}

/// Go's own form of a time in UTC.
fn time_text(instant: i64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = Civil::from_utc(instant);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} +0000 UTC")
}

fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "+Inf" } else { "-Inf" }.into()
    } else {
        value.to_string()
    }
}

/// The value of a node of front matter in `dialect`, on a site in `zone`; the reason when Hugo refuses it.
pub fn value(node: &Node, dialect: Dialect, zone: &TimeZone) -> Result<Go, Message> {
    match &node.value {
        Value::Scalar(scalar) => match dialect {
            Dialect::Yaml => Ok(yaml(scalar)),
            _ => Ok(toml_or_json(scalar, zone)),
        },
        Value::List(items) => {
            let items = items.iter().map(|item| value(item, dialect, zone));
            items.collect::<Result<_, _>>().map(Go::List)
        }
        Value::Map(entries) => {
            let mut map: Vec<(String, Go)> = Vec::new();
            let mut seen = std::collections::HashSet::new();
            for entry in entries {
                let Some(key) = entry.key.text() else {
                    return Err(say!("a key is a list or a mapping"));
                };
                let item = value(&entry.value, dialect, zone)?;
                if dialect == Dialect::Yaml && key == "<<" {
                    merge(&mut map, item)?;
                    continue;
                }
                // JSON takes the last one.
                if !seen.insert(key) && dialect != Dialect::Json {
                    return Err(say!("the key `{key}` stands twice", key));
                }
                map.retain(|(other, _)| other != key);
                map.push((key.to_owned(), item));
            }
            Ok(Go::Map(map))
        }
    }
}

/// `<<: *base`
fn merge(map: &mut Vec<(String, Go)>, base: Go) -> Result<(), Message> {
    match base {
        Go::Map(entries) => {
            map.extend(entries);
            Ok(())
        }
        Go::List(items) => items.into_iter().try_for_each(|item| merge(map, item)),
        _ => Err(say!("`<<` does not stand for a mapping")),
    }
}

/// goccy/go-yaml's types: `yes`, `1e3` and dates are text.
fn yaml(scalar: &Scalar) -> Go {
    let text = scalar.text.as_str();
    match scalar.tag.as_deref() {
        Some("!!str" | "!") => return Go::Text(text.to_owned()),
        Some("!!null") => return Go::Nil,
        // What is none is the first day of the year 1.
        Some("!!timestamp") => {
            let instant = layout::parse(text, &TimeZone::UTC);
            return Go::Time(instant.unwrap_or(Civil::day(1, 1, 1).to_utc()));
        }
        None if scalar.style != Style::Plain => return Go::Text(text.to_owned()),
        _ => {}
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Go::Nil,
        "true" | "True" | "TRUE" => Go::Bool(true),
        "false" | "False" | "FALSE" => Go::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Go::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Go::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Go::Float(f64::NEG_INFINITY),
        _ => number(text).unwrap_or_else(|| Go::Text(text.to_owned())),
    }
}

/// Decimal, octal (`017`, `0o17`), `0x`, `0b`, and with one point a float; underscores are dropped.
fn number(text: &str) -> Option<Go> {
    if text.starts_with('_') {
        return None;
    }
    let is_negative = text.starts_with('-');
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let unsigned = unsigned.strip_prefix('-').unwrap_or(unsigned).replace('_', "");
    let (radix, digits) = match unsigned.get(..2) {
        Some("0x") => (16, unsigned.get(2..)?),
        Some("0o") => (8, unsigned.get(2..)?),
        Some("0b") => (2, unsigned.get(2..)?),
        Some(start) if start.starts_with('0') && !unsigned.contains('.') => (8, unsigned.as_str()),
        _ if unsigned.matches('.').count() == 1 => {
            let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                && unsigned.bytes().any(|byte| byte.is_ascii_digit());
            let value: f64 = unsigned
                .parse()
                .ok()
                .filter(|value: &f64| is_number && value.is_finite())?;
            return Some(Go::Float(if is_negative { -value } else { value }));
        }
        _ => (10, unsigned.as_str()),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = u64::from_str_radix(digits, radix).ok().map(i128::from)?;
    Some(Go::Int(if is_negative { -value } else { value }))
}

fn toml_or_json(scalar: &Scalar, zone: &TimeZone) -> Go {
    let text = scalar.text.as_str();
    if scalar.style != Style::Plain {
        return Go::Text(text.to_owned());
    }
    match text {
        "null" => return Go::Nil,
        "true" => return Go::Bool(true),
        "false" => return Go::Bool(false),
        _ => {}
    }
    if let Some(instant) = toml_time(text, zone) {
        return Go::Time(instant);
    }
    let bare = text.replace('_', "");
    match bare.parse() {
        Ok(value) => Go::Int(value),
        Err(_) => match (number(text), bare.parse()) {
            (Some(Go::Int(value)), _) => Go::Int(value),
            (_, Ok(value)) => Go::Float(value),
            _ => Go::Text(text.to_owned()),
        },
    }
}

/// A date, a time of day on a date, or an instant of TOML.
fn toml_time(text: &str, zone: &TimeZone) -> Option<i64> {
    let is_date = text.len() >= 10 && text.as_bytes().get(4) == Some(&b'-');
    let upper = text.to_ascii_uppercase().replacen(' ', "T", 1);
    is_date.then(|| layout::parse(&upper, zone)).flatten()
}

/// What a date field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// Nothing: the next field is looked at.
    Empty,
    /// An instant in milliseconds since 1970 UTC; `None` is Hugo's zero date, the first day of the year 1.
    At(Option<i64>),
    /// It is no date, and the build stops.
    Invalid,
}

/// What Hugo makes of `value` in a date field. Numbers are seconds since 1970.
pub fn dated(value: Option<&Go>, zone: &TimeZone) -> Dated {
    let instant = match value {
        None | Some(Go::Nil) => return Dated::Empty,
        Some(Go::Text(text)) if text.is_empty() => return Dated::Empty,
        Some(Go::Text(text)) => layout::parse(text, zone),
        Some(Go::Time(instant)) => Some(*instant),
        Some(Go::Int(seconds)) => i64::try_from(*seconds)
            .ok()
            .and_then(|seconds| seconds.checked_mul(1_000)),
        Some(_) => None,
    };
    match instant {
        None => Dated::Invalid,
        Some(instant) if instant == Civil::day(1, 1, 1).to_utc() => Dated::At(None),
        Some(instant) => Dated::At(date::in_range(instant)),
    }
}

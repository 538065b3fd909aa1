//! Ruby values, as Jekyll's own code meets them after SafeYAML has read the front matter.

use super::date_parse;
use crate::generator::date::{self, Civil};

/// A Ruby value.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruby {
    /// `nil`
    Nil,
    /// `true`, `false`
    Bool(bool),
    /// An `Integer` in decimal digits, however many.
    Int(String),
    /// A `Float`.
    Float(f64),
    /// A `String`.
    Text(String),
    /// A `Date`, which has no time and no zone: days since 1970-01-01.
    Date(i64),
    /// A `Time`.
    Time(Moment),
    /// An `Array`.
    List(Vec<Ruby>),
    /// A `Hash`; keys in the order of their first appearance, each once.
    Map(Vec<(Ruby, Ruby)>),
}

/// A `Time`: an instant and the offset of the clock that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970 UTC.
    pub instant: i64,
    /// Seconds that the clock is ahead of UTC.
    pub offset: i64,
}

/// Days from the first Julian day to 1970-01-01.
const JULIAN_DAYS: i64 = 2_440_588;

/// A text made from a value is cut here: nested aliases can ask for more than a machine has.
const LONGEST: usize = 1 << 16;

impl Moment {
    /// `YYYY-MM-DD HH:MM:SS +zzzz`
    pub fn to_text(self) -> String {
        let wall = Civil::from_utc(self.instant + self.offset * 1_000);
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs() / 60;
        format!(
            "{} {:02}:{:02}:{:02} {sign}{:02}{:02}",
            day_text(wall),
            wall.hour,
            wall.minute,
            wall.second,
            minutes / 60,
            minutes % 60
        )
    }
}

fn day_text(civil: Civil) -> String {
    let sign = if civil.year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", civil.year.abs(), civil.month, civil.day)
}

impl Ruby {
    /// A string.
    pub fn text(text: &str) -> Self {
        Ruby::Text(text.to_owned())
    }

    /// Whether Ruby takes it for true: all but `nil` and `false`.
    pub fn is_truthy(&self) -> bool {
        !matches!(self, Ruby::Nil | Ruby::Bool(false))
    }

    /// The value of `key`; `None` when there is no such key or this is no `Hash`.
    pub fn get(&self, key: &str) -> Option<&Ruby> {
        match self {
            Ruby::Map(entries) => entries
                .iter()
                .find(|(name, _)| matches!(name, Ruby::Text(name) if name == key))
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// `to_s`
    pub fn to_text(&self) -> String {
        match self {
            Ruby::Nil => String::new(),
            Ruby::Text(text) => text.clone(),
            Ruby::Date(days) => day_text(Civil::from_utc(days * date::DAY)),
            other => other.inspect(),
        }
    }

    /// `inspect`
    pub fn inspect(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        if out.len() > LONGEST {
            return;
        }
        match self {
            Ruby::Nil => out.push_str("nil"),
            Ruby::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Ruby::Int(digits) => out.push_str(digits),
            Ruby::Float(value) => out.push_str(&float(*value)),
            Ruby::Text(text) => quoted(text, out),
            Ruby::Date(days) => {
                let text = format!(
                    "#<Date: {} (({}j,0s,0n),+0s,2299161j)>",
                    self.to_text(),
                    days + JULIAN_DAYS
                );
                out.push_str(&text);
            }
            Ruby::Time(moment) => out.push_str(&moment.to_text()),
            Ruby::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Ruby::Map(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    key.write(out);
                    out.push_str("=>");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// `String#inspect`
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// `Float#to_s`
fn float(value: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    let size = value.abs();
    if value == 0.0 || (1e-4..1e16).contains(&size) {
        return format!("{value:?}");
    }
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let dot = if digits.contains('.') { "" } else { ".0" };
    let (sign, power) = match power.strip_prefix('-') {
        Some(power) => ('-', power),
        None => ('+', power),
    };
    format!("{digits}{dot}e{sign}{power:0>2}")
}

/// `DateTime.parse(text).to_time` of a text that looks like a YAML timestamp; `None` when a field is out of range, which
/// leaves the text what it is.
pub fn date_time(text: &str) -> Option<Moment> {
    let fields = date_parse::fields(text)?;
    let (year, month, day) = (fields.year?, fields.month?, fields.day?);
    let (hour, minute, second) = (fields.hour?, fields.minute?, fields.second?);
    let mut civil = Civil::day(year, month, day);
    if Civil::from_utc(civil.to_utc()) != civil {
        return None;
    }
    let is_midnight = hour == 24 && minute == 0 && second == 0;
    if !((0..=23).contains(&hour) || is_midnight) || minute > 59 || second > 60 {
        return None;
    }
    (civil.hour, civil.minute, civil.second) = (hour, minute, second.min(59));
    let offset = fields.zone.as_deref().map_or(0, offset);
    let fraction = fields.fraction.unwrap_or_default();
    let kept = fraction.get(..fraction.len().min(3)).unwrap_or_default();
    civil.millisecond = format!("{kept:0<3}").parse().unwrap_or(0);
    Some(Moment {
        instant: civil.to_utc() - offset * 1_000,
        offset,
    })
}

/// The offset of a numeric zone or `Z` in seconds; a day and more counts as nothing.
fn offset(zone: &str) -> i64 {
    let Some(digits) = zone.strip_prefix(['+', '-']) else {
        return 0;
    };
    let number = |part: Option<&str>| part.map_or(0, date_parse::number);
    let size = match digits.split_once(':') {
        Some((hours, minutes)) => number(Some(hours)) * 3_600 + number(Some(minutes)) * 60,
        None if digits.len() % 2 == 1 => number(digits.get(..1)) * 3_600 + number(digits.get(1..3)) * 60,
        None => number(digits.get(..2)) * 3_600 + number(digits.get(2..4)) * 60,
    };
    if size >= 86_400 {
        0
    } else if zone.starts_with('-') {
        -size
    } else {
        size
    }
}

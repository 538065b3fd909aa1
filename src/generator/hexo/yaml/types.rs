//! The types of js-yaml's default schema.

use super::pairs::MERGE;
use super::state::Kind;
use crate::generator::base64;
use crate::generator::date::Civil;
use crate::generator::hexo::value::{Js, Object};
use std::collections::HashSet;
use std::rc::Rc;

const PREFIX: &str = "tag:yaml.org,2002:";

/// The kind of node that a known tag wants; `None` for an unknown tag.
pub fn kind_of(tag: &str) -> Option<Kind> {
    match tag.strip_prefix(PREFIX)? {
        "str" | "null" | "bool" | "int" | "float" | "timestamp" | "merge" | "binary" => Some(Kind::Scalar),
        "seq" | "omap" | "pairs" => Some(Kind::Sequence),
        "map" | "set" => Some(Kind::Mapping),
        _ => None,
    }
}

/// The tag and the value of a plain scalar that is no string; `None` for a string.
pub fn implicit(text: &str) -> Option<(&'static str, Js)> {
    let first = text.bytes().next()?;
    // Nearly all scalars are words; only these bytes can begin anything else.
    if !(first.is_ascii_digit() || b"+-.~nNtTfF<".contains(&first)) {
        return None;
    }
    if let Some(value) = null(text) {
        return Some(("tag:yaml.org,2002:null", value));
    }
    if let Some(value) = boolean(text) {
        return Some(("tag:yaml.org,2002:bool", value));
    }
    if let Some(value) = integer(text) {
        return Some(("tag:yaml.org,2002:int", value));
    }
    if let Some(value) = float(text) {
        return Some(("tag:yaml.org,2002:float", value));
    }
    if let Some(instant) = timestamp(text) {
        return Some(("tag:yaml.org,2002:timestamp", Js::Date(instant)));
    }
    (text == "<<").then(|| (MERGE, Js::text(text)))
}

/// The value of a node with an explicit tag; `None` when js-yaml cannot resolve it.
pub fn explicit(tag: &str, value: &Js) -> Option<Js> {
    let name = tag.strip_prefix(PREFIX)?;
    match (name, value) {
        ("str", Js::Null) => Some(Js::text("")),
        ("seq" | "omap" | "pairs", Js::Null) => Some(Js::List(Rc::default())),
        ("map" | "set", Js::Null) => Some(Js::Map(Rc::default())),
        ("null" | "merge", Js::Null) => Some(Js::Null),
        ("str" | "seq" | "map", _) => Some(value.clone()),
        ("null", Js::Text(text)) => null(text),
        ("bool", Js::Text(text)) => boolean(text),
        ("int", Js::Text(text)) => integer(text),
        ("float", Js::Text(text)) => float(text),
        ("timestamp", Js::Text(text)) => timestamp(text).map(Js::Date),
        ("merge", Js::Text(text)) => (&**text == "<<").then(|| value.clone()),
        ("binary", Js::Text(text)) => binary(text),
        ("omap", Js::List(items)) => ordered(items).then(|| value.clone()),
        ("pairs", Js::List(items)) => pairs(items),
        ("set", Js::Map(object)) => object
            .iter()
            .all(|(_, value)| matches!(value, Js::Null))
            .then(|| value.clone()),
        _ => None,
    }
}

fn null(text: &str) -> Option<Js> {
    matches!(text, "~" | "null" | "Null" | "NULL").then_some(Js::Null)
}

fn boolean(text: &str) -> Option<Js> {
    match text {
        "true" | "True" | "TRUE" => Some(Js::Bool(true)),
        "false" | "False" | "FALSE" => Some(Js::Bool(false)),
        _ => None,
    }
}

fn integer(text: &str) -> Option<Js> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let radix = match digits.get(..2) {
        Some("0b") => 2,
        Some("0x") => 16,
        Some("0o") => 8,
        _ => 10,
    };
    let body = if radix == 10 {
        digits
    } else {
        digits.get(2..).unwrap_or_default()
    };
    if body.is_empty() || !body.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let size = if radix == 10 {
        body.parse().ok()?
    } else {
        body.chars()
            .filter_map(|digit| digit.to_digit(radix))
            .fold(0.0, |value: f64, digit| value * f64::from(radix) + f64::from(digit))
    };
    let value: f64 = if text.starts_with('-') { -size } else { size };
    value.is_finite().then_some(Js::Number(value))
}

fn float(text: &str) -> Option<Js> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Some(Js::Number(sign * f64::INFINITY));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Js::Number(f64::NAN));
    }
    let whole = unsigned.trim_start_matches(|byte: char| byte.is_ascii_digit());
    let has_whole = whole.len() < unsigned.len();
    let mut rest = whole;
    if let Some(after) = whole.strip_prefix('.') {
        rest = after.trim_start_matches(|byte: char| byte.is_ascii_digit());
        // `.5` takes no sign, and `.` alone is no number.
        if !has_whole && (rest.len() == after.len() || unsigned.len() < text.len()) {
            return None;
        }
    } else if !has_whole {
        return None;
    }
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    } else if !rest.is_empty() {
        return None;
    }
    let value: f64 = unsigned.parse().ok()?;
    value.is_finite().then_some(Js::Number(sign * value))
}

/// Digits at the start of `text`: between `least` and `most` of them, as many as there are. `most` is 18 or less.
fn digits(text: &mut &str, least: usize, most: usize) -> Option<i64> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count < least {
        return None;
    }
    let (number, rest) = text.split_at(count);
    *text = rest;
    Some(number.bytes().fold(0, |all, digit| all * 10 + i64::from(digit - b'0')))
}

fn eat(text: &mut &str, mark: char) -> Option<()> {
    *text = text.strip_prefix(mark)?;
    Some(())
}

/// A YAML timestamp in milliseconds since 1970 UTC; fields out of range roll over. `None` when it is a string.
pub fn timestamp(text: &str) -> Option<i64> {
    let mut rest = text;
    let year = digits(&mut rest, 4, 4)?;
    eat(&mut rest, '-')?;
    let before_month = rest;
    let month = digits(&mut rest, 1, 2)?;
    let month_length = before_month.len() - rest.len();
    eat(&mut rest, '-')?;
    let before_day = rest;
    let day = digits(&mut rest, 1, 2)?;
    let day_length = before_day.len() - rest.len();
    // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
    let year = if year <= 99 { year + 1900 } else { year };
    let mut civil = Civil::day(year, month, day);
    if rest.is_empty() {
        return (month_length == 2 && day_length == 2).then(|| civil.to_utc());
    }
    match rest.strip_prefix(['T', 't']) {
        Some(after) => rest = after,
        None => {
            let after = rest.trim_start_matches([' ', '\t']);
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        }
    }
    civil.hour = digits(&mut rest, 1, 2)?;
    eat(&mut rest, ':')?;
    civil.minute = digits(&mut rest, 2, 2)?;
    eat(&mut rest, ':')?;
    civil.second = digits(&mut rest, 2, 2)?;
    if eat(&mut rest, '.').is_some() {
        let after = rest.trim_start_matches(|byte: char| byte.is_ascii_digit());
        let fraction = &rest[..rest.len() - after.len()];
        let kept = fraction.get(..fraction.len().min(3)).unwrap_or_default();
        civil.millisecond = format!("{kept:0<3}").parse().ok()?;
        rest = after;
    }
    Some(civil.to_utc() - zone(rest)?)
}

/// The offset of a time zone at the end of a timestamp in milliseconds.
fn zone(rest: &str) -> Option<i64> {
    let mut rest = rest.trim_start_matches([' ', '\t']);
    match rest.bytes().next() {
        // Blanks need a zone after them, but a plain scalar never ends in blanks.
        None => Some(0),
        Some(b'Z') => (rest.len() == 1).then_some(0),
        Some(sign @ (b'+' | b'-')) => {
            rest = &rest[1..];
            let hours = digits(&mut rest, 1, 2)?;
            let minutes = match eat(&mut rest, ':') {
                Some(()) => digits(&mut rest, 2, 2)?,
                None => 0,
            };
            let offset = (hours * 60 + minutes) * 60_000;
            rest.is_empty().then_some(if sign == b'-' { -offset } else { offset })
        }
        Some(_) => None,
    }
}

fn binary(text: &str) -> Option<Js> {
    let mut bits = 0_usize;
    let mut sextets = Vec::new();
    for byte in text.bytes() {
        match byte {
            b'\n' | b'\r' => continue,
            b'=' => {}
            _ => sextets.push(base64::digit(byte)?),
        }
        bits += 6;
    }
    if !bits.is_multiple_of(8) {
        return None;
    }
    let mut bytes = Vec::new();
    for group in sextets.chunks(4) {
        let joined = group
            .iter()
            .chain([0; 4].iter())
            .take(4)
            .fold(0_u32, |joined, &sextet| joined << 6 | u32::from(sextet));
        let [_, a, b, c] = joined.to_be_bytes();
        bytes.extend([a, b, c].into_iter().take(group.len().saturating_sub(1)));
    }
    Some(Js::Bytes(Rc::new(bytes)))
}

/// A list of one-key mappings with different keys.
fn ordered(items: &[Js]) -> bool {
    let mut seen = HashSet::new();
    items.iter().all(|item| match item {
        Js::Map(object) => match single(object) {
            Some((key, _)) => seen.insert(key.to_owned()),
            None => false,
        },
        _ => false,
    })
}

fn pairs(items: &[Js]) -> Option<Js> {
    let mut out = Vec::new();
    for item in items {
        let Js::Map(object) = item else { return None };
        let (key, value) = single(object)?;
        out.push(Js::List(Rc::new(vec![Js::text(key), value.clone()])));
    }
    Some(Js::List(Rc::new(out)))
}

fn single(object: &Object) -> Option<(&str, &Js)> {
    let mut entries = object.iter();
    entries.next().filter(|_| entries.next().is_none())
}

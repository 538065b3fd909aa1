//! SafeYAML's guess at the type of a plain scalar: the forms of its matchers, tried in its order.

use super::value::{Ruby, date_time};
use crate::generator::date::{self, Civil};

/// The value of a plain scalar; a text when nothing else matches.
pub fn guess(text: &str) -> Ruby {
    let plain = text.strip_suffix('\n').unwrap_or(text);
    integer(plain)
        .or_else(|| sexagesimal(plain, Sexagesimal::Whole))
        .or_else(|| float(plain))
        .or_else(|| sexagesimal(plain, Sexagesimal::Fraction))
        .or_else(|| word(text))
        .or_else(|| day(plain))
        .or_else(|| is_timestamp(plain).then(|| date_time(plain).map_or_else(|| Ruby::text(text), Ruby::Time)))
        .unwrap_or_else(|| Ruby::text(text))
}

fn all(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(is)
}

/// Decimal (commas and underscores are dropped), octal with a leading 0, `0x`, `0b`.
fn integer(text: &str) -> Option<Ruby> {
    // Ruby looks at all four forms after dropping the marks.
    let bare: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let digits = bare.strip_prefix(['+', '-']).unwrap_or(&bare);
    let is_decimal =
        !digits.is_empty() && all(digits, |byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    if is_decimal {
        let sign = if bare.starts_with('-') && digits != "0" {
            "-"
        } else {
            ""
        };
        return Some(Ruby::Int(format!("{sign}{digits}")));
    }
    let (radix, digits) = match bare.get(..2)? {
        "0x" | "0X" => (16, bare.get(2..)?),
        "0b" => (2, bare.get(2..)?),
        start if start.starts_with('0') => (8, bare.get(1..)?),
        _ => return None,
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let value = is_number.then(|| u128::from_str_radix(digits, radix).ok()).flatten()?;
    Some(Ruby::Int(value.to_string()))
}

/// `[-+]?(\d[\d_]*)?\.[\d_]*([eE][-+]\d+)?`
fn float(text: &str) -> Option<Ruby> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Ruby::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" => return Some(Ruby::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Some(Ruby::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    let (whole, rest) = unsigned.split_once('.')?;
    let (fraction, power) = match rest.split_once(['e', 'E']) {
        Some((fraction, power)) => (fraction, Some(power)),
        None => (rest, None),
    };
    let is_digits = |part: &str| all(part, |byte| byte.is_ascii_digit() || byte == b'_');
    let is_power = |power: &str| {
        power
            .strip_prefix(['+', '-'])
            .is_some_and(|digits| !digits.is_empty() && all(digits, |byte| byte.is_ascii_digit()))
    };
    if !is_digits(whole) || whole.starts_with('_') || !is_digits(fraction) || !power.is_none_or(is_power) {
        return None;
    }
    // What its form allows and Ruby's `Float` refuses stays a text.
    if whole.is_empty() && fraction.is_empty() || fraction.is_empty() {
        return None;
    }
    let bare: String = unsigned.chars().filter(|c| *c != '_').collect();
    bare.parse().ok().map(|value: f64| Ruby::Float(sign * value))
}

/// Which of the two forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sexagesimal {
    /// `12:30:45`
    Whole,
    /// `12:30:45.5`
    Fraction,
}

/// `[-+]?\d[\d_]*(:[0-5]?\d)+`, with or without a fraction.
fn sexagesimal(text: &str, form: Sexagesimal) -> Option<Ruby> {
    let (before, after) = match (form, text.split_once('.')) {
        (Sexagesimal::Whole, None) => (text, None),
        (Sexagesimal::Fraction, Some((before, after))) => (before, Some(after)),
        _ => return None,
    };
    let unsigned = before.strip_prefix(['+', '-']).unwrap_or(before);
    let mut parts = unsigned.split(':');
    let first = parts.next()?;
    let is_first =
        first.starts_with(|c: char| c.is_ascii_digit()) && all(first, |byte| byte.is_ascii_digit() || byte == b'_');
    let mut value: f64 = first.replace('_', "").parse().ok().filter(|_| is_first)?;
    let mut count = 0;
    for part in parts {
        let is_sixtieth = match part.as_bytes() {
            [digit] => digit.is_ascii_digit(),
            [tens, digit] => (b'0'..=b'5').contains(tens) && digit.is_ascii_digit(),
            _ => false,
        };
        value = value * 60.0 + part.parse::<f64>().ok().filter(|_| is_sixtieth)?;
        count += 1;
    }
    if let Some(after) = after {
        if !all(after, |byte| byte.is_ascii_digit() || byte == b'_') {
            return None;
        }
        value += format!("0.{}", after.replace('_', "")).parse::<f64>().ok()?;
    }
    (count > 0).then_some(Ruby::Float(if text.starts_with('-') { -value } else { value }))
}

/// Null and booleans.
fn word(text: &str) -> Option<Ruby> {
    if text.len() > 5 {
        return None;
    }
    match text.to_ascii_lowercase().as_str() {
        "" | "~" | "null" => Some(Ruby::Nil),
        "yes" | "on" | "true" => Some(Ruby::Bool(true)),
        "no" | "off" | "false" => Some(Ruby::Bool(false)),
        _ => None,
    }
}

/// `YYYY-MM-DD`; a day that is not in the calendar leaves the text what it is.
fn day(text: &str) -> Option<Ruby> {
    let [year, month, day] = <[&str; 3]>::try_from(text.split('-').collect::<Vec<_>>()).ok()?;
    let number = |part: &str, width: usize| {
        let is_number = part.len() == width && all(part, |byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i64>().ok()).flatten()
    };
    let civil = Civil::day(number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let instant = civil.to_utc();
    (Civil::from_utc(instant) == civil).then_some(Ruby::Date(instant / date::DAY))
}

/// `\d{4}-\d{1,2}-\d{1,2}([Tt]|\s+)\d{1,2}:\d{2}:\d{2}(\.\d*)?\s*(Z|[-+]\d{1,2}(:?\d{2})?)?`
fn is_timestamp(text: &str) -> bool {
    timestamp(text).is_some()
}

fn timestamp(text: &str) -> Option<()> {
    let mut rest = digits(text, 4, 4)?.strip_prefix('-')?;
    rest = digits(rest, 1, 2)?.strip_prefix('-')?;
    rest = digits(rest, 1, 2)?;
    rest = match rest.strip_prefix(['T', 't']) {
        Some(after) => after,
        None => Some(rest.trim_start_matches(is_space)).filter(|after| after.len() < rest.len())?,
    };
    rest = digits(rest, 1, 2)?.strip_prefix(':')?;
    rest = digits(rest, 2, 2)?.strip_prefix(':')?;
    rest = digits(rest, 2, 2)?;
    if let Some(after) = rest.strip_prefix('.') {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    rest = rest.trim_start_matches(is_space);
    if matches!(rest, "" | "Z") {
        return Some(());
    }
    rest = digits(rest.strip_prefix(['+', '-'])?, 1, 2)?;
    if rest.is_empty() {
        return Some(());
    }
    digits(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?
        .is_empty()
        .then_some(())
}

fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ')
}

/// What follows the digits at the start, of which there are between `least` and `most`.
fn digits(text: &str, least: usize, most: usize) -> Option<&str> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count >= least).then(|| text.get(count..)).flatten()
}

//! What Hexo prints where a text is wanted and the front matter holds something else (SEMANTICS: `String(value)` in JavaScript
//! after js-yaml's default schema).

use crate::post::{Scalar, Style};

/// The text that Hexo makes of a scalar, when it is not the text that was written; `None` when it is, and for
/// nothing at all (null). A date's text is its JavaScript form without the zone, which is the build machine's.
pub fn hexo_text(scalar: &Scalar) -> Option<String> {
    if scalar.style != Style::Plain || scalar.tag.is_some() || scalar.is_null() {
        return None;
    }
    let written = scalar.text.as_str();
    let shown = match written {
        "True" | "TRUE" => "true".to_owned(),
        "False" | "FALSE" => "false".to_owned(),
        ".nan" | ".NaN" | ".NAN" => "NaN".to_owned(),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => "Infinity".to_owned(),
        "-.inf" | "-.Inf" | "-.INF" => "-Infinity".to_owned(),
        _ if is_timestamp(written) => return Some(date_text(written)),
        _ => js_text(number(written)?),
    };
    (shown != written).then_some(shown)
}

/// Whether Hexo's YAML reads an unquoted scalar as a boolean, a number or a date rather than as text.
pub fn is_text_in_hexo(scalar: &Scalar) -> bool {
    if scalar.style != Style::Plain || scalar.tag.is_some() {
        return true;
    }
    let written = scalar.text.as_str();
    !(scalar.is_null()
        || matches!(written, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
        || is_timestamp(written)
        || number(written).is_some())
}

/// The number that js-yaml's default schema reads; `None` when it is none.
fn number(written: &str) -> Option<f64> {
    let (sign, digits) = match written.as_bytes().first()? {
        b'-' => (-1.0, &written[1..]),
        b'+' => (1.0, &written[1..]),
        _ => (1.0, written),
    };
    let radix = |prefix: &str, radix: u32| {
        let digits = digits.strip_prefix(prefix)?;
        let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        is_number.then(|| {
            digits
                .chars()
                .filter_map(|digit| digit.to_digit(radix))
                .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit))
        })
    };
    let prefixed = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2));
    if let Some(value) = prefixed {
        return Some(sign * value);
    }
    let is_decimal = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.contains(|digit: char| digit.is_ascii_digit())
        && digits
            .chars()
            .all(|digit| digit.is_ascii_digit() || matches!(digit, '.' | 'e' | 'E' | '+' | '-'));
    // js-yaml leaves what overflows (`1e999`) a text.
    let value = is_decimal.then(|| digits.parse::<f64>().ok()).flatten();
    value.filter(|value| value.is_finite()).map(|value| sign * value)
}

/// `String(number)` in JavaScript.
fn js_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e21).contains(&size) {
        number.to_string()
    } else {
        let text = format!("{number:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
            _ => text,
        }
    }
}

/// js-yaml's two timestamp forms: `YYYY-MM-DD`, and `YYYY-M-D` with a time of day.
pub fn is_timestamp(written: &str) -> bool {
    let bytes = written.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let at = |index: usize| bytes.get(index).copied();
    if digits(0) != 4 || at(4) != Some(b'-') {
        return false;
    }
    let month = digits(5);
    if !(1..=2).contains(&month) || at(5 + month) != Some(b'-') {
        return false;
    }
    let day = digits(6 + month);
    let end = 6 + month + day;
    if !(1..=2).contains(&day) {
        return false;
    }
    if end == bytes.len() {
        return month == 2 && day == 2;
    }
    let time = written[end..].trim_start_matches(['T', 't', ' ', '\t']);
    let hour = time.bytes().take_while(u8::is_ascii_digit).count();
    let rest = time.as_bytes().get(hour..).unwrap_or_default();
    (1..=2).contains(&hour)
        && matches!(rest, [b':', a, b, b':', c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_digit))
        && time.len() < written.len() - end
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Sat Jan 01 2022 …`, without the weekday.
fn date_text(written: &str) -> String {
    let mut parts = written.split(|character: char| !character.is_ascii_digit());
    let year = parts.next().unwrap_or("");
    let month = parts.next().and_then(|month| month.parse::<usize>().ok()).unwrap_or(0);
    let day = parts.next().unwrap_or("");
    match month.checked_sub(1).and_then(|month| MONTHS.get(month)) {
        Some(month) => format!("… {month} {day:0>2} {year} 00:00:00 GMT…"),
        None => "a date".to_owned(),
    }
}

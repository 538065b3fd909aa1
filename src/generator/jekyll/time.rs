//! Ruby's `Time.parse`: from the fields of a date to an instant.

use super::date_parse::{self, Fields};
use crate::generator::date::{self, Civil};
use jiff::tz::TimeZone;

/// What `Time.parse` makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Milliseconds since 1970 UTC.
    At(i64),
    /// It fills what is missing from the clock (`12`, `10:00`), or the year is beyond all reason.
    NowDependent,
    /// It raises `ArgumentError`.
    Invalid,
}

/// Years whose instants can be counted in milliseconds.
const FARTHEST_YEAR: i64 = 200_000;

/// `Time.parse(text)` where clocks show `zone`.
pub fn parse(text: &str, zone: &TimeZone) -> Parsed {
    match date_parse::fields(text) {
        Some(fields) => from_fields(&fields, zone),
        None => Parsed::Invalid,
    }
}

fn from_fields(fields: &Fields, zone: &TimeZone) -> Parsed {
    let has_any = fields.fraction.is_some()
        || [
            fields.year,
            fields.day_of_year,
            fields.month,
            fields.day,
            fields.hour,
            fields.minute,
            fields.second,
        ]
        .iter()
        .any(Option::is_some);
    if !has_any {
        return Parsed::Invalid;
    }
    let mut clock = Clock {
        year: fields.year.unwrap_or(2000),
        month: fields.month.unwrap_or(1),
        day: fields.day.unwrap_or(1),
        hour: fields.hour.unwrap_or(0),
        minute: fields.minute.unwrap_or(0),
        second: fields.second.unwrap_or(0),
    };
    if let Some(day) = fields.day_of_year {
        // Ruby spreads the day over months of 31 days and corrects once.
        if !(1..=366).contains(&day) {
            return Parsed::Invalid;
        }
        let civil = Civil::from_utc(Civil::day(clock.year.clamp(-FARTHEST_YEAR, FARTHEST_YEAR), 1, day).to_utc());
        (clock.month, clock.day) = (civil.month, civil.day);
    }
    if clock.year.abs() > FARTHEST_YEAR {
        return Parsed::NowDependent;
    }
    let offset = fields.zone.as_deref().and_then(|name| offset(name, clock.year, zone));
    let instant = match offset {
        Some(offset) => clock.minus(offset).to_utc(),
        None => clock.to_utc().map(|wall| date::from_wall(wall, zone)),
    };
    match instant {
        None => Parsed::Invalid,
        Some(_) if fields.year.is_none() => Parsed::NowDependent,
        Some(instant) => Parsed::At(instant + milliseconds(fields.fraction.as_deref())),
    }
}

/// The first three digits of a fraction of a second.
fn milliseconds(fraction: Option<&str>) -> i64 {
    let digits = fraction.unwrap_or_default();
    let kept = digits.get(..digits.len().min(3)).unwrap_or_default();
    format!("{kept:0<3}").parse().unwrap_or(0)
}

/// `Time.zone_offset`: seconds ahead of UTC; `None` for a zone that Ruby does not know, which it then ignores.
fn offset(name: &str, year: i64, zone: &TimeZone) -> Option<i64> {
    let name = name.to_uppercase();
    if let Some(sign) = name.strip_prefix(['+', '-']) {
        let size = numeric_offset(sign)?;
        return Some(if name.starts_with('-') { -size } else { size });
    }
    let hours = match name.as_str() {
        "UTC" | "UT" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => match name.as_bytes() {
            [letter @ b'A'..=b'I'] => i64::from(letter - b'A') + 1,
            [letter @ b'K'..=b'M'] => i64::from(letter - b'A'),
            [letter @ b'N'..=b'Y'] => -(i64::from(letter - b'N') + 1),
            _ => return local_offset(&name, year, zone),
        },
    };
    Some(hours * 3_600)
}

/// `hh`, `hhmm`, `hh:mm`, `hhmmss`, `hh:mm:ss` in seconds.
fn numeric_offset(text: &str) -> Option<i64> {
    let is_pair = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if text.contains(':') {
        text.split(':').collect()
    } else {
        (0..text.len())
            .step_by(2)
            .filter_map(|at| text.get(at..(at + 2).min(text.len())))
            .collect()
    };
    if parts.is_empty() || parts.len() > 3 || !parts.iter().copied().all(is_pair) {
        return None;
    }
    let mut parts = parts.iter().map(|part| date_parse::number(part));
    let mut next = || parts.next().unwrap_or(0);
    Some(next() * 3_600 + next() * 60 + next())
}

/// The local zone's own abbreviation, in winter or in summer.
fn local_offset(name: &str, year: i64, zone: &TimeZone) -> Option<i64> {
    [1, 7].into_iter().find_map(|month| {
        let instant = date::from_wall(Civil::day(year, month, 1).to_utc(), zone);
        let timestamp = jiff::Timestamp::from_millisecond(instant).ok()?;
        let info = zone.to_offset_info(timestamp);
        (info.abbreviation().to_uppercase() == name).then(|| i64::from(info.offset().seconds()))
    })
}

/// A wall clock whose fields may be out of range.
#[derive(Clone, Copy)]
struct Clock {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Clock {
    /// Milliseconds since 1970 as if in UTC, when Ruby takes the fields: days up to 31 roll over, 24:00:00 and a 60th
    /// second do, too.
    fn to_utc(self) -> Option<i64> {
        let is_midnight = self.hour == 24 && self.minute == 0 && self.second == 0;
        let is_valid = (1..=12).contains(&self.month)
            && (1..=31).contains(&self.day)
            && ((0..=23).contains(&self.hour) || is_midnight)
            && (0..=59).contains(&self.minute)
            && (0..=60).contains(&self.second);
        let mut civil = Civil::day(self.year, self.month, self.day);
        (civil.hour, civil.minute, civil.second) = (self.hour, self.minute, self.second);
        is_valid.then(|| civil.to_utc())
    }

    /// Ruby's `apply_offset`: the same instant in UTC. Hours out of range come into range on the way.
    fn minus(self, offset: i64) -> Self {
        let mut clock = self;
        let sign = offset.signum();
        let size = offset.abs();
        let (seconds, minutes, hours) = (size % 60, size / 60 % 60, size / 3_600);
        // A field is only touched when there is something to take from it.
        let mut carry = 0;
        let take = |field: &mut i64, amount: i64, base: i64, carry: &mut i64| {
            let amount = amount * sign + *carry;
            if amount == 0 {
                *carry = 0;
                return;
            }
            let value = field.saturating_sub(amount);
            *field = value.rem_euclid(base);
            *carry = -value.div_euclid(base);
        };
        take(&mut clock.second, seconds, 60, &mut carry);
        take(&mut clock.minute, minutes, 60, &mut carry);
        take(&mut clock.hour, hours, 24, &mut carry);
        if carry > 0 {
            clock.day -= carry;
            if clock.day < 1 {
                clock.month -= 1;
                if clock.month < 1 {
                    clock.month = 12;
                    clock.year -= 1;
                }
                clock.day = month_days(clock.year, clock.month);
            }
        } else if carry < 0 {
            clock.day = clock.day.saturating_sub(carry);
            if clock.day > month_days(clock.year, clock.month) {
                clock.month += 1;
                if clock.month > 12 {
                    clock.month = 1;
                    clock.year += 1;
                }
                clock.day = 1;
            }
        }
        clock
    }
}

fn month_days(year: i64, month: i64) -> i64 {
    let month = month.clamp(1, 12);
    (Civil::day(year, month + 1, 1).to_utc() - Civil::day(year, month, 1).to_utc()) / date::DAY
}

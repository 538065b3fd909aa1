//! From the parts of a date to an instant.

use crate::generator::date::{self, Civil};
use jiff::tz::TimeZone;

/// A year beyond all that a `Date` can hold.
const FARTHEST: i64 = 300_000;

/// Milliseconds from the `length` digits after a decimal point.
pub fn milliseconds(value: i64, length: usize) -> i64 {
    match length {
        1 => value * 100,
        2 => value * 10,
        3 => value,
        _ => value / 10_i64.pow(u32::try_from(length.min(9)).unwrap_or(9) - 3),
    }
}

/// Up to three numbers and the name of a month.
#[derive(Debug, Default)]
pub struct Day {
    parts: Vec<i64>,
    pub month: Option<i64>,
    pub is_iso: bool,
}

impl Day {
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn push(&mut self, value: i64) {
        self.parts.push(value);
    }

    /// `None` when there are three already.
    pub fn try_push(&mut self, value: i64) -> Option<()> {
        (self.parts.len() < 3).then(|| self.parts.push(value))
    }

    /// Year, month, day; `None` when they make no date.
    fn civil(&self) -> Option<Civil> {
        if self.is_empty() {
            return None;
        }
        let part = |at: usize| self.parts.get(at).copied().unwrap_or(1);
        let is_day = (1..=31).contains(&part(0));
        let (year, month, day) = match self.month {
            None if self.is_iso || !is_day => (part(0), part(1), part(2)),
            None => (part(2), part(0), part(1)),
            Some(month) if is_day => (part(1), month, part(0)),
            Some(month) => (part(0), month, part(1)),
        };
        let year = match year {
            0..=49 if !self.is_iso => year + 2000,
            50..=99 if !self.is_iso => year + 1900,
            _ => year,
        };
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day) && year.abs() <= FARTHEST;
        is_date.then(|| Civil::day(year, month, day))
    }
}

/// Hour, minute, second, millisecond, as far as they are there.
#[derive(Debug, Default)]
pub struct Time {
    parts: Vec<i64>,
    /// Hours that `am` (0) or `pm` (12) add.
    pub half_day: Option<i64>,
}

impl Time {
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn push(&mut self, value: i64) {
        if self.parts.len() < 4 {
            self.parts.push(value);
        }
    }

    /// `None` when there are four already.
    pub fn try_push(&mut self, value: i64) -> Option<()> {
        (self.parts.len() < 4).then(|| self.parts.push(value))
    }

    /// Whether `value` can be the next part of a time that has begun.
    pub fn expects(&self, value: i64) -> bool {
        match self.parts.len() {
            1 | 2 => (0..=59).contains(&value),
            3 => (0..=999).contains(&value),
            _ => false,
        }
    }

    /// The last part.
    pub fn finish(&mut self, value: i64) {
        self.push(value);
        self.parts.resize(4, 0);
    }

    fn onto(&self, day: Civil) -> Option<Civil> {
        let part = |at: usize| self.parts.get(at).copied().unwrap_or(0);
        let mut hour = part(0);
        if let Some(more) = self.half_day {
            if !(0..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + more;
        }
        let civil = Civil {
            hour,
            minute: part(1),
            second: part(2),
            millisecond: part(3),
            ..day
        };
        let is_clock = (0..=23).contains(&hour)
            && (0..=59).contains(&civil.minute)
            && (0..=59).contains(&civil.second)
            && (0..=999).contains(&civil.millisecond);
        let is_midnight = hour == 24 && civil.minute == 0 && civil.second == 0 && civil.millisecond == 0;
        (is_clock || is_midnight).then_some(civil)
    }
}

/// An offset from UTC.
#[derive(Debug, Default)]
pub struct Offset {
    /// 1 or -1; `None` when the machine's zone holds.
    pub sign: Option<i64>,
    hour: i64,
    /// `None` while they are awaited.
    pub minute: Option<i64>,
}

impl Offset {
    pub fn new(sign: u8, hour: i64, minute: Option<i64>) -> Self {
        Self {
            sign: Some(if sign == b'-' { -1 } else { 1 }),
            hour,
            minute,
        }
    }

    pub fn utc() -> Self {
        Self::new(b'+', 0, Some(0))
    }

    pub fn is_utc(&self) -> bool {
        self.sign.is_some() && self.hour == 0 && self.minute == Some(0)
    }

    pub fn awaits_minutes(&self) -> bool {
        self.sign.is_some() && self.minute.is_none()
    }
}

/// The instant; `None` when the parts make none.
pub fn instant(day: &Day, time: &Time, offset: &Offset, zone: &TimeZone) -> Option<i64> {
    let wall = time.onto(day.civil()?)?.to_utc();
    let instant = match offset.sign {
        Some(sign) => wall - sign * (offset.hour * 3_600_000 + offset.minute.unwrap_or(0) * 60_000),
        None => date::from_wall(wall, zone),
    };
    date::in_range(instant)
}

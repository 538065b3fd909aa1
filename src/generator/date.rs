//! Calendar arithmetic as JavaScript does it, and the offsets of time zones.

use crate::post::day::Day;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// The farthest instant from 1970 that a JavaScript `Date` can hold, in milliseconds.
const FARTHEST: i64 = 8_640_000_000_000_000;

/// The days of the week as ISO 8601 orders them.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Days and milliseconds of four centuries of the Gregorian calendar, after which it repeats.
const CYCLE_YEARS: i64 = 400;
const CYCLE: i64 = 146_097 * DAY;

/// A wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year; 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59.
    pub second: i64,
    /// 0 to 999.
    pub millisecond: i64,
}

/// Days from 1970-01-01 to the first of `month` (any integer, 1 is January) of `year`.
fn days_to_month(year: i64, month: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Civil {
    /// Midnight of a day.
    pub fn day(year: i64, month: i64, day: i64) -> Self {
        Civil {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            millisecond: 0,
        }
    }

    /// The milliseconds since 1970 that this wall clock has in UTC; fields out of range roll over.
    pub fn to_utc(self) -> i64 {
        (days_to_month(self.year, self.month) + self.day - 1) * DAY
            + self.hour * 3_600_000
            + self.minute * 60_000
            + self.second * 1_000
            + self.millisecond
    }

    /// The wall clock in UTC at `instant`.
    pub fn from_utc(instant: i64) -> Self {
        let days = instant.div_euclid(DAY);
        let rest = instant.rem_euclid(DAY);
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: rest / 3_600_000,
            minute: rest / 60_000 % 60,
            second: rest / 1_000 % 60,
            millisecond: rest % 1_000,
        }
    }
}

/// `instant` when a JavaScript `Date` can hold it.
pub fn in_range(instant: i64) -> Option<i64> {
    (instant.abs() <= FARTHEST).then_some(instant)
}

/// The zone named `name`; UTC when the machine's database does not know it.
pub fn zone(name: &str) -> TimeZone {
    // The database is a walk through hundreds of files.
    match (name, hours_of(name)) {
        ("UTC", _) => TimeZone::UTC,
        (_, Some(hours)) => TimeZone::fixed(Offset::constant(hours)),
        _ => TimeZone::get(name).unwrap_or(TimeZone::UTC),
    }
}

/// Whether `name` is an IANA zone that the database knows.
pub fn is_zone(name: &str) -> bool {
    name == "UTC" || hours_of(name).is_some() || TimeZone::get(name).is_ok()
}

/// The hours that clocks in one of the zones `Etc/GMT+12` to `Etc/GMT-14` are ahead of UTC; the names count them backwards.
fn hours_of(name: &str) -> Option<i8> {
    let west = name.strip_prefix("Etc/GMT").and_then(|rest| rest.parse::<i8>().ok())?;
    let is_one = (-14..=12).contains(&west) && west != 0 && name == format!("Etc/GMT{west:+}");
    is_one.then_some(-west)
}

/// What clocks in `zone` show at `instant`, as people write it: `2022-07-06 12:00:00`.
pub fn clock(instant: i64, zone: &TimeZone) -> String {
    let shown = iso(instant + offset_at(instant, zone));
    shown.get(..19).unwrap_or(&shown).replace('T', " ")
}

/// Midnight of `day` in UTC, in milliseconds since 1970.
pub fn midnight(day: Day) -> i64 {
    Civil::day(day.year.into(), day.month.into(), day.day.into()).to_utc()
}

/// The IANA name of the zone whose clocks are always `minutes` ahead of UTC; `None` where no zone has that name.
pub fn fixed_zone(minutes: i64) -> Option<String> {
    let hours = minutes / 60;
    match hours {
        _ if minutes % 60 != 0 => None,
        0 => Some("UTC".into()),
        // The sign in the name is that of the POSIX standard: west is positive.
        1..=14 => Some(format!("Etc/GMT-{hours}")),
        -12..=-1 => Some(format!("Etc/GMT+{}", -hours)),
        _ => None,
    }
}

/// How to call a zone: its name, or `UTC+08:00` for one that is made of an offset.
pub fn zone_name(name: &str) -> String {
    let signed = name.strip_prefix("Etc/GMT").and_then(|rest| rest.parse::<i64>().ok());
    match signed {
        Some(west) => format!("UTC{}{:02}:00", if west > 0 { '-' } else { '+' }, west.abs()),
        None => name.to_owned(),
    }
}

/// Years and milliseconds to add so that `year` falls into the years 1 to 9000, where every database has answers.
fn into_reach(year: i64) -> (i64, i64) {
    let cycles = if (1..9_000).contains(&year) {
        0
    } else if year < 1 {
        (1 - year).div_euclid(CYCLE_YEARS) + 1
    } else {
        -((year - 9_000).div_euclid(CYCLE_YEARS) + 1)
    };
    (cycles * CYCLE_YEARS, cycles * CYCLE)
}

/// Milliseconds that clocks in `zone` are ahead of UTC at `instant`.
pub fn offset_at(instant: i64, zone: &TimeZone) -> i64 {
    let (_, shift) = into_reach(Civil::from_utc(instant).year);
    match Timestamp::from_millisecond(instant + shift) {
        Ok(timestamp) => i64::from(zone.to_offset(timestamp).seconds()) * 1_000,
        Err(_) => 0,
    }
}

/// The instant at which clocks in `zone` show what `wall`, read as UTC, shows. In a gap the offset before it holds, in
/// a fold the earlier instant is meant, as in V8.
pub fn from_wall(wall: i64, zone: &TimeZone) -> i64 {
    let (_, shift) = into_reach(Civil::from_utc(wall).year);
    let duration = SignedDuration::from_millis(wall + shift);
    let offset = DateTime::constant(1970, 1, 1, 0, 0, 0, 0)
        .checked_add(duration)
        .ok()
        .and_then(|civil| zone.to_ambiguous_timestamp(civil).compatible().ok())
        .map_or(0, |timestamp| wall + shift - timestamp.as_millisecond());
    wall - offset
}

/// `getTimezoneOffset()`: minutes that UTC is ahead of clocks in `zone`, cut to whole ones.
pub fn js_offset(instant: i64, zone: &TimeZone) -> i64 {
    -offset_at(instant, zone) / 60_000
}

/// The wall clock in `zone` at `instant`.
pub fn wall(instant: i64, zone: &TimeZone) -> Civil {
    Civil::from_utc(instant + offset_at(instant, zone))
}

/// `toISOString()`.
pub fn iso(instant: i64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        millisecond,
    } = Civil::from_utc(instant);
    let year = match year {
        0..=9_999 => format!("{year:04}"),
        _ if year < 0 => format!("-{:06}", -year),
        _ => format!("+{year:06}"),
    };
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
}

/// `String(date)` on a machine in the zone `name`. The words in parentheses are only known for UTC; elsewhere the zone's
/// name stands there.
pub fn js_string(instant: i64, name: &str) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let zone = zone(name);
    let offset = offset_at(instant, &zone);
    let local = Civil::from_utc(instant + offset);
    let weekday = usize::try_from((instant + offset).div_euclid(DAY).rem_euclid(7)).unwrap_or(0);
    let month = usize::try_from(local.month - 1).unwrap_or(0);
    let minutes = offset.abs() / 60_000;
    let words = if matches!(name, "UTC" | "Etc/UTC") {
        "Coordinated Universal Time"
    } else {
        name
    };
    format!(
        "{} {} {:02} {:04} {:02}:{:02}:{:02} GMT{}{:02}{:02} ({words})",
        DAYS.get(weekday).unwrap_or(&""),
        MONTHS.get(month).unwrap_or(&""),
        local.day,
        local.year,
        local.hour,
        local.minute,
        local.second,
        if offset < 0 { '-' } else { '+' },
        minutes / 60,
        minutes % 60,
    )
}

#[cfg(test)]
mod tests {
    use super::{hours_of, offset_at, zone};
    use jiff::tz::TimeZone;

    #[test]
    fn zones_of_whole_hours_are_those_of_the_database() {
        let names = (-15..=15).flat_map(|west: i8| [format!("Etc/GMT{west:+}"), format!("Etc/GMT{west}")]);
        for name in names {
            match (hours_of(&name), TimeZone::get(&name)) {
                (Some(_), Ok(known)) => assert_eq!(offset_at(0, &zone(&name)), offset_at(0, &known), "{name}"),
                (Some(_), Err(_)) => panic!("there is no {name}"),
                // Etc/GMT+0 and the like.
                (None, known) => assert!(known.is_err() || offset_at(0, &zone(&name)) == 0, "{name}"),
            }
        }
    }
}

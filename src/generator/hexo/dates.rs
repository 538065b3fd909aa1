//! Which instant Hexo takes for `date` and `updated`.

use super::place::NameParts;
use super::v8_date;
use super::value::Js;
use crate::generator::date::{self, Civil};
use crate::generator::{Build, DateSource, SiteSettings};
use jiff::tz::TimeZone;

/// Hexo's `toDate` of a value that is there: milliseconds since 1970 UTC; `None` when it gives up without a message.
pub fn to_date(value: &Js, machine_zone: &str) -> Option<i64> {
    match value {
        Js::Date(instant) => date::in_range(*instant),
        Js::Null => Some(0),
        Js::Bool(value) => Some(i64::from(*value)),
        Js::Number(value) => from_number(*value),
        Js::Text(text) => v8_date::parse(text, &date::zone(machine_zone)),
        Js::Map(_) => None,
        Js::List(_) | Js::Bytes(_) | Js::Cycle(_) => {
            v8_date::parse(&value.to_text(machine_zone), &date::zone(machine_zone))
        }
    }
}

/// `new Date(number)`.
fn from_number(value: f64) -> Option<i64> {
    const FARTHEST: f64 = 8.64e15;
    if value.is_nan() || value.abs() > FARTHEST {
        return None;
    }
    // In range, so the cast is exact.
    #[expect(clippy::cast_possible_truncation, reason = "at most 8.64e15")]
    Some(value.trunc() as i64)
}

/// Hexo's `adjustDateForTimezone`: the machine's wall clock at `instant` read as that of the site's zone. V8 cuts the
/// machine's offset to minutes, moment-timezone keeps the seconds of old local times.
pub fn adjusted(instant: i64, machine: &TimeZone, site: &TimeZone) -> i64 {
    instant - date::js_offset(instant, machine) * 60_000 - date::offset_at(instant, site)
}

/// How to write the day that starts at `midnight` (in UTC, milliseconds since 1970) so that the post's address has that day on
/// a machine in `machine_zone`: alone, or with noon where midnight in the site's zone is another day for the machine.
pub fn day_written(midnight: i64, settings: &SiteSettings, machine_zone: &str) -> String {
    let build = Build {
        settings,
        machine_zone,
        now: None,
    };
    let machine = date::zone(machine_zone);
    let read = in_site_zone(date::from_wall(midnight, &machine), &build);
    let wall = date::wall(read, &machine).to_utc();
    let day = date::iso(midnight).get(..10).unwrap_or_default().to_owned();
    if wall.div_euclid(date::DAY) == midnight.div_euclid(date::DAY) {
        day
    } else {
        format!("{day} 12:00:00")
    }
}

/// An instant and where it came from; the instant is `None` where it is the file's own time or there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Milliseconds since 1970 UTC.
    pub instant: Option<i64>,
    /// Where it came from.
    pub source: DateSource,
}

/// The post's date.
pub fn date(value: Option<&Js>, name: &NameParts, build: &Build<'_>) -> Found {
    let given = value.filter(|value| value.is_truthy());
    let found = match (given, name.date) {
        (Some(value), _) => to_date(value, build.machine_zone).map(|instant| (instant, DateSource::FrontMatter)),
        (None, Some(named)) => Some((from_name(named, build.machine_zone), DateSource::FileName)),
        (None, None) => None,
    };
    match found {
        Some((instant, source)) => Found {
            instant: date::in_range(in_site_zone(instant, build)),
            source,
        },
        None => Found {
            instant: None,
            source: DateSource::Birthtime,
        },
    }
}

/// `new Date(year, month - 1, day)`
fn from_name((year, month, day): (i64, i64, i64), machine_zone: &str) -> i64 {
    let year = if year <= 99 { year + 1900 } else { year };
    date::from_wall(Civil::day(year, month, day).to_utc(), &date::zone(machine_zone))
}

/// When the post was changed, given its `date`.
pub fn updated(value: Option<&Js>, posted: Found, build: &Build<'_>) -> Found {
    let given = value.filter(|value| value.is_truthy());
    if let Some(instant) = given.and_then(|value| to_date(value, build.machine_zone)) {
        return Found {
            instant: Some(in_site_zone(instant, build)),
            source: DateSource::FrontMatter,
        };
    }
    match build.settings.hexo.updated_option.as_deref() {
        Some("date") => posted,
        Some("empty") => Found {
            instant: None,
            source: DateSource::None,
        },
        _ => Found {
            instant: None,
            source: DateSource::Birthtime,
        },
    }
}

fn in_site_zone(instant: i64, build: &Build<'_>) -> i64 {
    match build.settings.timezone.as_deref().filter(|name| date::is_zone(name)) {
        Some(site) => adjusted(instant, &date::zone(build.machine_zone), &date::zone(site)),
        None => instant,
    }
}

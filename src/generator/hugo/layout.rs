//! Go's `time.Parse` for the layouts that spf13/cast tries, and which of them a text has.

use crate::generator::date::{self, Civil, WEEKDAYS};
use jiff::tz::TimeZone;

/// A piece of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// Text as it stands; blanks stand for any number of blanks.
    Text(&'static str),
    /// Four digits.
    Year,
    /// Two digits.
    ShortYear,
    /// Two digits.
    Month,
    /// Three letters.
    MonthName,
    /// Two digits.
    Day,
    /// One or two digits, perhaps after a blank.
    LooseDay,
    /// One or two digits.
    Hour,
    /// One or two digits, 12 at most.
    HalfHour,
    /// Two digits.
    Minute,
    /// Two digits, and any fraction.
    Second,
    /// `AM`, `PM`
    Half,
    /// Three letters.
    Weekday,
    /// The whole name.
    LongWeekday,
    /// `+0800`
    Offset,
    /// `+08:00`
    ColonOffset,
    /// `Z` or `+0800`
    ZuluOffset,
    /// `Z` or `+08:00`
    ZuluColonOffset,
    /// `CST`, whose offset nobody asks for.
    ZoneName,
}

use Piece::{
    ColonOffset, Day, Half, HalfHour, Hour, LongWeekday, LooseDay, Minute, Month, MonthName, Offset, Second, ShortYear,
    Text, Weekday, Year, ZoneName, ZuluColonOffset, ZuluOffset,
};

const DASH: Piece = Text("-");
const COLON: Piece = Text(":");
const BLANK: Piece = Text(" ");

macro_rules! day_time {
    ($between:expr $(, $zone:expr)*) => {
        &[Year, DASH, Month, DASH, Day, $between, Hour, COLON, Minute, COLON, Second $(, $zone)*]
    };
}

macro_rules! rfc_1123 {
    ($zone:expr) => {
        &[
            Weekday,
            Text(", "),
            Day,
            BLANK,
            MonthName,
            BLANK,
            Year,
            BLANK,
            Hour,
            COLON,
            Minute,
            COLON,
            Second,
            BLANK,
            $zone,
        ]
    };
}

/// In the order in which they are tried.
const LAYOUTS: &[&[Piece]] = &[
    &[Year, DASH, Month, DASH, Day],
    day_time!(Text("T"), ZuluColonOffset),
    day_time!(Text("T")),
    // RFC 1123, with an offset and with a name.
    rfc_1123!(Offset),
    rfc_1123!(ZoneName),
    // RFC 822.
    &[
        Day, BLANK, MonthName, BLANK, ShortYear, BLANK, Hour, COLON, Minute, BLANK, Offset,
    ],
    &[
        Day, BLANK, MonthName, BLANK, ShortYear, BLANK, Hour, COLON, Minute, BLANK, ZoneName,
    ],
    // RFC 850.
    &[
        LongWeekday,
        Text(", "),
        Day,
        DASH,
        MonthName,
        DASH,
        ShortYear,
        BLANK,
        Hour,
        COLON,
        Minute,
        COLON,
        Second,
        BLANK,
        ZoneName,
    ],
    // Go's own.
    day_time!(BLANK, BLANK, Offset, BLANK, ZoneName),
    day_time!(Text("T"), Offset),
    day_time!(BLANK, ZuluOffset),
    day_time!(BLANK),
    // ANSI C, Unix, Ruby.
    &[
        Weekday, BLANK, MonthName, BLANK, LooseDay, BLANK, Hour, COLON, Minute, COLON, Second, BLANK, Year,
    ],
    &[
        Weekday, BLANK, MonthName, BLANK, LooseDay, BLANK, Hour, COLON, Minute, COLON, Second, BLANK, ZoneName, BLANK,
        Year,
    ],
    &[
        Weekday, BLANK, MonthName, BLANK, Day, BLANK, Hour, COLON, Minute, COLON, Second, BLANK, Offset, BLANK, Year,
    ],
    day_time!(BLANK, ZuluColonOffset),
    &[Day, BLANK, MonthName, BLANK, Year],
    day_time!(BLANK, BLANK, ColonOffset),
    day_time!(BLANK, BLANK, Offset),
    // A time alone, or a day without its year: the year 0.
    &[HalfHour, COLON, Minute, Half],
    &[MonthName, BLANK, LooseDay, BLANK, Hour, COLON, Minute, COLON, Second],
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The instant that `text` is to Hugo on a site in `zone`, in milliseconds since 1970 UTC; `None` when it has none of the
/// forms that Hugo knows.
pub fn parse(text: &str, zone: &TimeZone) -> Option<i64> {
    LAYOUTS.iter().find_map(|layout| Reader::read(text, layout, zone))
}

struct Reader<'a> {
    rest: &'a str,
    wall: Civil,
    /// Seconds ahead of UTC, where they are written.
    offset: Option<i64>,
    is_afternoon: Option<bool>,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str, layout: &[Piece], zone: &TimeZone) -> Option<i64> {
        let mut reader = Reader {
            rest: text,
            wall: Civil::day(0, 1, 1),
            offset: None,
            is_afternoon: None,
        };
        for piece in layout {
            reader.piece(*piece)?;
        }
        if !reader.rest.is_empty() {
            return None;
        }
        match reader.is_afternoon {
            Some(true) if reader.wall.hour < 12 => reader.wall.hour += 12,
            Some(false) if reader.wall.hour == 12 => reader.wall.hour = 0,
            _ => {}
        }
        let wall = reader.wall.to_utc();
        // Nothing rolls over.
        (Civil::from_utc(wall) == reader.wall).then(|| match reader.offset {
            Some(offset) => wall - offset * 1_000,
            None => date::from_wall(wall, zone),
        })
    }

    fn piece(&mut self, piece: Piece) -> Option<()> {
        match piece {
            Text(text) => self.text(text)?,
            Year => self.wall.year = self.digits(4, 4)?,
            ShortYear => {
                let year = self.digits(2, 2)?;
                self.wall.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Month => self.wall.month = self.digits(2, 2)?,
            MonthName => {
                let name = self.take(3)?;
                let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
                self.wall.month = i64::try_from(at).ok()? + 1;
            }
            Day => self.wall.day = self.digits(2, 2)?,
            LooseDay => {
                self.rest = self.rest.strip_prefix(' ').unwrap_or(self.rest);
                self.wall.day = self.digits(1, 2)?;
            }
            Hour => self.wall.hour = self.digits(1, 2)?,
            HalfHour => self.wall.hour = self.digits(1, 2).filter(|hour| *hour <= 12)?,
            Minute => self.wall.minute = self.digits(2, 2)?,
            Second => {
                self.wall.second = self.digits(2, 2)?;
                self.fraction();
            }
            Half => {
                self.is_afternoon = Some(match self.take(2)? {
                    "PM" => true,
                    "AM" => false,
                    _ => return None,
                });
            }
            Weekday => {
                let name = self.take(3)?;
                WEEKDAYS
                    .iter()
                    .find(|day| day.get(..3).is_some_and(|day| day.eq_ignore_ascii_case(name)))?;
            }
            LongWeekday => {
                let length = WEEKDAYS.iter().find_map(|day| {
                    let start = self.rest.get(..day.len())?;
                    start.eq_ignore_ascii_case(day).then_some(day.len())
                })?;
                self.take(length)?;
            }
            ZuluOffset | ZuluColonOffset if self.rest.starts_with('Z') => {
                self.take(1)?;
                self.offset = Some(0);
            }
            Offset | ZuluOffset => self.offset("")?,
            ColonOffset | ZuluColonOffset => self.offset(":")?,
            ZoneName => self.zone_name()?,
        }
        Some(())
    }

    fn text(&mut self, text: &str) -> Option<()> {
        for c in text.chars() {
            if c == ' ' {
                if !self.rest.is_empty() && !self.rest.starts_with(' ') {
                    return None;
                }
                self.rest = self.rest.trim_start_matches(' ');
            } else {
                self.rest = self.rest.strip_prefix(c)?;
            }
        }
        Some(())
    }

    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if count < least {
            return None;
        }
        self.take(count)?.parse().ok()
    }

    /// Go takes a fraction after seconds whether the layout has one or not; a point without digits is none.
    fn fraction(&mut self) {
        let digits = match self.rest.strip_prefix(['.', ',']) {
            Some(rest) => rest.bytes().take_while(u8::is_ascii_digit).count(),
            None => 0,
        };
        if digits > 0 {
            let kept = self.rest.get(1..=digits.min(3)).unwrap_or_default();
            self.wall.millisecond = format!("{kept:0<3}").parse().unwrap_or(0);
            self.rest = self.rest.get(1 + digits..).unwrap_or_default();
        }
    }

    fn offset(&mut self, colon: &str) -> Option<()> {
        let sign = match self.take(1)? {
            "+" => 1,
            "-" => -1,
            _ => return None,
        };
        let hours = self.digits(2, 2).filter(|hours| *hours <= 24)?;
        self.rest = self.rest.strip_prefix(colon)?;
        let minutes = self.digits(2, 2).filter(|minutes| *minutes <= 60)?;
        self.offset = Some(sign * (hours * 3_600 + minutes * 60));
        Some(())
    }

    /// Three or four capitals, `GMT` with an offset, or a bare offset of hours. What they mean is not used.
    fn zone_name(&mut self) -> Option<()> {
        if self.rest.starts_with("UTC") {
            self.take(3)?;
            return Some(());
        }
        if let Some(rest) = self.rest.strip_prefix("GMT") {
            let digits = match rest.strip_prefix(['+', '-']) {
                Some(rest) => rest.bytes().take_while(u8::is_ascii_digit).count() + 1,
                None => 0,
            };
            self.take(3 + if digits > 1 { digits } else { 0 })?;
            return Some(());
        }
        let capitals = self.rest.bytes().take(6).take_while(u8::is_ascii_uppercase).count();
        let is_name = match capitals {
            3 => true,
            4 => matches!(self.rest.as_bytes().get(3), Some(b'T')) || self.rest.starts_with("WITA"),
            5 => self.rest.as_bytes().get(4) == Some(&b'T'),
            _ => false,
        };
        if is_name {
            self.take(capitals)?;
            return Some(());
        }
        let digits = self
            .rest
            .strip_prefix(['+', '-'])?
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        (digits == 2).then(|| self.take(3)).flatten().map(|_| ())
    }
}

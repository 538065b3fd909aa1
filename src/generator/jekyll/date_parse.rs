//! Ruby's `Date._parse`: the fields that it finds in a text, by trying one notation after another.

mod fields;
mod patterns;

use fields::Elements;
pub use fields::{Fields, number};
use patterns::Pattern;
use regex::Captures;

/// Longest text in bytes that Ruby looks at.
const LONGEST: usize = 128;

/// The fields of `text`; `None` when it is longer than Ruby allows. A text without any gives empty fields.
pub fn fields(text: &str) -> Option<Fields> {
    if text.len() > LONGEST {
        return None;
    }
    let mut scan = Scan {
        text: patterns::JUNK.replace_all(text, " ").into_owned(),
        fields: Fields::new(),
    };
    scan.run();
    scan.fields.complete();
    Some(scan.fields)
}

struct Scan {
    /// What is left: every notation that is found is cut out and leaves a space.
    text: String,
    fields: Fields,
}

/// A notation, what it needs of letters and marks to be tried, and what it means.
type Notation = (&'static [fn(char) -> bool], fn(&mut Scan) -> bool);

fn letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn dash(c: char) -> bool {
    c == '-'
}

fn dot(c: char) -> bool {
    c == '.'
}

fn slash(c: char) -> bool {
    c == '/'
}

/// In Ruby's order; the first that is found ends the search.
const NOTATIONS: &[Notation] = &[
    (&[letter, digit], |scan| {
        scan.named(&patterns::DAY_MONTH, [4, 2, 1], Some(3))
    }),
    (&[letter, digit], |scan| {
        scan.named(&patterns::MONTH_DAY, [4, 1, 2], Some(3))
    }),
    (&[digit, dash], |scan| scan.elements(&patterns::DASHES, [1, 2, 3])),
    (&[digit, dot], Scan::japanese),
    (&[letter, digit, dash], |scan| {
        scan.named(&patterns::DAY_DASH_MONTH, [3, 2, 1], None)
    }),
    (&[letter, digit, dash], |scan| {
        scan.named(&patterns::MONTH_DASH_DAY, [3, 1, 2], None)
    }),
    (&[digit, slash], |scan| scan.elements(&patterns::SLASHES, [1, 2, 3])),
    (&[digit, dot], |scan| scan.elements(&patterns::DOTS, [1, 2, 3])),
    (&[digit], Scan::week_or_ordinal),
    (&[digit], |scan| {
        scan.cut(&patterns::APOSTROPHE_YEAR, |fields, found| {
            fields.year = group_number(found, 1);
        })
    }),
    (&[letter], |scan| {
        scan.cut(&patterns::MONTH, |fields, found| {
            fields.month = found.get(1).map(|name| month_number(name.as_str()));
        })
    }),
    (&[digit], |scan| {
        scan.cut(&patterns::ORDINAL_DAY, |fields, found| {
            fields.day = group_number(found, 1);
        })
    }),
    (&[digit], Scan::digits),
];

impl Scan {
    fn has(&self, kinds: &[fn(char) -> bool]) -> bool {
        kinds.iter().all(|kind| self.text.chars().any(kind))
    }

    fn run(&mut self) {
        if self.has(&[letter]) {
            self.cut(&patterns::WEEKDAY, |_, _| {});
        }
        if self.has(&[digit]) {
            self.time();
        }
        for (kinds, read) in NOTATIONS {
            if self.has(kinds) && read(self) {
                break;
            }
        }
        if self.has(&[letter]) {
            self.cut(&patterns::BEFORE_CHRIST, |fields, _| fields.is_before_christ = true);
        }
        if self.has(&[digit]) {
            self.cut(&patterns::LONE_NUMBER, |fields, found| {
                let value = group_number(found, 1);
                if fields.hour.is_some() && fields.day.is_none() {
                    fields.day = value.filter(|value| (1..=31).contains(value));
                }
                if fields.day.is_some() && fields.hour.is_none() {
                    fields.hour = value.filter(|value| (0..=24).contains(value));
                }
            });
        }
    }

    /// Cut what `pattern` finds first and hand it to `take`; whether it was found.
    fn cut(&mut self, pattern: &Pattern, take: impl FnOnce(&mut Fields, &Captures<'_>)) -> bool {
        let Some(found) = pattern.captures(&self.text) else {
            return false;
        };
        take(&mut self.fields, &found);
        let range = found.get(0).map_or(0..0, |whole| whole.range());
        self.text.replace_range(range, " ");
        true
    }

    fn time(&mut self) {
        self.cut(&patterns::TIME, |fields, found| {
            fields.zone = found.get(2).map(|zone| zone.as_str().to_owned());
            let clock = found.get(1).map_or("", |clock| clock.as_str());
            let Some(parts) = patterns::CLOCK.captures(clock) else {
                return;
            };
            fields.hour = group_number(&parts, 1);
            if let (Some(hour), Some(half)) = (fields.hour, parts.get(5)) {
                let afternoon = half.as_str().starts_with(['p', 'P']);
                fields.hour = Some(hour % 12 + if afternoon { 12 } else { 0 });
            }
            fields.minute = group_number(&parts, 2);
            fields.second = group_number(&parts, 3);
            fields.fraction = parts.get(4).map(|digits| digits.as_str().to_owned());
        });
    }

    /// Year, month, day are the groups of `at`, in an order that their looks may still change.
    fn elements(&mut self, pattern: &Pattern, at: [usize; 3]) -> bool {
        self.cut(pattern, |fields, found| {
            let [year, month, day] = at.map(|group| text(found, group));
            fields.set_elements(Elements { year, month, day });
        })
    }

    /// The same with a month's name, and perhaps an era.
    fn named(&mut self, pattern: &Pattern, at: [usize; 3], era: Option<usize>) -> bool {
        self.cut(pattern, |fields, found| {
            let [year, name, day] = at.map(|group| text(found, group));
            let month = name.map(|name| month_number(&name).to_string());
            fields.is_before_christ = era
                .and_then(|era| found.get(era))
                .is_some_and(|era| era.as_str().starts_with(['b', 'B']));
            fields.set_elements(Elements { year, month, day });
        })
    }

    /// `H24.01.02`: years of a Japanese era.
    fn japanese(&mut self) -> bool {
        self.cut(&patterns::JAPANESE, |fields, found| {
            let era = match text(found, 1).unwrap_or_default().to_ascii_lowercase().as_str() {
                "m" => 1867,
                "t" => 1911,
                "s" => 1925,
                _ => 1988,
            };
            fields.year = group_number(found, 2).map(|year| year.saturating_add(era));
            fields.month = group_number(found, 3);
            fields.day = group_number(found, 4);
        })
    }

    /// ISO 8601's weeks, bare months and days, and days of the year. Weeks mean nothing to `Time.parse`.
    fn week_or_ordinal(&mut self) -> bool {
        self.cut(&patterns::WEEK, |fields, _| fields.has_week = true)
            || self.cut(&patterns::DAY_OF_WEEK, |fields, _| fields.has_week = true)
            || self.cut(&patterns::BARE_MONTH_DAY, month_and_day)
            || self.cut(&patterns::BARE_MONTH_DAY_TIGHT, month_and_day)
            || (!patterns::NO_ORDINAL_YEAR.is_match(&self.text)
                && self.cut(&patterns::ORDINAL_YEAR, |fields, found| {
                    fields.year = group_number(found, 1);
                    fields.day_of_year = group_number(found, 2);
                }))
            || (!patterns::NO_ORDINAL.is_match(&self.text)
                && self.cut(&patterns::ORDINAL, |fields, found| {
                    fields.day_of_year = group_number(found, 1);
                }))
    }

    /// `20220102`, `20220102T030405Z` and shorter runs of digits.
    fn digits(&mut self) -> bool {
        self.cut(&patterns::DIGITS, |fields, found| {
            fields.set_digits(
                text(found, 1).is_some_and(|sign| sign == "-"),
                &text(found, 2).unwrap_or_default(),
                (text(found, 3).as_deref(), text(found, 4).as_deref()),
            );
            if let Some(zone) = text(found, 5) {
                // `[+9:JST]` holds an offset and a name; the name is the zone.
                let inner = zone.trim_start_matches('[').trim_end_matches(']');
                let name = inner.split_once(':').map_or(inner, |(_, name)| name);
                fields.zone = Some(if zone.starts_with('[') { name.to_owned() } else { zone });
            }
        })
    }
}

fn month_and_day(fields: &mut Fields, found: &Captures<'_>) {
    fields.month = group_number(found, 1).or(fields.month);
    fields.day = group_number(found, 2).or(fields.day);
}

fn text(found: &Captures<'_>, group: usize) -> Option<String> {
    found.get(group).map(|part| part.as_str().to_owned())
}

fn group_number(found: &Captures<'_>, group: usize) -> Option<i64> {
    found.get(group).map(|part| number(part.as_str()))
}

/// 1 to 12, by the first three letters.
fn month_number(name: &str) -> i64 {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = name.get(..3).unwrap_or_default().to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| *month == start)
        .map_or(13, |(at, _)| at)
}

//! The fields of a date while Ruby collects them.

/// What was found. Numbers are as written and may be out of range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The year.
    pub year: Option<i64>,
    /// The month.
    pub month: Option<i64>,
    /// The day of the month.
    pub day: Option<i64>,
    /// The day of the year.
    pub day_of_year: Option<i64>,
    /// The hour.
    pub hour: Option<i64>,
    /// The minute.
    pub minute: Option<i64>,
    /// The second.
    pub second: Option<i64>,
    /// The digits of a fraction of a second.
    pub fraction: Option<String>,
    /// The zone as written.
    pub zone: Option<String>,
    /// `BC` was found.
    pub is_before_christ: bool,
    /// A week was found, which `Time.parse` does not look at.
    pub has_week: bool,
    /// Years of two digits get their century.
    is_year_short: bool,
}

/// Year, month and day as written, in an order that their looks may still change.
pub struct Elements {
    /// What stands where the year is expected.
    pub year: Option<String>,
    /// What stands where the month is expected.
    pub month: Option<String>,
    /// What stands where the day is expected.
    pub day: Option<String>,
}

/// The digits at the start of `text`; more than fit give the largest number.
pub fn number(text: &str) -> i64 {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.get(..length) {
        None | Some("") => 0,
        Some(digits) => digits.parse().unwrap_or(i64::MAX),
    }
}

/// Whether `text` can only be a year: more than two digits, or an apostrophe before it.
fn is_year(text: &str) -> bool {
    text.starts_with('\'') || text.len() > 2
}

/// The signed number in `text` and what follows it.
fn signed(text: &str) -> (&str, &str) {
    let start = text
        .find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'))
        .unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let sign = usize::from(rest.starts_with(['+', '-']));
    let digits = rest.bytes().skip(sign).take_while(u8::is_ascii_digit).count();
    rest.split_at(sign + digits)
}

impl Elements {
    /// Ruby's guess at which is which.
    fn sorted(mut self) -> Self {
        if self.year.is_some() && self.month.is_some() && self.day.is_none() {
            let Elements { year, month, day } = self;
            self = Elements {
                year: day,
                month: year,
                day: month,
            };
        }
        if self.year.is_none() && self.day.as_deref().is_some_and(is_year) {
            self.year = self.day.take();
        }
        if let Some(year) = self.year.clone() {
            let (digits, rest) = signed(&year);
            if !rest.is_empty() {
                self.year = self.day.replace(digits.to_owned());
            }
        }
        if self.month.as_deref().is_some_and(is_year) {
            let Elements { year, month, day } = self;
            self = Elements {
                year: month,
                month: day,
                day: year,
            };
        }
        if self.day.as_deref().is_some_and(is_year) {
            std::mem::swap(&mut self.year, &mut self.day);
        }
        self
    }
}

impl Fields {
    /// Nothing found yet.
    pub fn new() -> Self {
        Fields {
            is_year_short: true,
            ..Fields::default()
        }
    }

    /// Take year, month and day.
    pub fn set_elements(&mut self, elements: Elements) {
        let Elements { year, month, day } = elements.sorted();
        if let Some(year) = year {
            let (digits, _) = signed(&year);
            let bare = digits.trim_start_matches(['+', '-']);
            if bare.len() < digits.len() || bare.len() > 2 {
                self.is_year_short = false;
            }
            let value = number(bare);
            self.year = Some(if digits.starts_with('-') { -value } else { value });
        }
        let unsigned = |text: String| number(text.trim_start_matches(|c: char| !c.is_ascii_digit()));
        self.month = month.map(unsigned).or(self.month);
        self.day = day.map(unsigned).or(self.day);
    }

    /// Take a run of digits whose length says what they mean: a date, or (before a fraction) a time.
    pub fn set_digits(&mut self, is_negative: bool, run: &str, after: (Option<&str>, Option<&str>)) {
        let (time, fraction) = after;
        let length = run.len();
        let part = |from: usize, width: usize| run.get(from..from + width).map(number);
        // Counted from the end.
        let back = |to: usize, width: usize| length.checked_sub(to).and_then(|from| part(from, width));
        let year = |year: Option<i64>| year.map(|year| if is_negative { -year } else { year });
        if time.is_none() && fraction.is_some() {
            self.second = back(2, 2);
            self.minute = if length == 3 { back(3, 1) } else { back(4, 2) }.or(self.minute);
            self.hour = if length == 5 { back(5, 1) } else { back(6, 2) }.or(self.hour);
            self.day = if length == 7 { back(7, 1) } else { back(8, 2) }.or(self.day);
            if matches!(length, 10 | 12 | 14) {
                self.month = back(10, 2);
            }
            match length {
                12 => self.year = year(back(12, 2)),
                14 => {
                    self.year = year(back(14, 4));
                    self.is_year_short = false;
                }
                _ => {}
            }
        } else {
            match length {
                2 => self.day = part(0, 2),
                3 => self.day_of_year = part(0, 3),
                4 => (self.month, self.day) = (part(0, 2), part(2, 2)),
                5 => (self.year, self.day_of_year) = (year(part(0, 2)), part(2, 3)),
                6 => (self.year, self.month, self.day) = (year(part(0, 2)), part(2, 2), part(4, 2)),
                7 => (self.year, self.day_of_year) = (year(part(0, 4)), part(4, 3)),
                8 | 10 | 12 | 14 => {
                    (self.year, self.month, self.day) = (year(part(0, 4)), part(4, 2), part(6, 2));
                    self.hour = part(8, 2).or(self.hour);
                    self.minute = part(10, 2).or(self.minute);
                    self.second = part(12, 2).or(self.second);
                    self.is_year_short = false;
                }
                _ => {}
            }
        }
        if let Some(time) = time.filter(|time| matches!(time.len(), 2 | 4 | 6)) {
            let pair = |at: usize| time.get(at..at + 2).map(number);
            let pairs = if fraction.is_some() {
                let from_end = |to: usize| time.len().checked_sub(to).and_then(pair);
                [from_end(6), from_end(4), from_end(2)]
            } else {
                [pair(0), pair(2), pair(4)]
            };
            let [hour, minute, second] = pairs;
            self.hour = hour.or(self.hour);
            self.minute = minute.or(self.minute);
            self.second = second.or(self.second);
        }
        self.fraction = fraction.map(str::to_owned).or(self.fraction.take());
    }

    /// Give years before Christ and years of two digits their number.
    pub fn complete(&mut self) {
        if self.is_before_christ {
            self.year = self.year.map(|year| 1_i64.saturating_sub(year));
        }
        if self.is_year_short {
            self.year = self.year.map(|year| match year {
                0..=68 => year + 2000,
                69..=99 => year + 1900,
                _ => year,
            });
        }
    }
}

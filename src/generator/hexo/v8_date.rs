//! `Date.parse` as V8 does it: ISO 8601 first, then the legacy grammar that takes nearly anything.
//!
//! Written from the behaviour described in V8's `dateparser.h`; proved on thousands of strings in three time zones.

mod compose;
mod tokens;

use compose::{Day, Offset, Time};
use tokens::{Token, Tokens, Word};

/// The instant that `text` means to V8 on a machine in `zone`, in milliseconds since 1970 UTC; `None` for NaN.
pub fn parse(text: &str, zone: &jiff::tz::TimeZone) -> Option<i64> {
    let mut parser = Parser {
        tokens: Tokens::new(text),
        day: Day::default(),
        time: Time::default(),
        offset: Offset::default(),
    };
    let next = match parser.iso() {
        Iso::Invalid => return None,
        Iso::Rest(token) => token,
    };
    parser.legacy(next)?;
    compose::instant(&parser.day, &parser.time, &parser.offset, zone)
}

/// How the attempt at ISO 8601 ended.
enum Iso {
    /// After a `T` there is no way back.
    Invalid,
    /// Go on with this token, which has been taken already; what was read stays.
    Rest(Token),
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    day: Day,
    time: Time,
    offset: Offset,
}

impl Parser<'_> {
    fn iso(&mut self) -> Iso {
        if let Some(token) = self.iso_day() {
            return Iso::Rest(token);
        }
        match self.tokens.peek() {
            Token::End => {}
            Token::Word(Word::T) => {
                self.tokens.next();
                if self.iso_time().is_none() || self.iso_zone().is_none() || self.tokens.peek() != Token::End {
                    return Iso::Invalid;
                }
            }
            _ => return Iso::Rest(self.tokens.next()),
        }
        if self.offset.sign.is_none() && self.time.is_empty() {
            self.offset = Offset::utc();
        }
        self.day.is_iso = true;
        Iso::Rest(Token::End)
    }

    /// Read `YYYY[-MM[-DD]]`; `Some` is the token at which it is no such thing.
    fn iso_day(&mut self) -> Option<Token> {
        if let Token::Symbol(sign @ (b'+' | b'-')) = self.tokens.peek() {
            let token = self.tokens.next();
            let Some(year) = self.tokens.fixed(6) else {
                return Some(token);
            };
            self.tokens.next();
            if sign == b'-' && year == 0 {
                return Some(token);
            }
            self.day.push(if sign == b'-' { -year } else { year });
        } else if let Some(year) = self.tokens.fixed(4) {
            self.tokens.next();
            self.day.push(year);
        } else {
            return Some(self.tokens.next());
        }
        for most in [12, 31] {
            if !self.tokens.eat(b'-') {
                return None;
            }
            match self.tokens.fixed(2) {
                Some(value) if (1..=most).contains(&value) => {
                    self.tokens.next();
                    self.day.push(value);
                }
                _ => return Some(self.tokens.next()),
            }
        }
        None
    }

    /// Read `HH:mm[:ss[.f…]]`; `None` is a deviation.
    fn iso_time(&mut self) -> Option<()> {
        let hour = self.tokens.fixed(2).filter(|&hour| hour <= 24)?;
        let most = if hour == 24 { 0 } else { 59 };
        self.tokens.next();
        self.time.push(hour);
        self.tokens.eat(b':').then_some(())?;
        let minute = self.tokens.fixed(2).filter(|&minute| minute <= most)?;
        self.tokens.next();
        self.time.push(minute);
        if !self.tokens.eat(b':') {
            return Some(());
        }
        let second = self.tokens.fixed(2).filter(|&second| second <= most)?;
        self.tokens.next();
        self.time.push(second);
        if !self.tokens.eat(b'.') {
            return Some(());
        }
        let Token::Number { value, length } = self.tokens.next() else {
            return None;
        };
        if hour == 24 && value > 0 {
            return None;
        }
        self.time.push(compose::milliseconds(value, length));
        Some(())
    }

    /// Read `Z`, `±hh:mm` or `±hhmm`, or nothing; `None` is a deviation.
    fn iso_zone(&mut self) -> Option<()> {
        match self.tokens.peek() {
            Token::Word(Word::Zone { is_z: true, .. }) => {
                self.tokens.next();
                self.offset = Offset::utc();
            }
            Token::Symbol(sign @ (b'+' | b'-')) => {
                self.tokens.next();
                let (hour, minute) = if let Some(both) = self.tokens.fixed(4) {
                    self.tokens.next();
                    (both / 100, both % 100)
                } else {
                    let hour = self.tokens.fixed(2)?;
                    self.tokens.next();
                    self.tokens.eat(b':').then_some(())?;
                    let minute = self.tokens.fixed(2)?;
                    self.tokens.next();
                    (hour, minute)
                };
                if hour > 23 || minute > 59 {
                    return None;
                }
                self.offset = Offset::new(sign, hour, Some(minute));
            }
            _ => {}
        }
        Some(())
    }

    /// The legacy grammar; `None` is NaN.
    fn legacy(&mut self, first: Token) -> Option<()> {
        let mut token = first;
        let mut has_number = !self.day.is_empty();
        loop {
            match token {
                Token::End => return Some(()),
                Token::Number { value, length: _ } => {
                    has_number = true;
                    self.number(value)?;
                }
                Token::Word(word) => self.word(word, has_number)?,
                Token::Symbol(sign @ (b'+' | b'-')) if self.offset.is_utc() || !self.time.is_empty() => {
                    self.zone(sign)?;
                    has_number = true;
                }
                Token::Symbol(b'+' | b'-' | b')') if has_number => return None,
                _ => {}
            }
            token = self.tokens.next();
        }
    }

    fn number(&mut self, value: i64) -> Option<()> {
        if self.tokens.eat(b':') {
            if self.tokens.eat(b':') {
                self.time.is_empty().then_some(())?;
                self.time.push(value);
                self.time.push(0);
            } else {
                self.time.try_push(value)?;
                self.tokens.eat(b'.');
            }
        } else if self.tokens.peek() == Token::Symbol(b'.') {
            self.tokens.next();
            self.number_and_fraction(value)?;
        } else if self.offset.awaits_minutes() && value <= 59 {
            self.offset.minute = Some(value);
        } else if self.time.expects(value) {
            self.time.finish(value);
            match self.tokens.peek() {
                Token::End | Token::Space | Token::Word(Word::Zone { is_z: true, .. }) | Token::Symbol(b'+' | b'-') => {
                }
                _ => return None,
            }
        } else {
            self.day.try_push(value)?;
            self.tokens.eat(b'-');
        }
        Some(())
    }

    /// A number and the full stop after it, which has been taken.
    fn number_and_fraction(&mut self, value: i64) -> Option<()> {
        if !self.time.expects(value) {
            // The full stop is gone, so none of the other readings that look for one can apply.
            return self.number_without_stop(value);
        }
        self.time.push(value);
        let Token::Number { value, length } = self.tokens.next() else {
            return None;
        };
        self.time.finish(compose::milliseconds(value, length));
        Some(())
    }

    fn number_without_stop(&mut self, value: i64) -> Option<()> {
        if self.offset.awaits_minutes() && value <= 59 {
            self.offset.minute = Some(value);
            return Some(());
        }
        self.day.try_push(value)?;
        self.tokens.eat(b'-');
        Some(())
    }

    fn word(&mut self, word: Word, has_number: bool) -> Option<()> {
        match word {
            Word::HalfDay(hours) if !self.time.is_empty() => self.time.half_day = Some(hours),
            Word::Month(month) => {
                self.day.month = Some(month);
                self.tokens.eat(b'-');
            }
            Word::Zone { hours, .. } if has_number => {
                let sign = if hours < 0 { b'-' } else { b'+' };
                self.offset = Offset::new(sign, hours.abs(), Some(0));
            }
            // Other words are allowed before the first number, and not glued to it.
            _ => {
                if has_number || matches!(self.tokens.peek(), Token::Number { .. }) {
                    return None;
                }
            }
        }
        Some(())
    }

    fn zone(&mut self, sign: u8) -> Option<()> {
        let (mut value, mut digits) = (0, 0);
        if let Token::Number { value: number, length } = self.tokens.peek() {
            self.tokens.next();
            (value, digits) = (number, length);
        }
        self.offset = if self.tokens.peek() == Token::Symbol(b':') {
            Offset::new(sign, value, None)
        } else {
            match digits {
                1 | 2 => Offset::new(sign, value, Some(0)),
                3 | 4 => Offset::new(sign, value / 100, Some(value % 100)),
                _ => return None,
            }
        };
        Some(())
    }
}

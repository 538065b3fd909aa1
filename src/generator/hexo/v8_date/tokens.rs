//! The tokens of V8's date grammar.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A run of digits; the value is that of the first nine that count.
    Number { value: i64, length: usize },
    /// One of `: - + . )`.
    Symbol(u8),
    /// A white space character.
    Space,
    /// A run of characters from `A` on.
    Word(Word),
    /// Anything else, text in parentheses included.
    Other,
    /// The end.
    End,
}

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// By its first three letters; 1 is January.
    Month(i64),
    /// `am` (0) or `pm` (12).
    HalfDay(i64),
    /// A time zone in hours.
    Zone { hours: i64, is_z: bool },
    /// `T`.
    T,
    /// Anything else.
    Junk,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Looks one token ahead.
pub struct Tokens<'a> {
    rest: &'a str,
    next: Token,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut tokens = Self {
            rest: text,
            next: Token::End,
        };
        tokens.next();
        tokens
    }

    pub fn peek(&self) -> Token {
        self.next
    }

    pub fn next(&mut self) -> Token {
        let token = self.next;
        self.next = self.read();
        token
    }

    /// Take `symbol` if it comes next; whether it did.
    pub fn eat(&mut self, symbol: u8) -> bool {
        let found = self.next == Token::Symbol(symbol);
        if found {
            self.next();
        }
        found
    }

    /// The number that comes next if it has exactly `length` digits.
    pub fn fixed(&self, length: usize) -> Option<i64> {
        match self.next {
            Token::Number { value, length: found } if found == length => Some(value),
            _ => None,
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let after = self.rest.trim_start_matches(wanted);
        let taken = self.rest.get(..self.rest.len() - after.len()).unwrap_or_default();
        self.rest = after;
        taken
    }

    fn read(&mut self) -> Token {
        let Some(first) = self.rest.chars().next() else {
            return Token::End;
        };
        if first.is_ascii_digit() {
            let digits = self.take_while(|c| c.is_ascii_digit());
            let significant = digits.trim_start_matches('0');
            let kept = significant.get(..significant.len().min(9)).unwrap_or_default();
            return Token::Number {
                value: kept.parse().unwrap_or(0),
                length: digits.len(),
            };
        }
        if first >= 'A' && !is_space(first) {
            return Token::Word(word(self.take_while(|c| c >= 'A' && !is_space(c))));
        }
        if first == '(' {
            self.parenthesis();
            return Token::Other;
        }
        self.rest = self.rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            ':' | '-' | '+' | '.' | ')' => Token::Symbol(u8::try_from(first).unwrap_or(0)),
            _ if is_space(first) => Token::Space,
            _ => Token::Other,
        }
    }

    /// Skip text in balanced parentheses, to the end where they are not.
    fn parenthesis(&mut self) {
        let mut depth = 0_usize;
        for (at, byte) in self.rest.bytes().enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                self.rest = self.rest.get(at + 1..).unwrap_or_default();
                return;
            }
        }
        self.rest = "";
    }
}

/// JavaScript's white space and line ends.
fn is_space(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
        | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

fn word(text: &str) -> Word {
    let start: String = text.chars().take(3).collect::<String>().to_ascii_lowercase();
    let is_short = text.chars().count() <= 3;
    if let Some(month) = MONTHS.iter().position(|&name| name == start) {
        return Word::Month(i64::try_from(month).unwrap_or(0) + 1);
    }
    let hours = match start.as_str() {
        _ if !is_short => return Word::Junk,
        "am" => return Word::HalfDay(0),
        "pm" => return Word::HalfDay(12),
        "t" => return Word::T,
        "ut" | "utc" | "z" | "gmt" => 0,
        "edt" => -4,
        "cdt" | "est" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return Word::Junk,
    };
    Word::Zone {
        hours,
        is_z: start == "z",
    }
}

//! The notations as regular expressions, in Ruby's own terms: `\d` and `\s` mean ASCII, letters and `\b` any script.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A notation, compiled when it is first asked for.
pub struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    const fn new(compile: fn() -> Option<Regex>) -> Self {
        Pattern(LazyLock::new(compile))
    }

    /// The first place where it matches.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref()?.captures(text)
    }

    /// Whether it matches somewhere.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// `text` with every match replaced.
    pub fn replace_all<'t>(&self, text: &'t str, by: &str) -> std::borrow::Cow<'t, str> {
        match self.0.as_ref() {
            Some(regex) => regex.replace_all(text, by),
            None => text.into(),
        }
    }
}

/// `None` never happens: a test compiles every pattern.
fn ruby(source: &str) -> Option<Regex> {
    let source = source
        .replace(r"\d", "[0-9]")
        .replace(r"\D", "[^0-9]")
        .replace(r"\s", r"[\t-\r ]")
        .replace(r"\S", r"[^\t-\r ]")
        .replace("MONTHS", "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
        .replace("ERA", r"c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.)");
    Regex::new(&source).ok()
}

macro_rules! patterns {
    ($($(#[doc = $doc:literal])* $name:ident = $source:expr;)*) => {
        $($(#[doc = $doc])* pub static $name: Pattern = Pattern::new(|| ruby($source));)*

        #[cfg(test)]
        const ALL: &[(&str, &Pattern)] = &[$((stringify!($name), &$name)),*];
    };
}

patterns! {
    /// What no notation has; it becomes a space.
    JUNK = r"[^-+',./:@\p{Alphabetic}\p{Nd}\[\]]+";
    /// `Sunday`
    WEEKDAY = r"(?i)\b(sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*";
    /// A time of day (1) and a zone (2).
    TIME = concat!(
        r"(?i)((?:\d+\s*:\s*\d+(?:\s*:\s*\d+(?:[,.]\d*)?)?|\d+\s*h(?:\s*\d+m?(?:\s*\d+s?)?)?)(?:\s*[ap](?:m\b|\.m\.))?",
        r"|\d+\s*[ap](?:m\b|\.m\.))",
        r"(?:\s*((?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?",
        r"|(?-i:[\p{Alphabetic}.\s]+)(?:standard|daylight)\stime\b",
        r"|(?-i:\p{Alphabetic}+)(?:\sdst)?\b))?"
    );
    /// The parts of a time of day: hour, minute, second, fraction, half of the day.
    CLOCK = r"(?i)\A(\d+)h?(?:\s*:?\s*(\d+)m?(?:\s*:?\s*(\d+)(?:[,.](\d+))?s?)?)?(?:\s*([ap])(?:m\b|\.m\.))?";
    /// `2 January 2022`
    DAY_MONTH = r"(?i)('?\d+)[^-\d\s]*\s*(MONTHS)[^-\d\s']*(?:\s*(ERA)?\s*('?-?\d+(?:(?:st|nd|rd|th)\b)?))?";
    /// `January 2, 2022`
    MONTH_DAY = r"(?i)\b(MONTHS)[^-\d\s']*\s*('?\d+)[^-\d\s']*(?:\s*,?\s*(ERA)?\s*('?-?\d+))?";
    /// `2022-01-02`
    DASHES = r"('?[-+]?\d+)-(\d+)-('?-?\d+)";
    /// `H24.01.02`
    JAPANESE = r"(?i)\b([mtshr])(\d+)\.(\d+)\.(\d+)";
    /// `2-Jan-2022`
    DAY_DASH_MONTH = r"(?i)('?-?\d+)-(MONTHS)[^-/.]*-('?-?\d+)";
    /// `Jan-2-2022`
    MONTH_DASH_DAY = r"(?i)\b(MONTHS)[^-/.]*-('?-?\d+)(?:-('?-?\d+))?";
    /// `2022/01/02`
    SLASHES = r"('?-?\d+)/\s*('?\d+)(?:\D\s*('?-?\d+))?";
    /// `2022.01.02`
    DOTS = r"('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)";
    /// `2022-W01-2`
    WEEK = r"(?i)\b(\d{2}|\d{4})?-?w(\d{2})(?:-?(\d))?\b";
    /// `-W-2`
    DAY_OF_WEEK = r"(?i)-w-(\d)\b";
    /// `--01-02`
    BARE_MONTH_DAY = r"--(\d{2})?-(\d{2})\b";
    /// `--0102`
    BARE_MONTH_DAY_TIGHT = r"--(\d{2})(\d{2})?\b";
    /// Where `2022-002` is no day of a year.
    NO_ORDINAL_YEAR = r"[,.](\d{2}|\d{4})-\d{3}\b";
    /// `2022-002`
    ORDINAL_YEAR = r"\b(\d{2}|\d{4})-(\d{3})\b";
    /// Where `-002` is no day of a year.
    NO_ORDINAL = r"\d-\d{3}\b";
    /// `-002`
    ORDINAL = r"\b-(\d{3})\b";
    /// `'22`
    APOSTROPHE_YEAR = r"'(\d+)\b";
    /// `January`
    MONTH = r"(?i)\b(MONTHS)\S*";
    /// `2nd`
    ORDINAL_DAY = r"(?i)(\d+)(st|nd|rd|th)\b";
    /// `20220102T030405.5Z`
    DIGITS = r"(?i)([-+]?)(\d{2,14})(?:\s*t?\s*(\d{2,6})?(?:[,.](\d*))?)?(?:\s*(z\b|[-+]\d{1,4}\b|\[[-+]?\d[^\]]*\]))?";
    /// `BC`
    BEFORE_CHRIST = r"(?i)\b(bc\b|bce\b|b\.c\.|b\.c\.e\.)";
    /// A number of one or two digits and nothing else.
    LONE_NUMBER = r"\A\s*(\d{1,2})\s*\z";
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_pattern_compiles() {
        for (name, pattern) in super::ALL {
            assert!(pattern.0.is_some(), "{name}");
        }
    }
}

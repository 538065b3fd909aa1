//! Regular expressions of the data files, compiled when a post first needs them: few posts need any, and none needs all.

use regex::Regex;
use std::sync::OnceLock;

/// A regular expression.
#[derive(Debug)]
pub(super) struct Expression {
    source: Box<str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// One that is not compiled yet. `\d` is an ASCII digit, `\w` an ASCII word character or any character beyond ASCII, and
    /// `\b` sees ASCII words only: the thousands of ranges that Unicode's own classes have would be repeated for every place
    /// in `\w{0,30}`, and take megabytes.
    pub(super) fn new(source: &str) -> Self {
        let source = source
            .replace(r"\w", r"[0-9A-Za-z_\x{80}-\x{10ffff}]")
            .replace(r"\d", "[0-9]")
            .replace(r"\b", r"(?-u:\b)");
        Self {
            source: source.into(),
            compiled: OnceLock::new(),
        }
    }

    /// Why it cannot be compiled.
    pub(super) fn check(&self) -> Result<(), String> {
        Regex::new(&self.source).map(|_| ()).map_err(|error| error.to_string())
    }

    /// Whether it matches somewhere in `text`; never when it cannot be compiled.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The first match in `text`.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        Some(self.regex()?.find(text)?.as_str())
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

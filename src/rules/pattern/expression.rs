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
        let source = words(source).replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
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

/// `source` with every `\w`, alone or in a class, spelt out. What is beyond ASCII stands outside of `(?i)`: it holds both
/// cases already, and to find that out took the compiler longer than everything else that a run of ten thousand posts compiles.
fn words(source: &str) -> String {
    const ASCII: &str = "0-9A-Za-z_";
    const BEYOND: &str = r"(?-i:[\x{80}-\x{10ffff}])";
    let mut out = String::with_capacity(source.len() + 64);
    let mut rest = source;
    while let Some(at) = rest.find(['\\', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('[') {
            class_length(rest)
        } else {
            1 + rest[1..].chars().next().map_or(0, char::len_utf8)
        };
        let (part, behind) = rest.split_at(length);
        match part {
            r"\w" => out.push_str(&format!("(?:[{ASCII}]|{BEYOND})")),
            class if class.contains(r"\w") && !class.starts_with("[^") => {
                out.push_str(&format!("(?:{}|{BEYOND})", class.replace(r"\w", ASCII)));
            }
            // What is not in a class cannot be said as a choice.
            class => out.push_str(&class.replace(r"\w", &format!(r"{ASCII}\x{{80}}-\x{{10ffff}}"))),
        }
        rest = behind;
    }
    out + rest
}

/// How long the class is that `rest` begins with, its brackets included.
fn class_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b']' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::words;
    use regex::Regex;

    #[test]
    fn words_are_the_same_with_and_without_case() {
        for (source, plain) in [
            (r"(?i)^\w$", r"(?i)^[0-9A-Za-z_\x{80}-\x{10ffff}]$"),
            (r"(?i)^[\w.\]-]$", r"(?i)^[0-9A-Za-z_\x{80}-\x{10ffff}.\]-]$"),
            (r"^[^\w.]$", r"^[^0-9A-Za-z_\x{80}-\x{10ffff}.]$"),
            (r"^\\w$", r"^\\w$"),
        ] {
            let (ours, theirs) = (Regex::new(&words(source)), Regex::new(plain));
            let (ours, theirs) = (ours.expect(source), theirs.expect(plain));
            for c in (0..0x3000).filter_map(char::from_u32).chain(['\u{10ffff}']) {
                let text = c.to_string();
                assert_eq!(ours.is_match(&text), theirs.is_match(&text), "{source} on {c:?}");
            }
        }
    }
}

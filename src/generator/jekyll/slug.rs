//! Jekyll's `Utils.slugify`, `titleize_slug` and the escapes of its URLs.

use regex::Regex;
use std::sync::LazyLock;

/// What `slugify` keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Letters, marks and digits.
    Default,
    /// And `._~!$&'()+,;=@`.
    Pretty,
}

static LETTERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}]+").ok());
static PRETTY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+").ok());

/// Runs of other characters become one hyphen; one hyphen at either end goes.
pub fn slugify(text: &str, mode: Mode) -> String {
    let others = match mode {
        Mode::Default => &LETTERS,
        Mode::Pretty => &PRETTY,
    };
    let out = match others.as_ref() {
        Some(others) => others.replace_all(text, "-"),
        None => text.into(),
    };
    let out = out.strip_prefix('-').unwrap_or(&out);
    out.strip_suffix('-').unwrap_or(out).to_owned()
}

/// `a-long-slug` as a title: `A Long Slug`.
pub fn title(slug: &str) -> String {
    let mut words: Vec<&str> = slug.split('-').collect();
    while words.last().is_some_and(|word| word.is_empty()) {
        words.pop();
    }
    let words: Vec<String> = words.into_iter().map(capitalized).collect();
    words.join(" ")
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

/// `URL.escape_path`: what may not stand in a URL is percent-escaped.
pub fn escaped(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `URL#sanitize_url`
pub fn sanitized(url: &str) -> String {
    let replaced = format!("/{url}").replace("..", "/").replace("./", "");
    let mut out = String::with_capacity(replaced.len());
    for c in replaced.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

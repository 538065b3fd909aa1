//! What stands inside a Liquid tag.

use crate::message::Part;
use crate::part;
use regex::Regex;
use std::sync::LazyLock;

static LONE_NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^-?\s*([A-Za-z_][\w-]*)(\.[\w-]+)*\s*-?$").expect("a constant pattern"));
static LOOP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*[\w-]+\s+in\s+[^\s,|]").expect("a constant pattern"));
static ASSIGN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"([\w\-.\[\]]+)\)?\s*=").expect("a constant pattern"));
static HIGHLIGHT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^([a-zA-Z0-9.+#_-]+)((\s+\w+(=(\w+|"([0-9]+\s)*[0-9]+"))?)*)$"#).expect("a constant pattern")
});

/// The name of a tag and its markup; the name is empty when there is none.
pub(super) fn split(content: &str) -> (&str, &str) {
    let length = content
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(content.len());
    content.split_at(length)
}

/// The name in `{{ name }}` or `{{ name.member }}` when that is all; what stands alone and is no name gives `None`.
pub(super) fn lone_name(content: &str) -> Option<&str> {
    Some(LONE_NAME.captures(content)?.get(1)?.as_str())
}

/// Why Liquid refuses the markup of a tag; `None` when it does not.
pub(super) fn refusal(name: &str, markup: &str) -> Option<Part> {
    let markup = markup.trim();
    let has_word = markup.contains(|c: char| c.is_alphanumeric() || c == '_');
    match name {
        "if" | "unless" | "elsif" if markup.is_empty() => Some(part!("there is no condition")),
        "case" | "when" if markup.is_empty() => Some(part!("there is nothing to compare")),
        "cycle" if markup.is_empty() => Some(part!("there is nothing to choose from")),
        "for" | "tablerow" if !LOOP.is_match(markup) => Some(part!("it needs a name, `in` and a list")),
        "assign" if !ASSIGN.is_match(markup) => Some(part!("it needs a name, `=` and a value")),
        "capture" if !has_word => Some(part!("it needs a name")),
        "highlight" if !HIGHLIGHT.is_match(markup) => {
            Some(part!("it needs a language, and nothing but options behind it"))
        }
        _ => None,
    }
}

/// The name that a tag defines.
pub(super) fn defines<'a>(name: &str, markup: &'a str) -> Option<&'a str> {
    let markup = markup.trim_start().trim_start_matches(['"', '\'']);
    match name {
        "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement" => {
            let length = markup
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
                .unwrap_or(markup.len());
            Some(&markup[..length]).filter(|name| !name.is_empty())
        }
        _ => None,
    }
}

/// Where the next tag `name` ends at or behind `from`.
pub(super) fn end_of(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text[at..].find(name) {
        let start = at + found;
        at = start + name.len();
        let head = text[from..start].trim_end();
        let opens = head.ends_with("{%") || head.ends_with("{%-");
        let is_word = !text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if opens && is_word {
            return text[at..].find("%}").map(|length| at + length + 2);
        }
    }
    None
}

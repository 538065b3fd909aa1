//! The tags and categories of a post as they are written, and brackets around one of them.

use super::Taxonomy;
use crate::post::{Dialect, Entry, Node, Post, Value, notation};
use crate::text::{Edit, TextRange};

/// The top-level entries that name tags or categories, in the order of the file; none while the front matter is broken.
pub fn entries(post: &Post) -> Vec<(Taxonomy, &Entry)> {
    if post.front_matter.error.is_some() {
        return Vec::new();
    }
    post.front_matter
        .entries()
        .iter()
        .filter_map(|entry| match entry.name()? {
            "tags" | "tag" => Some((Taxonomy::Tag, entry)),
            "categories" | "category" => Some((Taxonomy::Category, entry)),
            _ => None,
        })
        .collect()
}

/// The items of a list; empty for everything else.
pub fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => &[],
    }
}

/// Whether a scalar says something: neither null nor empty.
pub fn is_term(node: &Node) -> bool {
    node.scalar()
        .is_some_and(|scalar| !scalar.is_null() && !scalar.text.is_empty())
}

/// Edits that put brackets around one item of a list, in the writer's own words and quotes; `None` where the item is
/// spread over lines, tagged or an alias.
pub fn bracketed(post: &Post, item: &Node) -> Option<Vec<Edit>> {
    let scalar = item.scalar()?;
    let written = post.text().get(item.range.as_range())?;
    if scalar.tag.is_some() || written.contains(['\n', '\r']) || written.starts_with(['*', '&', '!', '|', '>']) {
        return None;
    }
    let dialect = post.envelope.as_ref()?.dialect;
    // Unquoted text that is fine in a block ends early between brackets.
    let is_broken_by_brackets =
        dialect == Dialect::Yaml && written == scalar.text && written.contains([',', '[', ']', '{', '}']);
    if is_broken_by_brackets {
        let quoted = notation::quoted(dialect, &scalar.text);
        return Some(vec![Edit::replace(item.range, format!("[{quoted}]"))]);
    }
    Some(vec![
        Edit::insert(item.range.start, "["),
        Edit::insert(item.range.end, "]"),
    ])
}

/// The terms of an enumeration: two or more short words between commas; `None` for all else (`1,000`, a sentence).
pub fn enumerated(text: &str) -> Option<Vec<&str>> {
    const LONGEST: usize = 40;
    if text.contains("{{") || text.contains(['[', '{', '\n']) {
        return None;
    }
    let bytes = text.as_bytes();
    let is_number = |at: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let is_comma = matches!(character, '，' | '、') || (character == ',' && !is_number(at));
        if is_comma {
            parts.push(text[start..at].trim());
            start = at + character.len_utf8();
        }
    }
    parts.push(text[start..].trim());
    // A comma at the end is a slip, not a term.
    if parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    let is_enumeration = parts.len() >= 2
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.chars().count() <= LONGEST);
    is_enumeration.then_some(parts)
}

/// An edit that puts quotes around a term that stands on one line; `None` for others, and where a comment follows.
pub fn quoted(post: &Post, node: &Node) -> Option<Edit> {
    let dialect = post.envelope.as_ref()?.dialect;
    let text = post.text().get(node.range.as_range())?.trim_end();
    if text.is_empty() || text.contains(['\n', '\r']) || text.contains(" #") {
        return None;
    }
    let range = TextRange::new(node.range.start, node.range.start + text.len());
    Some(Edit::replace(range, notation::quoted(dialect, text)))
}

/// Edits that take the brackets of a list inside brackets away; `None` where that would change more.
pub fn unbracketed(post: &Post, node: &Node) -> Option<Vec<Edit>> {
    let range = node.range;
    let inner = post.text().get(range.as_range())?;
    let is_simple = inner.starts_with('[') && inner.ends_with(']') && !inner[1..].contains(['[', '\n', '#']);
    // `- [a, b]` without its brackets would be one text.
    let outer = post.text().get(..range.start)?;
    (is_simple && outer.trim_end().ends_with(['[', ','])).then(|| {
        vec![
            Edit::delete(TextRange::new(range.start, range.start + 1)),
            Edit::delete(TextRange::new(range.end - 1, range.end)),
        ]
    })
}

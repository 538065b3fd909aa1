//! What pieces of a post are, for colouring: keys and values of the front matter, template tags, suppression comments.

use crate::post::template::TagKind;
use crate::post::{Node, Post, Scalar, Style, Value};
use crate::text::TextRange;

/// A piece of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A key of the front matter.
    Property,
    /// A text.
    String,
    /// A number or a date.
    Number,
    /// `true`, `false`, nothing.
    Keyword,
    /// The name of a template tag or shortcode.
    Macro,
    /// A suppression comment.
    Comment,
}

/// Every kind, in the order of its number.
pub const KINDS: [TokenKind; 6] = [
    TokenKind::Property,
    TokenKind::String,
    TokenKind::Number,
    TokenKind::Keyword,
    TokenKind::Macro,
    TokenKind::Comment,
];

/// Every piece, sorted; none reaches over a line, no two overlap.
pub fn tokens(post: &Post) -> Vec<Token> {
    let mut found = Vec::new();
    for entry in post.front_matter.entries() {
        found.push((entry.key.range, TokenKind::Property));
        values(&entry.value, &mut found);
    }
    for tag in &post.markdown.template.tags {
        if matches!(tag.kind, TagKind::Statement | TagKind::Shortcode) {
            found.push((tag.name, TokenKind::Macro));
        }
    }
    for directive in post.directives.iter() {
        found.push((directive.range, TokenKind::Comment));
    }
    let mut tokens: Vec<Token> = found
        .into_iter()
        .flat_map(|(range, kind)| lines(post.text(), range).map(move |range| Token { range, kind }))
        .collect();
    tokens.sort_by_key(|token| (token.range.start, token.range.end));
    let mut end = 0;
    tokens.retain(|token| {
        let is_free = token.range.start >= end;
        if is_free {
            end = token.range.end;
        }
        is_free
    });
    tokens
}

fn values(node: &Node, found: &mut Vec<(TextRange, TokenKind)>) {
    match &node.value {
        Value::Scalar(scalar) => found.push((node.range, kind_of(scalar))),
        Value::List(items) => items.iter().for_each(|item| values(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            found.push((entry.key.range, TokenKind::Property));
            values(&entry.value, found);
        }),
    }
}

fn kind_of(scalar: &Scalar) -> TokenKind {
    if scalar.style != Style::Plain {
        return TokenKind::String;
    }
    let text = scalar.text.as_str();
    match text {
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => TokenKind::Keyword,
        _ if scalar.is_null() => TokenKind::Keyword,
        _ if text.starts_with(|first: char| first.is_ascii_digit())
            && text
                .chars()
                .all(|character| character.is_ascii_digit() || "-+:. TZ".contains(character)) =>
        {
            TokenKind::Number
        }
        _ => TokenKind::String,
    }
}

/// The parts of `range` on each of its lines, without line ends; empty ones left out.
fn lines(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> {
    let inside = text.get(range.as_range()).unwrap_or_default();
    let mut start = range.start;
    inside.split(['\n', '\r']).filter_map(move |line| {
        let part = TextRange::new(start, start + line.len());
        start += line.len() + 1;
        (!part.is_empty()).then_some(part)
    })
}

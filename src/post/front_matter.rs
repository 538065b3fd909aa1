//! The fields of the front matter: values joined to the places they were written at, one shape for YAML, TOML and JSON.

use super::split::{Dialect, Envelope, line_at};
use super::{json, toml, yaml};
use crate::text::{Source, TextRange};
use std::collections::HashMap;

/// Parsed front matter.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// The top-level value; `None` when the block is empty or could not be read.
    pub root: Option<Node>,
    /// The first thing the parser refused. While it stands, `root` holds what a tolerant scan of top-level
    /// `key: value` lines found (its nested values are plain text), good enough for completion and hover.
    pub error: Option<SyntaxError>,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the whole file, quotes and brackets included; empty (just after the colon) for a value left out.
    pub range: TextRange,
    /// The value.
    pub value: Value,
}

/// A value as written; what type a plain scalar becomes is the generator's business.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A scalar.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file, duplicates included.
    Map(Vec<Entry>),
}

/// A scalar.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// The text after quotes, escapes and folding are undone; empty for a value left out.
    pub text: String,
    /// How it was written.
    pub style: Style,
    /// The explicit tag, such as `!!str`, as written; `None` without one.
    pub tag: Option<String>,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: its type is open in YAML; in TOML and JSON a number, date, boolean or null.
    Plain,
    /// In single quotes.
    SingleQuoted,
    /// In double quotes (JSON and TOML strings of every kind too).
    DoubleQuoted,
    /// A `|` block.
    Literal,
    /// A `>` block.
    Folded,
}

/// One `key: value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Node,
    /// The value.
    pub value: Node,
    /// From the first byte of the key to the last of the value.
    pub range: TextRange,
}

/// Why a block cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The culprit, as near as can be told.
    pub range: TextRange,
    /// Plain words, no full stop.
    pub message: String,
}

impl FrontMatter {
    /// Parse the block of `envelope`. Never fails: trouble is in [`FrontMatter::error`].
    pub fn parse(source: &Source, envelope: &Envelope) -> Self {
        let text = source.text();
        match envelope.dialect {
            Dialect::Yaml => yaml::parse(text, envelope.block),
            Dialect::Toml => toml::parse(text, envelope.block),
            Dialect::Json => json::parse(text, envelope.block),
            Dialect::JsonSemicolons => json::parse_members(text, envelope.block),
        }
    }

    /// The top-level entries in the order of the file; empty when the root is no mapping.
    pub fn entries(&self) -> &[Entry] {
        match &self.root {
            Some(Node {
                value: Value::Map(entries),
                ..
            }) => entries,
            _ => &[],
        }
    }

    /// Every pair of top-level entries of one name, the later one second: `(first, again)`.
    pub fn duplicates(&self) -> Vec<(&Entry, &Entry)> {
        duplicates(self.entries())
    }

    /// The last top-level entry named exactly `key`.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.name() == Some(key))
    }
}

/// Every pair of entries of one mapping whose keys read the same (`1` and `"1"` do in JavaScript), the later one second.
pub fn duplicates(entries: &[Entry]) -> Vec<(&Entry, &Entry)> {
    let mut first: HashMap<&str, &Entry> = HashMap::new();
    let mut pairs = Vec::new();
    for entry in entries {
        let Some(name) = entry.name() else { continue };
        match first.get(name) {
            Some(before) => pairs.push((*before, entry)),
            None => {
                first.insert(name, entry);
            }
        }
    }
    pairs
}

impl Entry {
    /// The whole lines the entry stands on, line end included, when nothing else stands on them; what to delete to
    /// remove the field. `None` when it shares a line with something else (`{a: 1, b: 2}`).
    pub fn whole_lines(&self, text: &str) -> Option<TextRange> {
        let before = text.get(..self.range.start)?;
        let last = line_at(text, self.range.end, text.len())?;
        let after = last.text.trim_start();
        let alone = before.is_empty() || before.ends_with(['\n', '\r']);
        (alone && (after.is_empty() || after.starts_with('#'))).then(|| TextRange::new(self.range.start, last.next))
    }

    /// The key's text; `None` when the key is no scalar.
    pub fn name(&self) -> Option<&str> {
        self.key.text()
    }
}

impl Value {
    /// The number of nodes in it, itself not counted.
    pub(super) fn size(&self) -> usize {
        match self {
            Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(|item| 1 + item.value.size()).sum(),
            Value::Map(entries) => entries
                .iter()
                .map(|entry| 2 + entry.key.value.size() + entry.value.value.size())
                .sum(),
        }
    }
}

impl Node {
    /// The text of a scalar; `None` for lists and maps.
    pub fn text(&self) -> Option<&str> {
        self.scalar().map(|scalar| scalar.text.as_str())
    }

    /// The scalar; `None` for lists and maps.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }
}

impl Scalar {
    /// Whether YAML's core schema reads it as null: plain and empty, `~`, `null`, `Null` or `NULL`.
    pub fn is_null(&self) -> bool {
        self.style == Style::Plain
            && self.tag.is_none()
            && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

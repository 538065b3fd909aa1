//! A configuration file as a tree that is asked by key; broken files answer what could be read.

use crate::post::{Dialect, Entry, Envelope, FrontMatter, Node, Scalar, Style, Value};
use crate::text::{Source, TextRange};

/// A parsed configuration file.
#[derive(Debug)]
pub(super) struct Tree(FrontMatter);

/// How keys are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// As written (Hexo, Jekyll).
    Exact,
    /// Without regard to case (Hugo).
    AnyCase,
}

/// A value of the tree, or nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    node: Option<&'a Node>,
    keys: Keys,
}

impl Tree {
    /// Read `text`, which is written in `dialect`.
    pub(super) fn parse(text: &str, dialect: Dialect) -> Self {
        let source = Source::new(text);
        let start = source.bom_len();
        let end = text.len();
        let envelope = Envelope {
            dialect,
            lead: TextRange::at(start),
            open: TextRange::at(start),
            block: TextRange::new(start, end),
            close: None,
            body: TextRange::at(end),
        };
        Self(FrontMatter::parse(&source, &envelope))
    }

    /// The whole file.
    pub(super) fn root(&self, keys: Keys) -> At<'_> {
        At {
            node: self.0.root.as_ref(),
            keys,
        }
    }
}

impl<'a> At<'a> {
    /// The value of `key`; nothing when this is no map or lacks it. The last one wins.
    pub(super) fn get(self, key: &str) -> At<'a> {
        let found = self.entries().iter().rev().find(|entry| match self.keys {
            Keys::Exact => entry.name() == Some(key),
            Keys::AnyCase => entry.name().is_some_and(|name| name.eq_ignore_ascii_case(key)),
        });
        self.at(found.map(|entry| &entry.value))
    }

    /// Whether the key stands there, whatever its value.
    pub(super) fn has(self, key: &str) -> bool {
        self.get(key).node.is_some()
    }

    /// Whether this is a map.
    pub(super) fn is_map(self) -> bool {
        matches!(self.node.map(|node| &node.value), Some(Value::Map(_)))
    }

    /// The text of a scalar that is not null and not empty.
    pub(super) fn text(self) -> Option<String> {
        self.text_or_empty().filter(|text| !text.is_empty())
    }

    /// The text of a scalar that is not null.
    pub(super) fn text_or_empty(self) -> Option<String> {
        let scalar = self.scalar().filter(|scalar| !scalar.is_null())?;
        Some(scalar.text.clone())
    }

    /// A plain boolean; `yes` and `on` are left to those who read them so.
    pub(super) fn flag(self) -> Option<bool> {
        let scalar = self.scalar().filter(|scalar| scalar.style == Style::Plain)?;
        match scalar.text.as_str() {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// A boolean of YAML 1.1, where `yes`, `no`, `on` and `off` are booleans too.
    pub(super) fn old_flag(self) -> Option<bool> {
        self.flag().or_else(|| {
            let scalar = self.scalar().filter(|scalar| scalar.style == Style::Plain)?;
            match scalar.text.to_ascii_lowercase().as_str() {
                "yes" | "on" => Some(true),
                "no" | "off" => Some(false),
                _ => None,
            }
        })
    }

    /// A whole number.
    pub(super) fn number(self) -> Option<i64> {
        self.scalar()?.text.parse().ok()
    }

    /// The texts of a list of scalars, or of a lone scalar.
    pub(super) fn texts(self) -> Vec<String> {
        match self.node.map(|node| &node.value) {
            Some(Value::List(items)) => items.iter().filter_map(|item| self.at(Some(item)).text()).collect(),
            _ => self.text().into_iter().collect(),
        }
    }

    /// The key and text of every entry of a map whose value is a scalar.
    pub(super) fn pairs(self) -> Vec<(String, String)> {
        self.children()
            .filter_map(|(key, value)| Some((key.to_owned(), value.text()?)))
            .collect()
    }

    /// The entries of a map whose key is a scalar.
    pub(super) fn children(self) -> impl Iterator<Item = (&'a str, At<'a>)> {
        self.entries()
            .iter()
            .filter_map(move |entry| Some((entry.name()?, self.at(Some(&entry.value)))))
    }

    /// The items of a list.
    pub(super) fn items(self) -> impl Iterator<Item = At<'a>> {
        let items: &[Node] = match self.node.map(|node| &node.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        };
        items.iter().map(move |item| self.at(Some(item)))
    }

    fn at(self, node: Option<&'a Node>) -> At<'a> {
        At { node, keys: self.keys }
    }

    fn entries(self) -> &'a [Entry] {
        match self.node.map(|node| &node.value) {
            Some(Value::Map(entries)) => entries,
            _ => &[],
        }
    }

    fn scalar(self) -> Option<&'a Scalar> {
        self.node?.scalar()
    }
}

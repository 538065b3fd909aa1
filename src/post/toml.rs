//! TOML front matter, read with toml_edit for its places.

use super::front_matter::{Entry, FrontMatter, Node, Scalar, Style, SyntaxError, Value};
use crate::text::TextRange;
use toml_edit::{Document, Item, Key, TableLike};

/// Parse the TOML at `block` of `text`.
pub(super) fn parse(text: &str, block: TextRange) -> FrontMatter {
    let Some(toml) = text.get(block.as_range()) else {
        return FrontMatter::default();
    };
    match Document::parse(toml) {
        Ok(document) => {
            let reader = Reader {
                toml,
                base: block.start,
            };
            let entries = reader.table(document.as_table());
            let root = (!entries.is_empty()).then_some(Node {
                range: block,
                value: Value::Map(entries),
            });
            FrontMatter { root, error: None }
        }
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            FrontMatter {
                root: None,
                error: Some(SyntaxError {
                    range: TextRange::new(block.start + span.start, block.start + span.end.max(span.start)),
                    message: error.message().lines().next().unwrap_or("this is not TOML").to_owned(),
                }),
            }
        }
    }
}

struct Reader<'a> {
    toml: &'a str,
    base: usize,
}

impl Reader<'_> {
    fn table(&self, table: &dyn TableLike) -> Vec<Entry> {
        let keys = table.get_values().len();
        let mut entries = Vec::with_capacity(keys);
        for (name, item) in table.iter() {
            if let Some(key) = table.key(name) {
                entries.push(self.entry(key, item));
            }
        }
        entries.sort_by_key(|entry| entry.range.start);
        entries
    }

    fn entry(&self, key: &Key, item: &Item) -> Entry {
        let key_node = Node {
            range: self.range(key.span()),
            value: scalar(key.get().to_owned(), Style::Plain),
        };
        let value = self.item(item);
        Entry {
            range: key_node.range.hull(value.range),
            key: key_node,
            value,
        }
    }

    fn item(&self, item: &Item) -> Node {
        let range = self.range(item.span());
        let value = match item {
            Item::None => scalar(String::new(), Style::Plain),
            Item::Value(value) => return self.value(value),
            Item::Table(table) => Value::Map(self.table(table)),
            Item::ArrayOfTables(tables) => Value::List(
                tables
                    .iter()
                    .map(|table| Node {
                        range: self.range(table.span()),
                        value: Value::Map(self.table(table)),
                    })
                    .collect(),
            ),
        };
        Node { range, value }
    }

    fn value(&self, value: &toml_edit::Value) -> Node {
        let range = self.range(value.span());
        let value = match value {
            toml_edit::Value::String(text) => scalar(text.value().clone(), Style::DoubleQuoted),
            toml_edit::Value::Array(array) => Value::List(array.iter().map(|item| self.value(item)).collect()),
            toml_edit::Value::InlineTable(table) => Value::Map(self.table(table)),
            _ => scalar(self.written(range).to_owned(), Style::Plain),
        };
        Node { range, value }
    }

    fn written(&self, range: TextRange) -> &str {
        self.toml
            .get(range.start - self.base..range.end - self.base)
            .unwrap_or("")
    }

    fn range(&self, span: Option<std::ops::Range<usize>>) -> TextRange {
        let span = span.unwrap_or(0..0);
        TextRange::new(self.base + span.start, self.base + span.end.max(span.start))
    }
}

fn scalar(text: String, style: Style) -> Value {
    Value::Scalar(Scalar { text, style, tag: None })
}

//! What serde_yaml reads, kept loosely (tags and duplicate keys are no errors here), and its join with the places.

use crate::post::front_matter::{Entry, Node, Scalar, Style, SyntaxError, Value};
use crate::text::TextRange;
use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value without places.
#[derive(Debug)]
pub enum Loose {
    /// A string.
    Text(String),
    /// A number, a boolean or null, as the library prints it.
    Other(String),
    /// A sequence.
    List(Vec<Loose>),
    /// A mapping in the order of the file, duplicates included.
    Map(Vec<(Loose, Loose)>),
}

/// What serde_yaml refused.
#[derive(Debug)]
pub struct ValueError {
    /// Bytes from the start of the block; `None` when the library does not say.
    offset: Option<usize>,
    message: String,
}

/// Read `yaml` with serde_yaml.
pub fn read(yaml: &str) -> Result<Loose, ValueError> {
    let yaml = yaml.strip_prefix('\u{feff}').unwrap_or(yaml);
    serde_yaml::from_str(yaml).map_err(|error| ValueError {
        offset: error.location().map(|location| location.index()),
        message: error.to_string(),
    })
}

impl ValueError {
    /// The same with a place in the file; the block's first byte is byte `base`.
    pub fn at(self, yaml: &str, base: usize) -> SyntaxError {
        let mut offset = self.offset.unwrap_or(0).min(yaml.len());
        while !yaml.is_char_boundary(offset) {
            offset -= 1;
        }
        SyntaxError {
            range: TextRange::at(base + offset),
            message: self.message,
        }
    }
}

/// `node` with the values of `value`. Where their shapes differ, the place of every value is the whole of `node`.
pub fn join(node: Node, value: Loose) -> Node {
    let Node { range, value: placed } = node;
    let value = match (placed, value) {
        (Value::Scalar(scalar), Loose::Text(text)) => Value::Scalar(Scalar { text, ..scalar }),
        (Value::Scalar(scalar), Loose::Other(_)) => Value::Scalar(scalar),
        (Value::List(nodes), Loose::List(items)) if nodes.len() == items.len() => Value::List(
            nodes
                .into_iter()
                .zip(items)
                .map(|(node, item)| join(node, item))
                .collect(),
        ),
        (Value::Map(entries), Loose::Map(items)) if entries.len() == items.len() => {
            let pairs = entries.into_iter().zip(items);
            Value::Map(
                pairs
                    .map(|(entry, (key, value))| join_entry(entry, key, value))
                    .collect(),
            )
        }
        (_, value) => return unplaced(value, range),
    };
    Node { range, value }
}

fn join_entry(entry: Entry, key: Loose, value: Loose) -> Entry {
    Entry {
        key: join(entry.key, key),
        value: join(entry.value, value),
        range: entry.range,
    }
}

/// `value` with `range` as the place of everything.
fn unplaced(value: Loose, range: TextRange) -> Node {
    let scalar = |text, style| Value::Scalar(Scalar { text, style, tag: None });
    let value = match value {
        Loose::Text(text) => scalar(text, Style::DoubleQuoted),
        Loose::Other(text) => scalar(text, Style::Plain),
        Loose::List(items) => Value::List(items.into_iter().map(|item| unplaced(item, range)).collect()),
        Loose::Map(items) => Value::Map(
            items
                .into_iter()
                .map(|(key, value)| Entry {
                    key: unplaced(key, range),
                    value: unplaced(value, range),
                    range,
                })
                .collect(),
        ),
    };
    Node { range, value }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Other(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Other(String::new()))
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose::Other(String::new()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
        Loose::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Loose::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(entry) = access.next_entry()? {
            items.push(entry);
        }
        Ok(Loose::Map(items))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Loose, A::Error> {
        let (_tag, contents) = access.variant::<String>()?;
        contents.newtype_variant()
    }
}

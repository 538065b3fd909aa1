//! What Jekyll reads from a file: where front matter is, and what SafeYAML makes of it.

use super::envelope::block;
use super::guess::guess;
use super::value::Ruby;
use crate::generator::base64;
use crate::message::Message;
use crate::post::{Dialect, Envelope, FrontMatter, Node, Post, Scalar, Style, Value};
use crate::say;
use crate::text::{Source, TextRange};

/// A file as Jekyll reads it.
#[derive(Debug)]
pub struct Reading {
    /// The block between the fences, in bytes of the file; `None`: the whole file is content.
    pub block: Option<TextRange>,
    /// What came of it.
    pub outcome: ReadOutcome,
}

/// What came of the front matter.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadOutcome {
    /// There is none.
    NoBlock,
    /// Data; empty ones (`nil`, `false`) count as none, and other values than a `Hash` are an error further on.
    Data(Ruby),
    /// It cannot be read, for this reason: Jekyll says so, goes on and publishes the post without its metadata.
    Refused(Message),
}

/// Read `source`.
pub fn read(source: &Source) -> Reading {
    read_with(source, None)
}

/// Read the source of `post`, whose fields are taken over where the writer meant the same block as Jekyll sees.
pub fn read_post(post: &Post) -> Reading {
    read_with(&post.source, Some(post))
}

fn read_with(source: &Source, post: Option<&Post>) -> Reading {
    let Some(block) = block(source.text()) else {
        return Reading {
            block: None,
            outcome: ReadOutcome::NoBlock,
        };
    };
    let meant = post.filter(|post| {
        let envelope = post.envelope.as_ref();
        envelope.is_some_and(|envelope| envelope.dialect == Dialect::Yaml && envelope.block == block)
    });
    let outcome = match meant {
        Some(post) => outcome(&post.front_matter),
        None => outcome(&FrontMatter::parse(source, &envelope(source, block))),
    };
    Reading {
        block: Some(block),
        outcome,
    }
}

fn envelope(source: &Source, block: TextRange) -> Envelope {
    Envelope {
        dialect: Dialect::Yaml,
        lead: TextRange::at(source.bom_len()),
        open: TextRange::new(source.bom_len(), block.start),
        block,
        close: Some(TextRange::at(block.end)),
        body: TextRange::new(block.end, source.text().len()),
    }
}

fn outcome(front_matter: &FrontMatter) -> ReadOutcome {
    match (&front_matter.error, &front_matter.root) {
        (Some(error), _) => ReadOutcome::Refused(say!("{message}", message = &error.message)),
        (None, None) => ReadOutcome::Data(Ruby::Bool(false)),
        (None, Some(node)) => match ruby(node) {
            Ok(value) => ReadOutcome::Data(value),
            Err(reason) => ReadOutcome::Refused(reason),
        },
    }
}

/// The value of a node.
pub fn ruby(node: &Node) -> Result<Ruby, Message> {
    collect(node, &mut None)
}

/// The value of a node. SafeYAML keeps one key for all levels at once, in `pending`, and takes `nil` for no key: that is
/// why a null key makes its value a key, and a mapping that stands for a key loses its first item.
fn collect(node: &Node, pending: &mut Option<Ruby>) -> Result<Ruby, Message> {
    match &node.value {
        Value::Scalar(scalar) => Ok(scalar_value(scalar)),
        Value::List(items) => {
            let items = items.iter().map(|item| collect(item, pending));
            items.collect::<Result<_, _>>().map(Ruby::List)
        }
        Value::Map(entries) => {
            let mut map = Map::default();
            for node in entries.iter().flat_map(|entry| [&entry.key, &entry.value]) {
                add(&mut map, node, pending)?;
            }
            Ok(Ruby::Map(map.entries))
        }
    }
}

/// `add_to_current_structure`
fn add(map: &mut Map, node: &Node, pending: &mut Option<Ruby>) -> Result<(), Message> {
    let is_collection = !matches!(node.value, Value::Scalar(_));
    let Some(key) = pending.take() else {
        if is_collection {
            // The collection itself is the key while it is filled.
            *pending = Some(Ruby::List(Vec::new()));
            let value = collect(node, pending)?;
            if pending.is_some() && matches!(node.value, Value::List(_)) {
                *pending = Some(value);
            }
        } else {
            *pending = Some(collect(node, pending)?).filter(|key| *key != Ruby::Nil);
        }
        return Ok(());
    };
    match (&key, collect(node, pending)?) {
        (Ruby::Text(name), value) if name == "<<" => match value {
            Ruby::Map(merged) => merged.into_iter().for_each(|(key, value)| map.set(key, value)),
            _ => return Err(say!("`<<` does not stand for a mapping")),
        },
        (_, value) => map.set(key, value),
    }
    Ok(())
}

/// The value of a scalar. Tags are ignored, but a tagged scalar is guessed at even between quotes.
pub fn scalar_value(scalar: &Scalar) -> Ruby {
    match scalar.tag.as_deref() {
        None if scalar.style != Style::Plain => Ruby::text(&scalar.text),
        Some("!") => Ruby::text(&scalar.text),
        Some("!!binary" | "!binary") => Ruby::Text(decode64(&scalar.text)),
        _ => guess(&scalar.text),
    }
}

/// A `Hash` while it grows; keys are found by their text.
#[derive(Default)]
struct Map {
    entries: Vec<(Ruby, Ruby)>,
    index: std::collections::HashMap<String, usize>,
}

impl Map {
    fn set(&mut self, key: Ruby, value: Ruby) {
        match self.index.entry(key.inspect()) {
            std::collections::hash_map::Entry::Occupied(found) => {
                if let Some(entry) = self.entries.get_mut(*found.get()) {
                    entry.1 = value;
                }
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(self.entries.len());
                self.entries.push((key, value));
            }
        }
    }
}

/// `Base64.decode64`, which skips what is no digit.
fn decode64(text: &str) -> String {
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    let digits = text.bytes().take_while(|byte| *byte != b'=');
    for value in digits.filter_map(base64::digit) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

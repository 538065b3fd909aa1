//! YAML front matter: serde_yaml decides what is valid and what a value is, granit-parser decides where it stands.
//!
//! granit runs first, because it is also the guard: serde_yaml needs quadratic time for deep flow collections and many
//! milliseconds for aliases of aliases. Only what passed the caps below reaches it.

pub mod plain;
mod scan;
mod tree;
mod value;

use super::front_matter::{FrontMatter, Node, SyntaxError, Value};
use crate::text::TextRange;
pub(super) use scan::scan;

/// Largest block that is parsed, in bytes. The largest front matter of 10,000 real posts has 12 KB.
const MAX_BYTES: usize = 64 * 1024;

/// Most brackets and braces that may be open at once; js-yaml stops at 100 levels.
const MAX_DEPTH: usize = 100;

/// Parse the YAML at `block` of `text`.
pub(super) fn parse(text: &str, block: TextRange) -> FrontMatter {
    let Some(yaml) = text.get(block.as_range()) else {
        return FrontMatter::default();
    };
    match load(yaml, block.start) {
        Ok(root) => FrontMatter { root, error: None },
        Err(error) => FrontMatter {
            root: Some(scan(text, block)),
            error: Some(error),
        },
    }
}

/// Whether `yaml` is a valid mapping.
pub(super) fn is_mapping(yaml: &str) -> bool {
    matches!(
        load(yaml, 0),
        Ok(Some(Node {
            value: Value::Map(_),
            ..
        }))
    )
}

/// Whether `yaml` is a valid mapping or sequence.
pub(super) fn is_collection(yaml: &str) -> bool {
    matches!(
        load(yaml, 0),
        Ok(Some(Node {
            value: Value::Map(_) | Value::List(_),
            ..
        }))
    )
}

/// The tree of `yaml`, whose first byte is byte `base` of the file; `None` when it holds no value.
fn load(yaml: &str, base: usize) -> Result<Option<Node>, SyntaxError> {
    guard(yaml, base)?;
    // On what is this plain the two are of one mind, and need not be asked.
    match plain::tree(yaml, base) {
        Some(tree) => Ok(Some(tree)),
        None => both(yaml, base, tree::load(yaml, base)),
    }
}

/// What the two readers make of `yaml` together; `tree` is granit's part.
fn both(yaml: &str, base: usize, tree: Result<Option<Node>, tree::TreeError>) -> Result<Option<Node>, SyntaxError> {
    match (value::read(yaml), tree) {
        (Ok(value), Ok(tree)) => Ok(tree.map(|node| value::join(node, value))),
        // granit alone objects (to a comment glued to a flow token, for one): valid, and the line scanner knows the places.
        (Ok(value), Err(error)) if !error.is_limit => {
            let block = TextRange::new(base, base + yaml.len());
            Ok(Some(value::join(
                Node {
                    range: block,
                    value: Value::List(Vec::new()),
                },
                value,
            )))
        }
        (_, Err(error)) => Err(error.error),
        (Err(error), Ok(_)) => Err(error.at(yaml, base)),
    }
}

/// Refuse what would cost too much.
fn guard(yaml: &str, base: usize) -> Result<(), SyntaxError> {
    let refuse = |at: usize, message: &str| {
        Err(SyntaxError {
            range: TextRange::at(base + at),
            message: message.to_owned(),
        })
    };
    if yaml.len() > MAX_BYTES {
        return refuse(0, "this front matter is larger than 64 KB and was not read");
    }
    let mut depth = 0usize;
    for (at, byte) in yaml.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return refuse(at, "values are nested too deep here");
        }
    }
    Ok(())
}

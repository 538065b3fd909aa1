//! Terms that are no text, and what a generator makes of them.

use super::{Generator, Taxonomy, casts};
use crate::diagnostic::Severity;
use crate::message::{Message, Part};
use crate::post::{Node, Value};
use crate::say;

/// A term that is no text.
#[derive(Clone, Debug)]
pub struct TermFault<'a> {
    /// The term, or the part of it that is at fault.
    pub node: &'a Node,
    /// In the words of a finding.
    pub message: Message,
    /// How much it hurts.
    pub severity: Severity,
    /// Whether quotes (a scalar, a map) or fewer brackets (a list) are the way out.
    pub is_list: bool,
}

/// What is wrong with one item of `tags` or `categories`, or with the whole value where it is no list.
pub fn faults(generator: Generator, taxonomy: Taxonomy, node: &Node) -> Vec<TermFault<'_>> {
    let fault = |node, message, severity, is_list| TermFault {
        node,
        message,
        severity,
        is_list,
    };
    let word = taxonomy.said();
    match &node.value {
        Value::Scalar(scalar) if generator == Generator::Hexo => casts::hexo_text(scalar)
            .map(|shown| say!("Hexo makes the {word} `{shown}` of this", word, shown))
            .map(|message| fault(node, message, Severity::Warning, false))
            .into_iter()
            .collect(),
        Value::Scalar(_) => Vec::new(),
        Value::Map(_) => vec![fault(node, of_map(generator, word), Severity::Error, false)],
        // Jekyll flattens lists inside `tags`.
        Value::List(_) if generator == Generator::Jekyll && taxonomy == Taxonomy::Tag => Vec::new(),
        // Lists among Hexo's categories are paths; only what is no name inside a path is at fault.
        Value::List(items) if generator == Generator::Hexo && taxonomy == Taxonomy::Category => items
            .iter()
            .filter_map(|item| match item.value {
                Value::Scalar(_) => None,
                Value::Map(_) => Some(fault(item, of_map(generator, word), Severity::Error, false)),
                Value::List(_) => Some(fault(item, of_list(generator, item), Severity::Error, true)),
            })
            .collect(),
        Value::List(_) => vec![fault(node, of_list(generator, node), Severity::Error, true)],
    }
}

fn of_map(generator: Generator, word: Part) -> Message {
    match generator {
        Generator::Hexo => say!("this is a map: Hexo makes the {word} `[object Object]` of it", word),
        Generator::Jekyll => say!(
            "this is a map: Jekyll makes a {word} of its printed form, braces and all",
            word
        ),
        Generator::Hugo => say!("this is a map: Hugo then ignores all of the terms"),
    }
}

fn of_list(generator: Generator, node: &Node) -> Message {
    let is_empty = matches!(&node.value, Value::List(items) if items.is_empty());
    match generator {
        Generator::Hexo if is_empty => say!("Hexo makes a name that is empty of this empty list"),
        Generator::Hexo => say!("Hexo makes one name of this inner list, its parts joined with commas"),
        Generator::Jekyll => say!("Jekyll makes a category of the brackets of this inner list"),
        Generator::Hugo => say!("Hugo ignores all of the terms because of this inner list"),
    }
}

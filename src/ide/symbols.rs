//! The outline of a post: fields of the front matter, headings of the body.

use crate::message::Message;
use crate::post::{Entry, Post, Value};
use crate::say;
use crate::text::TextRange;

/// One line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: Message,
    /// More about it, such as a field's value; empty when there is nothing to say.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Everything that belongs to it.
    pub range: TextRange,
    /// What to select when it is chosen; within `range`.
    pub selection: TextRange,
    /// What is below it.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The front matter.
    FrontMatter,
    /// A field of the front matter.
    Field,
    /// A heading and the section below it.
    Heading,
}

/// The longest detail, in characters.
const DETAIL: usize = 60;

/// The outline, in order of place.
pub fn symbols(post: &Post) -> Vec<Symbol> {
    front_matter(post).into_iter().chain(headings(post)).collect()
}

fn front_matter(post: &Post) -> Option<Symbol> {
    let envelope = post.envelope.as_ref()?;
    let end = envelope.close.map_or(envelope.block.end, |close| close.end);
    let range = envelope
        .open
        .hull(TextRange::new(envelope.block.start, end.max(envelope.block.start)));
    Some(Symbol {
        name: say!("front matter"),
        detail: String::new(),
        kind: SymbolKind::FrontMatter,
        range,
        selection: envelope.open,
        children: post.front_matter.entries().iter().filter_map(field).collect(),
    })
}

fn field(entry: &Entry) -> Option<Symbol> {
    let name = entry.name().filter(|name| !name.trim().is_empty())?;
    let detail = match &entry.value.value {
        Value::Scalar(scalar) => shortened(&scalar.text),
        Value::List(items) => {
            let texts: Vec<&str> = items.iter().filter_map(|item| item.text()).collect();
            shortened(&texts.join(", "))
        }
        Value::Map(_) => String::new(),
    };
    Some(Symbol {
        name: say!("{name}", name),
        detail,
        kind: SymbolKind::Field,
        range: entry.range,
        selection: entry.key.range,
        children: Vec::new(),
    })
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(DETAIL) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Headings, each with those of a deeper level that follow it.
fn headings(post: &Post) -> Vec<Symbol> {
    let mut done: Vec<Symbol> = Vec::new();
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    for &(level, range) in &post.markdown.headings {
        close(&mut open, &mut done, (level, range.start));
        open.push((level, heading(post, range)));
    }
    close(&mut open, &mut done, (0, post.body.end));
    done
}

/// Close the open sections that a heading of level `next.0` at byte `next.1` ends.
fn close(open: &mut Vec<(u8, Symbol)>, done: &mut Vec<Symbol>, next: (u8, usize)) {
    while open.last().is_some_and(|(level, _)| *level >= next.0) {
        let Some((_, mut symbol)) = open.pop() else { return };
        symbol.range.end = next.1.max(symbol.range.end);
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(symbol),
            None => done.push(symbol),
        }
    }
}

fn heading(post: &Post, range: TextRange) -> Symbol {
    let text = post.text().get(range.as_range()).unwrap_or_default();
    // A setext heading is underlined; an ATX heading may be closed by more of its marks.
    let line = text
        .trim()
        .trim_end_matches(['\n', '\r', '=', '-', ' '])
        .trim_matches(['#', ' ', '\t']);
    let name = shortened(line);
    Symbol {
        name: match name.is_empty() {
            true => say!("(empty)"),
            false => say!("{name}", name),
        },
        detail: String::new(),
        kind: SymbolKind::Heading,
        range,
        selection: range,
        children: Vec::new(),
    }
}

//! What posts are taken to pieces into: the envelope, the YAML, the HTML, selectors on it, and documents that an editor changes.

use bolero::check;
use postlint::post::front_matter::{FrontMatter, Node, Value};
use postlint::post::html::{Html, NodeId};
use postlint::post::{Dialect, Post, split};
use postlint::rules::selector::{Matcher, Selector};
use postlint::server::documents::Document;
use postlint::text::{Encoding, Source, TextRange};
use tower_lsp::lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use crate::input::{self, hostile};

/// A node and all below it lie inside `around`, on borders of characters; below a table of TOML, which `[a.b]` and `a.b = 1` may fill
/// anywhere, only inside the block.
fn lies_in(text: &str, node: &Node, around: TextRange, dialect: Dialect) {
    assert!(around.covers(node.range), "{:?} in {around:?} of {text:?}", node.range);
    assert!(
        text.get(node.range.as_range()).is_some(),
        "{:?} of {text:?}",
        node.range
    );
    let inside = if dialect == Dialect::Toml { around } else { node.range };
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| lies_in(text, item, inside, dialect)),
        Value::Map(entries) => {
            for entry in entries {
                lies_in(text, &entry.key, inside, dialect);
                lies_in(text, &entry.value, inside, dialect);
            }
        }
        Value::Scalar(_) => {}
    }
}

/// The parts of a file follow each other and cover it, and each part of the front matter lies inside the one around it.
#[test]
fn splitting() {
    check!().for_each(|input: &[u8]| {
        let source = Source::from_bytes(hostile(input));
        let text = source.text();
        let Some(found) = split::split(&source) else { return };
        let close = found.close.unwrap_or(TextRange::at(found.block.end));
        let parts = [found.lead, found.open, found.block, close, found.body];
        let ends: Vec<usize> = parts.iter().flat_map(|part| [part.start, part.end]).collect();
        assert!(
            ends.is_sorted() && found.body.end == text.len(),
            "{found:?} of {text:?}"
        );
        assert!(
            ends.iter().all(|&at| text.is_char_boundary(at)),
            "{found:?} of {text:?}"
        );
        let front_matter = FrontMatter::parse(&source, &found);
        for entry in front_matter.entries() {
            lies_in(text, &entry.key, found.block, found.dialect);
            lies_in(text, &entry.value, found.block, found.dialect);
        }
    });
}

/// The HTML is one tree in order of place, and any selector can be asked of it.
#[test]
fn viewing() {
    check!().for_each(|input: &[u8]| {
        let (&length, rest) = input.split_first().unwrap_or((&0, &[]));
        let (css, rest) = rest.split_at(usize::from(length % 24).min(rest.len()));
        let post = Post::parse(Source::from_bytes(hostile(rest)), "a.html");
        let text = post.text();
        let html: &Html = &post.html;
        for id in html.ids() {
            let node = html.node(id);
            assert!(text.get(node.range.as_range()).is_some(), "{node:?} of {text:?}");
            if let Some(parent) = node.parent {
                assert!(parent < id, "{node:?} stands before its parent in {text:?}");
                assert!(
                    html.children(parent).any(|child| child == id) || html.nodes.len() > 500,
                    "{node:?} of {text:?}"
                );
            }
            let next = html.nodes.get(id.0 as usize + 1);
            assert!(
                next.is_none_or(|next| node.range.start <= next.range.start),
                "{node:?} of {text:?}"
            );
            for attribute in node.element().map_or(&[][..], |element| &element.attributes) {
                assert!(
                    node.range.covers(attribute.range) && attribute.range.covers(attribute.value_range),
                    "{attribute:?} of {text:?}"
                );
            }
        }
        if let Ok(selector) = Selector::parse(&input::selector(css)) {
            let mut matcher = Matcher::new(html);
            let matched = html.ids().filter(|&id: &NodeId| matcher.matches(&selector, id));
            assert!(matched.count() <= html.elements().count());
        }
    });
}

/// A document that an editor changes at random places, inside of characters and beyond the end too, is what the same changes make
/// of a plain text.
#[test]
fn editing() {
    check!().for_each(|input: &[u8]| {
        let (&first, rest) = input.split_first().unwrap_or((&0, &[]));
        let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][usize::from(first) % 3];
        let (seed, steps) = rest.split_at(rest.len().min(9));
        let start = String::from_utf8_lossy(&hostile(seed)).into_owned();
        let mut document = Document::new(&start, 1, 0);
        let mut text = start;
        for (version, step) in (2..).zip(steps.chunks_exact(5).take(200)) {
            let place = |line: u8, column: u8| {
                Position::new(
                    u32::from(line % 40),
                    if column == 255 { u32::MAX } else { u32::from(column) },
                )
            };
            let (from, to) = (place(step[0], step[1]), place(step[2].max(step[0]), step[3]));
            let change = TextDocumentContentChangeEvent {
                range: (step[4] != 0).then_some(Range::new(from, to)),
                range_length: None,
                text: input::PIECES[usize::from(step[4]) % input::PIECES.len()].to_owned(),
            };
            document.apply(std::slice::from_ref(&change), version, encoding);
            reference::apply(&mut text, &change, encoding);
            assert_eq!(document.text(), text);
        }
    });
}

#[path = "../it/server/reference.rs"]
mod reference;

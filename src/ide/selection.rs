//! What a selection grows to, step by step.

use super::symbols::{self, Symbol};
use crate::post::{Node, Post, Value};
use crate::text::TextRange;

/// How many steps a selection can grow by: clients are sent one in the other, and Neovim reads no more than a thousand so.
pub const MOST_STEPS: usize = 128;

/// The ranges around the byte `offset`, innermost first; each covers the one before and is larger. Of more than [`MOST_STEPS`] the
/// last is the whole text.
pub fn around(post: &Post, offset: usize) -> Vec<TextRange> {
    let mut found = vec![TextRange::new(0, post.text().len())];
    let mut add = |range: TextRange| {
        if !range.is_empty() && range.start <= offset && offset <= range.end {
            found.push(range);
        }
    };
    add(word(post.text(), offset));
    add(line(post.text(), offset));
    for symbol in symbols::symbols(post) {
        sections(&symbol, &mut add);
    }
    if let Some(envelope) = &post.envelope {
        add(envelope.block);
    }
    add(post.body);
    for entry in post.front_matter.entries() {
        add(entry.range);
        add(entry.key.range);
        values(&entry.value, &mut add);
    }
    post.markdown.code.iter().for_each(|&range| add(range));
    post.markdown.prose.iter().for_each(|&range| add(range));
    for link in &post.markdown.links {
        add(link.range);
        link.target.into_iter().for_each(&mut add);
    }
    for id in post.html.ids() {
        let node = post.html.node(id);
        add(node.range);
        if let Some(element) = node.element() {
            add(element.open);
            for attribute in &element.attributes {
                add(attribute.range);
                add(attribute.value_range);
            }
            if let Some(close) = element.close
                && element.open.end <= close.start
            {
                add(TextRange::new(element.open.end, close.start));
            }
        }
    }
    found.sort_by_key(|range| (range.len(), range.start));
    let mut chain: Vec<TextRange> = Vec::new();
    for range in found {
        // A range that only crosses the last one is no step outwards.
        if chain.last().is_none_or(|last| range.covers(*last) && range != *last) {
            chain.push(range);
        }
    }
    if chain.len() > MOST_STEPS
        && let Some(&whole) = chain.last()
    {
        chain.truncate(MOST_STEPS - 1);
        chain.push(whole);
    }
    chain
}

fn sections(symbol: &Symbol, add: &mut impl FnMut(TextRange)) {
    add(symbol.range);
    for child in &symbol.children {
        sections(child, add);
    }
}

fn values(node: &Node, add: &mut impl FnMut(TextRange)) {
    add(node.range);
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| values(item, add)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            add(entry.range);
            values(&entry.value, add);
        }),
    }
}

fn word(text: &str, offset: usize) -> TextRange {
    let is_part = |character: &char| character.is_alphanumeric() || *character == '_';
    let before = text.get(..offset).unwrap_or_default();
    let after = text.get(offset..).unwrap_or_default();
    let back: usize = before.chars().rev().take_while(is_part).map(char::len_utf8).sum();
    let on: usize = after.chars().take_while(is_part).map(char::len_utf8).sum();
    TextRange::new(offset - back, offset + on)
}

fn line(text: &str, offset: usize) -> TextRange {
    let is_end = ['\n', '\r'];
    let before = text.get(..offset).unwrap_or_default();
    let after = text.get(offset..).unwrap_or_default();
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    TextRange::new(start, offset + after.find(is_end).unwrap_or(after.len()))
}

#[cfg(test)]
mod tests {
    use super::{MOST_STEPS, around};
    use crate::post::Post;
    use crate::text::{Source, TextRange};

    #[test]
    fn what_is_nested_very_deep_ends_with_the_whole_text() {
        let text = format!("<div>\n{}x\n", "<div>\n".repeat(400));
        let post = Post::parse(Source::new(text.as_str()), "a.md");
        let at = text.len() - 2;
        let chain = around(&post, at);
        assert_eq!(chain.len(), MOST_STEPS);
        assert_eq!(chain.last(), Some(&TextRange::new(0, text.len())));
        assert!(chain.windows(2).all(|pair| pair[1].covers(pair[0])));
    }
}

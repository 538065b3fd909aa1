//! Names that the post's own scripts, style sheets, handlers and links speak of.

use crate::post::Post;
use crate::post::html::{Element, HtmlKind, NodeId};
use crate::text::TextRange;
use std::collections::HashMap;

/// Every name with the first and the last place where it is spoken of.
#[derive(Debug, Default)]
pub struct Uses<'a> {
    places: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Uses<'a> {
    /// Read all of `post` but the scripts for which `skip` holds.
    pub fn of(post: &'a Post, skip: &dyn Fn(NodeId) -> bool) -> Self {
        let mut uses = Self::default();
        for node in &post.html.nodes {
            match &node.kind {
                HtmlKind::Text => {
                    let parent = node.parent.filter(|&parent| speaks(post, parent) && !skip(parent));
                    if parent.is_some() {
                        uses.read(post.source.slice(node.range), node.range.start);
                    }
                }
                HtmlKind::Element(element) => uses.read_attributes(element),
                _ => {}
            }
        }
        uses
    }

    fn read_attributes(&mut self, element: &'a Element) {
        for attribute in &element.attributes {
            let value = attribute.value.as_deref().unwrap_or("");
            let target = matches!(
                &*attribute.name,
                "href" | "for" | "data-target" | "data-bs-target" | "aria-controls"
            );
            if attribute.name.starts_with("on") || (target && value.starts_with(['#', '.'])) {
                self.read(value, attribute.range.start);
            }
        }
    }

    fn read(&mut self, text: &'a str, at: usize) {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
        for word in words.filter(|word| word.len() >= 2) {
            let place = self.places.entry(word).or_insert((at, at));
            *place = (place.0.min(at), place.1.max(at));
        }
    }

    /// Whether `name` is spoken of outside of `own`.
    pub fn outside(&self, name: &str, own: TextRange) -> bool {
        self.places
            .get(name)
            .is_some_and(|&(first, last)| first < own.start || last >= own.end)
    }

    /// Whether `name` is spoken of anywhere.
    pub fn anywhere(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }
}

fn speaks(post: &Post, id: NodeId) -> bool {
    post.html
        .node(id)
        .element()
        .is_some_and(|element| matches!(&*element.name, "script" | "style"))
}

//! The HTML of a post as a flat arena, nested by HTML5's rules; tree-sitter-html is its source of tokens.

mod content;
pub mod entity;
mod extract;
mod feed;
pub mod names;
mod nest;
pub mod scan;
mod splice;
mod tokens;

use super::Lazy;
use super::markdown::Markdown;
use super::memory::Memory;
use crate::text::{Source, TextRange, holder};
pub use content::is_blank_text;
use feed::{Part, feed};
pub use nest::DEEPEST;
use nest::{Calm, Nest};
use smol_str::SmolStr;
use splice::Changed;
pub(super) use splice::Known;
use std::sync::Arc;

/// Index of a node in [`Html::nodes`]; nodes are in order of their start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// All nodes of a post. Empty when the body holds no HTML (67 % of real posts): then tree-sitter never runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Html {
    /// In order of their start; a parent stands before its children.
    pub nodes: Vec<HtmlNode>,
    /// End tags that close nothing, in order.
    pub stray_ends: Vec<TextRange>,
    /// Elements that the end tag of another one has ended, in order of that end tag.
    pub misnested: Vec<Misnested>,
    /// Formatting elements that a block has ended, with their end tags behind it, in order of these: browsers open the
    /// element again in between, so the reader sees what the writer meant.
    pub late_ends: Vec<Misnested>,
    /// The contents of `<pre>`, `<code>`, `<xmp>` and `<textarea>`, sorted and disjoint: shown to the reader as code,
    /// so never flagged.
    pub code: Vec<TextRange>,
    /// The `<svg>` and `<math>` elements that stand in no other, in order: their names are not HTML's.
    drawings: Vec<TextRange>,
    /// Where parsing gave up because its budget was spent; `None` when all was read.
    pub gave_up_at: Option<usize>,
    /// Those of the nodes that are elements: all rules ask for them, and text is half of all.
    elements: Vec<NodeId>,
    /// Where reading can go on after a change, in order; empty where nobody will ask.
    calm: Vec<Calm>,
}

/// An element that was ended by the end tag of an element around it, or across a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misnested {
    /// The element without an end tag of its own.
    pub open: NodeId,
    /// The end tag that ended it.
    pub close: TextRange,
}

/// How an element came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By its end tag.
    Tag,
    /// It has no content (`<br>`).
    Void,
    /// `<x/>`, as the writer meant it (HTML5 ignores the slash outside SVG and MathML).
    SelfClosed,
    /// HTML5 lets the end tag be left out (`<li>`, `<p>`).
    Implied,
    /// The end tag is missing.
    Missing,
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlNode {
    /// What it is.
    pub kind: HtmlKind,
    /// From the first byte of the start tag to the last of the end tag; where the end tag is missing, to where
    /// HTML5 ends the element. For comments and text the whole of it.
    pub range: TextRange,
    /// `None` at the top.
    pub parent: Option<NodeId>,
    /// The next node with the same parent.
    pub next_sibling: Option<NodeId>,
    /// The previous node with the same parent.
    pub previous_sibling: Option<NodeId>,
    /// `None` when there is none.
    pub first_child: Option<NodeId>,
}

/// Element, comment or text.
#[derive(Clone, Debug, PartialEq)]
pub enum HtmlKind {
    /// `<name …>…</name>`.
    Element(Element),
    /// `<!-- … -->`, delimiters included in the range.
    Comment,
    /// Text between tags inside HTML, entities as written; raw text of script and style too.
    Text,
    /// A run of the body between HTML that is Markdown text or code: opaque, but it *is* content, so an element that holds
    /// one is not empty unless the run is blank. `Hole` when it is code.
    Markdown,
    /// Code inside HTML (a fence or span between tags).
    Hole,
}

/// A start tag and what is known of its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Lower-cased name.
    pub name: SmolStr,
    /// The start tag.
    pub open: TextRange,
    /// The end tag; `None` when void, self-closed, implied or missing.
    pub close: Option<TextRange>,
    /// How it ended.
    pub ended: Ended,
    /// In order.
    pub attributes: Vec<Attribute>,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Lower-cased name.
    pub name: SmolStr,
    /// The value with entities undone, as names kept in its place up to 23 bytes; `None` for `<input disabled>`.
    pub value: Option<SmolStr>,
    /// The value's bytes without quotes; empty after the name when there is none.
    pub value_range: TextRange,
    /// Name, equals sign, value and quotes.
    pub range: TextRange,
}

impl Html {
    /// Parse the HTML that `markdown` found. Never fails; linear in the file's length.
    pub fn parse(source: &Source, markdown: &Markdown) -> Self {
        Self::of_all(source, markdown, false)
    }

    /// The same of a text that differs little from the last one that was parsed with `memory`: only what differs is read.
    pub(super) fn parse_after(source: &Source, markdown: &Arc<Lazy<Markdown>>, memory: &Memory) -> Arc<Self> {
        let known = memory.take_html();
        let changed = known.and_then(|known| known.changed(source, markdown));
        let Changed { html, number } = changed.unwrap_or_else(|| Changed {
            html: Self::of_all(source, markdown, true),
            number: None,
        });
        let html = Arc::new(html);
        let reading = memory.new_reading();
        memory.put_html(Known::new(
            source,
            markdown,
            &html,
            (number.unwrap_or(reading), reading),
        ));
        html
    }

    fn of_all(source: &Source, markdown: &Markdown, notes_calm: bool) -> Self {
        if markdown.html.is_empty() {
            return Self::default();
        }
        let reading = tokens::read(source.text(), markdown, &markdown.html, usize::MAX);
        let (tokens, unsure) = (reading.tokens, reading.unsure);
        let nodes = tokens.len() + markdown.prose.len();
        let mut nest = Nest::new(source.text(), markdown, Self::default(), Vec::new(), nodes);
        if notes_calm && !reading.is_spent {
            nest = nest.noting_calm(unsure);
        }
        feed(&mut nest, source, &Part::all(markdown), tokens);
        nest.finish(markdown.body.end).joined()
    }

    /// With siblings joined, and what is listed besides.
    fn joined(mut self) -> Self {
        let mut last: Vec<Option<NodeId>> = vec![None; self.nodes.len()];
        let mut last_top = None;
        self.elements.clear();
        for index in 0..self.nodes.len() {
            let id = NodeId(u32::try_from(index).unwrap_or(u32::MAX));
            let node = &mut self.nodes[index];
            if node.element().is_some() {
                self.elements.push(id);
            }
            let parent = node.parent;
            let previous = match parent {
                Some(parent) => last[parent.0 as usize].replace(id),
                None => last_top.replace(id),
            };
            node.previous_sibling = previous;
            (node.next_sibling, node.first_child) = (None, None);
            match (previous, parent) {
                (Some(previous), _) => self.nodes[previous.0 as usize].next_sibling = Some(id),
                (None, Some(parent)) => self.nodes[parent.0 as usize].first_child = Some(id),
                (None, None) => {}
            }
        }
        self.code = self.code_ranges();
        self.drawings = self.drawing_ranges();
        self
    }

    fn code_ranges(&self) -> Vec<TextRange> {
        let mut out: Vec<TextRange> = Vec::new();
        for (id, element) in self.elements() {
            if !matches!(&*element.name, "pre" | "code" | "xmp" | "textarea" | "listing") {
                continue;
            }
            let end = element.close.map_or(self.node(id).range.end, |close| close.start);
            let inside = out.last().is_some_and(|last| element.open.end < last.end);
            if !inside && element.open.end < end {
                out.push(TextRange::new(element.open.end, end));
            }
        }
        out
    }

    fn drawing_ranges(&self) -> Vec<TextRange> {
        let mut out: Vec<TextRange> = Vec::new();
        for (id, element) in self.elements() {
            let range = self.node(id).range;
            let inside = out.last().is_some_and(|last| range.start < last.end);
            if !inside && matches!(&*element.name, "svg" | "math") {
                out.push(range);
            }
        }
        out
    }

    /// Whether the byte at `offset` is shown as code by an HTML element.
    pub fn is_code(&self, offset: usize) -> bool {
        holder(&self.code, offset).is_some()
    }

    /// Whether `id` stands inside `<svg>` or `<math>`.
    pub fn in_drawing(&self, id: NodeId) -> bool {
        let start = self.node(id).range.start;
        holder(&self.drawings, start).is_some_and(|drawing| drawing.start < start)
    }

    /// Whether `id` stands inside `<pre>`, `<code>`, `<xmp>` or `<textarea>`.
    pub fn in_code(&self, id: NodeId) -> bool {
        self.is_code(self.node(id).range.start)
    }

    /// The name of an element; `None` for other nodes.
    #[inline]
    pub fn name(&self, id: NodeId) -> Option<&str> {
        self.node(id).element().map(|element| &*element.name)
    }

    /// Everything below `id`, in order of place.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.node(id).range.end;
        let rest = self.nodes.get(id.0 as usize + 1..).unwrap_or_default();
        (id.0 + 1..)
            .zip(rest)
            .take_while(move |(_, node)| node.range.start < end)
            .map(|(id, _)| NodeId(id))
    }

    /// How many siblings stand before `id`.
    pub fn index_in_parent(&self, id: NodeId) -> usize {
        std::iter::successors(self.node(id).previous_sibling, |&node| self.node(node).previous_sibling).count()
    }

    /// The ids of all nodes, in order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// A node.
    #[inline]
    pub fn node(&self, id: NodeId) -> &HtmlNode {
        &self.nodes[id.0 as usize]
    }

    /// Every element with its id, in order.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = (NodeId, &Element)> {
        let elements = self.elements.iter();
        elements.filter_map(|&id| self.node(id).element().map(|element| (id, element)))
    }

    /// The children of `id`, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first_child, |&child| self.node(child).next_sibling)
    }

    /// The parents of `id`, nearest first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).parent, |&node| self.node(node).parent)
    }
}

impl HtmlNode {
    /// The element; `None` for comments and text.
    #[inline]
    pub fn element(&self) -> Option<&Element> {
        match &self.kind {
            HtmlKind::Element(element) => Some(element),
            _ => None,
        }
    }
}

impl Element {
    /// The value of an attribute by its lower-case name; `Some("")` for one without a value, `None` when absent.
    #[inline]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| &*attribute.name == name)
            .map(|attribute| attribute.value.as_deref().unwrap_or(""))
    }

    /// Whether `class` holds `token` as a whole word.
    pub fn has_class(&self, token: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == token))
    }
}

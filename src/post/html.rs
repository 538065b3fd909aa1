//! The HTML of a post as a flat arena, nested by HTML5's rules; tree-sitter-html is its source of tokens.

mod content;
pub mod entity;
mod extract;
pub mod names;
mod nest;
pub mod scan;
mod tokens;

use super::markdown::{self, Markdown};
use crate::text::{Source, TextRange, holder};
pub use content::is_blank_text;
pub use nest::DEEPEST;
use nest::{Item, Leaf, Nest};
use smol_str::SmolStr;

/// Index of a node in [`Html::nodes`]; nodes are in order of their start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// All nodes of a post. Empty when the body holds no HTML (67 % of real posts): then tree-sitter never runs.
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
        if markdown.html.is_empty() {
            return Self::default();
        }
        let tokens = tokens::read(source.text(), markdown);
        let mut nest = Nest::new(source.text(), markdown, tokens.len() + markdown.prose.len());
        feed(&mut nest, source, markdown, tokens);
        let mut out = nest.finish(markdown.body.end);
        out.code = out.code_ranges();
        out.drawings = out.drawing_ranges();
        out
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

/// Feed `nest` with all that stands in the body, in order, until it has enough: tags, text between them, Markdown and code around
/// them. Each kind is in order by itself.
fn feed(nest: &mut Nest<'_>, source: &Source, markdown: &Markdown, tokens: Vec<scan::Token>) {
    let tags: Vec<TextRange> = tokens.iter().map(|token| token.range).collect();
    let between = markdown::without(&markdown.html, &tags);
    let rest = markdown::without(&[markdown.body], &markdown.html);
    let text = markdown::without(&rest, &markdown.code);
    // An element may end with a paragraph, so no run of text reaches beyond one.
    let text = cut(text, &markdown.prose);
    let edges = markdown.prose.iter().flat_map(|prose| {
        let start = (key(prose.start, 1), Item::ProseStart);
        [start, (key(prose.end, 0), Item::ProseEnd(prose.end))]
    });
    let tokens = tokens.into_iter();
    let mut between = Queue::of(leaves(source, &between, Leaf::Text));
    let mut text = Queue::of(leaves(source, &text, Leaf::Markdown));
    let mut code = Queue::of(leaves(source, &markdown.code, Leaf::Hole));
    let mut edges = Queue::of(edges);
    let mut tokens = Queue::of(tokens.map(|token| (key(token.range.start, 2), Item::Token(token))));
    loop {
        let leaf = between.key.min(text.key).min(code.key);
        let next = match leaf.min(edges.key) {
            first if tokens.key < first => tokens.next(),
            first if between.key == first => between.next(),
            first if text.key == first => text.next(),
            first if code.key == first => code.next(),
            _ => edges.next(),
        };
        if !next.is_some_and(|item| nest.feed(item)) {
            return;
        }
    }
}

/// Things in order, and the key of the next one.
struct Queue<I> {
    /// `usize::MAX` when none is left.
    key: usize,
    next: Option<Item>,
    rest: I,
}

impl<I: Iterator<Item = (usize, Item)>> Queue<I> {
    fn of(rest: I) -> Self {
        let (key, next) = (usize::MAX, None);
        let mut out = Self { key, next, rest };
        out.next();
        out
    }

    fn next(&mut self) -> Option<Item> {
        let next = self.rest.next().map(|(key, item)| (key, Some(item)));
        let (key, next) = next.unwrap_or((usize::MAX, None));
        self.key = key;
        std::mem::replace(&mut self.next, next)
    }
}

/// By place, and at one place an end before a start before all else.
fn key(at: usize, order: usize) -> usize {
    at << 2 | order
}

/// What is not blank of each of `ranges`, behind its key.
fn leaves(source: &Source, ranges: &[TextRange], kind: Leaf) -> impl Iterator<Item = (usize, Item)> {
    ranges.iter().filter_map(move |range| {
        let text = source.slice(*range);
        let start = range.start + (text.len() - text.trim_start().len());
        let end = range.start + text.trim_end().len();
        (start < end).then(|| (key(start, 2), Item::Leaf(kind, TextRange::new(start, end))))
    })
}

/// `ranges` cut where a paragraph begins or ends; both are sorted.
fn cut(ranges: Vec<TextRange>, prose: &[TextRange]) -> Vec<TextRange> {
    let mut edges: Vec<usize> = prose.iter().flat_map(|prose| [prose.start, prose.end]).collect();
    edges.sort_unstable();
    let mut edges = edges.into_iter().peekable();
    let mut out = Vec::with_capacity(ranges.len());
    for range in ranges {
        let mut start = range.start;
        while let Some(edge) = edges.next_if(|&edge| edge < range.end) {
            if start < edge {
                out.push(TextRange::new(start, edge));
                start = edge;
            }
        }
        out.push(TextRange::new(start, range.end));
    }
    out
}

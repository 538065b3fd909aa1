//! Finds HTML that a blank line has cut off from its element, so that Markdown takes it for code.

use crate::generator::Generator;
use crate::post::html::NodeId;
use crate::post::{Html, Post};
use crate::text::{TextRange, is_blank};

/// The indented blocks inside one outermost element; one block where no element is open.
#[derive(Clone, Debug)]
pub struct Stranded {
    /// The start tag of the element; `None` when none is open.
    pub root: Option<TextRange>,
    /// The first block.
    pub first: TextRange,
    /// The others, in order.
    pub rest: Vec<TextRange>,
    /// How many lines of them are not blank.
    pub lines: usize,
}

impl Stranded {
    /// All blocks, in order.
    pub fn blocks(&self) -> Vec<TextRange> {
        std::iter::once(self.first).chain(self.rest.iter().copied()).collect()
    }
}

/// What `generator` publishes as code although it is HTML, in order of place.
pub fn stranded(post: &Post, generator: Generator) -> Vec<Stranded> {
    let mut out: Vec<Stranded> = Vec::new();
    for &block in &post.markdown.accidental {
        if generator == Generator::Jekyll && !kramdown_sees_code(post, block) {
            continue;
        }
        let root = root_before(&post.html, block);
        let lines = count_lines(post, block);
        match out.last_mut() {
            Some(last) if root.is_some() && last.root == root => {
                last.rest.push(block);
                last.lines += lines;
            }
            _ => out.push(Stranded {
                root,
                first: block,
                rest: Vec::new(),
                lines,
            }),
        }
    }
    out
}

/// The start tag of the outermost element that is open where `block` begins.
fn root_before(html: &Html, block: TextRange) -> Option<TextRange> {
    let root = html.ancestors(first_node(html, block)?).last()?;
    html.node(root).element().map(|element| element.open)
}

fn first_node(html: &Html, block: TextRange) -> Option<NodeId> {
    let first = html.nodes.partition_point(|node| node.range.start < block.start);
    html.nodes.get(first).filter(|node| node.range.start < block.end)?;
    u32::try_from(first).ok().map(NodeId)
}

/// Whether no element keeps kramdown reading HTML there: it reads to an end tag, whatever stands between, unless the
/// element asks for Markdown.
fn kramdown_sees_code(post: &Post, block: TextRange) -> bool {
    let Some(first) = first_node(&post.html, block) else {
        return false;
    };
    let mut around = post
        .html
        .ancestors(first)
        .filter_map(|id| post.html.node(id).element())
        .peekable();
    around.peek().is_none() || around.any(|element| element.attribute("markdown").is_some())
}

fn count_lines(post: &Post, block: TextRange) -> usize {
    let lines = post.source.slice(block).lines();
    lines.filter(|line| !is_blank(line)).count()
}

/// The first tag of the block; all of a finding that is a whole article would help nobody.
pub fn first_tag(post: &Post, block: TextRange) -> TextRange {
    let node = first_node(&post.html, block).map(|id| post.html.node(id));
    node.map_or(block, |node| node.element().map_or(node.range, |element| element.open))
}

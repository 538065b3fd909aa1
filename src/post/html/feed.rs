//! From the parts of a body to the order in which the tag stack is fed with them.

use super::nest::{Item, Leaf, Nest};
use super::scan;
use crate::post::markdown::{self, Markdown};
use crate::text::{Source, TextRange};
use std::borrow::Cow;

/// A part of the body that is read by itself: nothing in it begins before it or ends behind it, but HTML.
pub(super) struct Part<'a> {
    pub(super) range: TextRange,
    /// What of it is HTML.
    pub(super) html: Cow<'a, [TextRange]>,
    pub(super) code: &'a [TextRange],
    pub(super) prose: &'a [TextRange],
}

impl<'a> Part<'a> {
    pub(super) fn all(markdown: &'a Markdown) -> Self {
        Self {
            range: markdown.body,
            html: Cow::Borrowed(&markdown.html),
            code: &markdown.code,
            prose: &markdown.prose,
        }
    }
}

/// Feed `nest` with all that stands in `part`, in order, until it has enough: tags, text between them, Markdown and code around
/// them. Each kind is in order by itself.
pub(super) fn feed(nest: &mut Nest<'_>, source: &Source, part: &Part<'_>, tokens: Vec<scan::Token>) {
    let tags: Vec<TextRange> = tokens.iter().map(|token| token.range).collect();
    let between = markdown::without(&part.html, &tags);
    let rest = markdown::without(&[part.range], &part.html);
    let text = markdown::without(&rest, part.code);
    // An element may end with a paragraph, so no run of text reaches beyond one.
    let text = cut(text, part.prose);
    let edges = part.prose.iter().flat_map(|prose| {
        let start = (key(prose.start, 1), Item::ProseStart);
        [start, (key(prose.end, 0), Item::ProseEnd(prose.end))]
    });
    let tokens = tokens.into_iter();
    let mut between = Queue::of(leaves(source, &between, Leaf::Text));
    let mut text = Queue::of(leaves(source, &text, Leaf::Markdown));
    let mut code = Queue::of(leaves(source, part.code, Leaf::Hole));
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

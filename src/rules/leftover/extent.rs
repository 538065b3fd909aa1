//! How far an ad reaches: what stands right beside it and is its own, and every wrapper it leaves empty.

use super::Kind;
use super::facts::{Sight, is_blank};
use super::seed::{Seed, is_syntax};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{HtmlKind, NodeId};
use crate::rules::pattern::comment_text;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Wrappers that mean nothing when empty; table parts are among them, for a table goes only as a whole (see `may_go`).
const WRAPPERS: &[&str] = &[
    "div", "center", "p", "section", "aside", "span", "figure", "li", "ul", "ol", "footer", "table", "noscript", "ins",
    "font", "b", "strong", "em", "i", "small", "dl", "dd", "dt", "nav", "a",
];
/// Parts of a table.
const TABLE_PARTS: &[&str] = &["tbody", "thead", "tfoot", "tr", "td", "th", "caption"];
/// Comments that speak of a slot; they count only right beside an ad.
static SLOT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|[^a-z])(ads?|advert\w*|adsense\w*|dfp|gpt|mpu|slot|banner|sponsor\w*|leaderboard|skyscraper|ad[-_ ]?unit|unit|widget|placement)([^a-z]|$)|\d{2,3}\s?[x*_×]\s?\d{2,3}|广告|廣告")
        .expect("a constant pattern")
});
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|[^a-z])(begin|start)s?([^a-z]|$)|(?-i:[a-z](Begin|Start)$)|开始|開始|头$")
        .expect("a constant pattern")
});
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(^|[^a-z])(end|close)s?([^a-z]|$)|(?-i:[a-z](End|Close|Stop)$)|^/|结束|結束|完$|完毕$|尾$")
        .expect("a constant pattern")
});

/// What is removed, node by node.
pub(super) struct Extent {
    /// The signs, those that counted for nothing left out.
    pub(super) seeds: Vec<Seed>,
    /// By node: it and all below it go.
    pub(super) gone: Vec<bool>,
    /// By node: how many of its children a reader or a script would miss; counted where a sign lies in the same node at the top.
    left: Vec<u32>,
}

impl Extent {
    /// Grow from `seeds` until nothing more belongs to them.
    pub(super) fn grow(post: &Post, sight: &Sight<'_>, seeds: Vec<Seed>) -> Self {
        let nodes = &post.html.nodes;
        let mut extent = Self {
            seeds: Vec::new(),
            gone: vec![false; nodes.len()],
            left: vec![0; nodes.len()],
        };
        let tops: BTreeSet<NodeId> = seeds.iter().map(|seed| sight.top(seed.id)).collect();
        for id in tops.into_iter().flat_map(|top| sight.tree(top)) {
            if let Some(parent) = post.html.node(id).parent
                && counts(post, sight, id)
            {
                extent.left[parent.0 as usize] += 1;
            }
        }
        let (timid, bold): (Vec<Seed>, Vec<Seed>) = seeds.into_iter().partition(|seed| seed.timid);
        extent.seeds = bold;
        for seed in extent.seeds.clone() {
            extent.remove(post, sight, seed.id);
        }
        extent.take_pairs(post, sight);
        for seed in timid {
            if extent.has_gone_neighbour(post, seed.id) || extent.is_gone(post, seed.id) {
                extent.remove(post, sight, seed.id);
                extent.seeds.push(seed);
            }
        }
        for seed in extent.seeds.clone() {
            extent.take_beside(post, sight, &seed);
        }
        extent.seeds.sort_by_key(|seed| seed.id);
        extent
    }

    /// Whether `id` or one of its parents goes.
    pub(super) fn is_gone(&self, post: &Post, id: NodeId) -> bool {
        self.gone[id.0 as usize] || post.html.ancestors(id).take(256).any(|node| self.gone[node.0 as usize])
    }

    /// The uppermost node that goes with `id`.
    fn root(&self, post: &Post, id: NodeId) -> NodeId {
        post.html
            .ancestors(id)
            .take(256)
            .take_while(|node| self.gone[node.0 as usize])
            .last()
            .unwrap_or(id)
    }

    /// Take `id`, then every wrapper that is left with nothing.
    fn remove(&mut self, post: &Post, sight: &Sight<'_>, id: NodeId) {
        let mut id = id;
        loop {
            if std::mem::replace(&mut self.gone[id.0 as usize], true) {
                return;
            }
            let Some(parent) = post.html.node(id).parent else {
                return;
            };
            if counts(post, sight, id) {
                let left = &mut self.left[parent.0 as usize];
                *left = left.saturating_sub(1);
            }
            if self.left[parent.0 as usize] > 0 || !self.may_go(post, parent) {
                return;
            }
            id = parent;
        }
    }

    /// Whether `id`, which is left with nothing, is a wrapper that may go.
    fn may_go(&self, post: &Post, id: NodeId) -> bool {
        let Some(element) = post.html.node(id).element() else {
            return false;
        };
        if TABLE_PARTS.contains(&&*element.name) {
            let table = post.html.ancestors(id).take(8).find(|&node| {
                post.html
                    .node(node)
                    .element()
                    .is_some_and(|element| &*element.name == "table")
            });
            return table.is_some_and(|table| self.is_empty_table(post, id, table));
        }
        WRAPPERS.contains(&&*element.name) && element.close.is_some() | matches!(&*element.name, "p" | "li")
    }

    /// Whether no other part of `table` than those above `id` is left with anything.
    fn is_empty_table(&self, post: &Post, id: NodeId, table: NodeId) -> bool {
        let mut inner = id;
        for outer in post.html.ancestors(id).take(8) {
            let last = self.left[outer.0 as usize] <= u32::from(!self.gone[inner.0 as usize]);
            if !last {
                return false;
            }
            if outer == table {
                return true;
            }
            inner = outer;
        }
        false
    }

    /// A pair of comments that fences a short stretch of markup takes it along.
    fn take_pairs(&mut self, post: &Post, sight: &Sight<'_>) {
        let comments: Vec<NodeId> = self
            .seeds
            .iter()
            .filter(|seed| seed.kind == Kind::Comment)
            .map(|seed| seed.id)
            .collect();
        for open in comments {
            if fence(post, open) != Some(Fence::Opening) {
                continue;
            }
            let siblings =
                std::iter::successors(post.html.node(open).next_sibling, |&id| post.html.node(id).next_sibling);
            let mut between = Vec::new();
            let mut closed = false;
            for id in siblings.take(24) {
                if fence(post, id) == Some(Fence::Closing) && self.gone[id.0 as usize] {
                    closed = true;
                    break;
                }
                between.push(id);
            }
            let foreign = between.iter().filter(|id| !self.gone[id.0 as usize]);
            let harmless = foreign.clone().all(|&id| is_fill(post, sight, id));
            if closed && harmless {
                for id in foreign.copied().collect::<Vec<_>>() {
                    self.remove(post, sight, id);
                }
            }
        }
    }

    /// Take labels and slot comments that stand right beside the ad.
    fn take_beside(&mut self, post: &Post, sight: &Sight<'_>, seed: &Seed) {
        let root = self.root(post, seed.id);
        if !self.is_gone(post, seed.id) {
            return;
        }
        let free = is_free_named(post, seed);
        for id in [seed.id, root] {
            let before = std::iter::successors(post.html.node(id).previous_sibling, |&id| {
                post.html.node(id).previous_sibling
            });
            let taken: Vec<NodeId> = before
                .take(12)
                .take_while(|&id| self.belongs(post, sight, id, free))
                .collect();
            let after = std::iter::successors(post.html.node(id).next_sibling, |&id| post.html.node(id).next_sibling);
            let behind: Vec<NodeId> = after
                .take(12)
                .take_while(|&id| self.belongs(post, sight, id, false))
                .collect();
            for id in taken.into_iter().chain(behind) {
                if !is_nothing(post, id) {
                    self.remove(post, sight, id);
                }
            }
            if id == root {
                break;
            }
        }
    }

    /// Whether the neighbour `id` is blank, gone, a label or a comment about the slot.
    fn belongs(&self, post: &Post, sight: &Sight<'_>, id: NodeId, free: bool) -> bool {
        let node = post.html.node(id);
        match &node.kind {
            _ if self.gone[id.0 as usize] => true,
            HtmlKind::Text | HtmlKind::Markdown => is_blank(&post.text_in_html(node.range)),
            HtmlKind::Comment => {
                let text = comment_text(post.source.slice(node.range));
                !is_syntax(text) && ((free && is_slot_name(text)) || (text.len() <= 100 && SLOT.is_match(text)))
            }
            HtmlKind::Element(element) => {
                let facts = sight.of(id);
                let heading = matches!(&*element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                facts.labels > 0 && facts.shows_nothing() && facts.scripts == 0 && !heading
            }
            HtmlKind::Hole => false,
        }
    }

    fn has_gone_neighbour(&self, post: &Post, id: NodeId) -> bool {
        let html = &post.html;
        let near = |start: Option<NodeId>, step: &dyn Fn(NodeId) -> Option<NodeId>| {
            std::iter::successors(start, |&id| step(id))
                .take(12)
                .find(|&id| self.gone[id.0 as usize] || !is_nothing(post, id))
                .is_some_and(|id| self.gone[id.0 as usize])
        };
        near(html.node(id).previous_sibling, &|id| html.node(id).previous_sibling)
            || near(html.node(id).next_sibling, &|id| html.node(id).next_sibling)
    }
}

/// Which end of a fenced place a comment marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fence {
    /// `ad begin`.
    Opening,
    /// `ad end`.
    Closing,
}

/// The end that the comment `id` marks; `None` for other comments and for what is no comment.
pub(super) fn fence(post: &Post, id: NodeId) -> Option<Fence> {
    let node = post.html.node(id);
    if !matches!(node.kind, HtmlKind::Comment) {
        return None;
    }
    let text = comment_text(post.source.slice(node.range));
    if OPENING.is_match(text) {
        Some(Fence::Opening)
    } else {
        CLOSING.is_match(text).then_some(Fence::Closing)
    }
}

/// AdSense writes the slot's name, which may be any words, as a comment before the element.
fn is_free_named(post: &Post, seed: &Seed) -> bool {
    seed.owner == Message::plain("Google AdSense") && post.html.node(seed.id).element().is_some()
}

fn is_slot_name(text: &str) -> bool {
    text.len() <= 80 && !text.contains('\n') && !text.contains('<')
}

/// Whether a comment-fenced node can be an ad's filling: markup with a link, a picture or a script, and hardly any text.
fn is_fill(post: &Post, sight: &Sight<'_>, id: NodeId) -> bool {
    let facts = sight.of(id);
    match &post.html.node(id).kind {
        HtmlKind::Element(element) => {
            facts.holes == 0
                && facts.text <= 80
                && !matches!(&*element.name, "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "video")
        }
        HtmlKind::Comment => true,
        HtmlKind::Text | HtmlKind::Markdown => is_blank(&post.text_in_html(post.html.node(id).range)),
        HtmlKind::Hole => false,
    }
}

/// Blank text or a line break.
fn is_nothing(post: &Post, id: NodeId) -> bool {
    let node = post.html.node(id);
    match &node.kind {
        HtmlKind::Text | HtmlKind::Markdown => is_blank(&post.text_in_html(node.range)),
        HtmlKind::Element(element) => &*element.name == "br",
        _ => false,
    }
}

/// Whether someone would miss `id` if its parent went.
fn counts(post: &Post, sight: &Sight<'_>, id: NodeId) -> bool {
    let node = post.html.node(id);
    let facts = sight.of(id);
    match &node.kind {
        HtmlKind::Hole => true,
        HtmlKind::Comment => is_syntax(comment_text(post.source.slice(node.range))),
        HtmlKind::Text | HtmlKind::Markdown => facts.text > 0 || node.parent.is_some_and(|parent| is_raw(post, parent)),
        HtmlKind::Element(element) => {
            !facts.shows_nothing()
                || facts.scripts > 0
                || facts.frames > 0
                || facts.ads > 0
                || element.name.contains('-')
        }
    }
}

fn is_raw(post: &Post, id: NodeId) -> bool {
    post.html
        .node(id)
        .element()
        .is_some_and(|element| matches!(&*element.name, "script" | "style"))
}

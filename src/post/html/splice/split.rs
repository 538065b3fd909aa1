//! HTML that is cut in three: what stays, what is read again, and what moves.

use super::super::nest::Calm;
use super::super::{Ended, Html, HtmlKind, HtmlNode, NodeId};
use super::Cut;
use super::change::Change;
use super::same::{Counts, Middle};
use crate::text::TextRange;

/// What stands behind a cut, as it was.
pub(super) struct Tail {
    nodes: Vec<HtmlNode>,
    /// The number of the first of them.
    first: usize,
    /// Where the cut ends in the old text.
    end: usize,
    /// The elements that are open there, as they were at the end of it all.
    open: Vec<HtmlNode>,
    lists: Html,
}

/// HTML that is cut.
pub(super) struct Split {
    /// What is before the cut, with the elements open that are open there.
    pub(super) html: Html,
    pub(super) middle: Middle,
    /// What is behind it.
    pub(super) tail: Option<Tail>,
}

pub(super) fn split(old: Html, cut: &Cut) -> Split {
    let mut html = old;
    let tail = cut.end.as_ref().map(|&(end, first, ref open)| Tail {
        nodes: html.nodes.split_off(first),
        first,
        end,
        open: open.iter().map(|&id| html.node(id).clone()).collect(),
        lists: html.lists_behind(end),
    });
    let nodes = html.nodes.split_off(cut.before.0.min(html.nodes.len()));
    let lists = html.lists_behind(cut.start.unwrap_or(0));
    let open = cut.before.1.iter().map(|&id| (id, html.node(id).clone()));
    let middle = Middle {
        open: open.collect(),
        nodes,
        lists,
        before: Counts::of(&html),
    };
    for id in &cut.before.1 {
        let node = &mut html.nodes[id.0 as usize];
        if let HtmlKind::Element(element) = &mut node.kind {
            node.range.end = element.open.end;
            (element.close, element.ended) = (None, Ended::Missing);
        }
    }
    Split { html, middle, tail }
}

impl Html {
    /// Takes out what is listed from `at` on.
    fn lists_behind(&mut self, at: usize) -> Html {
        let first = |close: usize| close < at;
        let strays = self.stray_ends.partition_point(|stray| first(stray.start));
        let misnested = self.misnested.partition_point(|wrong| first(wrong.close.start));
        let late = self.late_ends.partition_point(|late| first(late.close.start));
        let calm = self.calm.partition_point(|calm| first(calm.at));
        Html {
            stray_ends: self.stray_ends.split_off(strays),
            misnested: self.misnested.split_off(misnested),
            late_ends: self.late_ends.split_off(late),
            calm: self.calm.split_off(calm),
            ..Html::default()
        }
    }
}

impl Tail {
    /// `html` with all this behind it, where `change` has moved it. `stack` are the elements that are open in between.
    pub(super) fn behind(self, html: Html, change: &Change, stack: &[NodeId]) -> Html {
        let mut html = html;
        let nodes_moved = html.nodes.len().cast_signed() - self.first.cast_signed();
        let place = |at: usize| if at < self.end { at } else { change.to_new(at) };
        let range = |range: TextRange| TextRange::new(place(range.start), place(range.end));
        let id = |id: NodeId| match (id.0 as usize) < self.first {
            true => id,
            false => NodeId(u32::try_from((id.0 as usize).saturating_add_signed(nodes_moved)).unwrap_or(u32::MAX)),
        };
        for (&open, was) in stack.iter().zip(self.open) {
            html.nodes[open.0 as usize] = moved(was, range, id);
        }
        html.nodes
            .extend(self.nodes.into_iter().map(|node| moved(node, range, id)));
        let lists = self.lists;
        html.stray_ends.extend(lists.stray_ends.into_iter().map(range));
        for (all, more) in [
            (&mut html.misnested, lists.misnested),
            (&mut html.late_ends, lists.late_ends),
        ] {
            all.extend(more.into_iter().map(|mut wrong| {
                (wrong.open, wrong.close) = (id(wrong.open), range(wrong.close));
                wrong
            }));
        }
        html.calm.extend(lists.calm.into_iter().map(|calm| Calm {
            at: place(calm.at),
            nodes: id(NodeId(calm.nodes)).0,
            innermost: calm.innermost.map(id),
            ..calm
        }));
        html
    }
}

/// `node` where all is at another place.
fn moved(node: HtmlNode, range: impl Fn(TextRange) -> TextRange, id: impl Fn(NodeId) -> NodeId) -> HtmlNode {
    let mut node = node;
    node.range = range(node.range);
    node.parent = node.parent.map(id);
    if let HtmlKind::Element(element) = &mut node.kind {
        element.open = range(element.open);
        element.close = element.close.map(&range);
        for attribute in &mut element.attributes {
            attribute.range = range(attribute.range);
            attribute.value_range = range(attribute.value_range);
        }
    }
    node
}

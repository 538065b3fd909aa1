//! Whether what was read again says what was there before.

use super::super::{Attribute, Html, HtmlKind, HtmlNode, Misnested, NodeId};
use crate::post::markup::{all, shows};
use crate::text::{Moved, Source, TextRange};

/// What stood where something is read again, and how much stood before it.
pub(super) struct Middle {
    /// The elements that were open there, as they were at the end of it all.
    pub(super) open: Vec<(NodeId, HtmlNode)>,
    pub(super) nodes: Vec<HtmlNode>,
    pub(super) lists: Html,
    pub(super) before: Counts,
}

/// How many nodes, stray ends, misnested and late ends there are.
#[derive(Clone, Copy)]
pub(super) struct Counts([usize; 4]);

impl Counts {
    pub(super) fn of(html: &Html) -> Self {
        Self([
            html.nodes.len(),
            html.stray_ends.len(),
            html.misnested.len(),
            html.late_ends.len(),
        ])
    }
}

impl Middle {
    /// Whether the elements that were open there ended in `html` as they did.
    pub(super) fn has_same_ends(&self, html: &Html, moved: Moved) -> bool {
        let mut open = self.open.iter();
        open.all(|(id, old)| {
            html.nodes
                .get(id.0 as usize)
                .is_some_and(|new| is_same(old, new, moved))
        })
    }

    /// Whether `html`, of which nothing behind the middle is there yet, holds the same in its place, words aside. A change within a tag, a
    /// comment or a script is none of words.
    pub(super) fn is_in(&self, html: &Html, moved: Moved, texts: [&Source; 2]) -> bool {
        let Counts([nodes, strays, misnested, late]) = self.before;
        let is_wrong =
            |old: &Misnested, new: &Misnested| old.open == new.open && is_untouched(moved, old.close, new.close);
        html.nodes.len() >= nodes
            && all(&self.nodes, &html.nodes[nodes..], |old, new| {
                is_same(old, new, moved) && has_same_words(html, old, new, moved, texts)
            })
            && all(&self.lists.stray_ends, &html.stray_ends[strays..], |old, new| {
                is_untouched(moved, *old, *new)
            })
            && all(&self.lists.misnested, &html.misnested[misnested..], is_wrong)
            && all(&self.lists.late_ends, &html.late_ends[late..], is_wrong)
    }
}

fn is_untouched(moved: Moved, old: TextRange, new: TextRange) -> bool {
    moved.untouched(old) == Some(new)
}

fn is_same(old: &HtmlNode, new: &HtmlNode, moved: Moved) -> bool {
    let is_kind = match (&old.kind, &new.kind) {
        (HtmlKind::Element(old), HtmlKind::Element(new)) => {
            let is_attribute = |old: &Attribute, new: &Attribute| {
                old.name == new.name
                    && old.value == new.value
                    && is_untouched(moved, old.range, new.range)
                    && moved.can_be(old.value_range, new.value_range)
            };
            let is_close = match (old.close, new.close) {
                (Some(old), Some(new)) => is_untouched(moved, old, new),
                (old, new) => old == new,
            };
            old.name == new.name
                && old.ended == new.ended
                && is_close
                && is_untouched(moved, old.open, new.open)
                && all(&old.attributes, &new.attributes, is_attribute)
        }
        (HtmlKind::Comment, HtmlKind::Comment) => is_untouched(moved, old.range, new.range),
        (HtmlKind::Text, HtmlKind::Text)
        | (HtmlKind::Markdown, HtmlKind::Markdown)
        | (HtmlKind::Hole, HtmlKind::Hole) => true,
        _ => false,
    };
    is_kind && old.parent == new.parent && moved.can_be(old.range, new.range)
}

/// Whether text that the change reaches shows something as before, and is none of a script or style sheet.
fn has_same_words(html: &Html, old: &HtmlNode, new: &HtmlNode, moved: Moved, texts: [&Source; 2]) -> bool {
    let is_text = matches!(old.kind, HtmlKind::Text | HtmlKind::Markdown);
    if !is_text || is_untouched(moved, old.range, new.range) {
        return true;
    }
    let is_raw = old
        .parent
        .is_some_and(|parent| matches!(html.name(parent), Some("script" | "style")));
    let [shown, now] = [(texts[0], old), (texts[1], new)].map(|(text, node)| shows(text.slice(node.range)));
    !is_raw && shown.is_some() && shown == now
}

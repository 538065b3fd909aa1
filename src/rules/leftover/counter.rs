//! Counters of readers in HTML (known ones, and pictures of one pixel from elsewhere) and parts of sharing services.

use super::ads;
use super::facts::{Sight, is_dot};
use super::known::{COUNTERS, SHARES};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{HtmlKind, NodeId};
use crate::rule::Context;
use crate::rules::pattern::host_of;
use crate::say;
use crate::text::TextRange;

/// Counters, or parts of a sharing service, side by side.
#[derive(Clone, Debug)]
pub struct Counter {
    /// The first of them.
    pub node: NodeId,
    /// Whose they are.
    pub owner: Message,
    /// All of them, with nothing but blanks between.
    pub range: TextRange,
}

/// Every counter of the post that is not part of an ad, in order of place; `None` where no element looks like one.
pub fn counter_groups(context: &Context<'_>) -> Option<Vec<Counter>> {
    let post = context.post;
    let mut found: Vec<(NodeId, Message)> = Vec::new();
    for (id, pattern) in COUNTERS.find(post) {
        found.push((id, pattern.owner()));
    }
    for (id, element) in post.html.elements() {
        // What a lazy loader fills in later starts out small.
        let lazy = element
            .attributes
            .iter()
            .any(|attribute| attribute.name.starts_with("data-"));
        // A payment service puts its own into the form of its button.
        let in_form = || {
            post.html
                .ancestors(id)
                .take(8)
                .any(|around| post.html.name(around) == Some("form"))
        };
        if &*element.name == "img" && is_dot(element) && !lazy && !in_form() {
            let host = element.attribute("src").filter(|src| !is_spacer(src)).and_then(host_of);
            found.extend(host.map(|host| (id, say!("{host}", host))));
        }
    }
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|(id, _)| *id);
    found.dedup_by_key(|(id, _)| *id);
    let ads: Vec<TextRange> = ads(context).iter().map(|region| region.range).collect();
    let places = found.into_iter().map(|(id, owner)| (id, owner, wrapped(post, id)));
    let places = places.filter(|(_, _, range)| !ads.iter().any(|ad| ad.overlaps(*range)));
    Some(gather(post, places))
}

/// Every part of a sharing service in `post`, those side by side together, in order of place; `None` where no element looks like one.
pub fn share_groups(post: &Post) -> Option<Vec<Counter>> {
    let found = SHARES.find(post);
    let places = found
        .iter()
        .map(|&(id, pattern)| (id, pattern.owner(), post.html.node(id).range));
    (!found.is_empty()).then(|| gather(post, places))
}

/// Join what stands side by side; what stands in code is left out, and so is what holds code.
fn gather(post: &Post, found: impl Iterator<Item = (NodeId, Message, TextRange)>) -> Vec<Counter> {
    let mut found = found.peekable();
    if found.peek().is_none() {
        return Vec::new();
    }
    let sight = Sight::new(post, []);
    let mut groups: Vec<Counter> = Vec::new();
    for (node, owner, range) in found {
        if sight.in_code(node) || sight.of(node).holes > 0 {
            continue;
        }
        match groups.last_mut() {
            Some(last) if range.start < last.range.end => {}
            Some(last)
                if post
                    .text()
                    .get(last.range.end..range.start)
                    .is_some_and(|gap| gap.trim().is_empty()) =>
            {
                last.range = last.range.hull(range);
            }
            _ => groups.push(Counter { node, owner, range }),
        }
    }
    groups
}

/// The node, or the `noscript` that holds nothing else.
fn wrapped(post: &Post, id: NodeId) -> TextRange {
    let mut range = post.html.node(id).range;
    for parent in post.html.ancestors(id).take(3) {
        let node = post.html.node(parent);
        let alone = post.html.children(parent).all(|child| {
            let child = post.html.node(child);
            range.covers(child.range)
                || (matches!(child.kind, HtmlKind::Text | HtmlKind::Markdown)
                    && post.text_in_html(child.range).trim().is_empty())
        });
        match node.element() {
            Some(element) if alone && element.close.is_some() && &*element.name == "noscript" => return node.range,
            Some(element)
                if alone && element.close.is_some() && matches!(&*element.name, "div" | "p" | "a" | "span") =>
            {
                range = node.range;
            }
            _ => break,
        }
    }
    post.html.node(id).range
}

/// Invisible pictures that only keep a layout apart.
fn is_spacer(src: &str) -> bool {
    let name = src
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .rsplit('/')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    [
        "spacer",
        "blank",
        "clear",
        "transparent",
        "space",
        "empty",
        "dot",
        "shim",
    ]
    .iter()
    .any(|word| name.starts_with(word))
}

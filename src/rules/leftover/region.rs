//! Gathers what goes into regions: one an ad.

use super::extent::{Extent, Fence, fence};
use super::facts::Sight;
use super::seed::Seed;
use super::{Region, removal};
use crate::post::Post;
use crate::post::html::NodeId;
use crate::text::TextRange;

/// Group the roots of `extent` that have nothing but tags and blanks between them, one group an ad.
pub(super) fn gather(post: &Post, sight: &Sight<'_>, extent: &Extent) -> Vec<Region> {
    let roots: Vec<NodeId> = (0u32..)
        .map(NodeId)
        .take(post.html.nodes.len())
        .filter(|&id| {
            extent.gone[id.0 as usize]
                && post
                    .html
                    .node(id)
                    .parent
                    .is_none_or(|parent| !covered(post, extent, parent))
        })
        .collect();
    let mut seeds = extent.seeds.iter().peekable();
    let mut regions = Vec::new();
    let mut run: Vec<NodeId> = Vec::new();
    for (index, &root) in roots.iter().enumerate() {
        run.push(root);
        let end = post.html.node(root).range.end;
        let next = roots.get(index + 1).map(|&next| post.html.node(next).range.start);
        if next.is_some_and(|next| only_tags_between(post, end, next)) {
            continue;
        }
        for group in split(post, extent, &run) {
            let end = group.last().map_or(end, |&last| post.html.node(last).range.end);
            let mut own = Vec::new();
            while let Some(seed) = seeds.next_if(|seed| post.html.node(seed.id).range.start < end) {
                own.push(seed);
            }
            regions.extend(region(post, sight, group, &own));
        }
        run.clear();
    }
    regions
}

/// What a root is to the ads beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A slot, box or frame: an ad of its own.
    Body,
    /// A loader, an opening comment or a label: belongs to the ad behind it.
    Lead,
    /// An inline script, a closing comment: belongs to the ad before it.
    Trail,
}

/// `run`, roots side by side, ad by ad: each with the loaders, comments and labels before it and the scripts behind it.
/// A pair of comments keeps all between together.
fn split<'a>(post: &Post, extent: &Extent, run: &'a [NodeId]) -> Vec<&'a [NodeId]> {
    let mut groups = Vec::new();
    let (mut start, mut lead) = (0, None);
    let (mut body, mut pair) = (false, false);
    for (at, &root) in run.iter().enumerate() {
        match part(post, extent, root) {
            Part::Lead => {
                lead.get_or_insert(at);
            }
            Part::Trail => lead = None,
            Part::Body => {
                let cut = lead.take().unwrap_or(at);
                if body && !pair {
                    groups.push(&run[start..cut]);
                    start = cut;
                }
                body = true;
            }
        }
        match fence(post, root) {
            Some(Fence::Opening) => pair = true,
            Some(Fence::Closing) => pair = false,
            None => {}
        }
    }
    groups.push(&run[start..]);
    groups
}

fn part(post: &Post, extent: &Extent, root: NodeId) -> Part {
    let node = post.html.node(root);
    let Some(element) = node.element() else {
        return match fence(post, root) {
            Some(Fence::Closing) => Part::Trail,
            _ => Part::Lead,
        };
    };
    match &*element.name {
        "script" if element.attribute("src").is_some() => Part::Lead,
        "script" | "noscript" => Part::Trail,
        _ => {
            let first = extent.seeds.partition_point(|seed| seed.id < root);
            let inside = |seed: &Seed| post.html.node(seed.id).range.start < node.range.end;
            match extent.seeds.get(first).is_some_and(inside) {
                true => Part::Body,
                false => Part::Lead,
            }
        }
    }
}

/// Whether `id` goes with a parent that goes; parents stand before children, so one look up is enough after `spread`.
fn covered(post: &Post, extent: &Extent, id: NodeId) -> bool {
    extent.is_gone(post, id)
}

fn region(post: &Post, sight: &Sight<'_>, roots: &[NodeId], seeds: &[&Seed]) -> Option<Region> {
    let best = seeds.iter().min_by_key(|seed| (seed.kind, seed.named, seed.timid))?;
    let ranges: Vec<TextRange> = roots.iter().map(|&root| removable(post, sight, root)).collect();
    let removal = removal::pieces(post, &ranges);
    let range = removal.iter().copied().reduce(TextRange::hull)?;
    Some(Region {
        kind: best.kind,
        node: best.id,
        owner: best.owner.clone(),
        evidence: best.evidence.clone(),
        range,
        removal,
        parts: seeds
            .iter()
            .filter(|seed| seed.id != best.id)
            .map(|seed| (seed.kind, opening(post, seed.id)))
            .collect(),
        holds_code: roots.iter().any(|&root| sight.of(root).holes > 0),
    })
}

/// The whole node; of an element that is never closed and swallowed the text behind it, the start tag.
fn removable(post: &Post, sight: &Sight<'_>, id: NodeId) -> TextRange {
    let node = post.html.node(id);
    match node.element() {
        Some(element) if element.close.is_none() && node.range.end >= element.open.end => {
            if let Some(end) = late_end(post, sight, id) {
                TextRange::new(node.range.start, end)
            } else if sight.of(id).shows_nothing() && sight.of(id).ads <= 1 {
                node.range
            } else {
                element.open
            }
        }
        _ => node.range,
    }
}

/// The end of the element's own end tag where a block inside ended the element first (`<p><ins><div></div></ins>`), if
/// what lies between shows nothing.
fn late_end(post: &Post, sight: &Sight<'_>, id: NodeId) -> Option<usize> {
    let node = post.html.node(id);
    let name = &node.element()?.name;
    let strays = &post.html.stray_ends;
    let first = strays.partition_point(|stray| stray.start < node.range.end);
    let own = strays.iter().skip(first).take(8).find(|stray| {
        let tag = post.source.slice(**stray).trim_start_matches("</");
        tag.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })?;
    let nodes = &post.html.nodes;
    let from = nodes.partition_point(|other| other.range.start < node.range.end);
    let between = (u32::try_from(from).ok()?..).map(NodeId).zip(&nodes[from..]).take(64);
    let mut inside = between.take_while(|(_, other)| other.range.start < own.start);
    let near = nodes.get(from + 64).is_none_or(|far| own.start <= far.range.start);
    (near && inside.all(|(other, _)| sight.of(other).shows_nothing())).then_some(own.end)
}

fn opening(post: &Post, id: NodeId) -> TextRange {
    let node = post.html.node(id);
    node.element().map_or(node.range, |element| element.open)
}

/// Whether only blanks, end tags, line breaks and starts of paragraphs stand between `from` and `to`.
fn only_tags_between(post: &Post, from: usize, to: usize) -> bool {
    if to < from {
        return false;
    }
    let between = post.text_in_html(TextRange::new(from, to));
    let mut rest = &*between;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        let tag = rest.starts_with("</") || starts_with_tag(rest, "<br") || starts_with_tag(rest, "<p");
        match rest.find('>') {
            Some(end) if tag => rest = &rest[end + 1..],
            _ => return false,
        }
    }
}

fn starts_with_tag(text: &str, tag: &str) -> bool {
    text.strip_prefix(tag)
        .is_some_and(|rest| rest.starts_with([' ', '>', '/']))
}

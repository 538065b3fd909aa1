//! How findings about ads are put into words, the same for every rule of the group.

use super::{Kind, Region, ads, deletion};
use crate::diagnostic::Fix;
use crate::post::Post;
use crate::post::html::NodeId;
use crate::rule::{Context, Reporter};

/// Parts of one ad that are pointed at; a wall of them helps nobody.
const MOST_PARTS: usize = 12;

/// Report every ad whose strongest part is of `kind`.
pub fn report(context: &Context<'_>, reporter: &mut Reporter<'_>, kind: Kind) {
    let post = context.post;
    for region in ads(context) {
        if region.kind != kind {
            continue;
        }
        let mut finding = reporter.report(region.range, message(post, region));
        for &(part, range) in region.parts.iter().take(MOST_PARTS) {
            finding = finding.related(range, format!("{} of the same ad", noun(part)));
        }
        if !region.holds_code {
            finding.fix(Fix::risky(title(region), deletion(post, &region.removal)));
        }
    }
}

fn message(post: &Post, region: &Region) -> String {
    let mark = mark(post, region.node);
    let why = match &region.owner {
        owner if region.evidence.contains(owner.as_str()) => region.evidence.clone(),
        owner => format!("{owner}: {}", region.evidence),
    };
    match region.kind {
        Kind::Unit => {
            format!("{mark} is an ad slot left in the post ({why}); readers get an empty box or a stranger's ad")
        }
        Kind::Frame => format!("{mark} shows an ad ({why}); readers get whatever that host serves"),
        Kind::Script => format!("{mark} loads ads in every reader's browser ({why})"),
        Kind::Slot if region.evidence.starts_with("it speaks of an ad") => {
            format!("{mark} announces an ad that is not there; readers look for it in vain")
        }
        Kind::Slot => format!("{mark} is a box set aside for an ad ({why}); readers get a gap"),
        Kind::Comment => format!("{mark} marks a place for ads ({why}) and does nothing for this post"),
    }
}

fn title(region: &Region) -> String {
    let what = match region.kind {
        Kind::Unit => "the ad unit",
        Kind::Frame => "the ad frame",
        Kind::Script => "the ad script",
        Kind::Slot => "the empty ad box",
        Kind::Comment => "the ad comment",
    };
    if region.parts.is_empty() {
        format!("Remove {what}")
    } else {
        format!("Remove {what} and what belongs to it")
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Unit => "slot",
        Kind::Frame => "frame",
        Kind::Script => "script",
        Kind::Slot => "box",
        Kind::Comment => "comment",
    }
}

/// The node in the writer's own words, cut to one short line, in backticks.
pub fn mark(post: &Post, id: NodeId) -> String {
    let node = post.html.node(id);
    let range = node.element().map_or(node.range, |element| element.open);
    let text = post
        .source
        .slice(range)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    quote(&text)
}

/// `text` in backticks, cut after 60 characters.
pub fn quote(text: &str) -> String {
    let mut cut: String = text.chars().filter(|&c| c != '`').take(60).collect();
    if cut.chars().count() == 60 {
        cut.push('…');
    }
    format!("`{cut}`")
}

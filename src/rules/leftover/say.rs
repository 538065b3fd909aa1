//! How findings about ads are put into words, the same for every rule of the group.

use super::{Kind, NOTICES, Region, ads, deletion, nothing_shows_ads};
use crate::diagnostic::Fix;
use crate::message::{Message, Part};
use crate::post::Post;
use crate::post::html::NodeId;
use crate::rule::{Context, Reads, Reporter};
use crate::{part, say};

/// Parts of one ad that are pointed at; a wall of them helps nobody.
const MOST_PARTS: usize = 12;

/// Report every ad whose strongest part is of `kind`.
pub fn report(context: &Context<'_>, reporter: &mut Reporter<'_>, kind: Kind) {
    report_regions(context, reporter, kind);
    if nothing_shows_ads(context) {
        reporter.rests_on_lines(Reads::MARKUP, &[&NOTICES]);
    }
}

/// The same for a rule that goes on and has more to say.
pub fn report_regions(context: &Context<'_>, reporter: &mut Reporter<'_>, kind: Kind) {
    let post = context.post;
    for region in ads(context) {
        if region.kind != kind {
            continue;
        }
        let mut finding = reporter.report(region.range, message(post, region));
        for &(part, range) in region.parts.iter().take(MOST_PARTS) {
            finding = finding.related(range, say!("{part} of the same ad", part = noun(part)));
        }
        if !region.holds_code {
            finding.fix(Fix::risky(title(region), deletion(post, &region.removal)));
        }
    }
}

fn message(post: &Post, region: &Region) -> Message {
    let mark = mark(post, region.node);
    let evidence = region.evidence.english();
    let why = match evidence.contains(&region.owner.english()) {
        true => region.evidence.clone(),
        false => say!(
            "{owner}: {evidence}",
            owner = &region.owner,
            evidence = &region.evidence
        ),
    };
    match region.kind {
        Kind::Unit => {
            say!(
                "{mark} is an ad slot left in the post ({why}); readers get an empty box or a stranger's ad",
                mark,
                why
            )
        }
        Kind::Frame => say!(
            "{mark} shows an ad ({why}); readers get whatever that host serves",
            mark,
            why
        ),
        Kind::Script => say!("{mark} loads ads in every reader's browser ({why})", mark, why),
        Kind::Slot if evidence.starts_with("it speaks of an ad") => {
            say!(
                "{mark} announces an ad that is not there; readers look for it in vain",
                mark
            )
        }
        Kind::Slot => say!(
            "{mark} is a box set aside for an ad ({why}); readers get a gap",
            mark,
            why
        ),
        Kind::Comment => say!(
            "{mark} marks a place for ads ({why}) and does nothing for this post",
            mark,
            why
        ),
    }
}

fn title(region: &Region) -> Message {
    let what = match region.kind {
        Kind::Unit => part!("the ad unit"),
        Kind::Frame => part!("the ad frame"),
        Kind::Script => part!("the ad script"),
        Kind::Slot => part!("the empty ad box"),
        Kind::Comment => part!("the ad comment"),
    };
    if region.parts.is_empty() {
        say!("Remove {what}", what)
    } else {
        say!("Remove {what} and what belongs to it", what)
    }
}

fn noun(kind: Kind) -> Part {
    match kind {
        Kind::Unit => part!("slot"),
        Kind::Frame => part!("frame"),
        Kind::Script => part!("script"),
        Kind::Slot => part!("box"),
        Kind::Comment => part!("comment"),
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

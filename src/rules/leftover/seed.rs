//! Where ads give themselves away: known marks, and boxes that call themselves ads and show nothing.

use super::Kind;
use super::boxes;
use super::facts::{Sight, is_embed};
use super::known::{COMMENTS, COUNTERS, FRAMES, SCRIPTS, UNITS};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::NodeId;
use crate::rule::Context;
use crate::rules::filters::{Filters, Listed};
use crate::rules::pattern::{Certainty, Pattern, comment_text};
use std::collections::BTreeMap;

/// A sign of an ad.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    /// Where.
    pub(super) id: NodeId,
    /// What.
    pub(super) kind: Kind,
    /// Whose, or the telling name.
    pub(super) owner: Message,
    /// What gives it away, in words that follow the owner's name: "it matches `ins.adsbygoogle`".
    pub(super) evidence: Message,
    /// Whether it is known by its own name alone, not by a network's mark.
    pub(super) named: bool,
    /// Whether it counts only beside another one.
    pub(super) timid: bool,
}

/// What may be a seed.
#[derive(Default)]
pub(super) struct Signs<'a> {
    marks: BTreeMap<NodeId, (Kind, &'static Pattern)>,
    boxes: Vec<(NodeId, boxes::Look)>,
    listed: BTreeMap<NodeId, Listed>,
    /// The user's marks.
    filters: Option<&'a Filters>,
}

impl Signs<'_> {
    /// Whether there are none, and the user has no marks of his own, which may look at anything.
    pub(super) fn are_none(&self) -> bool {
        self.filters.is_none() && self.marks.is_empty() && self.boxes.is_empty()
    }
}

/// Every sign of an ad in the post; `None` when time is over.
pub(super) fn signs<'a>(context: &Context<'a>) -> Option<Signs<'a>> {
    let post = context.post;
    let filters = Filters::of(context.config);
    if post.html.nodes.is_empty() {
        return Some(Signs {
            filters,
            ..Signs::default()
        });
    }
    let mut marks: BTreeMap<NodeId, (Kind, &Pattern)> = BTreeMap::new();
    let books = [
        (Kind::Unit, &UNITS),
        (Kind::Frame, &FRAMES),
        (Kind::Script, &SCRIPTS),
        (Kind::Comment, &COMMENTS),
    ];
    for (kind, book) in books {
        if context.budget.is_spent_now() {
            return None;
        }
        for (id, pattern) in book.find(post) {
            let better = |old: &(Kind, &Pattern)| {
                old.1.entry.certainty == Certainty::Likely && pattern.entry.certainty == Certainty::Certain
            };
            if marks.get(&id).is_none_or(better) {
                marks.insert(id, (kind, pattern));
            }
        }
    }
    let listed = filters.map(|filters| filters.find(post, context.budget));
    Some(Signs {
        marks,
        boxes: boxes::telling(post),
        listed: listed.unwrap_or_default(),
        filters,
    })
}

/// Every seed of the post in order of place, with what the reader sees; `None` when there is none.
pub(super) fn find<'a>(context: &Context<'a>, signs: Signs<'_>) -> Option<(Vec<Seed>, Sight<'a>)> {
    let post = context.post;
    let Signs {
        marks, boxes, listed, ..
    } = signs;
    if marks.is_empty() && boxes.is_empty() && listed.is_empty() {
        return None;
    }
    let certain = |id: NodeId| {
        marks
            .get(&id)
            .is_some_and(|(_, pattern)| pattern.entry.certainty == Certainty::Certain)
    };
    let known = marks.keys().copied().filter(|id| certain(*id));
    let counters = COUNTERS.find(post).into_iter().map(|(id, _)| id);
    let sight = Sight::new(post, known.chain(listed.keys().copied()).chain(counters));
    let mut seeds: BTreeMap<NodeId, Seed> = BTreeMap::new();
    for seed in boxes::judge(post, &sight, boxes) {
        seeds.insert(seed.id, seed);
    }
    let scripts = marks.iter().filter(|(id, _)| certain(**id));
    let scripts: Vec<(NodeId, &Pattern)> = scripts.map(|(&id, &(_, pattern))| (id, pattern)).collect();
    for seed in boxes::filled(post, &sight, &scripts) {
        seeds.insert(seed.id, seed);
    }
    for (id, Listed { owner, evidence }) in listed.clone() {
        let kind = match post.html.name(id) {
            Some("script") => Kind::Script,
            Some("iframe") => Kind::Frame,
            _ => Kind::Unit,
        };
        let (named, timid) = (false, false);
        seeds.insert(
            id,
            Seed {
                id,
                kind,
                owner,
                evidence,
                named,
                timid,
            },
        );
    }
    for (&id, &(kind, pattern)) in &marks {
        if let Some(timid) = judge_mark(post, &sight, id, pattern, kind) {
            let seed = Seed {
                id,
                kind,
                owner: pattern.owner(),
                evidence: pattern.evidence(post, id),
                named: false,
                timid,
            };
            seeds.insert(id, seed);
        }
    }
    seeds.retain(|id, _| !sight.in_code(*id));
    (!seeds.is_empty()).then(|| (seeds.into_values().collect(), sight))
}

/// Whether a known mark counts (`Some`), and whether only beside another one (`Some(true)`).
fn judge_mark(post: &Post, sight: &Sight<'_>, id: NodeId, pattern: &Pattern, kind: Kind) -> Option<bool> {
    let facts = sight.of(id);
    let node = post.html.node(id);
    if kind == Kind::Comment {
        let text = comment_text(post.source.slice(node.range));
        return (!is_syntax(text)).then_some(pattern.entry.certainty == Certainty::Likely);
    }
    if pattern.entry.certainty == Certainty::Certain {
        return Some(false);
    }
    match kind {
        Kind::Script => Some(true),
        _ => (facts.shows_nothing() && !node.element().is_some_and(is_embed)).then_some(false),
    }
}

/// Whether a comment is read by a generator, a theme or a tool.
pub(super) fn is_syntax(text: &str) -> bool {
    let first = text.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or("");
    matches!(
        first.to_ascii_lowercase().trim_start_matches('/'),
        "more"
            | "excerpt"
            | "tab"
            | "endtab"
            | "toc"
            | "summary"
            | "nextpage"
            | "markdownlint-disable"
            | "markdownlint-enable"
            | "markdownlint-disable-line"
            | "markdownlint-disable-next-line"
            | "prettier-ignore"
            | "postlint"
            | "postlint-disable"
            | "postlint-enable"
            | "textlint-disable"
            | "textlint-enable"
            | "truncate"
            | "readmore"
            | "read-more"
            | "endexcerpt"
    ) || text.starts_with("postlint")
}

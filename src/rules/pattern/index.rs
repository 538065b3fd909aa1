//! The patterns of a book, and what they mark.

use super::host::absolute;
use super::needle::{Needles, written};
use super::shelf::{Possible, Search, Stands};
use super::{Mark, Pattern, is_under};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Element, HtmlKind, HtmlNode, NodeId};
use crate::rules::selector::{Matcher, Selector};
use crate::say;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::OnceLock;

/// The patterns of a book.
#[derive(Debug)]
pub struct Index {
    patterns: Vec<Pattern>,
    /// For texts that are no post's HTML, which few books are asked about.
    needles: OnceLock<Needles>,
}

/// What the patterns of a book found in one post: nodes with their pattern, in order of place. A node is found once.
pub type Hits<'a> = Vec<(NodeId, &'a Pattern)>;

impl Index {
    /// An index of `patterns`.
    pub fn new(patterns: Vec<Pattern>) -> Self {
        Self {
            patterns,
            needles: OnceLock::new(),
        }
    }

    /// The patterns.
    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Every node of `post` that a pattern marks, code left out.
    pub fn find(&self, post: &Post) -> Hits<'_> {
        let possible = Search::new([self].into_iter()).possible(post, 1, None);
        self.find_among(post, 0, &possible)
    }

    /// The same, where `possible` says at `place` which patterns can mark any.
    pub(super) fn find_among(&self, post: &Post, place: usize, possible: &Possible) -> Hits<'_> {
        let stands = possible.patterns.get(place).map_or(&[][..], Vec::as_slice);
        let pattern = |stands: &Stands| self.patterns.get(stands.pattern);
        let mut patterns: Vec<(&Pattern, &Stands)> = stands
            .iter()
            .filter_map(|stands| Some((pattern(stands)?, stands)))
            .collect();
        // A node is found once, so the surer mark comes first.
        patterns.sort_by_key(|(pattern, _)| pattern.entry.certainty);
        let mut matcher = Matcher::new(&post.html);
        let mut hits = BTreeMap::new();
        let places = Places::default();
        for (pattern, stands) in patterns {
            let mut try_at = |id: NodeId| {
                if let Entry::Vacant(place) = hits.entry(id)
                    && pattern.marks(post, &mut matcher, id)
                {
                    place.insert(pattern);
                }
            };
            match &pattern.mark {
                Mark::Comment(_) => places.comments(post).iter().for_each(|&id| try_at(id)),
                Mark::Script(_) => places.scripts(post).iter().for_each(|&id| try_at(id)),
                Mark::Selector(_) | Mark::Host { .. } if !pattern.is_own => {
                    post.html.elements().for_each(|(id, _)| try_at(id));
                }
                mark => {
                    stands.at.iter().chain(&possible.veiled).for_each(|&id| try_at(id));
                    if matches!(mark, Mark::Host { .. }) {
                        places.scripts(post).iter().for_each(|&id| try_at(id));
                    }
                }
            }
        }
        hits.into_iter().collect()
    }

    /// Whether a pattern marks the script `id`.
    pub fn marks(&self, post: &Post, id: NodeId) -> bool {
        let Some(element) = post.html.node(id).element() else {
            return false;
        };
        let text = script_text(post, id, element).filter(|text| self.has_needle(text));
        self.patterns.iter().any(|pattern| match &pattern.mark {
            Mark::Script(regex) => text.is_some_and(|text| pattern.has_needle(text) && regex.is_match(text)),
            _ => pattern.marks_host(element),
        })
    }

    fn has_needle(&self, text: &str) -> bool {
        let needles = self.needles.get_or_init(|| {
            let needles = self.patterns.iter().flat_map(|pattern| &pattern.entry.needles);
            Needles::new(needles.map(|needle| needle.to_ascii_lowercase()).collect())
        });
        let mut has = false;
        needles.each_in(&[text], |_, _| has = true);
        has
    }

    /// The pattern with hosts that `url` is on; attribute and tag are not asked.
    pub fn owner_of_url(&self, url: &str) -> Option<&Pattern> {
        let url = absolute(url)?;
        let host = url.host_str()?;
        self.patterns
            .iter()
            .find(|pattern| pattern.has_host(host) && pattern.has_path(&url))
    }
}

/// Where patterns of some kinds are tried, found when first asked for.
#[derive(Default)]
struct Places {
    comments: OnceCell<Vec<NodeId>>,
    scripts: OnceCell<Vec<NodeId>>,
}

impl Places {
    fn comments(&self, post: &Post) -> &[NodeId] {
        let nodes = || post.html.ids().zip(&post.html.nodes);
        let is_comment = |node: &HtmlNode| matches!(node.kind, HtmlKind::Comment);
        self.comments
            .get_or_init(|| nodes().filter(|(_, node)| is_comment(node)).map(|(id, _)| id).collect())
    }

    fn scripts(&self, post: &Post) -> &[NodeId] {
        let elements = || post.html.elements();
        let is_script = |element: &Element| &*element.name == "script";
        self.scripts.get_or_init(|| {
            elements()
                .filter(|(_, element)| is_script(element))
                .map(|(id, _)| id)
                .collect()
        })
    }
}

impl Pattern {
    /// Whether it marks the node `id`.
    fn marks(&self, post: &Post, matcher: &mut Matcher<'_>, id: NodeId) -> bool {
        let node = post.html.node(id);
        match (&self.mark, &node.kind) {
            (Mark::Selector(selector), _) => matcher.matches(selector, id),
            (Mark::Host { .. }, HtmlKind::Element(element)) => {
                self.marks_host(element) || script_text(post, id, element).is_some_and(|text| self.is_loaded_by(text))
            }
            (Mark::Script(regex), HtmlKind::Element(element)) => {
                script_text(post, id, element).is_some_and(|text| regex.is_match(text))
            }
            (Mark::Comment(regex), HtmlKind::Comment) => regex.is_match(comment_text(post.source.slice(node.range))),
            _ => false,
        }
    }

    fn has_needle(&self, text: &str) -> bool {
        let is_at = |needle: &[u8], at: usize| {
            let there = text.as_bytes().get(at..at + needle.len());
            there.is_some_and(|there| there.eq_ignore_ascii_case(needle))
        };
        let stands = |needle: &[u8]| {
            let Some(&first) = needle.first() else { return true };
            let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
            memchr::memchr2_iter(lower, upper, text.as_bytes()).any(|at| is_at(needle, at))
        };
        self.entry.needles.iter().any(|needle| stands(needle.as_bytes()))
    }

    fn has_host(&self, host: &str) -> bool {
        self.entry.hosts.iter().any(|domain| is_under(host, domain))
    }

    fn has_path(&self, url: &url::Url) -> bool {
        match &self.mark {
            Mark::Host { path: Some(path), .. } => path.is_match(&url[url::Position::BeforePath..]),
            _ => true,
        }
    }

    /// Whether an inline script names a host that scripts of this pattern come from, as part of a URL.
    fn is_loaded_by(&self, script: &str) -> bool {
        let Mark::Host { on, path: None } = &self.mark else {
            return false;
        };
        on.iter().any(|(tag, _)| tag == "script")
            && self.entry.hosts.iter().any(|host| {
                script.match_indices(host.as_str()).any(|(at, _)| {
                    script[..at].ends_with(['/', '.']) && script[at + host.len()..].starts_with(['/', '"', '\'', '\\'])
                })
            })
    }

    fn marks_host(&self, element: &Element) -> bool {
        let Mark::Host { on, .. } = &self.mark else {
            return false;
        };
        on.iter()
            .filter(|(tag, _)| **tag == *element.name)
            .filter_map(|(_, attribute)| element.attribute(attribute))
            .filter_map(absolute)
            .any(|url| url.host_str().is_some_and(|host| self.has_host(host)) && self.has_path(&url))
    }

    /// Whose markup it is.
    pub fn owner(&self) -> Message {
        Message::data(&self.entry.network)
    }
}

/// Why a pattern was found, for people.
impl Pattern {
    /// What of the node `id` this pattern knows, as the end of a sentence about it: "it matches `ins.adsbygoogle`".
    pub fn evidence(&self, post: &Post, id: NodeId) -> Message {
        let node = post.html.node(id);
        match &self.mark {
            Mark::Selector(_) => {
                let mut matcher = Matcher::new(&post.html);
                let selector = self.entry.selector.as_deref().unwrap_or("");
                let part = written(selector)
                    .into_iter()
                    .find(|part| Selector::parse(part).is_ok_and(|selector| matcher.matches(&selector, id)));
                say!("it matches `{part}`", part = part.unwrap_or_default())
            }
            Mark::Host { on, .. } => {
                let element = node.element();
                let urls = on.iter().filter_map(|(_, attribute)| element?.attribute(attribute));
                match urls
                    .filter_map(absolute)
                    .find_map(|url| url.host_str().map(str::to_owned))
                {
                    Some(host) => say!("it comes from `{host}`", host),
                    None => say!("it loads what comes from there"),
                }
            }
            Mark::Script(regex) => {
                let text = post.source.slice(node.range);
                let said = regex.find(text).unwrap_or_default();
                let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
                let said: String = said.chars().take(40).collect();
                say!("it says `{said}`", said)
            }
            Mark::Comment(_) => say!("by its words"),
        }
    }
}

/// The text of an inline script; `None` for other elements, and for one that stands in another without an end, whose text it is.
fn script_text<'a>(post: &'a Post, id: NodeId, element: &Element) -> Option<&'a str> {
    if &*element.name != "script" {
        return None;
    }
    let node = post.html.node(id);
    let parent = node.parent.and_then(|parent| post.html.name(parent));
    if parent == Some("script") {
        return None;
    }
    let end = element.close.map_or(node.range.end, |close| close.start);
    post.text().get(element.open.end..end)
}

/// A comment without its delimiters and outer blanks.
pub fn comment_text(comment: &str) -> &str {
    let text = comment.strip_prefix("<!--").unwrap_or(comment);
    text.strip_suffix("-->").unwrap_or(text).trim()
}

//! Boxes for ads that no network's mark gives away: by their name, their size, their label, or the script that fills them.

use super::Kind;
use super::facts::{Sight, is_embed};
use super::known::{FRAMES, SCRIPTS};
use super::label::{LONGEST_NOTICE, is_notice};
use super::name::calls_itself_ad;
use super::seed::Seed;
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Element, HtmlKind, NodeId};
use crate::rules::pattern::Pattern;
use crate::rules::uses::Uses;
use crate::say;
use crate::text::TextRange;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters of foreign text that a box may hold when it calls itself an ad *and* holds a known ad.
const MOST_TEXT: u32 = 160;
/// Characters of text that an ad may show which names itself an ad and leads to an ad server.
const MOST_WORDS: u32 = 600;
/// Widths and heights in pixels that ads are sold in.
pub(super) const SIZES: &[(u32, u32)] = &[
    (300, 250),
    (336, 280),
    (728, 90),
    (468, 60),
    (160, 600),
    (120, 600),
    (300, 600),
    (320, 50),
    (320, 100),
    (970, 90),
    (970, 250),
    (250, 250),
    (200, 200),
    (234, 60),
    (180, 150),
    (125, 125),
    (240, 400),
    (580, 400),
    (120, 240),
    (300, 1050),
    (640, 60),
    (760, 90),
    (960, 90),
    (960, 60),
];
/// A text between quotes that can be the name of an element.
static LITERAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"["'][#.]?([A-Za-z_](?-u:[\w-]){2,63})["']"#).expect("a constant pattern"));
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(https?:)?//[^\s"'<>()\\]{4,}"#).expect("a constant pattern"));

/// Why an element looks like a box for an ad.
#[derive(Clone, Debug)]
pub(super) enum Look {
    /// A name of it says so.
    Name(String),
    /// It is bare and of a size that ads are sold in.
    Size(u32, u32),
    /// All its text is a page's notice of an ad of its own.
    Notice,
}

/// The elements of `post` that look like boxes for ads, in order of place.
pub(super) fn telling(post: &Post) -> Vec<(NodeId, Look)> {
    post.html
        .elements()
        .filter_map(|(id, element)| look(post, id, element).map(|look| (id, look)))
        .collect()
}

fn look(post: &Post, id: NodeId, element: &Element) -> Option<Look> {
    if let Some(name) = calls_itself_ad(element) {
        return Some(Look::Name(name.to_owned()));
    }
    if is_noticed(post, id, element) {
        return Some(Look::Notice);
    }
    let is_bare = element.attribute("id").is_none() && element.attribute("class").is_none();
    if !is_bare || !matches!(&*element.name, "table" | "div") {
        return None;
    }
    let (width, height) = size(element)?;
    (SIZES.contains(&(width, height)) && !is_painted(element)).then_some(Look::Size(width, height))
}

/// Whether a paragraph says nothing but that an ad stands below. Headings, list items and table cells with these words
/// are the writer's own.
fn is_noticed(post: &Post, id: NodeId, element: &Element) -> bool {
    if !matches!(&*element.name, "p" | "div" | "center" | "small") {
        return false;
    }
    let mut text = None;
    let mut inner = post.html.children(id);
    while let Some(child) = inner.next() {
        let node = post.html.node(child);
        match &node.kind {
            HtmlKind::Text | HtmlKind::Markdown if text.is_none() => text = Some(node.range),
            // `<p><strong>ADVERTISEMENT</strong></p>`: one way down, no second child.
            HtmlKind::Element(element)
                if text.is_none()
                    && inner.next().is_none()
                    && matches!(
                        &*element.name,
                        "strong" | "b" | "em" | "i" | "small" | "span" | "font" | "center"
                    ) =>
            {
                inner = post.html.children(child);
            }
            _ => return false,
        }
    }
    let text = text.filter(|range| range.len() <= LONGEST_NOTICE);
    text.is_some_and(|range| is_notice(post.source.slice(range).trim_matches(['*', '_', ' '])))
}

/// Whether the element's own style lets the reader see something although it holds nothing.
fn is_painted(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or("").to_ascii_lowercase();
    ["background", "border", "outline", "shadow", "mask", "content"]
        .iter()
        .any(|property| style.contains(property))
        || element
            .attribute("background")
            .or(element.attribute("bgcolor"))
            .is_some()
}

/// Width and height in pixels by the attributes or the style.
fn size(element: &Element) -> Option<(u32, u32)> {
    let style = element.attribute("style").unwrap_or("").to_ascii_lowercase();
    let read = |name: &str| {
        let declared = style.split(';').find_map(|part| {
            let (property, value) = part.split_once(':')?;
            (property.trim() == name).then(|| value.trim().to_owned())
        });
        let text = declared.or_else(|| element.attribute(name).map(str::to_owned))?;
        text.trim().trim_end_matches("px").parse::<u32>().ok()
    };
    Some((read("width")?, read("height")?))
}

/// Those of `boxes` that are boxes for ads.
pub(super) fn judge(post: &Post, sight: &Sight<'_>, boxes: Vec<(NodeId, Look)>) -> Vec<Seed> {
    if boxes.is_empty() {
        return Vec::new();
    }
    let uses = Uses::of(post, &|script| SCRIPTS.index().marks(post, script));
    boxes
        .into_iter()
        .filter_map(|(id, look)| judge_one(post, sight, &uses, (id, look)))
        .collect()
}

/// Whether a box that looks like one for ads is one: it shows the reader nothing, or it leads to an ad server; and
/// nothing else in the post uses it.
fn judge_one(post: &Post, sight: &Sight<'_>, uses: &Uses<'_>, (id, look): (NodeId, Look)) -> Option<Seed> {
    let facts = sight.of(id);
    let element = post.html.node(id).element()?;
    if facts.holes > 0 || (&*element.name == "iframe" && is_embed(element)) {
        return None;
    }
    let (owner, says) = match &look {
        Look::Name(name) => (say!("{name}", name), say!("it calls itself `{name}`", name)),
        Look::Size(width, height) => (
            say!("{width}×{height}", width, height),
            say!("it has the size of an ad, {width}×{height}", width, height),
        ),
        Look::Notice => (say!("a notice"), say!("it speaks of an ad that is not there")),
    };
    let seed = |kind: Kind, owner: Message, evidence: Message| Seed {
        id,
        kind,
        owner,
        evidence,
        named: true,
        timid: false,
    };
    if facts.ads > 0 && facts.objects == 0 && facts.images == 0 && facts.text <= MOST_TEXT {
        return Some(seed(Kind::Unit, owner, say!("{says} and holds an ad", says)));
    }
    let clicked = element.attribute("onclick").filter(|_| matches!(look, Look::Name(_)));
    if let Some((network, address)) = clicked.and_then(ad_server).filter(|_| facts.text <= MOST_WORDS) {
        return Some(seed(
            Kind::Unit,
            network,
            say!("{says} and leads to `{address}`", says, address),
        ));
    }
    // A lone `id` on an empty `span` is where links lead to; a list item that says "Ads" is one of a list.
    let anchor = &*element.name == "span" && element.attributes.iter().all(|attribute| &*attribute.name == "id");
    if (anchor && facts.ads == 0) || (&*element.name == "li" && facts.labels > 0) {
        return None;
    }
    let whole = element.close.is_some() || matches!(look, Look::Notice);
    let used = is_used(uses, post.html.node(id).range, element, &owner.english());
    (facts.shows_nothing() && whole && !used).then(|| seed(Kind::Slot, owner, say!("{says} and shows nothing", says)))
}

/// Whose ad server a handler leads to, and its host.
fn ad_server(handler: &str) -> Option<(Message, String)> {
    ADDRESS.find_iter(handler).find_map(|found| {
        let owner = FRAMES.index().owner_of_url(found.as_str())?;
        let host = crate::rules::pattern::host_of(found.as_str())?;
        Some((owner.owner(), host))
    })
}

/// Whether a script or style sheet elsewhere in the post, or a link, speaks of this element: then it is the writer's own.
fn is_used(uses: &Uses<'_>, own: TextRange, element: &Element, name: &str) -> bool {
    let names = element.attribute("id").into_iter().chain([name]);
    names.into_iter().any(|name| uses.outside(name, own))
}

/// The empty elements that ad scripts (`marks`: certain ones of any kind) fill by their `id` or a long class: what
/// `googletag.display("mid-1")` speaks of is a slot, whatever it is called.
pub(super) fn filled(post: &Post, sight: &Sight<'_>, marks: &[(NodeId, &Pattern)]) -> Vec<Seed> {
    let mut names: HashMap<&str, &Pattern> = HashMap::new();
    let mut read_to = 0;
    for &(id, pattern) in marks {
        let range = post.html.node(id).range;
        // One that stands in another without an end was read with it.
        if post.html.name(id) != Some("script") || range.end <= read_to {
            continue;
        }
        read_to = range.end;
        for found in LITERAL.captures_iter(post.source.slice(range)) {
            if let Some(name) = found.get(1) {
                names.entry(name.as_str()).or_insert(pattern);
            }
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let empty = post.html.elements().filter(|&(id, element)| {
        matches!(
            &*element.name,
            "div" | "span" | "ins" | "section" | "aside" | "p" | "center"
        ) && element.close.is_some()
            && sight.of(id).shows_nothing()
    });
    empty
        .filter_map(|(id, element)| {
            let class = element.attribute("class").unwrap_or("").split_ascii_whitespace();
            let classes = class.filter(|class| class.len() >= 6 || class.starts_with('_'));
            let (name, pattern) = element
                .attribute("id")
                .into_iter()
                .chain(classes)
                .find_map(|name| names.get(name).map(|pattern| (name, *pattern)))?;
            Some(Seed {
                id,
                kind: Kind::Unit,
                owner: pattern.owner(),
                evidence: say!("the ad's script fills `{name}`", name),
                named: true,
                timid: false,
            })
        })
        .collect()
}

//! Which elements hide their text from the reader, and how.

mod colour;
mod style;

use crate::config::Config;
use crate::post::Post;
use crate::post::html::{Element, HtmlKind, NodeId};
use crate::rule::Context;
use crate::rules::uses::Uses;
use regex::Regex;
use std::sync::LazyLock;
use style::Style;

/// How text is hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// Its colour is hardly another than the page's; the contrast by WCAG.
    Contrast(f32),
    /// Its size is a pixel at most.
    Size,
    /// It stands far outside of the window.
    OffScreen,
    /// It stands in a box of no size that cuts off what is too much.
    Box,
    /// `display: none` and its kin.
    NotShown,
    /// It is marked as noise against copying (`jammer`).
    Noise,
}

/// An element whose text is hidden.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// The element.
    pub node: NodeId,
    /// How.
    pub way: Way,
    /// Its text, blanks joined.
    pub text: String,
    /// How many elements of the post hide the same text the same way.
    pub times: usize,
    /// Whether it holds a link to another host.
    pub links_away: bool,
}

/// Contrast below which text cannot be read; grey notes for print begin at about 1.6.
const UNREADABLE: f32 = 1.25;

static HOST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(^|[^a-z0-9.@/-])(https?://|www\.)?([a-z0-9][a-z0-9-]*\.)+(com|net|org|cn|tw|hk|jp|kr|de|fr|uk|ru|info|biz|cc|tv|us|eu|top|xyz|vip|club|site|online)($|[^a-z0-9.-])",
    )
    .expect("a constant pattern")
});

/// What only spammers sell, in the texts that they hide in other people's pages.
static SPAM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(viagra|cialis|levitra|casinos?|poker|betting|payday\s+loans?|replica\s+(watch(es)?|handbags?|rolex)|porn|xxx|essay\s+writing|slots?\s+(gacor|online)|togel|judi)\b|博彩|彩票|赌场|賭場|六合彩|时时彩|代孕|代开发票|办证|娱乐城|百家乐|色情|成人网",
    )
    .expect("a constant pattern")
});

impl Hidden {
    /// Whether the text sells what only spammers sell, and leads there.
    pub fn is_spam(&self) -> bool {
        self.links_away && SPAM.is_match(&self.text)
    }

    /// Whether the text is little more than the name of a site.
    pub fn names_a_site(&self) -> bool {
        self.text.chars().count() <= 80 && !self.text.contains("](") && HOST.is_match(&self.text)
    }
}

impl Hidden {
    /// Whether the same short text is hidden three times or more in a way that no honest page repeats.
    pub fn is_watermark(&self) -> bool {
        let blatant = match self.way {
            Way::Contrast(_) | Way::Size => true,
            Way::NotShown => false,
            _ => self.names_a_site(),
        };
        self.times >= 3 && blatant && self.text.chars().count() <= 80
    }
}

/// Every element of the post that hides text of its own, in order of place; code and text for screen readers left out. Worked out
/// once for all rules.
pub fn hidden<'a>(context: &Context<'a>) -> &'a [Hidden] {
    found(context).map_or(&[], |found| &found.hidden)
}

/// Whether no element of the post hides anything, whatever its words are.
pub fn nothing_hides(context: &Context<'_>) -> bool {
    found(context).is_some_and(|found| found.nothing_hides)
}

/// What was found.
struct Found {
    hidden: Vec<Hidden>,
    nothing_hides: bool,
}

fn found<'a>(context: &Context<'a>) -> Option<&'a Found> {
    context.memo.get(|| find(context.post, context.config))
}

fn find(post: &Post, config: &Config) -> Found {
    let page = config.background.unwrap_or([255; 3]);
    let elements = || post.html.elements();
    let styled = |element: &Element| {
        element.attribute("style").is_some() || element.attribute("color").is_some() || element.has_class("jammer")
    };
    if !elements().any(|(_, element)| styled(element)) {
        let (hidden, nothing_hides) = (Vec::new(), true);
        return Found { hidden, nothing_hides };
    }
    let sheet = elements().any(|(_, element)| &*element.name == "style");
    let mut found = Vec::new();
    let mut covered = 0;
    let mut nothing_hides = true;
    for (id, element) in elements().filter(|(_, element)| styled(element)) {
        let range = post.html.node(id).range;
        if range.start < covered || element.close.is_none() {
            continue;
        }
        let Some(way) = way(post, page, (id, element)).filter(|_| !is_code(post, id)) else {
            continue;
        };
        nothing_hides = false;
        let text = text_of(post, id);
        if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            continue;
        }
        covered = range.end;
        let hidden = Hidden {
            node: id,
            way,
            text,
            times: 0,
            links_away: links_away(post, id),
        };
        if !matches!(way, Way::Contrast(_)) || hidden.names_a_site() || !(sheet || is_dressed(post, id)) {
            found.push(hidden);
        }
    }
    count(&mut found);
    Found {
        hidden: found,
        nothing_hides,
    }
}

fn count(found: &mut [Hidden]) {
    let mut times = std::collections::HashMap::<String, usize>::new();
    for hidden in found.iter() {
        *times.entry(hidden.text.clone()).or_default() += 1;
    }
    for hidden in found.iter_mut() {
        hidden.times = times.get(&hidden.text).copied().unwrap_or(1);
    }
}

fn way(post: &Post, page: [u8; 3], (id, element): (NodeId, &Element)) -> Option<Way> {
    if element.has_class("jammer") {
        return Some(Way::Noise);
    }
    let style = Style::parse(element.attribute("style").unwrap_or(""));
    if style.is_tiny() && has_own_text(post, id) {
        return Some(Way::Size);
    }
    let way = if style.is_off_screen() {
        Way::OffScreen
    } else if style.is_closed_box() && element.attribute("class").is_none() && !holds_player(post, id) {
        // A class may be what opens the box again.
        Way::Box
    } else if style.is_not_shown() {
        Way::NotShown
    } else {
        let colour = style
            .get("color")
            .or_else(|| element.attribute("color").filter(|_| &*element.name == "font"))?;
        let contrast = colour::contrast(colour, page).filter(|contrast| *contrast < UNREADABLE)?;
        (!is_painted(post, id)).then_some(Way::Contrast(contrast))?
    };
    // Asked last: it looks at every element around this one.
    (!is_for_screen_readers(post, id)).then_some(way)
}

/// The element and all around it.
fn chain(post: &Post, id: NodeId) -> impl Iterator<Item = &Element> {
    std::iter::once(id)
        .chain(post.html.ancestors(id).take(64))
        .filter_map(|node| post.html.node(node).element())
}

/// Whether the element or one around it sets what is behind its text.
fn is_painted(post: &Post, id: NodeId) -> bool {
    chain(post, id).any(|element| {
        let style = element.attribute("style").unwrap_or("").to_ascii_lowercase();
        let painted = ["background", "text-shadow", "fill"]
            .iter()
            .any(|word| style.contains(word));
        let boxed = ["bgcolor", "background"]
            .iter()
            .any(|name| element.attribute(name).is_some());
        painted || boxed || matches!(&*element.name, "button" | "svg" | "mark" | "details")
    })
}

/// Whether a class on the element or around it may set what is behind the text.
fn is_dressed(post: &Post, id: NodeId) -> bool {
    chain(post, id).any(|element| element.attribute("class").is_some_and(|class| !class.trim().is_empty()))
}

fn is_code(post: &Post, id: NodeId) -> bool {
    post.html.ancestors(id).take(256).chain([id]).any(|node| {
        post.html.node(node).element().is_some_and(|element| {
            matches!(
                &*element.name,
                "pre"
                    | "code"
                    | "textarea"
                    | "template"
                    | "samp"
                    | "kbd"
                    | "xmp"
                    | "script"
                    | "style"
                    | "svg"
                    | "math"
                    | "noscript"
            )
        })
    })
}

fn is_for_screen_readers(post: &Post, id: NodeId) -> bool {
    post.html.ancestors(id).take(64).chain([id]).any(|node| {
        post.html.node(node).element().is_some_and(|element| {
            element.attribute("class").is_some_and(|class| {
                let class = class.to_ascii_lowercase();
                [
                    "screen-reader",
                    "sr-only",
                    "visually-hidden",
                    "visuallyhidden",
                    "skip-",
                    "accessib",
                    "offscreen",
                    "assistive",
                ]
                .iter()
                .any(|word| class.contains(word))
            })
        })
    })
}

fn holds_player(post: &Post, id: NodeId) -> bool {
    below(post, id).any(|node| {
        post.html.node(node).element().is_some_and(|element| {
            matches!(
                &*element.name,
                "iframe" | "video" | "audio" | "object" | "embed" | "img" | "svg" | "input"
            )
        })
    })
}

/// Everything below `id`.
fn below(post: &Post, id: NodeId) -> impl Iterator<Item = NodeId> {
    let end = post.html.node(id).range.end;
    (id.0 + 1..).map(NodeId).take_while(move |node| {
        post.html
            .nodes
            .get(node.0 as usize)
            .is_some_and(|node| node.range.start < end)
    })
}

fn has_own_text(post: &Post, id: NodeId) -> bool {
    post.html.children(id).any(|child| {
        let node = post.html.node(child);
        matches!(node.kind, HtmlKind::Text | HtmlKind::Markdown) && !post.text_in_html(node.range).trim().is_empty()
    })
}

/// The text below `id`, blanks joined, cut after 300 bytes of pieces.
fn text_of(post: &Post, id: NodeId) -> String {
    let mut text = String::new();
    for node in below(post, id) {
        let node = post.html.node(node);
        if matches!(node.kind, HtmlKind::Text | HtmlKind::Markdown) {
            for word in post.text_in_html(node.range).split_whitespace() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        if text.len() > 300 {
            break;
        }
    }
    text
}

fn links_away(post: &Post, id: NodeId) -> bool {
    below(post, id).any(|node| {
        post.html.node(node).element().is_some_and(|element| {
            &*element.name == "a"
                && element
                    .attribute("href")
                    .is_some_and(|href| href.starts_with("http") || href.starts_with("//"))
        })
    })
}

/// Whether a script, a style sheet or a handler of the post speaks of the element, and so may show it.
pub fn may_be_revealed(post: &Post, uses: &Uses<'_>, id: NodeId) -> bool {
    let element = post.html.node(id).element();
    element.is_some_and(|element| {
        ["id", "class", "name"]
            .iter()
            .filter_map(|name| element.attribute(name))
            .flat_map(str::split_ascii_whitespace)
            .any(|name| uses.anywhere(name))
    })
}

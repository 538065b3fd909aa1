//! What a reader sees of each element, summed up once for the whole arena.

use super::label::is_label;
use crate::post::Post;
use crate::post::html::{Element, HtmlKind, HtmlNode, NodeId};
use crate::rules::pattern::{host_of, is_under};
use std::cell::Cell;

/// What the subtree of a node shows; ad labels, scripts and text for screen readers are not counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// Characters of text that are neither blank nor a label.
    pub text: u32,
    /// Pictures.
    pub images: u32,
    /// Whatever else is seen or used: videos, forms, rules, code.
    pub objects: u32,
    /// Code between tags.
    pub holes: u32,
    /// Labels such as "Advertisement".
    pub labels: u32,
    /// Frames of unknown hosts.
    pub frames: u32,
    /// Scripts.
    pub scripts: u32,
    /// What is known to be an ad's.
    pub ads: u32,
}

impl Facts {
    /// Whether nothing is left for the reader but labels and frames.
    pub fn shows_nothing(self) -> bool {
        self.text == 0 && self.images == 0 && self.objects == 0 && self.holes == 0
    }

    fn add(&mut self, other: Facts) {
        self.text = self.text.saturating_add(other.text);
        self.images += other.images;
        self.objects += other.objects;
        self.holes += other.holes;
        self.labels += other.labels;
        self.frames += other.frames;
        self.scripts += other.scripts;
        self.ads += other.ads;
    }
}

/// Inside these nothing is live markup.
const CODE: &[&str] = &[
    "pre",
    "code",
    "textarea",
    "template",
    "xmp",
    "samp",
    "kbd",
    "listing",
    "plaintext",
    "title",
];
/// Inside these no text is shown.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "title", "head", "noframes"];
/// Elements that are seen or used without text.
const OBJECTS: &[&str] = &[
    "video", "audio", "object", "embed", "canvas", "svg", "math", "input", "button", "select", "textarea", "form",
    "hr", "link", "style", "meter", "progress", "picture", "map", "details", "dialog",
];
/// Players, maps and samples that writers embed.
const EMBEDS: &[&str] = &[
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "bilibili.com",
    "youku.com",
    "qq.com",
    "iqiyi.com",
    "tudou.com",
    "sohu.com",
    "163.com",
    "ted.com",
    "twitch.tv",
    "spotify.com",
    "soundcloud.com",
    "bandcamp.com",
    "mixcloud.com",
    "apple.com",
    "libsyn.com",
    "codepen.io",
    "jsfiddle.net",
    "codesandbox.io",
    "stackblitz.com",
    "replit.com",
    "glitch.com",
    "jsbin.com",
    "plnkr.co",
    "observablehq.com",
    "github.com",
    "githubusercontent.com",
    "gist.github.com",
    "pastebin.com",
    "slideshare.net",
    "speakerdeck.com",
    "scribd.com",
    "issuu.com",
    "docs.google.com",
    "drive.google.com",
    "google.com",
    "google.de",
    "openstreetmap.org",
    "mapbox.com",
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "tiktok.com",
    "reddit.com",
    "pinterest.com",
    "tumblr.com",
    "flickr.com",
    "giphy.com",
    "imgur.com",
    "datawrapper.de",
    "datawrapper.dwcdn.net",
    "infogram.com",
    "flourish.studio",
    "tableau.com",
    "powerbi.com",
    "airtable.com",
    "typeform.com",
    "wistia.com",
    "wistia.net",
    "brightcove.net",
    "jwplatform.com",
    "kaltura.com",
    "bbc.co.uk",
    "bbc.com",
    "nytimes.com",
    "archive.org",
    "music.163.com",
    "nicovideo.jp",
    "niconico.jp",
    "hatenablog-parts.com",
    "hatena.ne.jp",
    "figma.com",
    "canva.com",
    "loom.com",
];

/// Whether `text` is blank to a reader.
pub fn is_blank(text: &str) -> bool {
    let mut rest = text.trim_start_matches(blank);
    if !rest.starts_with('&') {
        return rest.is_empty();
    }
    while let Some(next) = ["&nbsp;", "&#160;", "&#xa0;", "&zwnj;", "&#8203;"]
        .iter()
        .find_map(|entity| rest.strip_prefix(entity))
    {
        rest = next.trim_start_matches(blank);
    }
    rest.is_empty()
}

fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}')
}

/// Facts of the nodes. They are worked out where somebody asks, for all that lies in one node of the top: most of a post is far
/// from any ad.
#[derive(Debug)]
pub struct Sight<'a> {
    post: &'a Post,
    /// Of each node: the one at the top that holds it.
    tops: Vec<NodeId>,
    /// Of each node: whether what is in it is an ad's own.
    ads: Vec<bool>,
    /// Of each node at the top: whether what it holds was looked at.
    looked: Vec<Cell<bool>>,
    facts: Vec<Cell<Facts>>,
    code: Vec<Cell<bool>>,
}

impl<'a> Sight<'a> {
    /// What is to be seen in `post`. Whatever is inside one of `ads` counts for nothing.
    pub fn new(post: &'a Post, ads: impl IntoIterator<Item = NodeId>) -> Self {
        let nodes = &post.html.nodes;
        let mut tops: Vec<NodeId> = Vec::with_capacity(nodes.len());
        for (id, node) in post.html.ids().zip(nodes) {
            tops.push(node.parent.map_or(id, |parent| tops[parent.0 as usize]));
        }
        let mut is_ad = vec![false; nodes.len()];
        for id in ads {
            is_ad[id.0 as usize] = true;
        }
        Self {
            post,
            tops,
            ads: is_ad,
            looked: vec![Cell::default(); nodes.len()],
            facts: vec![Cell::default(); nodes.len()],
            code: vec![Cell::default(); nodes.len()],
        }
    }

    /// What the subtree of `id` shows.
    pub fn of(&self, id: NodeId) -> Facts {
        self.look(id);
        self.facts[id.0 as usize].get()
    }

    /// Whether `id` stands inside code.
    pub fn in_code(&self, id: NodeId) -> bool {
        self.look(id);
        self.code[id.0 as usize].get()
    }

    /// The node at the top that holds `id`.
    pub fn top(&self, id: NodeId) -> NodeId {
        self.tops[id.0 as usize]
    }

    /// `top`, a node at the top, and all that lies in it, in order.
    pub fn tree(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        let tops = self.tops[top.0 as usize..].iter();
        (top.0..)
            .map(NodeId)
            .zip(tops)
            .take_while(move |&(_, &other)| other == top)
            .map(|(id, _)| id)
    }

    /// Looks at all that lies in the node at the top that holds `id`.
    fn look(&self, id: NodeId) {
        let root = self.top(id);
        let top = root.0 as usize;
        if self.looked[top].replace(true) {
            return;
        }
        let html = &self.post.html;
        // Of each node: whether what stands in it is not shown, and whether it is code.
        let mut within: Vec<(bool, bool)> = Vec::new();
        for id in self.tree(root) {
            let (index, node) = (id.0 as usize, html.node(id));
            let around = node.parent.map(|parent| within[parent.0 as usize - top]);
            let (hidden, code) = around.unwrap_or_default();
            let is_silent = hidden || self.ads[index];
            self.code[index].set(code);
            within.push(match node.element() {
                Some(element) => (
                    is_silent || SILENT.contains(&&*element.name) || is_unseen(element),
                    code || CODE.contains(&&*element.name),
                ),
                None => (is_silent, code),
            });
            let mut facts = own(self.post, node, is_silent);
            facts.ads = u32::from(self.ads[index]);
            self.facts[index].set(facts);
        }
        for index in (top..top + within.len()).rev() {
            if let Some(parent) = html.nodes[index].parent {
                let above = &self.facts[parent.0 as usize];
                let mut sum = above.get();
                sum.add(self.facts[index].get());
                above.set(sum);
            }
        }
    }
}

/// Text that only screen readers get.
fn is_unseen(element: &Element) -> bool {
    element.attribute("class").is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "visually-hidden" | "sr-only" | "screen-reader-text" | "screen-reader" | "visuallyhidden" | "offscreen"
            )
        })
    })
}

fn own(post: &Post, node: &HtmlNode, silent: bool) -> Facts {
    let mut facts = Facts::default();
    match &node.kind {
        HtmlKind::Hole => facts.holes = 1,
        HtmlKind::Text | HtmlKind::Markdown if !silent => {
            let text = post.text_in_html(node.range);
            if is_label(&text) {
                facts.labels = 1;
            } else if !is_blank(&text) {
                facts.text = u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX);
            }
        }
        HtmlKind::Element(element) if !silent => own_element(element, &mut facts),
        _ => {}
    }
    facts
}

fn own_element(element: &Element, facts: &mut Facts) {
    match &*element.name {
        "img" if !is_dot(element) => facts.images = 1,
        "script" => facts.scripts = 1,
        "iframe" if is_embed(element) => facts.objects = 1,
        "iframe" => facts.frames = 1,
        "a" if element.attribute("name").or(element.attribute("id")).is_some()
            && element.attribute("href").is_none() =>
        {
            facts.objects = 1;
        }
        "svg" if is_icon(element) => {}
        name if OBJECTS.contains(&name) => facts.objects = 1,
        _ => {}
    }
}

/// Whether a frame shows a known player, map or sample.
pub fn is_embed(element: &Element) -> bool {
    ["src", "data-src"]
        .iter()
        .filter_map(|name| element.attribute(name))
        .filter_map(host_of)
        .any(|host| EMBEDS.iter().any(|embed| is_under(&host, embed)))
}

/// Whether a picture or frame is at most one pixel wide and high by its own attributes or style.
pub fn is_dot(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or("").to_ascii_lowercase();
    let small = |name: &str| {
        let declared = style.split(';').find_map(|part| {
            let (property, value) = part.split_once(':')?;
            (property.trim() == name).then(|| value.replace("!important", ""))
        });
        let value = declared.or_else(|| element.attribute(name).map(str::to_owned));
        value.is_some_and(|value| matches!(value.trim().trim_end_matches("px"), "0" | "1"))
    };
    small("width") && small("height")
}

/// Whether a drawing is no larger than a button's sign.
fn is_icon(element: &Element) -> bool {
    element
        .attribute("width")
        .and_then(|width| width.trim().trim_end_matches("px").parse::<u32>().ok())
        .is_some_and(|width| width <= 32)
}

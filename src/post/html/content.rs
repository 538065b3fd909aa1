//! What an element holds for a reader: text, pictures, nothing.

use super::{Html, HtmlKind, NodeId, entity};
use crate::text::Source;

/// Elements that a reader sees or operates although they hold no text.
const VISIBLE: [&str; 20] = [
    "img", "picture", "svg", "video", "audio", "canvas", "iframe", "embed", "object", "applet", "input", "button",
    "select", "textarea", "math", "hr", "progress", "meter", "image", "frame",
];

/// Elements whose content is never shown.
const UNSEEN: [&str; 7] = ["script", "style", "template", "noscript", "head", "title", "datalist"];

impl Html {
    /// Whether a reader sees nothing of `id`: no text but blanks, no picture, player, frame or control, no Markdown and
    /// no code. Comments, scripts, styles and `<br>` show nothing.
    pub fn is_blank(&self, source: &Source, id: NodeId) -> bool {
        self.seen(id).all(|node| match &self.node(node).kind {
            HtmlKind::Element(element) => !VISIBLE.contains(&&*element.name),
            HtmlKind::Comment => true,
            HtmlKind::Text => is_blank_text(source.slice(self.node(node).range)),
            HtmlKind::Markdown | HtmlKind::Hole => false,
        })
    }

    /// Whether `id` is or holds a picture, player, frame or control.
    pub fn holds_media(&self, id: NodeId) -> bool {
        self.seen(id).any(|node| {
            self.name(node)
                .is_some_and(|name| VISIBLE.contains(&name) && name != "hr")
        })
    }

    /// The text of `id` as a reader sees it: entities undone, runs of blanks as one space, Markdown as written.
    pub fn rendered_text(&self, source: &Source, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.seen(id) {
            let node = self.node(node);
            let raw = source.slice(node.range);
            let text = match &node.kind {
                HtmlKind::Text => entity::decode(raw),
                HtmlKind::Markdown | HtmlKind::Hole => raw.into(),
                HtmlKind::Element(_) | HtmlKind::Comment => continue,
            };
            for word in text.split_whitespace() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
        }
        out
    }

    /// `id` and all below it that is shown, in order.
    fn seen(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut hidden_until = 0;
        std::iter::once(id).chain(self.descendants(id)).filter(move |&node| {
            let range = self.node(node).range;
            if range.start < hidden_until {
                return false;
            }
            if self.name(node).is_some_and(|name| UNSEEN.contains(&name)) {
                hidden_until = range.end;
                return false;
            }
            true
        })
    }
}

/// Whether a text, entities undone, shows nothing.
pub fn is_blank_text(text: &str) -> bool {
    entity::decode(text)
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
}

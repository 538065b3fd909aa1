//! Which tags of a post have no partner, by HTML5's rules and as the writer meant them.

mod mend;
mod rests;
mod say;

use crate::post::Post;
use crate::post::html::{Element, Ended, HtmlKind, HtmlNode, NodeId, names, scan};
use crate::rule::Context;
use crate::text::{TextRange, holder};
use std::collections::{HashMap, HashSet};

pub use mend::{close, close_at_once, is_typo, remove, turn};
pub use rests::rests;
pub use say::{Harm, crossing, harm, too_deep, unclosed};

/// A tag without a partner where one is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// An end tag that closes nothing.
    Stray,
    /// An element without end tag, or with one that comes too late.
    Unclosed {
        /// The end tag that was meant for it but closes nothing.
        late: Option<TextRange>,
        /// How far the element reaches.
        reach: Reach,
    },
    /// `<div/>`: the slash does nothing in HTML.
    SelfClosed,
    /// `<!--` without `-->`.
    Comment,
    /// A word in angle brackets that happens to be a name of HTML: `List<Object>`, "the `<video>` element".
    Word,
}

/// How far an element without end tag reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the end tag of an element around it.
    Parent(TextRange),
    /// To the end of its Markdown paragraph.
    Paragraph,
    /// Browsers open it again in all that follows.
    Formatting,
    /// To the end of the post and on, into the page around it.
    Page,
    /// To a tag that ends it without closing it.
    Implied,
}

/// One slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaired {
    /// The tag.
    pub tag: TextRange,
    /// The element; `None` for end tags and comments.
    pub element: Option<NodeId>,
    /// What is wrong.
    pub slip: Slip,
}

/// Template statements that may leave out or repeat the tags between them, or bring in others.
const CONTROL: [&str; 16] = [
    "if",
    "unless",
    "elsif",
    "elif",
    "elseif",
    "else",
    "for",
    "case",
    "switch",
    "include",
    "include_relative",
    "extends",
    "capture",
    "macro",
    "tablerow",
    "partial",
];

/// Every slip of the post that `context` is about, in order of place, worked out once for all rules; empty where template
/// statements choose what is printed. Names that HTML does not know are left out, and so are code, SVG, MathML and end tags that
/// HTML5 lets a writer leave out.
pub fn slips<'a>(context: &Context<'a>) -> &'a [Unpaired] {
    let found = context.memo.get(|| unpaired(context.post));
    found.map_or(&[], Vec::as_slice)
}

fn unpaired(post: &Post) -> Vec<Unpaired> {
    let html = &post.html;
    if html.nodes.is_empty() || html.gave_up_at.is_some() || has_control(post) {
        return Vec::new();
    }
    let mut out = comments(post);
    let late: HashSet<NodeId> = html.late_ends.iter().map(|late| late.open).collect();
    let mut waiting: HashMap<&str, Vec<(NodeId, &Element)>> = HashMap::new();
    let mut elements = html.elements().filter(|(_, element)| lacks_end(element)).peekable();
    let mut pairs: HashMap<NodeId, TextRange> = HashMap::new();
    let mut open: Vec<(NodeId, &Element)> = Vec::new();
    for &stray in &html.stray_ends {
        while let Some(next) = elements.next_if(|(_, element)| element.open.start < stray.start) {
            open.push(next);
            waiting.entry(&next.1.name).or_default().push(next);
        }
        let name = end_name(post, stray);
        match waiting.get_mut(name.as_str()).and_then(Vec::pop) {
            Some((id, _)) => {
                pairs.insert(id, stray);
            }
            None if !names::is_html(&name) || scan::is_void(&name) || html.is_code(stray.start) => {}
            None => out.push(Unpaired {
                tag: stray,
                element: None,
                slip: Slip::Stray,
            }),
        }
    }
    open.extend(elements);
    let enders: HashMap<NodeId, TextRange> = html.misnested.iter().map(|found| (found.open, found.close)).collect();
    for (id, element) in open {
        if late.contains(&id) || !names::is_html(&element.name) || html.in_code(id) || html.in_drawing(id) {
            continue;
        }
        let slip = match element.ended {
            Ended::Missing if !pairs.contains_key(&id) && is_word(post, element) => Slip::Word,
            Ended::Missing => Slip::Unclosed {
                late: pairs.get(&id).copied(),
                reach: reach(post, id, element, &enders),
            },
            Ended::SelfClosed if !pairs.contains_key(&id) && harms(element) => Slip::SelfClosed,
            _ => continue,
        };
        out.push(Unpaired {
            tag: element.open,
            element: Some(id),
            slip,
        });
    }
    out.sort_by_key(|unpaired| unpaired.tag);
    out
}

fn has_control(post: &Post) -> bool {
    post.markdown
        .template
        .tags
        .iter()
        .any(|tag| CONTROL.contains(&post.source.slice(tag.name)))
}

/// Whether an unclosed tag in running text is a word: without a value that only a tag has, and glued to the name before it
/// or of a kind that nobody opens in the middle of a sentence.
fn is_word(post: &Post, element: &Element) -> bool {
    let open = element.open;
    let prose = &post.markdown.prose;
    let in_prose = prose
        .get(prose.partition_point(|prose| prose.end <= open.start))
        .is_some_and(|prose| prose.covers(open));
    if !in_prose || element.attributes.iter().any(|attribute| attribute.value.is_some()) {
        return false;
    }
    let before = post.text()[..open.start].chars().next_back();
    let glued = before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '<'));
    let is_type = post.text()[open.start + 1..].starts_with(|c: char| c.is_ascii_uppercase());
    let formats = names::is_formatting(&element.name) || &*element.name == "span";
    if formats {
        glued && (is_type || before == Some('_'))
    } else {
        true
    }
}

/// Whether a later end tag may have been meant for the element.
fn lacks_end(element: &Element) -> bool {
    matches!(element.ended, Ended::Missing | Ended::Implied | Ended::SelfClosed)
}

/// Whether browsers, which ignore the slash, put what follows into the element so that a reader notices.
fn harms(element: &Element) -> bool {
    let name = &*element.name;
    match name {
        "a" => element.attribute("href").is_some(),
        "script" | "iframe" | "textarea" | "style" | "title" | "video" | "audio" | "object" | "ul" | "ol" => true,
        _ => !names::may_omit_end(name) && (names::is_special(name) || names::is_formatting(name)),
    }
}

fn reach(post: &Post, id: NodeId, element: &Element, enders: &HashMap<NodeId, TextRange>) -> Reach {
    let end = post.html.node(id).range.end;
    let prose = &post.markdown.prose;
    let at = prose.partition_point(|prose| prose.end < end);
    let in_paragraph = prose
        .get(at)
        .is_some_and(|prose| prose.end == end && prose.start <= element.open.start);
    if names::is_formatting(&element.name) && !matches!(&*element.name, "a" | "code" | "nobr") {
        Reach::Formatting
    } else if let Some(&close) = enders.get(&id) {
        Reach::Parent(close)
    } else if in_paragraph {
        Reach::Paragraph
    } else if post
        .source
        .slice(TextRange::new(end.min(post.body.end), post.body.end))
        .trim()
        .is_empty()
    {
        Reach::Page
    } else {
        Reach::Implied
    }
}

fn comments(post: &Post) -> Vec<Unpaired> {
    let accidental = &post.markdown.accidental;
    let is_open = |node: &&HtmlNode| {
        let text = post.source.slice(node.range);
        matches!(node.kind, HtmlKind::Comment)
            && text.starts_with("<!--")
            && !text.trim_end().ends_with("->")
            && holder(accidental, node.range.start).is_none()
    };
    let comment = |node: &HtmlNode| Unpaired {
        tag: TextRange::new(node.range.start, node.range.start + "<!--".len()),
        element: None,
        slip: Slip::Comment,
    };
    post.html.nodes.iter().filter(is_open).map(comment).collect()
}

/// The lower-case name of an end tag.
pub fn end_name(post: &Post, end: TextRange) -> String {
    let tag = post.source.slice(end).trim_start_matches("</");
    let length = tag
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(tag.len());
    tag[..length].to_ascii_lowercase()
}

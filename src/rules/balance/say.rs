//! What becomes of tags without a partner, in words.

use super::{Reach, Unpaired, end_name};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{DEEPEST, scan};
use crate::text::TextRange;
use crate::{part, say};

/// What browsers do with a stray end tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// They may close a box that Markdown or the page has opened.
    Boxes,
    /// They make an empty paragraph of it.
    Gap,
    /// They skip it.
    None,
}

/// What browsers do with the end tag `stray`.
pub fn harm(post: &Post, stray: TextRange) -> Harm {
    match end_name(post, stray).as_str() {
        "div" | "section" | "article" | "main" | "aside" | "header" | "footer" | "nav" | "figure" | "ul" | "ol"
        | "li" | "blockquote" | "table" | "center" | "form" | "body" | "html" => Harm::Boxes,
        "p" => Harm::Gap,
        _ => Harm::None,
    }
}

/// What an element without its end tag does; `late` is an end tag behind its end.
pub fn unclosed(post: &Post, found: Unpaired, late: Option<TextRange>, reach: Reach, kramdown: bool) -> Message {
    let name = found.element.and_then(|id| post.html.name(id)).unwrap_or("");
    let never = if late.is_some() {
        part!("is closed too late")
    } else {
        part!("is never closed")
    };
    let end = match reach {
        Reach::Page if kramdown => say!("Jekyll prints the Markdown in all that follows as it is written"),
        Reach::Page => say!("what the page shows behind the post becomes part of it"),
        Reach::Formatting => say!("browsers go on with it in all that follows"),
        Reach::Parent(close) => say!("`{close}` ends it", close = post.source.slice(close)),
        Reach::Paragraph => say!("it ends with its paragraph"),
        Reach::Implied => say!("another tag ends it"),
    };
    say!("`<{name}>` {never}: {end}", name, never, end)
}

/// What `first` and so many `more` elements do that reach over the end of their Markdown paragraph.
pub fn crossing(post: &Post, first: Unpaired, more: usize) -> Message {
    let name = first.element.and_then(|id| post.html.name(id)).unwrap_or("");
    let others = match more {
        0 => Message::default(),
        1 => say!(", and so does one more element"),
        more => say!(", and so do {more} more elements", more),
    };
    say!(
        "`<{name}>` ends with its paragraph, not with the end tag in a later one{others}",
        name,
        others
    )
}

/// Where elements are nested too deep to be read, and what that means; `None` where all was read.
pub fn too_deep(post: &Post) -> Option<(TextRange, Message)> {
    let at = post.html.gave_up_at?;
    let tag = scan::token_at(post.text().as_bytes(), at, post.body.end)?;
    let message = say!(
        "{deepest} elements are open here, more than browsers nest; postlint does not read the HTML that follows",
        deepest = DEEPEST
    );
    Some((tag.range, message))
}

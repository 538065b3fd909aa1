//! Gives tags their partners, or takes them out.

use super::{Reach, Unpaired};
use crate::diagnostic::Fix;
use crate::post::html::{Element, names, scan};
use crate::post::{Kind, Post};
use crate::rules::leftover::deletion;
use crate::say;
use crate::text::{Edit, TextRange};

/// Takes a stray end tag out. It is not safe where the tag is what makes the lines behind it HTML: without it they are
/// Markdown. A tag that a sentence quotes is written as text instead.
pub fn remove(post: &Post, stray: TextRange) -> Fix {
    let tag = post.source.slice(stray);
    if is_quoted(post, stray) {
        let escaped = Edit::replace(TextRange::new(stray.start, stray.start + 1), "&lt;");
        return Fix::risky(say!("Write `{tag}` as text", tag), vec![escaped]);
    }
    let edits = deletion(post, &[stray]);
    let html = &post.markdown.html;
    let piece = html.get(html.partition_point(|piece| piece.end <= stray.start));
    let carries = |piece: &TextRange| {
        let text = post.source.slice(*piece);
        let starts = piece.start + (text.len() - text.trim_start().len()) == stray.start;
        starts && text.trim().len() > stray.len()
    };
    match post.kind == Kind::Markdown && piece.is_some_and(carries) {
        true => Fix::risky(say!("Remove `{tag}`", tag), edits),
        false => Fix::safe(say!("Remove `{tag}`", tag), edits),
    }
}

/// Whether quotation marks, brackets or emphasis stand around the tag.
fn is_quoted(post: &Post, tag: TextRange) -> bool {
    const OPENING: &str = "\"'“‘«「『（([_*";
    let before = post.text()[..tag.start].chars().next_back();
    let after = post.text()[tag.end..].chars().next();
    let closing = |c: char| "\"'”’»」』）)]_*".contains(c);
    before.is_some_and(|c| OPENING.contains(c)) && after.is_some_and(closing)
}

/// `<i/>` becomes `<i></i>`.
pub fn close_at_once(post: &Post, element: &Element) -> Option<Fix> {
    let tag = post.source.slice(element.open);
    let head = tag.strip_suffix("/>")?.trim_end();
    let tail = TextRange::new(element.open.start + head.len(), element.open.end);
    let end = format!("></{}>", element.name);
    Some(Fix::risky(
        say!("Close `<{name}>` at once", name = element.name),
        vec![Edit::replace(tail, end)],
    ))
}

/// The end tag of an unclosed element, where browsers end it; its late end tag goes. `None` for elements whose content
/// nobody can tell from what follows.
pub fn close(post: &Post, found: Unpaired, late: Option<TextRange>, reach: Reach) -> Option<Fix> {
    let id = found.element?;
    let node = post.html.node(id);
    let element = node.element()?;
    if scan::is_raw_text(&element.name) {
        return None;
    }
    let end = node.range.end.min(post.body.end).max(element.open.end);
    let inside = post.source.slice(TextRange::new(element.open.end, end));
    let place = element.open.end + inside.trim_end().len();
    // In code a tag is no tag: the element would stay open, and the next look would close it again.
    if post.markdown.is_code(place) || post.markdown.is_code(place.saturating_sub(1)) {
        return None;
    }
    let name = &element.name;
    let is_own_block = reach == Reach::Page && names::is_special(name) && post.kind == Kind::Markdown;
    let tag = match is_own_block {
        true => format!("{0}{0}</{name}>", post.source.eol()),
        false => format!("</{name}>"),
    };
    let mut edits = vec![Edit::insert(place, tag)];
    edits.extend(late.iter().flat_map(|&late| deletion(post, &[late])));
    edits.sort();
    let disjoint = edits.windows(2).all(|pair| pair[0].range.end < pair[1].range.start);
    disjoint.then(|| Fix::risky(say!("Close `<{name}>` where browsers end it", name), edits))
}

/// Whether `second` is `<b>` where `</b>` was meant: the same formatting element, right behind plain text of the first.
pub fn is_typo(post: &Post, first: Unpaired, second: Unpaired) -> bool {
    let name = |unpaired: Unpaired| unpaired.element.and_then(|id| post.html.name(id));
    let Some(word) = name(first).filter(|word| names::is_formatting(word) && Some(*word) == name(second)) else {
        return false;
    };
    let between = post.text().get(first.tag.end..second.tag.start).unwrap_or("<");
    let is_bare = post.source.slice(second.tag).len() == word.len() + "<>".len();
    is_bare && !between.trim().is_empty() && !between.contains('<') && !between.contains("\n\n")
}

/// Makes an end tag of the second of two.
pub fn turn(post: &Post, second: TextRange) -> Fix {
    let slash = Edit::insert(second.start + 1, "/");
    Fix::risky(
        say!("Make it `</{rest}`", rest = &post.source.slice(second)[1..]),
        vec![slash],
    )
}

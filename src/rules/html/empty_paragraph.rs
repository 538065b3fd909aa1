//! `html-empty-paragraph`: paragraphs that hold nothing.

use crate::diagnostic::Fix;
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Element, Ended, HtmlKind, HtmlNode, NodeId, names};
use crate::rule::{Context, Reads, Reporter};
use crate::rules::leftover::deletion;
use crate::text::TextRange;
use crate::{part, rule, say};

rule! {
    /// Empty paragraphs between the blocks of an article.
    ///
    /// # Why
    ///
    /// `<p></p>` shows nothing, and each `<br>` between two blocks is an empty line. Both are what scrapers and visual editors
    /// leave where a picture or an ad stood: generators publish them as they are, readers see holes, and screen readers may
    /// announce a paragraph without words.
    ///
    /// A paragraph is empty when only blanks stand between its tags. `<p>&nbsp;</p>` and `<p><br></p>` ask for an empty line
    /// and get one; a paragraph with a class, an `id` or a style beyond that of text may be filled or seen. They are left alone,
    /// and so is whatever does not stand between blocks of HTML: there an empty paragraph may part two lines. Line breaks
    /// are named only beside an empty paragraph.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <div>
    /// <p>Rain again.</p><p></p><br>
    /// <p>Wind.</p>
    /// </div>
    /// ```
    ///
    /// ```markdown,fixed
    /// <div>
    /// <p>Rain again.</p>
    /// <p>Wind.</p>
    /// </div>
    /// ```
    ///
    /// ```markdown,good
    /// <div>
    /// <p>Rain again.</p><br>
    /// <p>&nbsp;</p>
    /// <p id="map"></p>
    /// <p>Wind.</p>
    /// Hail<p></p>and snow
    /// </div>
    /// ```
    "html-empty-paragraph", Info, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let runs = runs(post);
    let [first, rest @ ..] = &*runs else {
        return reporter.rests_on(Reads::MARKUP);
    };
    let more = match rest.len() {
        0 => Message::default(),
        1 => say!(", and there is one more such place"),
        more => say!(", and there are {more} more such places", more),
    };
    let message = say!(
        "an empty paragraph stands between the blocks of this post; {generator} publishes it as it is, and readers see a hole{more}",
        generator = context.generator(),
        more
    );
    let mut finding = reporter.report(*first, message);
    for other in rest.iter().take(8) {
        finding = finding.related(*other, part!("here, too"));
    }
    finding.fix(Fix::risky(say!("Remove the empty paragraphs"), deletion(post, &runs)));
}

/// Each run of empty paragraphs and line breaks between blocks, in order.
fn runs(post: &Post) -> Vec<TextRange> {
    let mut out: Vec<TextRange> = Vec::new();
    let mut read = 0;
    for (id, element) in post.html.elements() {
        if post.html.node(id).range.start < read || !is_empty(post, id, element) {
            continue;
        }
        let beside = |step: fn(&HtmlNode) -> Option<NodeId>| -> Vec<NodeId> {
            std::iter::successors(step(post.html.node(id)), |&node| step(post.html.node(node)))
                .take_while(|&node| is_inside(post, node))
                .collect()
        };
        let (back, on) = (beside(|node| node.previous_sibling), beside(|node| node.next_sibling));
        let last = on.last().copied().unwrap_or(id);
        read = post.html.node(last).range.end;
        let before = post.html.node(back.last().copied().unwrap_or(id)).previous_sibling;
        if !between_blocks(post, id, before, post.html.node(last).next_sibling) {
            continue;
        }
        let nodes: Vec<NodeId> = back.into_iter().rev().chain([id]).chain(on).collect();
        for piece in nodes.split(|&node| matches!(post.html.node(node).kind, HtmlKind::Comment)) {
            let holds_one = piece.iter().any(|&node| post.html.name(node) == Some("p"));
            let seen = piece.iter().filter(|&&node| !is_gap(post, node));
            let mut parts = seen.map(|&node| post.html.node(node).range);
            if let Some(first) = parts.next().filter(|_| holds_one) {
                out.push(parts.fold(first, TextRange::hull));
            }
        }
    }
    out
}

/// Whether `id` is an element that holds only blanks and nobody can fill or see.
fn is_empty(post: &Post, id: NodeId, element: &Element) -> bool {
    &*element.name == "p"
        && element.ended == Ended::Tag
        && !post.html.in_code(id)
        && post.html.children(id).all(|child| is_gap(post, child))
        && element.attributes.iter().all(|attribute| match &*attribute.name {
            "align" => true,
            "style" => attribute.value.as_deref().unwrap_or("").split(';').all(is_of_text),
            _ => false,
        })
}

/// Whether a declaration of a style speaks of text only.
fn is_of_text(declaration: &str) -> bool {
    let name = declaration.split(':').next().unwrap_or("").trim();
    name.is_empty() || name == "color" || name == "line-height" || name.starts_with("text-") || name.starts_with("font")
}

/// Whether the siblings round a run are blocks; one of them may be the edge of the element around it.
fn between_blocks(post: &Post, id: NodeId, before: Option<NodeId>, behind: Option<NodeId>) -> bool {
    let block = |node: Option<NodeId>| node.map(|node| post.html.name(node).is_some_and(names::closes_p));
    let sides = (block(before), block(behind));
    post.html.node(id).parent.is_some() && matches!(sides, (Some(true), Some(true) | None) | (None, Some(true)))
}

/// Whether `node` may stand in a run: a line break, an empty paragraph, blanks, a comment.
fn is_inside(post: &Post, node: NodeId) -> bool {
    match &post.html.node(node).kind {
        HtmlKind::Element(element) => &*element.name == "br" || is_empty(post, node, element),
        HtmlKind::Comment => true,
        _ => is_gap(post, node),
    }
}

/// Whether `node` is a text of white space.
fn is_gap(post: &Post, node: NodeId) -> bool {
    let node = post.html.node(node);
    matches!(node.kind, HtmlKind::Text) && post.text_in_html(node.range).trim_ascii().is_empty()
}

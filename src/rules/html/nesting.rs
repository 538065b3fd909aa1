//! `html-nesting`: blocks inside an element of a line.

use crate::diagnostic::Fix;
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Element, Ended, HtmlKind, HtmlNode, NodeId, names};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};
use std::collections::HashSet;

rule! {
    /// Blocks inside an element of a line.
    ///
    /// # Why
    ///
    /// By HTML's content model a `<span>`, `<font>` or `<b>` holds text and what stands in a line with it: no paragraph, no box,
    /// no table, no list. Generators publish such a nesting as it is written. Browsers tear the element into pieces round each
    /// block, so that its background and border stand on none of them, and readers of feeds, mail and old devices mend it each
    /// in its own way. It is what is left where an article was cut out of another page.
    ///
    /// The fix makes a `<div>` of each such `<span>`, which may hold everything; class and style stay. Other elements have no
    /// twin that may hold blocks, and where Markdown stands inside, it would no longer be read as Markdown: there no fix is
    /// offered. An element that is never closed, or too late, is a matter of `html-unbalanced`; `<a>`, `<ins>`, `<del>` and
    /// their kin may hold what the element around them may hold, and are not meant.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <div>
    /// <span class="story"><p>Rain again.</p></span>
    /// </div>
    /// ```
    ///
    /// ```markdown,fixed
    /// <div>
    /// <div class="story"><p>Rain again.</p></div>
    /// </div>
    /// ```
    ///
    /// ```markdown,good
    /// <div><span class="story">Rain <b>again</b>.</span></div>
    /// <a href="/rain/"><div>Rain</div></a>
    ///
    /// Write `<span><p>`.
    /// ```
    "html-nesting", Info, On, check, MARKUP | SITE
}

/// Elements that hold phrasing content only (HTML § 4.5, and what § 16 calls obsolete), but no code.
const LINE: [&str; 24] = [
    "span", "font", "b", "i", "u", "s", "em", "strong", "small", "big", "strike", "sub", "sup", "mark", "cite", "q",
    "abbr", "tt", "nobr", "dfn", "bdi", "bdo", "time", "var",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let found = found(post);
    let Some(((first, block), rest)) = found.split_first() else {
        return;
    };
    let others = match rest.len() {
        0 => Message::default(),
        more => say!("; {more} more of its kind follow", more),
    };
    let message = say!(
        "`<{name}>` is an element of a line and holds a block, `<{block}>`: {generator} publishes that as it is, and browsers tear the element \
         apart{others}",
        name = first.name,
        block = block.name,
        generator = context.generator(),
        others
    );
    let mut finding = reporter
        .report(first.open, message)
        .related(block.open, part!("the block"));
    for (other, _) in rest.iter().take(8) {
        finding = finding.related(other.open, part!("this one, too"));
    }
    let is_markdown = |node: &&HtmlNode| matches!(node.kind, HtmlKind::Markdown | HtmlKind::Hole);
    let markdown = post.html.nodes.iter().filter(is_markdown);
    let markdown: Vec<usize> = markdown.map(|node| node.range.start).collect();
    let spans = found.iter().filter_map(|(element, _)| divs(element, &markdown));
    let mut edits: Vec<Edit> = spans.flatten().collect();
    edits.sort();
    if !edits.is_empty() {
        finding.fix(Fix::risky(say!("Make `<div>` of `<span>`"), edits));
    }
}

/// Every element of a line that holds a block, none but such elements between the two, with its first block.
fn found(post: &Post) -> Vec<(&Element, &Element)> {
    let html = &post.html;
    let mut out: Vec<(&Element, &Element)> = Vec::new();
    let mut seen: HashSet<NodeId> = HashSet::new();
    for (id, block) in html.elements() {
        if !names::closes_p(&block.name) || block.ended == Ended::Missing || html.in_code(id) {
            continue;
        }
        for around in html.ancestors(id) {
            let element = html
                .node(around)
                .element()
                .filter(|element| LINE.contains(&&*element.name));
            // What stands around an element that was seen was seen with it.
            let Some(element) = element.filter(|_| seen.insert(around)) else {
                break;
            };
            if is_meant(element) {
                out.push((element, block));
            }
        }
    }
    out.sort_unstable_by_key(|(element, _)| element.open.start);
    out
}

/// Whether it has both tags and does not say itself how it is laid out.
fn is_meant(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or("");
    element.ended == Ended::Tag && !style.contains("display")
}

/// The edits that make a `<div>` of a `<span>`; `None` for other elements and where `markdown`, the places of Markdown
/// and its code in order, has one inside.
fn divs(element: &Element, markdown: &[usize]) -> Option<[Edit; 2]> {
    let close = element.close.filter(|_| &*element.name == "span")?;
    let next = markdown.partition_point(|&start| start < element.open.end);
    if markdown.get(next).is_some_and(|&start| start < close.start) {
        return None;
    }
    let div = |name: usize| Edit::replace(TextRange::new(name, name + "span".len()), "div");
    Some([div(element.open.start + "<".len()), div(close.start + "</".len())])
}

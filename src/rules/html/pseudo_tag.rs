//! `html-pseudo-tag`: words in angle brackets.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::html::{Ended, names};
use crate::post::{Kind, Post};
use crate::rule::{Context, Lines, Reporter};
use crate::rules::balance::{Slip, rests, slips};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};
use std::collections::BTreeMap;

rule! {
    /// Words in angle brackets that browsers eat.
    ///
    /// # Why
    ///
    /// `<plugin>` in a sentence is a tag to Markdown and to browsers: the reader sees nothing of it. So placeholders
    /// (`docker run <image>`), type parameters (`List<String>`) and names of XML elements vanish from the page, and a
    /// sentence loses its point.
    ///
    /// Reported are tags in running text whose name HTML does not know and that are never closed, and the names of HTML where
    /// they are glued to a word before (`List<Object>`) or stand alone in a sentence without attributes (`the <video> element`).
    /// Custom elements (`<my-player>`) that have attributes or an end tag, elements of SVG and MathML, and code are left alone.
    /// One finding a paragraph. The fix writes the first bracket as `&lt;`; the name is then shown.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// Run docker rm <container> and keep the List<String> in mind.
    /// ```
    ///
    /// ```markdown,fixed
    /// Run docker rm &lt;container> and keep the List&lt;String> in mind.
    /// ```
    ///
    /// ```markdown,good
    /// Run `docker rm <container>`, and see <https://example.com> or <me@example.com>; 1 < 2 and 3 > 2.
    ///
    /// Some <b>bold</b> text, a <kbd>key</kbd>, a line<br>break and <my-player src="a.mp3"></my-player>.
    /// ```
    ///
    /// ````markdown,good
    /// - Hexo itself takes this for code, whatever Markdown says:
    ///
    ///   ```
    /// class Snow {}
    ///
    /// List<Snow> winter;
    ///   ```
    ///
    /// That was all.
    /// ````
    "html-pseudo-tag", Warning, On, check
}

/// Lines with what a fence is made of.
static FENCES: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: |line| line.contains(['`', '~']),
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if post.kind != Kind::Markdown || post.html.gave_up_at.is_some() {
        return;
    }
    let mut tags: Vec<TextRange> = slips(context)
        .iter()
        .filter(|found| found.slip == Slip::Word)
        .map(|found| found.tag)
        .collect();
    tags.extend(unknown(post));
    // What Hexo takes for a fence is not told by the markup.
    let fences: &[&Lines] = if tags.is_empty() { &[] } else { &[&FENCES] };
    reporter.rests_all_on(rests(context).map(|rests| rests.and_lines(fences)));
    if !tags.is_empty() && context.generator() == Generator::Hexo {
        let fenced = context.fenced_by_hexo();
        tags.retain(|tag| !tag.is_covered_by(fenced));
    }
    tags.sort();
    let mut paragraphs: BTreeMap<usize, Vec<TextRange>> = BTreeMap::new();
    for tag in tags {
        if let Some(paragraph) = paragraph(post, tag) {
            paragraphs.entry(paragraph).or_default().push(tag);
        }
    }
    for tags in paragraphs.values() {
        let [first, rest @ ..] = tags.as_slice() else { continue };
        let tag = post.source.slice(*first);
        let message = match rest.len() {
            0 => say!("browsers take `{tag}` for a tag and show nothing of it", tag),
            1 => say!(
                "browsers take `{tag}` for a tag and show nothing of it, nor of one more in this paragraph",
                tag
            ),
            more => {
                say!(
                    "browsers take `{tag}` for a tag and show nothing of it, nor of {more} more in this paragraph",
                    tag,
                    more
                )
            }
        };
        let mut finding = reporter.report(*first, message);
        for tag in rest.iter().take(8) {
            finding = finding.related(*tag, part!("this one, too"));
        }
        let edits = tags
            .iter()
            .map(|tag| Edit::replace(TextRange::new(tag.start, tag.start + 1), "&lt;"))
            .collect();
        finding.fix(Fix::safe(say!("Write `<` as `&lt;`"), edits));
    }
}

/// Start tags in running text with a name that HTML does not know, and that nothing closes.
fn unknown(post: &Post) -> impl Iterator<Item = TextRange> {
    let html = &post.html;
    html.elements().filter_map(move |(id, element)| {
        let open = element.open;
        let is_lone = matches!(element.ended, Ended::Missing | Ended::SelfClosed);
        let is_custom = element.name.contains('-') && !element.attributes.is_empty();
        let is_unknown = is_lone && !names::is_html(&element.name) && !is_custom;
        (is_unknown && !html.in_drawing(id) && !html.in_code(id)).then_some(open)
    })
}

/// The start of the paragraph that holds `tag`; `None` where it stands in a block of HTML.
fn paragraph(post: &Post, tag: TextRange) -> Option<usize> {
    let prose = &post.markdown.prose;
    let next = prose.partition_point(|prose| prose.end <= tag.start);
    prose
        .get(next)
        .filter(|prose| prose.covers(tag))
        .map(|prose| prose.start)
}

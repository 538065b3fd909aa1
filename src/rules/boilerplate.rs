//! `boilerplate`: the line that a feed or a portal put under every article.

mod footers;
mod marked;

use crate::diagnostic::Fix;
use crate::post::Post;
use crate::rule::{Context, Lines, Reads, Reporter};
use crate::rules::leftover::{deletion, quote};
use crate::text::TextRange;
use crate::{rule, say};
use footers::FOOTERS;
use marked::{Marked, is_marked};
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// A line that a feed or a portal adds to every article stands in the post.
    ///
    /// # Why
    ///
    /// WordPress feeds end each article with "The post X appeared first on Y", in every language; portals end theirs with a call for
    /// their app. A copied text keeps the line, and it is untrue here. Only whole lines in the exact words of the systems that write
    /// them count: a source, a licence or a thank-you in the writer's own words is content.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// Words.
    ///
    /// <p>The post <a href="https://example.com/rain/">Rain</a> appeared first on <a href="https://example.com">Example</a>.</p>
    /// ```
    ///
    /// ```markdown,fixed
    /// Words.
    ///
    /// ```
    ///
    /// ```markdown,good
    /// The post office appeared first in 1516, and this is how it came about.
    ///
    /// Source: [Example](https://example.com), with thanks.
    /// ```
    "boilerplate", Info, On, check
}

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<(/?)[A-Za-z][^>]*>").expect("a constant pattern"));
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("a constant pattern"));

/// Lines with a footer's word.
static MARKED: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: is_marked,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let marked = Marked::lines(post);
    if marked.is_empty() {
        return reporter.rests_on_lines(Reads::NONE, &[&MARKED]);
    }
    for range in shown(post, marked) {
        let line = post.source.slice(range);
        let words = plain(line);
        if !(8..=600).contains(&words.len()) || !FOOTERS.is_match(&words) {
            continue;
        }
        let finding = reporter.report(
            range,
            say!(
                "{words} was put there by the system that the text came from",
                words = quote(&words)
            ),
        );
        let ends = TAG.captures_iter(line).filter(|tag| !tag[1].is_empty()).count();
        if ends * 2 == TAG.find_iter(line).count() {
            finding.fix(Fix::risky(say!("Remove the line"), deletion(post, &[range])));
        }
    }
}

/// The lines of the body outside code that hold a mark, blanks around them left out.
fn shown(post: &Post, marked: Vec<TextRange>) -> impl Iterator<Item = TextRange> {
    marked.into_iter().filter_map(|range| {
        let line = post.source.slice(range);
        let start = range.start + (line.len() - line.trim_start().len());
        let text = line.trim();
        (text.len() <= 4000 && !post.markdown.is_code(start)).then(|| TextRange::new(start, start + text.len()))
    })
}

/// A line as it is read: without tags and the targets of links.
fn plain(line: &str) -> String {
    if !line.contains(['<', '[', '&']) {
        return line.trim().to_owned();
    }
    let text = TAG.replace_all(line, "");
    let text = LINK.replace_all(&text, "$1");
    text.replace("&nbsp;", " ")
        .replace("&#8217;", "’")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

//! Ad code that is printed as text: the tag around it was lost on the way, or the plugin it was for.

use super::deletion;
use super::quote;
use crate::diagnostic::Fix;
use crate::post::Post;
use crate::post::html::HtmlKind;
use crate::rule::{Context, Lines, Reporter};
use crate::say;
use crate::text::TextRange;
use memchr::memchr_iter;
use regex::Regex;
use std::sync::LazyLock;

/// The filling call of AdSense, or its old variables, and nothing else.
static SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(
            \(?\s*adsbygoogle\s*=\s*window\.adsbygoogle\s*\|\|\s*\\?\[\\?\]\s*\)?\s*\.push\(\s*\{[^{}]*\}\s*\)\s*;?
          | (<!--)?\s*google_ad_client\s*=\s*[^;]{3,60};(\s*(google_ad_\w+|google_\w+)\s*=\s*[^;]{1,60};|\s*/\*[^*]{0,60}\*/|\s*//.{0,40})*\s*(//)?\s*(-->)?
        )$",
    )
    .expect("a constant pattern")
});
/// Shortcodes of WordPress plugins that show ads.
static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\\?\[/?(adsense|google-?adsense|adrotate|quads|wp_ad_camp_\d+|adinserter|the_ad(_group|_placement)?|bsa_pro_ad_space|ad_campaign|adsanity(_rotating)?)(\s[^\]]{0,120})?\\?\]$",
    )
    .expect("a constant pattern")
});

/// The words that they begin with, brackets and the like before them left out.
const BEGINNINGS: [&[u8]; 9] = [
    b"ads",
    b"adrotate",
    b"adinserter",
    b"ad_campaign",
    b"google",
    b"quads",
    b"wp_ad",
    b"the_ad",
    b"bsa_pro",
];

/// A bit for each letter that one of [`BEGINNINGS`] begins with.
const FIRSTS: u32 = {
    let mut firsts = 0;
    let mut at = 0;
    while at < BEGINNINGS.len() {
        firsts |= 1 << (BEGINNINGS[at][0] - b'a');
        at += 1;
    }
    firsts
};

/// Whether `text` begins like one of them: hardly any paragraph does, and what does not needs no other look.
fn begins_like_one(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '\\' | '/'));
    let text = text.strip_prefix("<!--").unwrap_or(text).trim_start().as_bytes();
    let is_start = |word: &&[u8]| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let is_possible = |byte: &u8| byte.is_ascii_alphabetic() && FIRSTS & (1 << (byte.to_ascii_lowercase() - b'a')) != 0;
    text.first().is_some_and(is_possible) && BEGINNINGS.iter().any(is_start)
}

/// Lines of a paragraph that may be ad code.
pub static PRINTED: Lines = Lines {
    reach: LONGEST,
    in_elements: false,
    touch: may_be_printed,
};

/// The most bytes that such a paragraph has.
const LONGEST: usize = 600;

fn may_be_printed(line: &str) -> bool {
    let is_shortcode = |at: usize| {
        let name = line[at + 1..].trim_start_matches('/');
        BEGINNINGS.iter().any(|word| {
            let start = name.as_bytes().get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    };
    line.contains("adsbygoogle")
        || line.contains("google_ad_client")
        || memchr_iter(b'[', line.as_bytes()).any(is_shortcode)
}

/// Report paragraphs that are nothing but ad code.
pub fn report_printed(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    for (words, whole) in paragraphs(post) {
        let text = post.source.slice(words);
        let message = if SCRIPT.is_match(text) {
            say!(
                "{code} is printed as text: the script tag around this ad code was lost",
                code = quote(&joined(text))
            )
        } else if SHORTCODE.is_match(text) {
            say!(
                "{code} is printed as text: it calls an ad plugin that this site does not have",
                code = quote(&joined(text))
            )
        } else {
            continue;
        };
        reporter
            .report(words, message)
            .fix(Fix::risky(say!("Remove the ad code"), deletion(post, &[whole])));
    }
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of each paragraph outside code that begins like ad code, and what goes with it: the element that holds nothing else.
fn paragraphs(post: &Post) -> impl Iterator<Item = (TextRange, TextRange)> {
    let plain = post.markdown.prose.iter().filter_map(|&prose| {
        let words = trimmed(post, prose)?;
        let html = &post.markdown.html;
        let next = html.get(html.partition_point(|html| html.end <= words.start));
        let alone = !next.is_some_and(|html| html.overlaps(words));
        (alone && words.len() <= LONGEST && !post.markdown.is_code(words.start)).then_some((words, words))
    });
    let tagged = post.html.ids().filter_map(|id| {
        let node = post.html.node(id);
        matches!(node.kind, HtmlKind::Text | HtmlKind::Markdown).then_some(())?;
        let parent = node.parent?;
        let element = post.html.node(parent).element()?;
        let words = trimmed(post, node.range)?;
        let alone = node.previous_sibling.is_none() && node.next_sibling.is_none();
        let shown = matches!(&*element.name, "p" | "div" | "center" | "span") && element.close.is_some();
        (alone && shown && words.len() <= LONGEST && !post.html.is_code(words.start))
            .then_some((words, post.html.node(parent).range))
    });
    plain.chain(tagged)
}

/// `range` without the blanks around it, where it begins like ad code.
fn trimmed(post: &Post, range: TextRange) -> Option<TextRange> {
    let text = post.source.slice(range);
    begins_like_one(text).then(|| {
        let start = range.start + (text.len() - text.trim_start().len());
        TextRange::new(start, start + text.trim().len())
    })
}

//! Ad code that is printed as text: the tag around it was lost on the way, or the plugin it was for.

use super::deletion;
use super::quote;
use crate::diagnostic::Fix;
use crate::post::Post;
use crate::post::html::HtmlKind;
use crate::rule::{Context, Reporter};
use crate::say;
use crate::text::TextRange;
use memchr::memmem;
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

/// Whether `text` may hold one of them: a search for all of it at once takes ten times as long as these three.
fn may_hold_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    let holds = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    let is_shortcode = |at: usize| {
        let rest = bytes[at + 1..].strip_prefix(b"/").unwrap_or(&bytes[at + 1..]);
        let is_one = |first: &u8| matches!(first.to_ascii_lowercase(), b'a' | b'b' | b'g' | b'q' | b't' | b'w');
        rest.first().is_some_and(is_one)
            && [&b"ad"[..], b"google", b"quads", b"wp_ad", b"the_ad", b"bsa"]
                .iter()
                .any(|word| {
                    rest.get(..word.len())
                        .is_some_and(|start| start.eq_ignore_ascii_case(word))
                })
    };
    holds("adsbygoogle") || holds("google_ad_client") || memchr::memchr_iter(b'[', bytes).any(is_shortcode)
}

/// Report paragraphs that are nothing but ad code.
pub fn report_printed(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if !may_hold_one(post.source.slice(post.body)) {
        return;
    }
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

/// The text of each paragraph outside code, and what goes with it: the element that holds nothing else.
fn paragraphs(post: &Post) -> impl Iterator<Item = (TextRange, TextRange)> {
    let plain = post.markdown.prose.iter().filter_map(|&prose| {
        let words = trimmed(post, prose);
        let html = &post.markdown.html;
        let next = html.get(html.partition_point(|html| html.end <= words.start));
        let alone = !next.is_some_and(|html| html.overlaps(words));
        (alone && words.len() <= 600 && !post.markdown.is_code(words.start)).then_some((words, words))
    });
    let tagged = post.html.ids().filter_map(|id| {
        let node = post.html.node(id);
        let parent = node.parent?;
        let element = post.html.node(parent).element()?;
        let words = trimmed(post, node.range);
        let alone = node.previous_sibling.is_none() && node.next_sibling.is_none();
        let shown = matches!(&*element.name, "p" | "div" | "center" | "span") && element.close.is_some();
        (matches!(node.kind, HtmlKind::Text | HtmlKind::Markdown)
            && alone
            && shown
            && words.len() <= 600
            && !post.html.is_code(words.start))
        .then_some((words, post.html.node(parent).range))
    });
    plain.chain(tagged)
}

fn trimmed(post: &Post, range: TextRange) -> TextRange {
    let text = post.source.slice(range);
    let start = range.start + (text.len() - text.trim_start().len());
    TextRange::new(start, start + text.trim().len())
}

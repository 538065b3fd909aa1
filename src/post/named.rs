//! Names in template tags: Hexo's `post_link`, `post_path` and `asset_*`, Jekyll's `post_url` and `link`, Hugo's `ref` and `relref`.

use super::markdown::{Link, LinkKind};
use super::template::{TagKind, TemplateTag};
use super::{Post, address};
use crate::text::TextRange;

const TAGS: [&str; 9] = [
    "post_link",
    "post_path",
    "asset_img",
    "asset_path",
    "asset_link",
    "post_url",
    "link",
    "ref",
    "relref",
];

/// Each such tag's name, and its first argument without quotes. What `post_url` and `link` say is taken whole, as Jekyll does.
pub fn places(post: &Post) -> Vec<(&str, TextRange)> {
    let tags = post.markdown.template.tags.iter();
    tags.filter_map(|tag| named(post.text(), tag)).collect()
}

/// The links of Markdown that name a file `.md` by its path from the post: the link's place, the path with its escapes undone.
pub fn files(post: &Post) -> Vec<(TextRange, String)> {
    let links = post.markdown.links.iter().filter(|link| link.kind == LinkKind::Link);
    let file = |link: &Link| {
        // What has a colon as it is written has it when it is decoded, too, and is no path.
        if link.url.contains(':') {
            return None;
        }
        let path = address::percent_decoded(address::without_query(&link.url));
        let is_file = path.ends_with(".md") && !path.starts_with('/') && !path.contains([':', '{', '\\']);
        link.target.filter(|_| is_file).map(|target| (target, path))
    };
    links.filter_map(file).collect()
}

/// Whether there is any of either.
pub fn points_at_posts(post: &Post) -> bool {
    !places(post).is_empty() || !files(post).is_empty()
}

fn named<'a>(text: &'a str, tag: &TemplateTag) -> Option<(&'a str, TextRange)> {
    let name = text.get(tag.name.as_range()).filter(|name| TAGS.contains(name))?;
    let close = match tag.kind {
        TagKind::Shortcode => 3,
        TagKind::Statement | TagKind::Output | TagKind::Comment => 2,
    };
    let rest = text.get(tag.name.end..tag.range.end.checked_sub(close)?)?;
    // `-%}` and `/>}}` end a tag, too.
    let rest = rest.trim_end().trim_end_matches(['-', '/']).trim_end();
    let word = rest.trim_start();
    let start = tag.name.end + (rest.len() - word.len());
    let (quote, word) = match word.chars().next()? {
        _ if matches!(name, "post_url" | "link") => (0, word),
        quote @ ('"' | '\'' | '`') => (1, word.get(1..)?.split_once(quote)?.0),
        _ => (0, word.split_whitespace().next()?),
    };
    let start = start + quote;
    (!word.is_empty()).then(|| (name, TextRange::new(start, start + word.len())))
}

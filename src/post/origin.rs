//! Where a post was copied from, as far as the post itself tells.

use super::{Post, address, images};
use std::borrow::Cow;
use std::collections::HashMap;

/// Top-level keys by which posts name the page they were taken from, in lower case without `_` and `-`.
const KEYS: &[&str] = &[
    "source",
    "sourceurl",
    "sourcelink",
    "original",
    "originalurl",
    "originallink",
    "originurl",
    "originlink",
    "reprint",
    "reprinturl",
    "copyrighturl",
    "canonical",
    "canonicalurl",
    "link",
];

/// The host that `post` comes from, in lower case: that of the page its front matter names, else the one that most of its
/// images are fetched from (the first of equals). `None` when all it shows is its own, or at `own`, the site's own host.
pub fn origin(post: &Post, own: Option<&str>) -> Option<String> {
    let foreign = |url: &str| {
        let host = address::host(url).filter(|host| Some(&**host) != own && host.contains('.'));
        host.map(Cow::into_owned)
    };
    let named = post.front_matter.entries().iter().find_map(|entry| {
        let key = entry.name()?.to_lowercase().replace(['_', '-'], "");
        KEYS.contains(&key.as_str()).then_some(())?;
        foreign(entry.value.text()?)
    });
    if named.is_some() {
        return named;
    }
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for (order, image) in images::all(post).iter().enumerate() {
        let inner = address::wrapped_image(image.url);
        if let Some(host) = foreign(inner.as_deref().unwrap_or(image.url)) {
            counts.entry(host).or_insert((0, order)).0 += 1;
        }
    }
    let best = counts
        .into_iter()
        .max_by_key(|(_, (count, order))| (*count, std::cmp::Reverse(*order)));
    best.map(|(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn of(text: &str) -> Option<String> {
        origin(&Post::parse(Source::new(text), "a.md"), Some("blog.example.org"))
    }

    #[test]
    fn a_named_page_beats_images_and_many_images_beat_few() {
        let images = "![](https://a.example.com/1.png) ![](https://cors.example.net/?https://b.example.com/2.png)\n\n\
                      <img src=\"https://b.example.com/3.png\">\n";
        assert_eq!(of(images).as_deref(), Some("b.example.com"));
        let named = format!("---\nsource_url: https://News.example.com/x\n---\n{images}");
        assert_eq!(of(&named).as_deref(), Some("news.example.com"));
        assert_eq!(of("---\nlink: https://blog.example.org/x\n---\n![](/own.png)\n"), None);
    }
}

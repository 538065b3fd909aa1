//! The addresses that a post links to, in Markdown and in HTML.

use crate::post::Post;
use crate::post::html::NodeId;
use crate::post::markdown::LinkKind;
use crate::text::TextRange;

/// How an address stands in the file, which decides what must be escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A Markdown destination.
    Markdown,
    /// An attribute of an element.
    Attribute(NodeId),
}

/// A link's address.
#[derive(Clone, Debug)]
pub struct Address<'p> {
    /// Where it stands, without quotes or `<…>`.
    pub range: TextRange,
    /// What it means, escapes and entities undone.
    pub url: &'p str,
    /// Where it was found.
    pub place: Place,
}

/// Every link of `post` outside code whose address is absolute, in order of place.
pub fn addresses(post: &Post) -> Vec<Address<'_>> {
    let mut found = Vec::new();
    for link in post.markdown.links.iter().filter(|link| link.kind == LinkKind::Link) {
        if let Some(range) = link.target.filter(|target| !post.markdown.is_code(target.start)) {
            found.push(Address {
                range,
                url: &link.url,
                place: Place::Markdown,
            });
        }
    }
    for (id, element) in post.html.elements().filter(|(_, element)| &*element.name == "a") {
        let href = element.attributes.iter().find(|attribute| &*attribute.name == "href");
        if let Some(href) = href
            && let Some(url) = href.value.as_deref()
            && !in_code(post, id)
        {
            found.push(Address {
                range: href.value_range,
                url,
                place: Place::Attribute(id),
            });
        }
    }
    found.retain(|address| {
        let url = address.url.trim_start();
        ["http://", "https://", "//"]
            .iter()
            .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme))
    });
    found.sort_by_key(|address| address.range);
    found.dedup_by_key(|address| address.range);
    found
}

fn in_code(post: &Post, id: NodeId) -> bool {
    post.html.ancestors(id).take(64).any(|node| {
        post.html.node(node).element().is_some_and(|element| {
            matches!(
                &*element.name,
                "pre" | "code" | "textarea" | "template" | "samp" | "xmp"
            )
        })
    })
}

/// `url` as it must be written at `place`.
pub fn written(url: &str, place: Place) -> String {
    match place {
        Place::Markdown => url
            .chars()
            .map(|c| match c {
                '(' => "%28".into(),
                ')' => "%29".into(),
                '<' => "%3C".into(),
                '>' => "%3E".into(),
                ' ' => "%20".into(),
                '\\' => "%5C".into(),
                c => c.to_string(),
            })
            .collect(),
        Place::Attribute(_) => url
            .replace('&', "&amp;")
            .replace('"', "%22")
            .replace('\'', "%27")
            .replace(' ', "%20"),
    }
}

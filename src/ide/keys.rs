//! What the front matter keys of each generator mean, in a sentence or two.

use crate::generator::Generator;
use crate::generator::Generator::{Hexo, Hugo, Jekyll};
use crate::message::Part;
use crate::part;

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The generators that read it, each by its documentation on front matter.
    pub generators: &'static [Generator],
    /// What it does, as Markdown.
    pub meaning: Part,
    /// What it holds.
    pub holds: Holds,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A line of text.
    Text,
    /// A date, with or without a time.
    Date,
    /// A list of texts.
    List,
    /// `true` or `false`.
    Flag,
}

const ALL: &[Generator] = &[Hexo, Jekyll, Hugo];

/// The keys that `generator` reads.
pub fn of(generator: Generator) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.generators.contains(&generator))
}

/// The key named `name`, where `generator` reads it. Hugo does not care about case.
pub fn find(generator: Generator, name: &str) -> Option<&'static Key> {
    of(generator).find(|key| match generator {
        Hugo => key.name.eq_ignore_ascii_case(name),
        _ => key.name == name,
    })
}

const fn key(name: &'static str, generators: &'static [Generator], holds: Holds, meaning: Part) -> Key {
    Key {
        name,
        generators,
        meaning,
        holds,
    }
}

const KEYS: &[Key] = &[
    key("title", ALL, Holds::Text, part!("The title of the post.")),
    key(
        "date",
        ALL,
        Holds::Date,
        part!("When the post was written. It orders the posts and is part of most permalinks."),
    ),
    key(
        "updated",
        &[Hexo],
        Holds::Date,
        part!("When the post was last changed; without it, the file's own time counts."),
    ),
    key(
        "lastmod",
        &[Hugo],
        Holds::Date,
        part!("When the post was last changed."),
    ),
    key(
        "last_modified_at",
        &[Jekyll],
        Holds::Date,
        part!("When the post was last changed, as jekyll-seo-tag and jekyll-sitemap read it."),
    ),
    key(
        "publishDate",
        &[Hugo],
        Holds::Date,
        part!("The post is not published before this time."),
    ),
    key(
        "expiryDate",
        &[Hugo],
        Holds::Date,
        part!("The post is not published after this time."),
    ),
    key(
        "tags",
        ALL,
        Holds::List,
        part!("The tags: names side by side, without an order."),
    ),
    key(
        "categories",
        &[Hexo],
        Holds::List,
        part!("The category as a path: `[a, b]` is `b` below `a`. Several categories need a list of lists."),
    ),
    key(
        "categories",
        &[Jekyll, Hugo],
        Holds::List,
        part!("The categories, side by side. In Jekyll they are also part of the address."),
    ),
    key(
        "layout",
        ALL,
        Holds::Text,
        part!("Which template of the theme shows the post."),
    ),
    key(
        "permalink",
        &[Hexo, Jekyll],
        Holds::Text,
        part!("The address of the page, instead of the one made by the site's `permalink` setting."),
    ),
    key(
        "url",
        &[Hugo],
        Holds::Text,
        part!("The address of the page, instead of the one made from the folder and the slug."),
    ),
    key(
        "slug",
        &[Jekyll, Hugo],
        Holds::Text,
        part!("The last part of the address, instead of the one made from the file's name or the title."),
    ),
    key(
        "aliases",
        &[Hugo],
        Holds::List,
        part!("Old addresses that lead to this page."),
    ),
    key(
        "redirect_from",
        &[Jekyll],
        Holds::List,
        part!("Old addresses that lead to this page (jekyll-redirect-from)."),
    ),
    key(
        "published",
        &[Hexo, Jekyll],
        Holds::Flag,
        part!("`false` keeps the post off the site."),
    ),
    key(
        "draft",
        &[Hugo, Jekyll],
        Holds::Flag,
        part!("`true` keeps the post off the site unless drafts are asked for."),
    ),
    key(
        "comments",
        &[Hexo],
        Holds::Flag,
        part!("Whether the theme shows comments; `true` where nothing is said."),
    ),
    key(
        "excerpt",
        &[Hexo, Jekyll],
        Holds::Text,
        part!("The text shown in lists of posts."),
    ),
    key(
        "summary",
        &[Hugo],
        Holds::Text,
        part!("The text shown in lists of posts."),
    ),
    key(
        "description",
        ALL,
        Holds::Text,
        part!("The text that search engines and previews show."),
    ),
    key(
        "keywords",
        &[Hexo, Hugo],
        Holds::List,
        part!("Words for search engines; most themes put them into the page's head."),
    ),
    key(
        "author",
        ALL,
        Holds::Text,
        part!("Who wrote the post, where the theme shows it."),
    ),
    key(
        "lang",
        &[Hexo, Jekyll],
        Holds::Text,
        part!("The language of the post, such as `zh-CN`."),
    ),
    key(
        "disableNunjucks",
        &[Hexo],
        Holds::Flag,
        part!("`true` leaves `{{{{ }}}}` and `{{% %}}` in the body alone, and tag plugins too."),
    ),
    key("photos", &[Hexo], Holds::List, part!("Pictures of a gallery post.")),
    key(
        "link",
        &[Hexo],
        Holds::Text,
        part!("The address that a link post leads to."),
    ),
    key(
        "image",
        &[Jekyll],
        Holds::Text,
        part!("The picture shown in previews (jekyll-seo-tag)."),
    ),
    key(
        "weight",
        &[Hugo],
        Holds::Text,
        part!("A number that orders the post before the date does; lighter ones come first."),
    ),
    key(
        "type",
        &[Hugo],
        Holds::Text,
        part!("The content type, instead of the one that the first folder gives."),
    ),
    key(
        "render_with_liquid",
        &[Jekyll],
        Holds::Flag,
        part!("`false` leaves `{{{{ }}}}` and `{{% %}}` in the body alone."),
    ),
];

//! Where a post points to: images, pages of the site, files beside it, other people's pages.

use super::Checked;
use crate::generator::Generator;
use crate::post::images;
use crate::post::markdown::LinkKind;
pub(super) use crate::post::named::places as named_places;
use crate::post::{Post, address};
pub(super) use crate::site::named::joined;
use crate::site::{Site, assets};
use crate::text::TextRange;

/// One place that points somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPlace {
    /// The address, or the name where a template tag has one.
    pub range: TextRange,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A full address.
    Web(String),
    /// A post of the site, by its path from the site's root.
    Post(String),
    /// Another file of the site, by its path from the site's root.
    File(String),
}

/// Every place whose target is known, sorted.
pub fn links(checked: &Checked) -> Vec<LinkPlace> {
    let post = &checked.post;
    let mut links: Vec<LinkPlace> = addresses(post)
        .into_iter()
        .filter_map(|(range, url)| {
            let target = resolve(checked, &url)?;
            Some(LinkPlace { range, target })
        })
        .collect();
    links.extend(tags(checked));
    links.sort_by_key(|link| (link.range.start, link.range.end));
    links.dedup_by_key(|link| link.range);
    links
}

/// The place that covers the byte `offset`.
pub fn at(checked: &Checked, offset: usize) -> Option<LinkPlace> {
    let touches = |range: TextRange| range.start <= offset && offset <= range.end;
    links(checked).into_iter().find(|link| touches(link.range))
}

/// Every address that is written in the post, and where.
fn addresses(post: &Post) -> Vec<(TextRange, String)> {
    let mut found: Vec<(TextRange, String)> = images::all(post)
        .into_iter()
        .map(|image| (image.range, image.url.to_owned()))
        .collect();
    for link in post.markdown.links.iter().filter(|link| link.kind == LinkKind::Link) {
        found.extend(link.target.map(|target| (target, link.url.to_string())));
    }
    for (_, element) in post.html.elements().filter(|(_, element)| &*element.name == "a") {
        let href = element.attributes.iter().find(|attribute| &*attribute.name == "href");
        found.extend(href.and_then(|href| Some((href.value_range, href.value.as_deref()?.to_owned()))));
    }
    found
}

/// Where `url`, written in this post, leads; `None` where that cannot be told.
pub fn resolve(checked: &Checked, url: &str) -> Option<Target> {
    let url = url.trim();
    if url.is_empty() || url.starts_with('#') || url.contains("{{") || url.contains("{%") {
        return None;
    }
    let site = checked.stage.site();
    if address::after_scheme(url).is_some() {
        let inside = site.and_then(|site| below_site(site, url));
        let internal = inside.and_then(|path| page(site?, checked.generator(), &path));
        return Some(internal.unwrap_or_else(|| match url.strip_prefix("//") {
            Some(rest) => Target::Web(format!("https://{rest}")),
            None => Target::Web(url.to_owned()),
        }));
    }
    if url.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':')) {
        let is_plain = ["mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme));
        return is_plain.then(|| Target::Web(url.to_owned()));
    }
    let site = site?;
    let path = address::percent_decoded(address::without_query(url));
    match path.strip_prefix('/') {
        Some(_) => page(site, checked.generator(), &below_root(site, &path)),
        None => beside(checked, site, &path),
    }
}

/// The path from the site's root of a full address of the same site.
fn below_site(site: &Site, url: &str) -> Option<String> {
    let own = site.settings.url.as_deref()?;
    if address::host(own)? != address::host(url)? {
        return None;
    }
    let rest = address::after_scheme(url)?;
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    let path = address::percent_decoded(address::without_query(path));
    Some(below_root(site, &path))
}

/// Where the path from the site's root begins in an address of the site, still escaped; `None` for another site's address and for
/// one that does not begin at the root.
pub(super) fn below_site_at(site: &Site, url: &str) -> Option<usize> {
    let path = match address::after_scheme(url) {
        Some(rest) => {
            let own = site.settings.url.as_deref()?;
            if address::host(own)? != address::host(url)? {
                return None;
            }
            url.len() - rest.len() + rest.find('/')?
        }
        None => 0,
    };
    let rest = url.get(path..)?;
    let inside = rest.strip_prefix('/')?;
    let root = site.settings.root.as_deref().unwrap_or("/").trim_matches('/');
    let below = inside
        .strip_prefix(root)
        .filter(|rest| !root.is_empty() && rest.starts_with('/'));
    Some(below.map_or(path, |rest| url.len() - rest.len()))
}

/// `path` without the folder that the whole site lies in on its server.
fn below_root(site: &Site, path: &str) -> String {
    let root = site.settings.root.as_deref().unwrap_or("/").trim_matches('/');
    let inside = path.trim_start_matches('/').strip_prefix(root);
    match inside.filter(|rest| !root.is_empty() && (rest.is_empty() || rest.starts_with('/'))) {
        Some(rest) => format!("/{}", rest.trim_start_matches('/')),
        None => path.to_owned(),
    }
}

/// The post or file behind a decoded path from the site's root.
fn page(site: &Site, generator: Generator, path: &str) -> Option<Target> {
    let plain = path.strip_suffix("index.html").unwrap_or(path);
    let plain = plain.trim_end_matches('/');
    for path in [format!("{plain}/"), plain.to_owned(), format!("{plain}.html")] {
        let escaped = crate::generator::hexo::escaped_path(&path).unwrap_or_default();
        let post = site.posts.at_url(&path).or_else(|| site.posts.at_url(&escaped));
        if let Some(post) = post {
            return Some(Target::Post(post.path.to_string()));
        }
    }
    let files = site.assets.as_ref()?;
    let roots = assets::roots(site, generator, files);
    let inside = path.trim_start_matches('/');
    let mut places = roots.iter().map(|root| format!("{root}{inside}"));
    places.find(|place| files.contains(place)).map(Target::File)
}

/// What lies at a path relative to the post: beside it, or in its asset folder.
fn beside(checked: &Checked, site: &Site, path: &str) -> Option<Target> {
    let own = checked.post.path.as_str();
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let stem = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
    for base in [folder, stem] {
        let Some(place) = joined(base, path) else { continue };
        if site.posts.get(&place).is_some() {
            return Some(Target::Post(place));
        }
        if site.assets.as_ref().is_some_and(|files| files.contains(&place)) {
            return Some(Target::File(place));
        }
    }
    None
}

/// Names in template tags: Hexo's `post_link`, `post_path` and `asset_*`, Jekyll's `post_url` and `link`, Hugo's `ref` and `relref`.
fn tags(checked: &Checked) -> Vec<LinkPlace> {
    let Some(site) = checked.stage.site() else {
        return Vec::new();
    };
    let places = named_places(&checked.post);
    places
        .into_iter()
        .filter_map(|(tag, range)| {
            let named = checked.post.text().get(range.as_range())?;
            let target = match tag {
                "asset_img" | "asset_path" | "asset_link" => beside(checked, site, named)?,
                _ => Target::Post(post_named(site, tag, named)?),
            };
            Some(LinkPlace { range, target })
        })
        .collect()
}

/// The path of the post that a template tag names.
fn post_named(site: &Site, tag: &str, named: &str) -> Option<String> {
    let named = named.split('#').next()?;
    let fits = |path: &str| match tag {
        "link" => path == named.trim_start_matches('/'),
        "ref" | "relref" => {
            let inside = path.strip_prefix("content/").unwrap_or(path);
            let named = named.trim_start_matches('/');
            inside == named || stem(inside) == named || inside.ends_with(&format!("/{named}")) && !named.contains('/')
        }
        _ => slug(path) == Some(named) || slug(path) == Some(stem(named)),
    };
    site.posts
        .iter()
        .map(|post| &post.path)
        .find(|path| fits(path))
        .map(|path| path.to_string())
}

/// The path below `_posts` without its extension.
pub(super) fn slug(path: &str) -> Option<&str> {
    let (_, inside) = path.split_once("_posts/")?;
    Some(stem(inside))
}

/// A path without the extension of its last part.
pub(super) fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => stem,
        _ => path,
    }
}

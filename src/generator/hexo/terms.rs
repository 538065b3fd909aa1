//! Categories and tags as Hexo registers them.

use super::value::Js;
use crate::generator::{SiteSettings, slug};
use std::collections::HashSet;

/// `value || []`, and anything but a list becomes a list of one.
fn items(value: Option<&Js>) -> Vec<Js> {
    match value {
        Some(Js::List(items)) => items.to_vec(),
        Some(value) if value.is_truthy() => vec![value.clone()],
        _ => Vec::new(),
    }
}

fn is_empty(value: &Js) -> bool {
    match value {
        Js::Null => true,
        Js::Text(text) => text.is_empty(),
        _ => false,
    }
}

fn names(items: &[Js], zone: &str) -> Vec<String> {
    items
        .iter()
        .filter(|item| !is_empty(item))
        .map(|item| item.to_text(zone))
        .collect()
}

/// The tags, in order, each once.
pub fn tags(value: Option<&Js>, zone: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    names(&items(value), zone)
        .into_iter()
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

/// Every category that the post is registered under, as a path from the root: a flat list is one chain, and each of its
/// prefixes is a category of the post.
pub fn categories(value: Option<&Js>, zone: &str) -> Vec<Vec<String>> {
    let items = items(value);
    let has_list = items.iter().any(|item| matches!(item, Js::List(_)));
    let chains: Vec<Vec<String>> = if has_list {
        items
            .iter()
            .filter(|item| !is_empty(item))
            .map(|item| match item {
                Js::List(chain) => names(chain, zone),
                other => vec![other.to_text(zone)],
            })
            .collect()
    } else {
        vec![names(&items, zone)]
    };
    let mut seen = HashSet::new();
    let mut paths = Vec::new();
    for chain in chains {
        for length in 1..=chain.len().min(DEEPEST) {
            let path = chain.get(..length).unwrap_or_default().to_vec();
            if seen.insert(path.clone()) {
                paths.push(path);
            }
        }
    }
    paths
}

/// A longer chain is cut: all its prefixes together grow with the square of its length.
const DEEPEST: usize = 200;

/// The path of a category below the folder of categories, such as `a/b`.
pub fn category_slug(path: &[String], settings: &SiteSettings) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|name| term_slug(name, &settings.hexo.category_map, settings))
        .collect();
    parts.join("/")
}

/// The slug of one name, the site's own map first.
pub fn term_slug(name: &str, map: &[(String, String)], settings: &SiteSettings) -> String {
    let mapped = map
        .iter()
        .find(|(from, to)| from == name && !to.is_empty())
        .map_or(name, |(_, to)| to);
    slug::hexo_cased(mapped, settings.hexo.filename_case)
}

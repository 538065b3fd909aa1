//! What can be written as a value of the front matter: tags and categories of the site, dates, pictures, layouts, authors.

use super::completion::{Docs, Proposal, ProposalKind};
use super::keys::{self, Holds};
use super::spot::{Form, Spot};
use super::{Checked, dates, terms};
use crate::generator::{Generator, Taxonomy};
use crate::message::Message;
use crate::post::{Dialect, images, notation};
use crate::say;
use crate::site::layouts::of_jekyll;
use crate::site::{Site, assets};
use crate::text::TextRange;

/// What can be written at `spot`, best first.
pub fn proposals(checked: &Checked, spot: &Spot, offset: usize) -> Vec<Proposal> {
    let key = spot.key.as_str();
    let site = checked.stage.site();
    let generator = checked.generator();
    match key {
        "tags" | "tag" => site.map_or_else(Vec::new, |site| tags(checked, site, spot, offset)),
        "categories" | "category" => site.map_or_else(Vec::new, |site| categories(checked, site, spot, offset)),
        "layout" => texts(spot, layouts(site, generator)),
        "author" => texts(spot, site.map_or_else(Vec::new, |site| owned(site.posts.authors()))),
        _ if images::is_image_key(key) => site.map_or_else(Vec::new, |site| pictures(checked, site, spot.typed)),
        _ => match keys::find(generator, key).map(|key| key.holds) {
            Some(Holds::Date) => dates::proposals(checked, spot),
            Some(Holds::Flag) => texts(spot, [("true".to_owned(), 0), ("false".to_owned(), 0)].to_vec()),
            _ => Vec::new(),
        },
    }
}

fn owned(counts: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    counts
        .into_iter()
        .map(|(name, posts)| (name.to_owned(), posts))
        .collect()
}

/// The terms of the other posts, as paths, the most frequent first.
fn paths(checked: &Checked, site: &Site, taxonomy: Taxonomy) -> Vec<(Vec<String>, usize)> {
    let terms = site.posts.terms(taxonomy, &checked.post.path);
    let mut paths: Vec<(Vec<String>, usize)> = terms
        .filter(|(_, posts)| *posts > 0)
        .map(|(term, posts)| {
            let mut path = term.parents.clone();
            path.push(term.name.clone());
            (path, posts)
        })
        .collect();
    paths.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    paths
}

/// The terms that the post already has, the typed one left out.
fn taken(checked: &Checked, offset: usize) -> Vec<Vec<String>> {
    let places = terms::places(&checked.post, checked.generator());
    places
        .into_iter()
        .filter(|place| !(place.node.range.start <= offset && offset <= place.node.range.end))
        .map(|place| place.path)
        .collect()
}

fn tags(checked: &Checked, site: &Site, spot: &Spot, offset: usize) -> Vec<Proposal> {
    let taken = taken(checked, offset);
    let tags = paths(checked, site, Taxonomy::Tag).into_iter();
    tags.filter(|(path, _)| !taken.contains(path) && path.iter().all(|name| !spot.above.contains(name)))
        .filter_map(|(path, posts)| {
            let name = path.last()?;
            Some(term(checked, spot, name.clone(), name, posts))
        })
        .collect()
}

fn categories(checked: &Checked, site: &Site, spot: &Spot, offset: usize) -> Vec<Proposal> {
    let all = paths(checked, site, Taxonomy::Category);
    if checked.generator() != Generator::Hexo {
        let taken = taken(checked, offset);
        let free = all.into_iter().filter(|(path, _)| !taken.contains(path));
        return free
            .filter_map(|(path, posts)| Some(term(checked, spot, path.last()?.clone(), path.last()?, posts)))
            .collect();
    }
    let below = |path: &[String]| path.split_last().is_some_and(|(_, parents)| parents == spot.above);
    let children: Vec<Proposal> = all
        .iter()
        .filter(|(path, _)| below(path))
        .filter_map(|(path, posts)| Some(term(checked, spot, path.last()?.clone(), path.last()?, *posts)))
        .collect();
    // A whole path stands between brackets of its own: in a list, not in a path that has begun.
    let takes_paths =
        spot.quote.is_none() && spot.above.is_empty() && matches!(spot.form, Form::Item | Form::Flow(1) | Form::Scalar);
    let whole = all.iter().filter(|(path, _)| takes_paths && path.len() > 1);
    let whole = whole.map(|(path, posts)| {
        let names: Vec<String> = path.iter().map(|name| notation::written(Dialect::Yaml, name)).collect();
        let list = format!("[{}]", names.join(", "));
        let insert = if spot.form == Form::Scalar {
            format!("[{list}]")
        } else {
            list
        };
        raw(spot, path.join(" › "), insert, counting(*posts))
    });
    children.into_iter().chain(whole).collect()
}

fn counting(posts: usize) -> Message {
    match posts {
        0 => Message::default(),
        1 => say!("1 post"),
        posts => say!("{posts} posts", posts),
    }
}

fn term(checked: &Checked, spot: &Spot, label: String, name: &str, posts: usize) -> Proposal {
    // Jekyll and Hugo would take a text with blanks apart.
    let is_apart = checked.generator() != Generator::Hexo && name.contains(char::is_whitespace);
    let insert = if spot.form == Form::Scalar && spot.quote.is_none() && is_apart {
        format!("[{}]", notation::written(Dialect::Yaml, name))
    } else {
        in_quotes(spot, name)
    };
    raw(spot, label, insert, counting(posts))
}

fn texts(spot: &Spot, all: Vec<(String, usize)>) -> Vec<Proposal> {
    all.into_iter()
        .map(|(text, posts)| {
            let is_flag = matches!(text.as_str(), "true" | "false");
            let insert = if is_flag { text.clone() } else { in_quotes(spot, &text) };
            raw(spot, text, insert, counting(posts))
        })
        .collect()
}

/// `text` as it must stand at `spot`.
fn in_quotes(spot: &Spot, text: &str) -> String {
    match spot.quote {
        None => notation::written(Dialect::Yaml, text),
        Some('\'') => text.replace('\'', "''"),
        Some(_) => text.replace('\\', "\\\\").replace('"', "\\\""),
    }
}

/// A proposal that writes `insert` at `spot`.
pub(super) fn raw(spot: &Spot, label: String, insert: String, detail: Message) -> Proposal {
    let blank = if spot.needs_blank { " " } else { "" };
    Proposal {
        label,
        insert: format!("{blank}{insert}"),
        range: spot.typed,
        detail,
        docs: Docs::None,
        kind: ProposalKind::Value,
    }
}

fn layouts(site: Option<&Site>, generator: Generator) -> Vec<(String, usize)> {
    let mut all = site.map_or_else(Vec::new, |site| owned(site.posts.layouts()));
    let files = site.and_then(|site| site.assets.as_ref());
    let of_jekyll = site.map(|site| of_jekyll(&site.settings)).unwrap_or_default();
    let mut others: Vec<String> = files
        .into_iter()
        .flat_map(|files| files.iter())
        .filter_map(|file| layout(generator, file, &of_jekyll))
        .map(str::to_owned)
        .collect();
    others.sort();
    others.dedup();
    others.retain(|name| all.iter().all(|(known, _)| known != name));
    all.extend(others.into_iter().map(|name| (name, 0)));
    all
}

/// The layout that the file at `path` is; those of Jekyll lie in `of_jekyll`.
fn layout<'a>(generator: Generator, path: &'a str, of_jekyll: &str) -> Option<&'a str> {
    let (folder, name) = path.rsplit_once('/')?;
    let is_one = match generator {
        Generator::Hexo => folder.starts_with("themes/") && folder.ends_with("/layout"),
        Generator::Jekyll => folder == of_jekyll.trim_end_matches('/'),
        Generator::Hugo => folder.starts_with("layouts/"),
    };
    let stem = name.split('.').next()?;
    (is_one && !stem.is_empty() && !stem.starts_with('_')).then_some(stem)
}

/// The pictures of the site, as a page names them.
pub fn pictures(checked: &Checked, site: &Site, typed: TextRange) -> Vec<Proposal> {
    let Some(files) = &site.assets else { return Vec::new() };
    let roots = assets::roots(site, checked.generator(), files);
    let written = checked.post.text().get(typed.as_range()).unwrap_or_default();
    let folder = written.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found: Vec<(String, &String)> = files
        .iter()
        .filter(|file| crate::post::address::is_image_file(file))
        .filter_map(|file| {
            let root = roots
                .iter()
                .find(|root| !root.is_empty() && file.starts_with(root.as_str()));
            let inside = match root {
                Some(root) => file.get(root.len()..)?,
                None if roots.iter().any(String::is_empty) => file,
                None => return None,
            };
            Some((format!("/{inside}"), file)).filter(|(path, _)| path.starts_with(folder))
        })
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|(path, file)| Proposal {
            label: path.clone(),
            insert: path,
            range: typed,
            detail: Message::default(),
            docs: Docs::Picture(file.clone()),
            kind: ProposalKind::File,
        })
        .collect()
}

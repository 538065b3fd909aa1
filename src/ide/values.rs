//! What can be written as a value of the front matter: tags and categories of the site, dates, pictures, layouts, authors.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::choice::{chosen, push_lower};
use super::completion::{Completion, Docs, Proposal, ProposalKind};
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
pub fn proposals(checked: &Checked, spot: &Spot, offset: usize) -> Completion {
    let generator = checked.generator();
    match (spot.key.as_str(), checked.stage.site()) {
        ("tags" | "tag", Some(site)) => terms(checked, tags(checked, site, spot, offset), spot, offset),
        ("categories" | "category", Some(site)) => {
            terms(checked, categories(checked, site, spot, offset), spot, offset)
        }
        ("layout", site) => texts(spot, layouts(site, generator)).into(),
        ("author", Some(site)) => texts(spot, owned(site.posts.authors())).into(),
        (key, Some(site)) if images::is_image_key(key) => pictures(checked, site, spot.typed, offset),
        (key, _) => match keys::find(generator, key).map(|key| key.holds) {
            Some(Holds::Date) => dates::proposals(checked, spot).into(),
            Some(Holds::Flag) => texts(spot, [("true".to_owned(), 0), ("false".to_owned(), 0)].to_vec()).into(),
            _ => Vec::new().into(),
        },
    }
}

fn owned(counts: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    counts
        .into_iter()
        .map(|(name, posts)| (name.to_owned(), posts))
        .collect()
}

/// What stands in `range` before `offset`, without the quote that may open it.
fn typed(checked: &Checked, range: TextRange, offset: usize) -> &str {
    let typed = checked.post.text().get(range.start..offset).unwrap_or_default();
    typed.trim_start_matches(['"', '\''])
}

/// A term of the site that may be written.
struct Candidate<'a> {
    /// The names above it, outermost first.
    parents: &'a [String],
    name: &'a str,
    /// How many other posts have it.
    posts: usize,
    /// Whether its parents are written with it.
    is_whole: bool,
}

impl<'a> Candidate<'a> {
    /// The categories of the other posts, by their names alone.
    fn categories(checked: &Checked, site: &'a Site) -> impl Iterator<Item = Self> {
        let terms = site.posts.terms(Taxonomy::Category, &checked.post.path);
        terms.filter(|(_, posts)| *posts > 0).map(|(term, posts)| Self {
            parents: &term.parents,
            name: &term.name,
            posts,
            is_whole: false,
        })
    }

    /// The tags of the other posts.
    fn tags(checked: &Checked, site: &'a Site) -> impl Iterator<Item = Self> {
        let tags = site.posts.tags(&checked.post.path);
        tags.filter(|(_, posts)| *posts > 0).map(|(name, posts)| Self {
            parents: &[],
            name,
            posts,
            is_whole: false,
        })
    }

    fn path(&self) -> impl Iterator<Item = &'a str> {
        let parents = self.parents.iter().map(String::as_str);
        parents.chain(std::iter::once(self.name))
    }

    fn is_at(&self, path: &[String]) -> bool {
        path.iter().map(String::as_str).eq(self.path())
    }

    /// Names before whole paths, the most frequent first. Names are looked at only where that does not decide.
    fn order(&self, other: &Self) -> Ordering {
        let ranks = (self.is_whole, other.posts).cmp(&(other.is_whole, self.posts));
        ranks.then_with(|| self.path().cmp(other.path()))
    }

    fn label(&self) -> Cow<'a, str> {
        match self.is_whole {
            false => Cow::Borrowed(self.name),
            true => {
                let names: Vec<&str> = self.path().collect();
                Cow::Owned(names.join(" › "))
            }
        }
    }
}

fn terms(checked: &Checked, all: Vec<Candidate>, spot: &Spot, offset: usize) -> Completion {
    let typed = typed(checked, spot.typed, offset);
    let sought = |one: &Candidate, out: &mut String| push_lower(&one.label(), out);
    chosen(all, typed, Candidate::order, sought, |one| match one.is_whole {
        false => term(checked, spot, &one),
        true => path(spot, &one),
    })
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

fn tags<'a>(checked: &Checked, site: &'a Site, spot: &Spot, offset: usize) -> Vec<Candidate<'a>> {
    let mut taken = taken(checked, offset);
    taken.extend(spot.above.iter().map(|name| vec![name.clone()]));
    let is_free = |one: &Candidate| taken.iter().all(|path| !one.is_at(path));
    Candidate::tags(checked, site).filter(is_free).collect()
}

fn categories<'a>(checked: &Checked, site: &'a Site, spot: &Spot, offset: usize) -> Vec<Candidate<'a>> {
    let all = Candidate::categories(checked, site);
    if checked.generator() != Generator::Hexo {
        let taken = taken(checked, offset);
        return all.filter(|one| taken.iter().all(|path| !one.is_at(path))).collect();
    }
    // A whole path stands between brackets of its own: in a list, not in a path that has begun.
    let takes_paths =
        spot.quote.is_none() && spot.above.is_empty() && matches!(spot.form, Form::Item | Form::Flow(1) | Form::Scalar);
    all.filter_map(|one| match one.parents == spot.above {
        true => Some(one),
        false => (takes_paths && !one.parents.is_empty()).then_some(Candidate { is_whole: true, ..one }),
    })
    .collect()
}

fn counting(posts: usize) -> Message {
    match posts {
        0 => Message::default(),
        1 => say!("1 post"),
        posts => say!("{posts} posts", posts),
    }
}

fn term(checked: &Checked, spot: &Spot, one: &Candidate) -> Proposal {
    let name = one.name;
    // Jekyll and Hugo would take a text with blanks apart.
    let is_apart = checked.generator() != Generator::Hexo && name.contains(char::is_whitespace);
    let insert = if spot.form == Form::Scalar && spot.quote.is_none() && is_apart {
        format!("[{}]", notation::written(Dialect::Yaml, name))
    } else {
        in_quotes(spot, name)
    };
    raw(spot, name.to_string(), insert, counting(one.posts))
}

fn path(spot: &Spot, one: &Candidate) -> Proposal {
    let names: Vec<String> = one.path().map(|name| notation::written(Dialect::Yaml, name)).collect();
    let list = format!("[{}]", names.join(", "));
    let insert = if spot.form == Form::Scalar {
        format!("[{list}]")
    } else {
        list
    };
    raw(spot, one.label().into_owned(), insert, counting(one.posts))
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
pub fn pictures(checked: &Checked, site: &Site, range: TextRange, offset: usize) -> Completion {
    let Some(files) = &site.assets else {
        return Vec::new().into();
    };
    let roots = assets::roots(site, checked.generator(), files);
    let written = checked.post.text().get(range.as_range()).unwrap_or_default();
    let folder = written.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_in = |inside: &str| {
        folder.is_empty()
            || folder
                .strip_prefix('/')
                .is_some_and(|folder| inside.starts_with(folder))
    };
    let found: Vec<(&str, &String)> = files
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
            is_in(inside).then_some((inside, file))
        })
        .collect();
    let sought = |(inside, _): &(&str, &String), out: &mut String| {
        out.push('/');
        push_lower(inside, out);
    };
    chosen(
        found,
        typed(checked, range, offset),
        Ord::cmp,
        sought,
        |(inside, file)| {
            let path = format!("/{inside}");
            Proposal {
                label: path.clone(),
                insert: path,
                range,
                detail: Message::default(),
                docs: Docs::Picture(file.clone()),
                kind: ProposalKind::File,
            }
        },
    )
}

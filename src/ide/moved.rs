//! What must be mended when files get other names: links to them, and a moved post's own links to its neighbours.

use std::collections::HashMap;

use super::links::{self, joined};
use crate::post::markdown::LinkKind;
use crate::post::{Post, address, images};
use crate::site::Site;
use crate::text::{Edit, TextRange};

/// A file that gets another name; paths from the site's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it was.
    pub old: String,
    /// Where it will be.
    pub new: String,
    /// The path of its page before, or of the file itself where it is published as it is; `None` where it has none or it is not
    /// known.
    pub old_url: Option<String>,
    /// The same afterwards.
    pub new_url: Option<String>,
}

/// Everything that gets another name at once, ready to be looked up.
#[derive(Debug, Default)]
pub struct Moves {
    all: Vec<Move>,
    by_path: HashMap<String, usize>,
    /// By path without extension, which is how template tags name a post.
    by_stem: HashMap<String, usize>,
    /// By decoded address without its last slash.
    by_url: HashMap<String, usize>,
}

impl Moves {
    /// Take in `all`; of several moves of one file the last counts.
    pub fn new(all: Vec<Move>) -> Self {
        let mut moves = Self::default();
        for (at, one) in all.iter().enumerate() {
            moves.by_path.insert(one.old.clone(), at);
            moves.by_stem.insert(links::stem(&one.old).to_owned(), at);
            // An address that stays needs no mending.
            if let Some(url) = one.old_url.as_deref().filter(|_| one.old_url != one.new_url) {
                moves.by_url.insert(plain(url), at);
            }
        }
        moves.all = all;
        moves
    }

    /// Whether the file at `path` moves.
    pub fn has(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }

    fn of_path(&self, path: &str) -> Option<&Move> {
        self.all.get(*self.by_path.get(path)?)
    }

    fn of_stem(&self, stem: &str) -> Option<&Move> {
        self.all.get(*self.by_stem.get(stem)?)
    }

    fn of_url(&self, url: &str) -> Option<&Move> {
        self.all.get(*self.by_url.get(&plain(url))?)
    }

    /// Where the file at `path` will be.
    fn new_place<'a>(&'a self, path: &'a str) -> &'a str {
        self.of_path(path).map_or(path, |moved| &moved.new)
    }
}

/// An address as it is compared: decoded, without its last slash.
fn plain(url: &str) -> String {
    address::percent_decoded(url).trim_end_matches('/').to_owned()
}

/// The edits in `post` that the moves ask for, sorted and disjoint.
pub fn mended(post: &Post, site: &Site, moves: &Moves) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (tag, range) in links::named_places(post) {
        let named = post.text().get(range.as_range()).unwrap_or_default();
        edits.extend(renamed(tag, named, moves).map(|name| Edit::replace(range, name)));
    }
    for (range, url) in verbatim(post) {
        let end = address::without_query(url).len();
        let path = url.get(..end).unwrap_or_default();
        let new = if is_relative(path) {
            from_beside(post, site, path, moves)
        } else {
            from_root(site, path, moves)
        };
        edits.extend(new.map(|new| Edit::replace(TextRange::new(range.start, range.start + end), new)));
    }
    edits.sort();
    edits.dedup();
    edits
}

/// The folder that holds the assets of the post at `path`, as Hexo and many writers name it.
pub fn asset_folder(path: &str) -> &str {
    links::stem(path)
}

/// What a template tag calls the post afterwards; `None` where nothing changes.
fn renamed(tag: &str, named: &str, moves: &Moves) -> Option<String> {
    let (name, fragment) = match named.find('#') {
        Some(at) => named.split_at(at),
        None => (named, ""),
    };
    let inside = name.trim_start_matches('/');
    let slash = name.get(..name.len() - inside.len())?;
    let new = match tag {
        "link" => moves.of_path(inside)?.new.clone(),
        "ref" | "relref" => {
            let old = format!("content/{inside}");
            match moves.of_path(&old) {
                Some(moved) => moved.new.strip_prefix("content/")?.to_owned(),
                None => links::stem(moves.of_stem(&old)?.new.strip_prefix("content/")?).to_owned(),
            }
        }
        "post_link" | "post_path" | "post_url" => {
            let posts = ["source/_posts/", "_posts/", "source/_drafts/", "_drafts/"];
            let moved = posts
                .iter()
                .find_map(|folder| moves.of_stem(&format!("{folder}{inside}")))?;
            links::slug(&moved.new)?.to_owned()
        }
        _ => return None,
    };
    let new = format!("{slash}{new}{fragment}");
    (new != named).then_some(new)
}

/// Addresses that stand in the text as they are.
fn verbatim(post: &Post) -> Vec<(TextRange, &str)> {
    let shown = images::all(post).into_iter();
    let mut found: Vec<(TextRange, &str)> = shown.filter_map(|image| Some((image.bytes?, image.url))).collect();
    let written = |range: TextRange| post.text().get(range.as_range());
    for link in post.markdown.links.iter().filter(|link| link.kind == LinkKind::Link) {
        let target = link.target.filter(|target| written(*target) == Some(&*link.url));
        found.extend(target.map(|target| (target, &*link.url)));
    }
    for (_, element) in post.html.elements().filter(|(_, element)| &*element.name == "a") {
        let href = element.attributes.iter().find(|attribute| &*attribute.name == "href");
        found.extend(href.and_then(|href| {
            let value = href.value.as_deref()?;
            (written(href.value_range) == Some(value)).then_some((href.value_range, value))
        }));
    }
    found
}

fn is_relative(path: &str) -> bool {
    !path.is_empty() && !path.starts_with(['/', '#']) && !path.contains(':') && !path.contains("{{")
}

/// A path relative to the post, as it must be written when the post, its goal or both have moved; `None` where it may stay and
/// where nothing that is known lies there.
fn from_beside(post: &Post, site: &Site, path: &str, moves: &Moves) -> Option<String> {
    let old = folder(&post.path);
    let new = folder(moves.new_place(&post.path));
    let target = joined(old, &address::percent_decoded(path))?;
    let goal = moves.new_place(&target);
    if old == new && goal == target {
        return None;
    }
    let is_known = goal != target
        || site.posts.get(&target).is_some()
        || site.assets.as_ref().is_some_and(|assets| assets.contains(&target));
    let wanted = relative(new, goal);
    (is_known && wanted != relative(old, &target)).then_some(wanted)
}

/// An address of the site as it is after the moves; `None` where it may stay.
fn from_root(site: &Site, path: &str, moves: &Moves) -> Option<String> {
    let start = links::below_site_at(site, path)?;
    let (before, inside) = path.split_at(start);
    let new = moves.of_url(inside)?.new_url.as_deref()?;
    // Who wrote the address in plain letters gets plain letters, and who left out the last slash goes without.
    let new = if path.contains('%') {
        new.to_owned()
    } else {
        address::percent_decoded(new).replace(' ', "%20")
    };
    let new = if inside.ends_with('/') {
        new
    } else {
        new.trim_end_matches('/').to_owned()
    };
    Some(format!("{before}{new}"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The way from `folder` to `target`, blanks escaped.
fn relative(folder: &str, target: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..");
    let parts: Vec<&str> = up.chain(to.iter().skip(shared).copied()).collect();
    parts.join("/").replace(' ', "%20")
}

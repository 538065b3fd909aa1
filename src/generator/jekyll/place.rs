//! Which files Jekyll takes for posts, and what it reads from their paths.

use crate::generator::SiteSettings;
use crate::message::Part;
use crate::part;

/// Where a file is, as Jekyll sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is read as a post or a draft.
    Post(PostPath),
    /// It is not, for this reason.
    Other(Part),
}

/// The path of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPath {
    /// The directories above `_posts` or `_drafts`: each is a category.
    pub above: Vec<String>,
    /// The path below `_posts` or `_drafts`, file name included.
    pub below: String,
    /// Whether it is in `_drafts`.
    pub is_draft: bool,
    /// The date in the file's name as written; `None` without one.
    pub date: Option<String>,
    /// The file's name without date and extension.
    pub slug: String,
}

impl PostPath {
    /// The file's name without its directories and its extension.
    pub fn stem(&self) -> &str {
        let name = self.below.rsplit('/').next().unwrap_or(&self.below);
        stem(name)
    }
}

/// Directories that Jekyll never looks into, by their first character.
fn is_special(name: &str) -> bool {
    name.starts_with(['.', '_', '#', '~']) || name.ends_with('~')
}

/// Ruby's `File.basename` without `File.extname`.
fn stem(name: &str) -> &str {
    match name.rfind('.') {
        Some(at) if at > 0 && at + 1 < name.len() => name.get(..at).unwrap_or(name),
        _ => name,
    }
}

/// What the file at `path`, relative to the site's root, is to Jekyll.
pub fn place(path: &str, settings: &SiteSettings) -> Place {
    let mut path = path.trim_start_matches("./");
    for folder in [
        settings.source_dir.as_deref(),
        settings.jekyll.collections_dir.as_deref(),
    ] {
        let folder = folder.unwrap_or_default().trim_matches(['/', '.']);
        if !folder.is_empty() {
            let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            path = inside.unwrap_or(path);
        }
    }
    let parts: Vec<&str> = path.split('/').collect();
    let Some(at) = parts.iter().position(|part| matches!(*part, "_posts" | "_drafts")) else {
        return Place::Other(part!("it is not in `_posts` or `_drafts`"));
    };
    let (above, below) = (
        parts.get(..at).unwrap_or_default(),
        parts.get(at + 1..).unwrap_or_default(),
    );
    let Some(name) = below.last().filter(|name| !name.is_empty()) else {
        return Place::Other(part!("it is no file in `_posts`"));
    };
    if above.iter().chain(below).any(|part| is_special(part)) {
        return Place::Other(part!(
            "Jekyll passes over names that begin with `_`, `.`, `#` or `~` or end in `~`"
        ));
    }
    let is_draft = parts.get(at) == Some(&"_drafts");
    let dated = dated(name);
    let (date, slug) = match dated {
        Some((date, slug)) => (Some(date.to_owned()), slug),
        None if is_draft && name.contains('.') => (None, stem(name)),
        None if is_draft => return Place::Other(part!("a draft needs an extension")),
        None => return Place::Other(part!("the name of a post in Jekyll is `YYYY-MM-DD-title.md`")),
    };
    Place::Post(PostPath {
        above: above.iter().map(|&part| part.to_owned()).collect(),
        below: below.join("/"),
        is_draft,
        date,
        slug: slug.trim_end_matches('.').to_owned(),
    })
}

/// `(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)` from the start of a name: date and slug.
fn dated(name: &str) -> Option<(&str, &str)> {
    let digits = |rest: &str, least: usize, most: usize| {
        let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        (count >= least).then_some(count)
    };
    let mut end = digits(name, 2, 4)?;
    for _ in 0..2 {
        let rest = name.get(end..)?.strip_prefix('-')?;
        end += 1 + digits(rest, 1, 2)?;
    }
    let rest = name.get(end..)?.strip_prefix('-')?;
    let dot = rest.rfind('.').filter(|dot| dot + 1 < rest.len())?;
    Some((name.get(..end)?, rest.get(..dot)?))
}

//! Which files Hexo takes for posts, and what it reads from their names.

use super::skip;
use crate::generator::SiteSettings;
use crate::generator::slug;
use crate::message::Part;
use crate::part;
use regex::Regex;
use std::cell::RefCell;
use std::rc::Rc;

/// Extensions that the renderers of a plain Hexo site take; upper case is another extension.
const RENDERED: [&str; 15] = [
    "md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "htm", "html", "css", "js", "json", "yml", "yaml",
    "njk",
];

/// What Hexo takes a file for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A post: its path below `_posts` or `_drafts`.
    Post {
        /// With the extension.
        path: String,
        /// Below `_drafts`.
        is_draft: bool,
    },
    /// No post; why, in plain words.
    Other(Part),
}

/// What Hexo takes the file at `path` for. A path without any of Hexo's folders in it is that of a lone file, which is
/// looked at as if it stood in `_posts`.
pub fn place(path: &str, settings: &SiteSettings) -> Place {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let folder = segments
        .iter()
        .position(|segment| matches!(*segment, "_posts" | "_drafts"))
        .filter(|&at| at + 1 < segments.len());
    let (below, is_draft) = match folder {
        Some(at) => (segments[at + 1..].join("/"), segments[at] == "_drafts"),
        None => {
            let source = settings.source_dir.as_deref().unwrap_or("source").trim_matches('/');
            if segments.iter().rev().skip(1).any(|segment| *segment == source) {
                return Place::Other(part!("it is not below `_posts` or `_drafts`"));
            }
            (segments.last().copied().unwrap_or_default().to_owned(), false)
        }
    };
    if below.ends_with(['~', '%']) {
        return Place::Other(part!("Hexo takes a name that ends in `~` or `%` for a temporary file"));
    }
    if below.split('/').any(|segment| segment.starts_with(['_', '.'])) {
        return Place::Other(part!(
            "Hexo leaves out files and folders whose name starts with `_` or `.`"
        ));
    }
    let extension = extension(&below).trim_start_matches('.');
    if !RENDERED.contains(&extension) && extension != "j2" {
        return Place::Other(part!("Hexo renders no file with this extension as a post"));
    }
    let from_source = folder.map(|at| format!("{}/{below}", segments[at]));
    if from_source.is_some_and(|path| skip::is_skipped(&path, &settings.hexo.skip_render)) {
        return Place::Other(part!(
            "`skip_render` in the site's configuration names it, so Hexo renders no post from it"
        ));
    }
    if settings.post_asset_folder == Some(true) {
        let wanted = self::extension(new_post_name(settings));
        if wanted.trim_start_matches('.') != extension {
            return Place::Other(part!(
                "with `post_asset_folder` only files with the extension of `new_post_name` are posts"
            ));
        }
    }
    Place::Post { path: below, is_draft }
}

fn new_post_name(settings: &SiteSettings) -> &str {
    settings
        .new_post_name
        .as_deref()
        .filter(|name| !name.is_empty())
        .unwrap_or(":title.md")
}

/// Node's `extname`: from the last full stop of the file's name, which must not begin with it.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rfind('.') {
        Some(at) if at > 0 => &name[at..],
        _ => "",
    }
}

/// What the file's name says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// The slug.
    pub title: String,
    /// Year, month and day as written; `None` when `new_post_name` has no place for all three.
    pub date: Option<(i64, i64, i64)>,
    /// Other placeholders and what stands there; they go before the front matter.
    pub others: Vec<(String, String)>,
}

/// Take the name apart by `new_post_name`.
pub fn name_parts(path: &str, settings: &SiteSettings) -> NameParts {
    let rule = new_post_name(settings);
    let rule = rule.strip_suffix(extension(rule)).unwrap_or(rule);
    let stem = path.strip_suffix(extension(path)).unwrap_or(path);
    let slug_only = || NameParts {
        title: slug::hexo(stem),
        ..NameParts::default()
    };
    if rule == ":title" {
        return NameParts {
            title: stem.to_owned(),
            ..NameParts::default()
        };
    }
    let compiled = compiled(rule);
    let (regex, names) = &*compiled;
    let Some(found) = regex.as_ref().and_then(|regex| regex.captures(stem)) else {
        return slug_only();
    };
    let mut parts = NameParts::default();
    let mut title = None;
    let mut date = [None; 3];
    for (at, name) in names.iter().enumerate() {
        let text = found.get(at + 1).map_or("", |group| group.as_str());
        match name.as_str() {
            "title" => title = Some(text.to_owned()),
            "year" => date[0] = text.parse().ok(),
            "month" => date[1] = text.parse().ok(),
            "i_month" => date[1] = date[1].or(text.parse().ok()),
            "day" => date[2] = text.parse().ok(),
            "i_day" => date[2] = date[2].or(text.parse().ok()),
            "hash" => {}
            other => parts.others.push((other.to_owned(), text.to_owned())),
        }
    }
    parts.title = title.unwrap_or_else(|| slug::hexo(stem));
    if let [Some(year), Some(month), Some(day)] = date {
        parts.date = Some((year, month, day));
    }
    parts
}

/// The rule, compiled: a site has one for all its posts.
fn compiled(rule: &str) -> Rc<(Option<Regex>, Vec<String>)> {
    type Known = Option<(String, Rc<(Option<Regex>, Vec<String>)>)>;
    thread_local! {
        static LAST: RefCell<Known> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if let Some((_, compiled)) = last.as_ref().filter(|(known, _)| known == rule) {
            return Rc::clone(compiled);
        }
        let (pattern, names) = pattern(rule);
        let compiled = Rc::new((Regex::new(&pattern).ok(), names));
        *last = Some((rule.to_owned(), Rc::clone(&compiled)));
        compiled
    })
}

/// The regular expression that hexo-util makes of a permalink rule, and the names of its groups.
fn pattern(rule: &str) -> (String, Vec<String>) {
    let mut pattern = String::from("^");
    let mut names = Vec::new();
    for piece in pieces(rule) {
        match piece {
            Piece::Text(text) => pattern.push_str(&regex::escape(text)),
            Piece::Name(name) => {
                pattern.push_str(match name {
                    "year" => "([0-9]{4})",
                    "month" | "day" => "([0-9]{2})",
                    "i_month" | "i_day" => "([0-9]{1,2})",
                    "hash" => "([0-9a-f]{12})",
                    _ => "(.+?)",
                });
                names.push(name.to_owned());
            }
        }
    }
    pattern.push('$');
    (pattern, names)
}

/// A part of a permalink rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stays.
    Text(&'a str),
    /// A placeholder, without its colon.
    Name(&'a str),
}

/// Take a rule apart at its placeholders: `/:(\w*[^_\W])/g`.
pub fn pieces(rule: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut text, mut at) = (0, 0);
    while let Some(colon) = rule.get(at..).and_then(|rest| rest.find(':')) {
        let start = at + colon + 1;
        let rest = rule.get(start..).unwrap_or_default();
        let run = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            .count();
        let name = rest.get(..run).unwrap_or_default().trim_end_matches('_');
        at = start + name.len();
        if !name.is_empty() {
            pieces.push(Piece::Text(rule.get(text..start - 1).unwrap_or_default()));
            pieces.push(Piece::Name(name));
            text = at;
        }
    }
    pieces.push(Piece::Text(rule.get(text..).unwrap_or_default()));
    pieces
}

//! Walks folders and tells posts from other files.

use super::fence::Fence;
use super::{Loaded, SiteRoot, Workspace, read};
use crate::config::ConfigError;
use crate::generator::Generator;
use crate::message::Message;
use crate::say;
use crate::site::Site;
use ignore::{WalkBuilder, overrides::OverrideBuilder};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions of post files, lower case.
pub const POST_EXTENSIONS: &[&str] = &[
    "md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "mdown", "html", "htm",
];

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where to read it.
    pub path: PathBuf,
    /// How to call it: as given, `/` as separator.
    pub shown: String,
    /// Whether it is a link, met on a walk, that leads out of the folder and its repository: nobody has asked for what lies
    /// there to be changed.
    pub leads_out: bool,
}

/// What a walk brought in.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// Each file once, in order of the paths given, then by name.
    pub files: Vec<Found>,
    /// How many files the configuration excluded.
    pub excluded: usize,
    /// What could not be looked at, and why.
    pub troubles: Vec<Message>,
}

/// Find the posts at and below `paths`. A file that was named is taken whatever it is called; in a folder the posts are
/// taken: what the site's generator reads as one, everything under `_posts` and `_drafts`, and outside of any site what begins
/// like front matter. A folder that holds none of these is taken whole, unless it is the root of a site.
pub fn discover(workspace: &Workspace, paths: &[PathBuf]) -> Result<Discovery, ConfigError> {
    let mut found = Discovery::default();
    let mut seen = HashSet::new();
    for path in paths {
        let mut files = match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(workspace, path, &mut found)?,
            Ok(_) => vec![(path.clone(), false)],
            Err(error) => {
                found.troubles.push(say!(
                    "{file}: {error}",
                    file = shown(path),
                    error = Message::data(&error.to_string())
                ));
                continue;
            }
        };
        // One path alone leads to no file twice.
        if paths.len() > 1 {
            files.retain(|(file, _)| seen.insert(super::absolute(file).into_owned()));
        }
        found.files.extend(files.into_iter().map(|(path, leads_out)| Found {
            shown: shown(&path),
            path,
            leads_out,
        }));
    }
    Ok(found)
}

/// A path for people and machines: `/` as separator, without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '\\' {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    };
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// Whether the name ends like a post's.
pub fn has_post_extension(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| POST_EXTENSIONS.contains(&extension.to_string_lossy().to_lowercase().as_str()))
}

/// What kind of candidate a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// A post of its site, or under `_posts` or `_drafts`.
    Post,
    /// In no site: a post if it begins like one.
    Outside,
    /// In a site, but no post there.
    Other,
}

/// The posts below `folder`, and whether each is a link that leads out of it.
fn walk(workspace: &Workspace, folder: &Path, found: &mut Discovery) -> Result<Vec<(PathBuf, bool)>, ConfigError> {
    let mut candidates = Vec::new();
    let fence = Fence::around(&std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()));
    // What holds in a folder holds for all its files.
    let mut place: Option<Place> = None;
    for entry in walker(folder).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.troubles.push(say!("{error}", error));
                continue;
            }
        };
        let path = entry.path();
        if !has_post_extension(path) || !is_file(&entry) {
            continue;
        }
        let here = path.parent().unwrap_or(folder);
        let place = match &mut place {
            Some(known) if known.folder.as_os_str() == here.as_os_str() => known,
            other => other.insert(Place::new(workspace, here)),
        };
        let candidate = classify(place.site.as_deref(), path);
        if candidate != Candidate::Other && place.excludes(path)? {
            found.excluded += 1;
        } else {
            let leads_out = entry.path_is_symlink() && !fence.holds(path);
            candidates.push(((path.to_owned(), leads_out), candidate));
        }
    }
    let any_post = candidates.iter().any(|(_, candidate)| *candidate == Candidate::Post);
    let is_root = workspace
        .site(folder)
        .is_some_and(|site| site.root == super::absolute(folder));
    let whole = !any_post && !is_root;
    candidates.retain(|((path, _), candidate)| match candidate {
        Candidate::Post => true,
        Candidate::Outside => whole || begins_like_a_post(path),
        Candidate::Other => whole,
    });
    Ok(candidates.into_iter().map(|(file, _)| file).collect())
}

/// What holds in a folder.
struct Place {
    folder: PathBuf,
    site: Option<Arc<SiteRoot>>,
    settings: Result<Arc<Loaded>, ConfigError>,
}

impl Place {
    fn new(workspace: &Workspace, folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            site: workspace.site(folder),
            settings: workspace.settings(folder),
        }
    }

    /// Whether the configuration excludes the file at `path`.
    fn excludes(&self, path: &Path) -> Result<bool, ConfigError> {
        let loaded = self.settings.as_ref().map_err(Clone::clone)?;
        Ok(loaded.settings.exclude.fit(&loaded.inside(&super::absolute(path))))
    }
}

pub(super) fn walker(folder: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker.require_git(false).sort_by_file_path(Ord::cmp);
    let mut skipped = OverrideBuilder::new(folder);
    // Packages bring their own example posts.
    if skipped.add("!node_modules/").is_ok()
        && let Ok(skipped) = skipped.build()
    {
        walker.overrides(skipped);
    }
    walker
}

fn is_file(entry: &ignore::DirEntry) -> bool {
    match entry.file_type() {
        Some(kind) if kind.is_symlink() => entry.path().is_file(),
        Some(kind) => kind.is_file(),
        None => false,
    }
}

/// What kind of candidate the file at `path` is, which need not exist; `site` is the one that it belongs to.
pub fn classify(site: Option<&SiteRoot>, path: &Path) -> Candidate {
    let full = super::absolute(path);
    match site {
        Some(root) => match full.strip_prefix(&root.root) {
            Ok(inside) if is_post(&root.site, &shown(inside)) => Candidate::Post,
            _ => Candidate::Other,
        },
        None if in_posts_folder(&shown(&full)) => Candidate::Post,
        None => Candidate::Outside,
    }
}

/// Whether the generator reads the file at `path` (relative to the root) as a post.
pub(super) fn is_post(site: &Site, path: &str) -> bool {
    let under = |folder: &str| {
        let folder = folder.trim_start_matches("./").trim_matches('/');
        match folder {
            "" | "." => Some(path),
            _ => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    };
    let source_dir = site.settings.source_dir.as_deref();
    match site.generator {
        Generator::Hexo => under(source_dir.unwrap_or("source"))
            .is_some_and(|rest| rest.starts_with("_posts/") || rest.starts_with("_drafts/")),
        Generator::Jekyll => in_posts_folder(path),
        Generator::Hugo => under(source_dir.unwrap_or("content")).is_some(),
    }
}

fn in_posts_folder(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    parts.iter().any(|part| matches!(*part, "_posts" | "_drafts"))
}

fn begins_like_a_post(path: &Path) -> bool {
    let bytes = read::beginning(path);
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    ["---", "+++", ";;;"].iter().any(|fence| text.starts_with(fence))
}

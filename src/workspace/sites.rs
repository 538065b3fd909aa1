//! Tells where a site's root is and reads the site's own configuration.

use super::cache::Notes;
use super::read_config_text;
use crate::generator::Generator;
use crate::site::layouts::is_layout;
use crate::site::{Site, SiteSettings, detect};
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A site and where it is.
#[derive(Clone, Debug)]
pub struct SiteRoot {
    /// The folder with the generator's configuration.
    pub root: PathBuf,
    /// What is known of it.
    pub site: Site,
    /// How many files a look through all folders finds where posts are; `None` where there may be posts that no look finds.
    pub(super) posts_there: Option<usize>,
    pub(super) notes: Notes,
}

/// Files that make a folder a site's root.
const CONFIGS: &[&str] = &[
    "_config.yml",
    "_config.yaml",
    "_config.json",
    "_config.toml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
];

/// Files and folders that help to tell generators apart.
const WITNESSES: &[&str] = &["package.json", "Gemfile"];
const FOLDERS: &[&str] = &[
    "source/_posts",
    "scaffolds",
    "_posts",
    "_layouts",
    "_includes",
    "content",
    "archetypes",
];

/// Files and folders in a folder that is no longer believed to be a site, but somebody's whole disk.
const TOO_MANY: usize = 200_000;

/// Extensions of pictures, lower case.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico"];

/// What its configuration says of the site whose root is `folder`; `None` when it is no root. `forced` is the user's word on the
/// generator.
pub(super) fn recognised(folder: &Path, forced: Option<Generator>) -> Option<Site> {
    let configs = texts(folder, CONFIGS);
    if configs.is_empty() {
        return None;
    }
    let mut files = configs.clone();
    files.extend(texts(folder, WITNESSES));
    files.extend(
        FOLDERS
            .iter()
            .filter(|name| folder.join(name).is_dir())
            .map(|name| (*name, String::new())),
    );
    let shown: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let generator = forced
        .filter(|_| shown.iter().any(|(name, _)| !name.starts_with("config.")))
        .or(detect(&shown))?;
    Some(Site {
        settings: settings(generator, &configs),
        generator,
        ..Site::default()
    })
}

/// `site`, whose root is `folder`, before anybody has looked through its folders.
pub(super) fn unseen(folder: &Path, site: Site) -> SiteRoot {
    SiteRoot {
        root: folder.to_owned(),
        site,
        posts_there: None,
        notes: Notes::default(),
    }
}

/// The same with what a look through all its folders shows.
pub(super) fn looked_at(folder: &Path, mut site: Site) -> SiteRoot {
    let (assets, posts_there) = looked_through(folder, &site);
    site.assets = assets.map(Arc::new);
    SiteRoot {
        posts_there,
        ..unseen(folder, site)
    }
}

fn texts(folder: &Path, names: &[&'static str]) -> Vec<(&'static str, String)> {
    names
        .iter()
        .filter_map(|name| read_config_text(&folder.join(name)).ok().map(|text| (*name, text)))
        .collect()
}

fn settings(generator: Generator, configs: &[(&str, String)]) -> SiteSettings {
    let first = |fits: fn(&str) -> bool| configs.iter().find(|(name, _)| fits(name));
    match generator {
        Generator::Hexo => {
            first(|name| name.starts_with("_config.")).map(|(_, text)| SiteSettings::from_hexo_yaml(text))
        }
        Generator::Jekyll => {
            first(|name| name.starts_with("_config.y")).map(|(_, text)| SiteSettings::from_jekyll_yaml(text))
        }
        Generator::Hugo => first(|name| !name.starts_with('_')).map(|(name, text)| match name.rsplit('.').next() {
            Some("toml") => SiteSettings::from_hugo_toml(text),
            Some("json") => SiteSettings::from_hugo_json(text),
            _ => SiteSettings::from_hugo_yaml(text),
        }),
    }
    .unwrap_or_default()
}

/// Every file below `root` that is no post, and how many are. The first is `None` when there are too many to look at, and when
/// there is not one picture among them: then this is a copy of the texts alone, and that a picture is missing says nothing about
/// the site. The second is `None` where some posts cannot be counted.
fn looked_through(root: &Path, site: &Site) -> (Option<HashSet<String>>, Option<usize>) {
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || matches!(&*name, "node_modules" | "_site"))
        })
        .build();
    let (mut seen, mut posts, mut is_countable) = (0, 0, true);
    let mut files = HashSet::new();
    for entry in walk.flatten().take(TOO_MANY) {
        seen += 1;
        if entry.file_type().is_none_or(|kind| kind.is_dir()) {
            continue;
        }
        let Some(path) = entry.path().strip_prefix(root).ok().map(super::shown) else {
            continue;
        };
        let has_extension = super::discover::has_post_extension(Path::new(&path));
        posts += usize::from(has_extension && super::discover::is_post(site, &path));
        is_countable &= !hides_posts(site, &path);
        if !has_extension || is_layout(&path, &site.settings) {
            files.insert(path);
        }
    }
    let is_image = |path: &String| {
        let extension = Path::new(path)
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| IMAGES.contains(&extension.as_str()))
    };
    let is_all = seen < TOO_MANY;
    is_countable &= !site.settings.hugo.has_modules;
    let posts = (is_all && is_countable).then_some(posts);
    ((is_all && files.iter().any(is_image)).then_some(files), posts)
}

/// Whether there may be posts that are in no file of the site's, or in one that nobody reads here, where the file at `path` is.
fn hides_posts(site: &Site, path: &str) -> bool {
    const FOREIGN: [&str; 11] = [
        "textile", "adoc", "asciidoc", "ad", "org", "rst", "pandoc", "pdc", "mmark", "ejs", "gotmpl",
    ];
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_foreign = name
        .rsplit_once('.')
        .is_some_and(|(_, extension)| FOREIGN.contains(&extension));
    let is_of_module = || {
        // A theme and a module of Hugo may bring pages of their own.
        let in_theme = path.strip_prefix("themes/").and_then(|rest| rest.split_once('/'));
        path == "go.mod"
            || in_theme.is_some_and(|(_, rest)| rest.starts_with("content/"))
            || folder.starts_with("config/") && name.starts_with("module.")
    };
    is_foreign && super::discover::is_post(site, path) || site.generator == Generator::Hugo && is_of_module()
}

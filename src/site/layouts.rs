//! Which layouts a site has.

use super::Site;
use crate::generator::{Generator, SiteSettings};
use std::collections::{BTreeSet, HashSet};

/// Layouts that Jekyll's usual themes bring along; where they come from a gem, no file of the site shows it.
const OF_JEKYLL_THEMES: [&str; 5] = ["default", "home", "page", "post", "posts"];

/// Whether the file at `path`, relative to a site's root, is a template of a page.
pub fn is_layout(path: &str, settings: &SiteSettings) -> bool {
    if path.starts_with(&of_jekyll(settings)) {
        return true;
    }
    let inside = path.strip_prefix("themes/").and_then(|rest| rest.split_once('/'));
    let inside = inside.map_or(path, |(_, rest)| rest);
    ["_layouts/", "layouts/", "layout/"]
        .iter()
        .any(|folder| inside.starts_with(folder))
}

/// The folder of Jekyll's layouts, with a slash behind it.
pub fn of_jekyll(settings: &SiteSettings) -> String {
    let folder = settings.jekyll.layouts_dir.as_deref().unwrap_or("_layouts");
    format!("{}/", folder.trim_start_matches("./").trim_matches('/'))
}

impl Site {
    /// The names of every layout that a page of the site can have; `None` where they are not all at hand: no file was looked
    /// at, or the theme comes from elsewhere.
    pub fn layouts(&self) -> Option<BTreeSet<&str>> {
        let files = self.assets.as_ref()?;
        let theme = self.settings.theme.as_deref();
        let found: BTreeSet<&str> = match (self.generator, theme) {
            (Generator::Hexo, Some(theme)) => stems(files, &format!("themes/{theme}/layout/")).collect(),
            (Generator::Hexo, None) => return None,
            // Templates of a theme that is a gem are no files of the site.
            (Generator::Jekyll, Some(_)) => return None,
            (Generator::Jekyll, None) => {
                let found: BTreeSet<&str> = stems(files, &of_jekyll(&self.settings)).collect();
                let usual = OF_JEKYLL_THEMES.into_iter().filter(|_| !found.is_empty());
                usual.chain(found.iter().copied()).collect()
            }
            // Modules of Go bring templates along.
            (Generator::Hugo, _) if files.contains("go.mod") => return None,
            (Generator::Hugo, theme) => {
                let of_theme = theme.map(|theme| format!("themes/{theme}/layouts/"));
                let of_theme: Vec<&str> = of_theme.iter().flat_map(|folder| stems(files, folder)).collect();
                if theme.is_some() && of_theme.is_empty() {
                    return None;
                }
                stems(files, "layouts/").chain(of_theme).map(last).collect()
            }
        };
        (!found.is_empty()).then_some(found)
    }
}

/// The files below `folder` without their extensions: `kitchen/tea` of `kitchen/tea.html`.
fn stems<'a>(files: &'a HashSet<String>, folder: &str) -> impl Iterator<Item = &'a str> {
    files.iter().filter_map(move |file| {
        let path = file.strip_prefix(folder)?;
        let name = path.rfind('/').map_or(0, |at| at + 1);
        let dot = path.get(name..)?.find('.')?;
        path.get(..name + dot).filter(|stem| !stem.is_empty())
    })
}

/// Hugo looks a layout up in several folders.
fn last(stem: &str) -> &str {
    stem.rsplit('/').next().unwrap_or(stem)
}

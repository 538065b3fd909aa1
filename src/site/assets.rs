//! Where a site keeps the files that its pages show.

use super::Site;
use crate::generator::Generator;
use crate::post::address;
use std::collections::HashSet;

/// What follows the last slash.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Directories whose files are published below `/`, each with its final slash.
pub fn roots(site: &Site, generator: Generator, assets: &HashSet<String>) -> Vec<String> {
    let mut roots = match generator {
        Generator::Hexo => vec![format!(
            "{}/",
            site.settings
                .source_dir
                .as_deref()
                .unwrap_or("source")
                .trim_matches('/')
        )],
        Generator::Jekyll => vec![
            match site.settings.source_dir.as_deref().map(|dir| dir.trim_matches('/')) {
                None | Some("" | ".") => String::new(),
                Some(dir) => format!("{dir}/"),
            },
        ],
        Generator::Hugo => vec!["static/".to_owned(), "assets/".to_owned(), "content/".to_owned()],
    };
    let inside = match generator {
        Generator::Hexo => "source",
        Generator::Jekyll => "assets",
        Generator::Hugo => "static",
    };
    let themes: HashSet<&str> = assets
        .iter()
        .filter_map(|asset| asset.strip_prefix("themes/")?.split('/').next())
        .collect();
    roots.extend(themes.into_iter().map(|theme| format!("themes/{theme}/{inside}/")));
    roots
}

/// The asset directories that `path` would lie in, if it is in none of them but at least one of them exists and holds images;
/// `None` when the image is there or nothing is known.
pub fn known_directories(roots: &[String], path: &str, assets: &HashSet<String>) -> Option<Vec<String>> {
    let path = path.trim_start_matches('/');
    let mut directories = Vec::new();
    for root in roots {
        let place = format!("{root}{path}");
        if assets.contains(&place) {
            return None;
        }
        let directory = place.rfind('/').map_or("", |at| &place[..=at]);
        // The root itself is full of files that say nothing about images.
        if directory.len() > root.len() {
            directories.push(directory.to_owned());
        }
    }
    directories.retain(|directory| files_in(directory, assets).any(address::is_image_file));
    (!directories.is_empty()).then_some(directories)
}

fn files_in<'a>(directory: &'a str, assets: &'a HashSet<String>) -> impl Iterator<Item = &'a str> {
    assets
        .iter()
        .filter_map(move |asset| asset.strip_prefix(directory))
        .filter(|rest| !rest.contains('/'))
}

/// The image of the same directory whose name is nearest: capitals, another extension, two letters.
pub fn nearest(directories: &[String], path: &str, assets: &HashSet<String>) -> Option<String> {
    const FARTHEST: usize = 2;
    let name = file_name(path).to_lowercase();
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name.to_owned(), |(stem, _)| stem.to_owned())
    };
    let distance = |file: &str| {
        let lower = file.to_lowercase();
        if lower == name {
            0
        } else if stem(&lower) == stem(&name) {
            1
        } else {
            strsim::damerau_levenshtein(&lower, &name)
        }
    };
    directories
        .iter()
        .flat_map(|directory| files_in(directory, assets))
        .filter(|file| address::is_image_file(file) && file.len().abs_diff(name.len()) <= FARTHEST + 2)
        .map(|file| (distance(file), file))
        .filter(|&(distance, file)| distance <= FARTHEST && (distance <= 1 || has_no_other_number(file, &name)))
        .min()
        .map(|(_, file)| file.to_owned())
}

/// `photo-1.jpg` is not `photo-2.jpg`.
fn has_no_other_number(file: &str, name: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(file) == digits(name)
}

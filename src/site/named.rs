//! The names by which template tags and links may call a post. They are taken widely: a name that is here may still be wrong, one
//! that is not here is.

use crate::generator::hexo;
use crate::generator::{Build, DateSource, Explained, Generator, SiteSettings, date, jekyll};
use crate::post::Post;
use std::sync::Arc;

/// Every name of `post`, each once, in the form that [`wanted`] and [`file`] give.
pub(super) fn of(post: &Post, explained: &Explained, build: &Build<'_>) -> Vec<Arc<str>> {
    let mut names = match explained.generator {
        Generator::Hexo => of_hexo(post, explained, build.settings),
        Generator::Jekyll => of_jekyll(post, explained, build),
        Generator::Hugo => of_hugo(&post.path),
    };
    names.push(file(&post.path));
    names.sort();
    names.dedup();
    names.into_iter().map(Arc::from).collect()
}

/// `post_link` and `post_path` look for the slug, then for the title.
fn of_hexo(post: &Post, explained: &Explained, settings: &SiteSettings) -> Vec<String> {
    let mut names = Vec::new();
    if let hexo::Place::Post { path, .. } = hexo::place(&post.path, settings) {
        let parts = hexo::name_parts(&path, settings);
        let own = parts.others.into_iter().find(|(key, _)| key == "slug");
        names.push(own.map_or(parts.title, |(_, slug)| slug));
    }
    if !explained.title.is_empty() {
        names.push(explained.title.clone());
    }
    names
}

/// `post_url` looks for the file's name up to any of its full stops, then for the slug and the date of the post; `link` for the
/// path, which begins in the source folder, wherever that is.
fn of_jekyll(post: &Post, explained: &Explained, build: &Build<'_>) -> Vec<String> {
    let path = post.path.as_str();
    let above = path.find("_posts/").unwrap_or(0);
    let mut names: Vec<String> = path
        .char_indices()
        .filter(|&(at, c)| c == '/' && at < above)
        .filter_map(|(at, _)| path.get(at + 1..))
        .chain([path])
        .map(str::to_owned)
        .collect();
    let name = post.file_name();
    names.extend(name.match_indices('.').filter_map(|(at, _)| name.get(..at)).map(padded));
    let jekyll::Place::Post(place) = jekyll::place(path, build.settings) else {
        return names;
    };
    let own = post.front_matter.get("slug").and_then(|entry| entry.value.text());
    let slug = own.filter(|slug| !slug.is_empty()).unwrap_or(&place.slug);
    let dates = dates(explained, build);
    names.extend(dates.into_iter().map(|date| format!("{date}-{slug}")));
    if own.is_some() {
        names.extend(place.date.map(|date| padded(&format!("{date}-{slug}"))));
    }
    names
}

/// The day of the post where the site is built, and its neighbours where nobody says where that is.
fn dates(explained: &Explained, build: &Build<'_>) -> Vec<String> {
    let Some(instant) = explained
        .date
        .instant
        .filter(|_| explained.date.source == DateSource::FrontMatter)
    else {
        return Vec::new();
    };
    let zone = build.settings.timezone.as_deref();
    let given = explained.date.given.as_deref().unwrap_or_default();
    // The zone of a time stands behind its colons; digits alone are the same day everywhere.
    let has_zone = given
        .rsplit(':')
        .next()
        .is_some_and(|end| end.contains(['+', '-', 'Z']))
        && given.contains(':')
        || given
            .rsplit_once(['+', '-'])
            .is_some_and(|(head, _)| head.contains(':'));
    let around = if has_zone && zone.is_none() { -1..=1 } else { 0..=0 };
    let zone = date::zone(zone.unwrap_or(build.machine_zone));
    around
        .map(|days| date::wall(instant + days * date::DAY, &zone))
        .map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
        .collect()
}

/// `ref` and `relref` look for a path or the last part of one, without regard to case, language and extension.
fn of_hugo(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut parts = path.rsplit('/');
    if let Some(name) = parts.next() {
        let stem = without_extension(name);
        names.push(plain_hugo(stem));
        names.extend(stem.rsplit_once('.').map(|(stem, _)| plain_hugo(stem)));
    }
    names.extend(parts.map(plain_hugo));
    names
}

/// What the index must have for `name` in the template tag `tag` to lead to a post; `None` where that cannot be told.
pub fn wanted(generator: Generator, tag: &str, name: &str) -> Option<String> {
    let is_plain = !name.contains(['{', '}', '\\', '\n', '\r']);
    match (generator, tag) {
        _ if !is_plain => None,
        (Generator::Hexo, "post_link" | "post_path") => {
            let mut parts = name.split('#');
            let (slug, rest) = (parts.next()?, parts.nth(1));
            // With two of them Hexo takes none for the start of a fragment.
            Some(if rest.is_some() { name } else { slug }.to_owned()).filter(|slug| !slug.is_empty())
        }
        (Generator::Jekyll, "post_url") => Some(padded(last(name))),
        (Generator::Jekyll, "link") if name.contains("_posts/") => Some(name.trim_start_matches('/').to_owned()),
        (Generator::Hugo, "ref" | "relref") => {
            let path = name.split(['#', '?']).next()?;
            let stem = path.strip_suffix(".md").filter(|_| !name.contains([':', '=']))?;
            let (folder, own) = stem.rsplit_once('/').unwrap_or(("", stem));
            let own = if matches!(own, "index" | "_index") {
                last(folder)
            } else {
                own
            };
            Some(plain_hugo(own)).filter(|own| !matches!(own.as_str(), "" | "." | ".."))
        }
        _ => None,
    }
}

/// What the index must have for a link to the file at `path` to lead to one of that name, wherever it lies.
pub fn file(path: &str) -> String {
    format!("/{}", last(path).to_lowercase())
}

/// Whether every file `.md` beside `place`, a path from the site's root, is one of the index.
pub fn is_among_posts(place: &str, generator: Generator, settings: &SiteSettings) -> bool {
    let folder = match generator {
        Generator::Hexo | Generator::Jekyll => "_posts",
        Generator::Hugo => settings
            .source_dir
            .as_deref()
            .unwrap_or("content")
            .trim_matches(['/', '.']),
    };
    place.split('/').rev().skip(1).any(|part| part == folder)
}

/// `path` seen from `folder`; `None` when it leaves the site.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A file's name without its extension, or a text without what looks like one.
pub fn without_extension(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn plain_hugo(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// `name` with the day that it begins with in digits of even number: `2022-7-6-tea` as `2022-07-06-tea`.
fn padded(name: &str) -> String {
    let mut parts = name.splitn(4, '-');
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let day = [parts.next(), parts.next(), parts.next()];
    match (day.map(|part| part.filter(is_number)), parts.next()) {
        ([Some(year), Some(month), Some(day)], Some(rest)) => format!("{year}-{month:0>2}-{day:0>2}-{rest}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::site::Site;
    use crate::text::Source;

    fn names(generator: Generator, path: &str, text: &str, timezone: Option<&str>) -> Vec<String> {
        let post = Post::parse(Source::new(text), path);
        let mut site = Site {
            generator,
            ..Site::default()
        };
        site.settings.timezone = timezone.map(str::to_owned);
        let facts = site.facts_of(&post, &Config::default());
        facts.names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn jekyll_knows_a_post_by_its_file_and_by_its_date_and_slug() {
        let text = "---\ndate: 2022-07-07 23:00:00 -0500\nslug: tea\n---\n";
        let path = "blog/_posts/2022-7-6-harvest.en.md";
        let known = names(Generator::Jekyll, path, text, Some("UTC"));
        let wanted = |name: &str| wanted(Generator::Jekyll, "post_url", name).unwrap();
        for name in [
            "2022-07-06-harvest",
            "2022-7-6-harvest.en",
            "a/2022-7-8-tea",
            "2022-07-06-tea",
        ] {
            assert!(known.contains(&wanted(name)), "{name} {known:?}");
        }
        for name in [
            "2022-07-07-tea",
            "2022-07-08-harvest",
            "harvest",
            "\"2022-07-06-harvest\"",
        ] {
            assert!(!known.contains(&wanted(name)), "{name} {known:?}");
        }
        assert!(known.contains(&"_posts/2022-7-6-harvest.en.md".to_owned()), "{known:?}");
        // Where nobody says where the site is built, the day may be another.
        assert!(names(Generator::Jekyll, path, text, None).contains(&wanted("2022-07-07-tea")));
    }

    #[test]
    fn hugo_knows_a_page_by_each_part_of_its_path() {
        let known = names(Generator::Hugo, "content/Posts/Green Tea/index.zh.md", "", None);
        let wanted = |name: &str| wanted(Generator::Hugo, "ref", name);
        for name in ["green tea.md", "posts/Green-Tea/index.md#top", "/posts/_index.md"] {
            assert!(known.contains(&wanted(name).unwrap()), "{name} {known:?}");
        }
        assert!(!known.contains(&wanted("posts/tea.md").unwrap()));
        for name in [
            "posts/tea",
            "https://tea.example/a.md",
            "path=\"a.md\"",
            "{{ .x }}.md",
            "index.md",
        ] {
            assert_eq!(wanted(name), None, "{name}");
        }
    }

    #[test]
    fn hexo_takes_what_follows_one_hash_for_a_fragment() {
        let wanted = |name: &str| wanted(Generator::Hexo, "post_link", name);
        assert_eq!(wanted("tea#top").as_deref(), Some("tea"));
        assert_eq!(wanted("C# and F#").as_deref(), Some("C# and F#"));
        assert_eq!(wanted("#top"), None);
        assert_eq!(
            names(Generator::Hexo, "source/_posts/a/b.md", "---\ntitle: T\n---\n", None),
            ["/b.md", "T", "a/b"]
        );
    }
}

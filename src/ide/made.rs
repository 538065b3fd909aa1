//! What the generator makes of a value, in a sentence: the instant of a date, the address, the chain of categories.

use super::Checked;
use crate::generator::date::{iso, wall, zone};
use crate::generator::taxonomy::term_slug;
use crate::generator::{DateSource, Explained, Outcome, Taxonomy, When};
use crate::message::Message;
use crate::site::Site;
use crate::{part, say};

/// How many terms of a post are told one by one: more than a reader takes in.
const MOST_TERMS: usize = 50;

/// What becomes of the field `key`, as Markdown; `None` where there is nothing to say.
pub fn of_field(checked: &Checked, key: &str) -> Option<Message> {
    let explained = checked.explained();
    if explained.outcome != Outcome::Kept {
        return Some(outcome(&explained));
    }
    match key {
        "date" => Some(date(checked, &explained.date)),
        "updated" | "lastmod" | "last_modified_at" => Some(date(checked, &explained.updated)),
        "title" | "permalink" | "slug" | "url" => address(checked, &explained),
        "categories" | "category" => terms(checked, Taxonomy::Category, &explained.categories),
        "tags" | "tag" => {
            let paths: Vec<Vec<String>> = explained.tags.iter().map(|tag| vec![tag.clone()]).collect();
            terms(checked, Taxonomy::Tag, &paths)
        }
        "published" | "draft" => Some(match explained.published {
            true => say!("This post is published."),
            false => say!("This post is kept off the site."),
        }),
        _ => None,
    }
}

/// The whole verdict, as Markdown.
pub fn verdict(checked: &Checked) -> Message {
    let explained = checked.explained();
    let mut lines = vec![outcome(&explained)];
    if explained.outcome == Outcome::Kept {
        lines.extend(address(checked, &explained));
        lines.push(say!("Date: {date}", date = date(checked, &explained.date)));
        let paths = |paths: &[Vec<String>]| {
            let names: Vec<String> = paths.iter().map(|path| path.join(" › ")).collect();
            names.join(", ")
        };
        if !explained.categories.is_empty() {
            lines.push(say!("Categories: {names}", names = paths(&explained.categories)));
        }
        if !explained.tags.is_empty() {
            lines.push(say!("Tags: {names}", names = explained.tags.join(", ")));
        }
    }
    Message::joined(lines, "\n\n")
}

fn outcome(explained: &Explained) -> Message {
    let generator = explained.generator;
    let verdict = match explained.outcome {
        Outcome::Kept => part!("publishes this post"),
        Outcome::Dropped => part!("leaves this post out"),
        Outcome::Fatal => part!("stops the whole build here"),
        Outcome::NotAPost => part!("does not take this file for a post"),
    };
    match &explained.reason {
        Some(reason) => say!("{generator} {verdict}: {reason}.", generator, verdict, reason),
        None => say!("{generator} {verdict}.", generator, verdict),
    }
}

fn address(checked: &Checked, explained: &Explained) -> Option<Message> {
    let path = explained.url.as_deref()?;
    let base = checked.stage.site().and_then(|site| site.settings.url.as_deref());
    Some(match base {
        Some(base) => say!("Address: <{base}{path}>", base = base.trim_end_matches('/'), path),
        None => say!("Address: `{path}`", path),
    })
}

fn date(checked: &Checked, when: &When) -> Message {
    match (when.instant, when.source) {
        (Some(instant), DateSource::FileName) => say!("{time}, from the file's name", time = shown(checked, instant)),
        (Some(instant), _) => shown(checked, instant),
        (None, DateSource::Birthtime) => say!("the time of the file itself, which no build server keeps"),
        (None, _) => say!("none"),
    }
}

/// `2023-05-02T12:15:00.000Z` (20:15:00 in `Asia/Shanghai`).
fn shown(checked: &Checked, instant: i64) -> Message {
    let name = site_zone(checked);
    let local = wall(instant, &zone(&name));
    let clock = format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        local.year, local.month, local.day, local.hour, local.minute, local.second
    );
    say!("`{instant}` ({clock} in {name})", instant = iso(instant), clock, name)
}

/// The zone that the site shows its dates in.
pub fn site_zone(checked: &Checked) -> String {
    let site = checked.stage.site().and_then(|site| site.settings.timezone.clone());
    let config = &checked.stage.config;
    site.or_else(|| config.site_zone.clone())
        .or_else(|| config.machine_zone.clone())
        .unwrap_or_else(|| "UTC".to_owned())
}

fn terms(checked: &Checked, taxonomy: Taxonomy, paths: &[Vec<String>]) -> Option<Message> {
    let site = checked.stage.site();
    let line = |path: &Vec<String>| {
        let name = path.join(" › ");
        let page = site.and_then(|site| page(checked, site, taxonomy, path));
        let page = page.map_or_else(Message::default, |page| {
            Message::data(&format!(" → `{}`", page.replace('`', "%60")))
        });
        match site.map_or(0, |site| uses(site, taxonomy, path)) {
            0 => say!("- {name}{page}", name, page),
            1 => say!("- {name} (1 post){page}", name, page),
            posts => say!("- {name} ({posts} posts){page}", name, posts, page),
        }
    };
    let mut lines: Vec<Message> = paths.iter().take(MOST_TERMS).map(line).collect();
    if let Some(more @ 1..) = paths.len().checked_sub(MOST_TERMS) {
        lines.push(say!("- and {more} more", more));
    }
    (!lines.is_empty()).then(|| Message::joined(lines, "\n"))
}

/// The path of the page that the generator makes for a term; `None` where it makes none and where that is the theme's matter.
fn page(checked: &Checked, site: &Site, taxonomy: Taxonomy, path: &[String]) -> Option<String> {
    let slug = |name: &String| term_slug(checked.generator(), taxonomy, name, &site.settings);
    let slugs: Vec<String> = path.iter().map(slug).collect::<Option<_>>()?;
    let (folder, usual) = match taxonomy {
        Taxonomy::Category => (&site.settings.hexo.category_dir, "categories"),
        Taxonomy::Tag => (&site.settings.hexo.tag_dir, "tags"),
    };
    let folder = folder.as_deref().unwrap_or(usual).trim_matches('/');
    Some(format!("/{folder}/{}/", slugs.join("/")))
}

/// How many posts of the site stand under the term at `path`.
pub fn uses(site: &Site, taxonomy: Taxonomy, path: &[String]) -> usize {
    let Some((name, parents)) = path.split_last() else {
        return 0;
    };
    site.posts.uses(&crate::site::Term {
        taxonomy,
        parents: parents.to_vec(),
        name: name.into(),
        slug: None,
    })
}

//! A page as Hugo's `pageMeta` holds it.

use super::place::PagePath;
use super::url;
use super::value::{Dated, Go, dated};
use crate::generator::{Build, DateSource, Taxonomy, date};
use crate::message::Message;
use crate::say;
use jiff::tz::TimeZone;

/// A page as Hugo holds it.
#[derive(Debug)]
pub struct Model<'a> {
    data: Go,
    /// The build.
    pub build: &'a Build<'a>,
    /// What the file's path says.
    pub path: PagePath,
    /// The zone of dates without one.
    pub zone: TimeZone,
    /// When it was written.
    pub date: Found,
    /// When it was changed.
    pub lastmod: Found,
    /// When it is published.
    pub publish: Found,
    /// When it goes.
    pub expiry: Found,
}

/// An instant and where it came from; `None` is Hugo's zero date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Milliseconds since 1970 UTC.
    pub instant: Option<i64>,
    /// Where it came from.
    pub source: DateSource,
}

/// Why the build stops, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fatal(pub Message);

/// Where each date is looked for, first found wins.
pub const DATE: &[&str] = &["date", "publishdate", "pubdate", "published", "lastmod", "modified"];
/// When it was changed.
pub const LASTMOD: &[&str] = &["lastmod", "modified", "date", "publishdate", "pubdate", "published"];
/// When it is published.
pub const PUBLISH: &[&str] = &["publishdate", "pubdate", "published", "date"];
/// When it goes.
pub const EXPIRY: &[&str] = &["expirydate", "unpublishdate"];

/// The zone of dates without one on the site of `build`.
pub fn zone(build: &Build<'_>) -> TimeZone {
    date::zone(build.settings.timezone.as_deref().unwrap_or("UTC"))
}

impl<'a> Model<'a> {
    /// The page at `path` with these data.
    pub fn new(data: Go, path: PagePath, build: &'a Build<'a>) -> Result<Self, Fatal> {
        let mut model = Model {
            data,
            build,
            path,
            zone: zone(build),
            date: Found::default(),
            lastmod: Found::default(),
            publish: Found::default(),
            expiry: Found::default(),
        };
        let sources = &build.settings.hugo.date_sources;
        model.date = if sources.is_empty() {
            model.first(DATE)?
        } else {
            model.configured(sources)?
        };
        model.lastmod = model.first(LASTMOD)?;
        model.publish = model.first(PUBLISH)?;
        model.expiry = model.first(EXPIRY)?;
        if model.text("url").starts_with("http") {
            return Err(Fatal(say!("`url` has a protocol, and Hugo wants a path")));
        }
        Ok(model)
    }

    /// The first of `keys` that holds a date. One that holds something else on the way stops the build.
    fn first(&self, keys: &[&str]) -> Result<Found, Fatal> {
        for key in keys {
            match dated(self.value(key), &self.zone) {
                Dated::Empty => {}
                Dated::Invalid => return Err(Fatal(say!("`{key}` is no date that Hugo can read", key))),
                Dated::At(None) => return Ok(Found::default()),
                Dated::At(instant) => {
                    return Ok(Found {
                        instant,
                        source: DateSource::FrontMatter,
                    });
                }
            }
        }
        Ok(Found::default())
    }

    /// The same with the site's own `frontmatter.date`.
    fn configured(&self, sources: &[String]) -> Result<Found, Fatal> {
        for source in sources {
            let source = source.to_lowercase();
            let found = match source.as_str() {
                ":filename" => match self
                    .path
                    .date
                    .as_deref()
                    .map(|text| super::layout::parse(text, &self.zone))
                {
                    Some(Some(instant)) => Found {
                        instant: Some(instant),
                        source: DateSource::FileName,
                    },
                    _ => continue,
                },
                ":filemodtime" | ":git" => Found {
                    instant: None,
                    source: DateSource::Birthtime,
                },
                ":default" => self.first(DATE)?,
                "lastmod" => self.first(&["lastmod", "modified"])?,
                "publishdate" => self.first(&["publishdate", "pubdate", "published"])?,
                key => self.first(&[key])?,
            };
            if found != Found::default() {
                return Ok(found);
            }
        }
        Ok(Found::default())
    }

    /// The value of `key` (lower case), which is found in any case.
    pub fn value(&self, key: &str) -> Option<&Go> {
        self.data.get(key)
    }

    /// The value of `key` as text; empty where there is none.
    pub fn text(&self, key: &str) -> String {
        self.value(key).and_then(Go::to_text).unwrap_or_default()
    }

    /// Whether it is a draft.
    pub fn is_draft(&self) -> bool {
        match self.value("draft") {
            Some(Go::Bool(value)) => *value,
            Some(Go::Int(value)) => *value != 0,
            Some(Go::Text(text)) => matches!(text.as_str(), "1" | "t" | "T" | "true" | "TRUE" | "True"),
            // `published` without a value is neither a date nor true.
            None => matches!(self.value("published"), Some(Go::Nil)),
            _ => false,
        }
    }

    /// Whether a page of its own is made: not with `build.render: never`.
    pub fn is_rendered(&self) -> bool {
        let render = ["build", "_build"]
            .into_iter()
            .find_map(|key| self.value(key)?.get("render"));
        match render {
            Some(Go::Text(text)) => !matches!(text.as_str(), "never" | "link"),
            Some(Go::Bool(value)) => *value,
            _ => true,
        }
    }

    /// The terms of `taxonomy` in order, as written and with the path of their page below the taxonomy's own; each page once.
    pub fn terms(&self, taxonomy: Taxonomy) -> Vec<(String, String)> {
        let plural = match taxonomy {
            Taxonomy::Category => "categories",
            Taxonomy::Tag => "tags",
        };
        let configured = self.build.settings.hugo.taxonomies.as_ref();
        if configured.is_some_and(|all| !all.iter().any(|(_, name)| name.eq_ignore_ascii_case(plural))) {
            return Vec::new();
        }
        let names: Option<Vec<String>> = match self.value(plural) {
            None | Some(Go::Nil) => None,
            Some(Go::List(items)) => items.iter().map(Go::to_text).collect(),
            Some(other) => other.to_text().map(|text| vec![text]),
        };
        let mut seen = std::collections::HashSet::new();
        names
            .unwrap_or_default()
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| (url::term(&name, self.build.settings), name))
            .filter(|(slug, name)| seen.insert(if slug.is_empty() { name.clone() } else { slug.clone() }))
            .map(|(slug, name)| (name, slug))
            .collect()
    }

    /// The path of its page; `None` when there is none or it cannot be told.
    pub fn url(&self) -> Option<String> {
        self.is_rendered().then(|| url::page(self)).flatten()
    }
}

//! A post as Jekyll's `Document` holds it after it was read.

use super::place::PostPath;
use super::read::ReadOutcome;
use super::slug;
use super::time::{self, Parsed};
use super::url;
use super::value::{Moment, Ruby};
use crate::generator::{Build, DateSource, date};
use crate::message::Message;
use crate::{part, say};
use jiff::tz::TimeZone;

/// A post as Jekyll holds it.
#[derive(Debug)]
pub struct Model<'a> {
    data: Vec<(String, Ruby)>,
    /// The build.
    pub build: &'a Build<'a>,
    /// What the file's path says.
    pub path: PostPath,
    /// The zone of the site's clocks.
    pub zone: TimeZone,
    /// The date and where it came from; the instant is `None` where it depends on the clock or the file system.
    pub date: (Option<i64>, DateSource),
    /// Why the post is published without what its front matter says; `None` when it was read.
    pub unread: Option<Message>,
}

/// Why the build stops, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fatal(pub Message);

/// What ends the reading of a post.
enum Failure {
    /// The whole build.
    Fatal(Message),
    /// An error that is logged.
    Logged(Message),
}

impl<'a> Model<'a> {
    /// The post at `path` with this front matter.
    pub fn new(read: ReadOutcome, path: PostPath, build: &'a Build<'a>) -> Result<Self, Fatal> {
        let zone = build.settings.timezone.as_deref().unwrap_or(build.machine_zone);
        let above: Vec<Ruby> = path.above.iter().map(|name| Ruby::text(name)).collect();
        let mut model = Model {
            data: vec![("categories".into(), Ruby::List(above))],
            build,
            path,
            zone: date::zone(zone),
            date: (None, DateSource::Birthtime),
            unread: None,
        };
        match model.read(read) {
            Ok(()) => Ok(model),
            Err(Failure::Fatal(reason)) => Err(Fatal(reason)),
            Err(Failure::Logged(reason)) if build.settings.jekyll.strict_front_matter == Some(true) => {
                Err(Fatal(reason))
            }
            Err(Failure::Logged(reason)) => {
                model.unread = Some(reason);
                Ok(model)
            }
        }
    }

    fn read(&mut self, read: ReadOutcome) -> Result<(), Failure> {
        let defaults = self.defaults();
        if !defaults.is_empty() {
            self.merge(defaults, DateSource::FrontMatter)?;
        }
        match read {
            ReadOutcome::Refused(reason) => {
                return Err(Failure::Logged(say!(
                    "the front matter is not valid YAML: {reason}",
                    reason
                )));
            }
            ReadOutcome::Data(Ruby::Map(entries)) => {
                let entries = entries.into_iter().map(|(key, value)| match key {
                    Ruby::Text(name) => (name, value),
                    // No other key is asked for, and none is spelled like this.
                    other => (format!("\0{}", other.inspect()), value),
                });
                self.merge(entries.collect(), DateSource::FrontMatter)?;
            }
            ReadOutcome::Data(value) if value.is_truthy() => {
                return Err(Failure::Logged(say!("the front matter is no mapping")));
            }
            ReadOutcome::Data(_) | ReadOutcome::NoBlock => {}
        }
        if let Some(day) = self.path.date.clone()
            && !self.value("date").is_some_and(Ruby::is_truthy)
        {
            self.merge(vec![("date".into(), Ruby::Text(day))], DateSource::FileName)?;
        }
        if !self.value("title").is_some_and(Ruby::is_truthy) {
            let title = slug::title(&self.path.slug);
            self.set("title", Ruby::Text(title));
        }
        if !self.value("slug").is_some_and(Ruby::is_truthy) {
            let slug = self.path.slug.clone();
            self.set("slug", Ruby::Text(slug));
        }
        let categories = self.all_categories();
        self.set("categories", Ruby::List(categories));
        let tags = self.either("tag", "tags");
        self.set("tags", Ruby::List(tags));
        Ok(())
    }

    /// The values of the site's `defaults` for this post; later ones win.
    fn defaults(&self) -> Vec<(String, Ruby)> {
        let folder = if self.path.is_draft { "_drafts" } else { "_posts" };
        let path = [self.path.above.join("/"), folder.into(), self.path.below.clone()].join("/");
        let path = path.trim_start_matches('/');
        let applies = |scope: &str| {
            let scope = scope.trim_matches('/');
            scope.is_empty()
                || path
                    .strip_prefix(scope)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut values: Vec<(String, Ruby)> = Vec::new();
        for default in &self.build.settings.jekyll.defaults {
            let is_kind = default
                .kind
                .as_deref()
                .is_none_or(|kind| matches!(kind, "posts" | "post" | ""));
            if !is_kind || !applies(&default.path) {
                continue;
            }
            for (key, texts) in &default.values {
                let value = match texts.as_slice() {
                    [one] => super::guess::guess(one),
                    many => Ruby::List(many.iter().map(|text| super::guess::guess(text)).collect()),
                };
                values.retain(|(other, _)| other != key);
                values.push((key.clone(), value));
            }
        }
        values
    }

    /// `merge_data!`
    fn merge(&mut self, other: Vec<(String, Ruby)>, source: DateSource) -> Result<(), Failure> {
        let mut other = other;
        if let Some((_, categories)) = other.iter_mut().find(|(key, _)| key == "categories") {
            let added = match categories {
                Ruby::Text(text) => split(text),
                Ruby::List(items) => std::mem::take(items),
                Ruby::Nil => Vec::new(),
                _ => return Err(Failure::Logged(say!("`categories` is neither a list nor text"))),
            };
            if !matches!(categories, Ruby::Nil) {
                *categories = Ruby::List(union(self.list("categories"), added));
            }
        }
        for (key, value) in other {
            let is_kept = matches!(value, Ruby::Nil) && self.value(&key).is_some();
            if !is_kept {
                self.set(&key, value);
            }
        }
        self.merge_date(source)
    }

    /// `merge_date!`: whatever `date` holds becomes a time, or the build stops.
    fn merge_date(&mut self, source: DateSource) -> Result<(), Failure> {
        let Some(value) = self.value("date") else {
            return Ok(());
        };
        let text = value.to_text();
        match time::parse(&text, &self.zone) {
            Parsed::Invalid => {
                let place = match source {
                    DateSource::FileName => part!("file name"),
                    _ => part!("front matter"),
                };
                return Err(Failure::Fatal(say!(
                    "the date in the {place} is none: `{text}`",
                    place,
                    text
                )));
            }
            Parsed::NowDependent => self.date = (None, source),
            Parsed::At(instant) => {
                // The date is written and read again, whole seconds only, each time something is merged.
                let instant = instant.div_euclid(1_000) * 1_000;
                self.date = (Some(instant), source);
                let offset = date::offset_at(instant, &self.zone) / 1_000;
                self.set("date", Ruby::Time(Moment { instant, offset }));
            }
        }
        Ok(())
    }

    fn set(&mut self, key: &str, value: Ruby) {
        match self.data.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.data.push((key.to_owned(), value)),
        }
    }

    /// The value of `key`; `None` when there is no such key.
    pub fn value(&self, key: &str) -> Option<&Ruby> {
        self.data.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    fn list(&self, key: &str) -> Vec<Ruby> {
        match self.value(key) {
            Some(Ruby::List(items)) => items.clone(),
            _ => Vec::new(),
        }
    }

    /// `pluralized_array_from_hash`
    fn either(&self, singular: &str, plural: &str) -> Vec<Ruby> {
        let value = match (self.value(singular), self.value(plural)) {
            (Some(value), _) if value.is_truthy() => vec![value.clone()],
            (_, Some(Ruby::Text(text))) => split(text),
            (_, Some(Ruby::List(items))) => items.clone(),
            _ => Vec::new(),
        };
        let mut flat = Vec::new();
        flatten(value, &mut flat);
        flat
    }

    fn all_categories(&self) -> Vec<Ruby> {
        let own = self.list("categories");
        let more = self.either("category", "categories");
        let texts = own
            .iter()
            .chain(&more)
            .map(|value| Ruby::Text(value.to_text()))
            .collect();
        union(own, texts)
    }

    /// Its categories as Jekyll registers them, in order.
    pub fn categories(&self) -> Vec<Ruby> {
        self.list("categories")
    }

    /// Its tags, in order, each as often as it is written.
    pub fn tags(&self) -> Vec<Ruby> {
        self.list("tags")
    }

    /// Whether the post is to be published: only a true value is, or none.
    pub fn is_published(&self) -> bool {
        self.value("published").is_none_or(Ruby::is_truthy)
    }

    /// The path of its page; `None` when it depends on the clock or the file system.
    pub fn url(&self) -> Result<Option<String>, Fatal> {
        url::url(self)
    }
}

/// `String#split`
fn split(text: &str) -> Vec<Ruby> {
    text.split(|c: char| matches!(c, '\0' | '\t'..='\r' | ' '))
        .filter(|word| !word.is_empty())
        .map(Ruby::text)
        .collect()
}

/// `Array#|`
fn union(first: Vec<Ruby>, second: Vec<Ruby>) -> Vec<Ruby> {
    let mut seen = std::collections::HashSet::new();
    first
        .into_iter()
        .chain(second)
        .filter(|value| seen.insert(value.inspect()))
        .collect()
}

/// `flatten` and `compact`
fn flatten(values: Vec<Ruby>, flat: &mut Vec<Ruby>) {
    for value in values {
        match value {
            Ruby::List(items) => flatten(items, flat),
            Ruby::Nil => {}
            other => flat.push(other),
        }
    }
}

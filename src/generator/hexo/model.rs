//! A post as it stands in Hexo's database.

use super::dates::{self, Found};
use super::place::NameParts;
use super::terms;
use super::url;
use super::value::{Js, Object};
use crate::generator::Build;
use crate::message::Message;
use crate::say;

/// A post as it stands in Hexo's database.
#[derive(Debug)]
pub struct Model<'a> {
    data: &'a Object,
    /// The build.
    pub build: &'a Build<'a>,
    /// What the file's name says.
    pub name: NameParts,
    /// The title.
    pub title: String,
    /// The date.
    pub date: Found,
    /// When it was changed.
    pub updated: Found,
    /// The paths of its categories.
    pub categories: Vec<Vec<String>>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The layout.
    pub layout: String,
    /// Whether it wants to be published.
    pub published: bool,
    /// Whether comments are on.
    pub comments: bool,
}

/// A key that, given this value, keeps the post from the site, and why.
pub struct Obstacle {
    /// The key.
    pub key: String,
    /// In plain words, no full stop.
    pub reason: Message,
    /// The whole build fails.
    pub is_fatal: bool,
}

/// warehouse's cast to a boolean.
fn boolean(value: Option<&Js>) -> bool {
    match value {
        None | Some(Js::Null) => true,
        Some(Js::Text(text)) if matches!(&**text, "false" | "0") => false,
        Some(value) => value.is_truthy(),
    }
}

impl<'a> Model<'a> {
    /// The post that `data` make.
    pub fn new(data: &'a Object, name: NameParts, is_draft: bool, build: &'a Build<'a>) -> Self {
        let zone = build.machine_zone;
        let mut model = Model {
            data,
            build,
            name,
            title: String::new(),
            date: Found {
                instant: None,
                source: Default::default(),
            },
            updated: Found {
                instant: None,
                source: Default::default(),
            },
            categories: Vec::new(),
            tags: Vec::new(),
            layout: String::new(),
            published: false,
            comments: false,
        };
        let text = |value: Option<Js>, default: &str| match value {
            None | Some(Js::Null) => default.to_owned(),
            Some(value) => value.to_text(zone),
        };
        let has_title = model.value("title").is_some();
        let falls_back = build.settings.hexo.use_slug_as_post_title == Some(true) && !has_title;
        let default_title = if falls_back { model.name.title.as_str() } else { "" };
        model.title = text(model.value("title"), default_title);
        model.layout = text(model.value("layout"), "post");
        model.published = !is_draft && boolean(model.value("published").as_ref());
        model.comments = boolean(model.value("comments").as_ref());
        model.date = dates::date(model.value("date").as_ref(), &model.name, build);
        model.updated = dates::updated(model.value("updated").as_ref(), model.date, build);
        if model.is_shown() {
            model.categories = terms::categories(model.either("categories", "category").as_ref(), zone);
            model.tags = terms::tags(model.either("tags", "tag").as_ref(), zone);
        }
        model
    }

    /// The value of `key`; a placeholder in the file's name wins over the front matter.
    pub fn value(&self, key: &str) -> Option<Js> {
        let named = self.name.others.iter().rev().find(|(name, _)| name == key);
        match named {
            Some((_, text)) => Some(Js::text(text)),
            None => self.data.get(key).cloned(),
        }
    }

    fn either(&self, plural: &str, singular: &str) -> Option<Js> {
        let value = self.value(plural);
        match (&value, self.value(singular)) {
            (Some(value), _) if value.is_truthy() => {}
            (_, Some(other)) if other.is_truthy() => return Some(other),
            _ => {}
        }
        value
    }

    /// Whether the post is hidden neither by its own wish nor by its date.
    pub fn is_shown(&self) -> bool {
        let settings = self.build.settings;
        let drafts = settings.drafts == Some(true);
        let is_future = settings.future == Some(false)
            && matches!((self.date.instant, self.build.now), (Some(date), Some(now)) if date > now);
        !is_future && (self.published || drafts)
    }

    /// `permalink` where it is text.
    pub fn permalink(&self) -> Option<String> {
        match self.value("permalink") {
            Some(Js::Text(text)) if !text.is_empty() => Some(text.to_string()),
            _ => None,
        }
    }

    /// The path of its page as Hexo's `post_permalink` filter gives it, unescaped; `None` when it depends on the file
    /// system or on a plugin.
    pub fn path(&self) -> Option<String> {
        url::path(self)
    }

    /// The same as it stands in links, from the site's root on; the inner `None`: Hexo fails at a bad percent escape and
    /// drops the post.
    pub fn address(&self) -> Option<Option<String>> {
        self.path().map(|path| url::escaped(&path))
    }

    /// The first field that keeps the post from the site.
    pub fn obstacle(&self) -> Option<Obstacle> {
        let dropped = |key: &str, reason: Message| {
            Some(Obstacle {
                key: key.to_owned(),
                reason,
                is_fatal: false,
            })
        };
        if self.data.iter().any(|(_, value)| is_endless(value)) {
            return dropped("", say!("a value contains itself through an alias"));
        }
        if matches!(self.data.get("__proto__"), Some(Js::Map(_) | Js::List(_))) || self.data.get("toObject").is_some() {
            return dropped("toObject", say!("a field hides a method that Hexo calls"));
        }
        for key in ["excerpt", "more", "content", "id"] {
            if matches!(self.value(key), Some(Js::Null)) {
                return dropped(key, say!("`{key}` is there without a value", key));
            }
        }
        for key in ["title", "layout"] {
            if matches!(self.value(key), Some(Js::Map(object)) if object.get("toString").is_some()) {
                return dropped(key, say!("`{key}` is no text", key));
            }
        }
        match self.value("_id") {
            None | Some(Js::Null) => {}
            Some(Js::Text(text)) if text.starts_with('c') && text.len() == 25 => {}
            Some(_) => return dropped("_id", say!("`_id` is not one that Hexo made")),
        }
        match self.value("permalink") {
            Some(Js::Text(_)) | None => {}
            Some(value) if value.is_truthy() => return dropped("permalink", say!("`permalink` is no text")),
            Some(_) => {}
        }
        self.data.get("save").map(|_| Obstacle {
            key: "save".into(),
            reason: say!("the field `save` hides a method that Hexo calls"),
            is_fatal: true,
        })
    }

    /// What goes missing although the post is on the site: categories, tags.
    pub fn hidden_methods(&mut self) {
        let hides = |key: &str| self.data.get(key).is_some();
        if hides("notPublished") || hides("setCategories") {
            self.categories.clear();
            self.tags.clear();
        } else if hides("setTags") {
            self.tags.clear();
        }
    }
}

/// Whether a collection contains itself. Deep shared aliases are looked into a limited number of times.
fn is_endless(value: &Js) -> bool {
    let mut left = 10_000_usize;
    let mut stack = vec![value];
    while let Some(value) = stack.pop() {
        left = match left.checked_sub(1) {
            Some(left) => left,
            None => return false,
        };
        match value {
            Js::Cycle(_) => return true,
            Js::List(items) => stack.extend(items.iter()),
            Js::Map(object) => stack.extend(object.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    false
}

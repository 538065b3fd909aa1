//! What a generator will make of one post: the one answer that `explain`, the rules and the site's index share.

use super::{Generator, SiteSettings};
use crate::message::Message;
use crate::post::Dialect;

/// The build that is asked about: the machine it runs on and the site's settings.
#[derive(Clone, Copy, Debug)]
pub struct Build<'a> {
    /// From the site's own configuration.
    pub settings: &'a SiteSettings,
    /// The machine's zone (IANA name), as `TZ` gives it.
    pub machine_zone: &'a str,
    /// When it runs, in milliseconds since 1970 UTC; `None`: posts of the future are not looked for.
    pub now: Option<i64>,
}

/// What becomes of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Whose verdict this is.
    pub generator: Generator,
    /// Whether it is on the site.
    pub outcome: Outcome,
    /// Why not, or why without its metadata; plain words, no full stop. `None` when all is well.
    pub reason: Option<Message>,
    /// The language of the front matter that the generator reads; `None` when it reads none.
    pub front_matter: Option<Dialect>,
    /// The title as the theme gets it; empty when there is none.
    pub title: String,
    /// When the post says it was written.
    pub date: When,
    /// When it says it was changed.
    pub updated: When,
    /// The paths as the generator registers them: in Hexo each prefix of a chain is one.
    pub categories: Vec<Vec<String>>,
    /// The tags, in order, each once.
    pub tags: Vec<String>,
    /// The layout; `None` when the generator has no such notion or nothing was said.
    pub layout: Option<String>,
    /// Whether the post wants to be published.
    pub published: bool,
    /// The path of the page, from the site's root on, with a leading `/` and percent escapes as the generator writes
    /// them; `None` when there is no page, or when it needs what only the real site has (a plugin's placeholder).
    pub url: Option<String>,
}

/// Whether a post is on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is published.
    Kept,
    /// It is missing from the site, the build goes on.
    Dropped,
    /// The whole build stops.
    Fatal,
    /// The generator does not take the file for a post.
    NotAPost,
}

impl Outcome {
    /// The word used in JSON: `kept`, `dropped`, `fatal`, `not-a-post`.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Dropped => "dropped",
            Outcome::Fatal => "fatal",
            Outcome::NotAPost => "not-a-post",
        }
    }
}

/// A date of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Milliseconds since 1970 UTC; `None` when it depends on the file system or the clock, or when there is none.
    pub instant: Option<i64>,
    /// Where it came from.
    pub source: DateSource,
    /// The value as written; `None` when the front matter has none.
    pub given: Option<String>,
}

/// Where a date came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateSource {
    /// The front matter.
    FrontMatter,
    /// The file's name.
    FileName,
    /// The time the file was created, or (for `updated`) changed, or the time of the build.
    Birthtime,
    /// There is no date.
    #[default]
    None,
}

impl DateSource {
    /// The word used in JSON: `front-matter`, `file-name`, `birthtime`, `none`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::FrontMatter => "front-matter",
            DateSource::FileName => "file-name",
            DateSource::Birthtime => "birthtime",
            DateSource::None => "none",
        }
    }
}

impl Explained {
    /// A post that is published with nothing known about it yet.
    pub fn kept(generator: Generator) -> Self {
        Self {
            generator,
            outcome: Outcome::Kept,
            reason: None,
            front_matter: None,
            title: String::new(),
            date: When::default(),
            updated: When::default(),
            categories: Vec::new(),
            tags: Vec::new(),
            layout: None,
            published: true,
            url: None,
        }
    }

    /// The same post with another outcome, for `reason`.
    #[must_use]
    pub fn ending(mut self, outcome: Outcome, reason: impl Into<Message>) -> Self {
        self.outcome = outcome;
        self.reason = Some(reason.into());
        self.url = None;
        self
    }
}

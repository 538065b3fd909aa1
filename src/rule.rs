//! What a rule is: code, severity, page and a pure function from a post to findings.

mod budget;
mod reads;
mod reporter;

use crate::config::{Config, Level};
use crate::diagnostic::{Diagnostic, RuleCode, Severity};
use crate::generator::hexo::{self, Place, nunjucks};
use crate::generator::yaml::{self, Fault};
use crate::generator::{self, Build, DateField, Explained, Generator, SiteSettings, date, jekyll};
use crate::message::Message;
use crate::post::images::{self, Image};
use crate::post::{Post, day::Day};
use crate::say;
use crate::site::{PostFacts, Site};
use crate::text::TextRange;
use std::any::Any;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::{Arc, LazyLock};

pub use budget::{Budget, Spent};
pub use reads::{Lines, Reads, Rests};
pub use reporter::{Finding, Reporter};

/// Whether a rule runs when nobody asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// It runs.
    On,
    /// Only when the configuration or `--select` names it.
    Off,
}

/// One rule. `docs` is its page: Markdown, first line the summary.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub code: RuleCode,
    /// Its severity where the user has not set one; also the most it can say.
    pub severity: Severity,
    /// On or off by default.
    pub default: Default,
    /// The page (the doc comment in the rule's file), as Markdown.
    pub docs: &'static str,
    /// What all that it ever finds rests on; `None` when it may look at everything.
    pub reads: Option<Reads>,
    /// Finds; same post, configuration and site always give the same findings.
    pub check: fn(&Context<'_>, &mut Reporter<'_>),
}

impl Rule {
    /// The severity it runs at under `config`; `None` when it is off.
    pub fn severity_under(&self, config: &Config) -> Option<Severity> {
        match (config.level(self.code), self.default) {
            (Some(Level::Off), _) | (None, Default::Off) => None,
            (Some(Level::On(severity)), _) => Some(severity),
            (None, Default::On) => Some(self.severity),
        }
    }

    /// The first line of the page.
    pub fn summary(&self) -> &'static str {
        self.docs.trim_start().lines().next().unwrap_or("").trim()
    }
}

/// Holds what several rules need to know of one post under one configuration, so that it is worked out once.
#[derive(Debug, Default)]
pub struct Memo<'a> {
    /// Each of another type, in the order in which they were made.
    made: [OnceCell<Box<dyn Any>>; 3],
    facts: OnceCell<Arc<PostFacts>>,
    explained: OnceCell<Explained>,
    yaml_faults: OnceCell<Vec<Fault>>,
    dates: OnceCell<Vec<DateField<'a>>>,
    images: OnceCell<Vec<Image<'a>>>,
    fenced: OnceCell<Vec<TextRange>>,
    seen: OnceCell<Option<String>>,
}

impl Memo<'_> {
    /// What `make` makes; made at the first call. `None` when as many things as there is room for, of other types, were made
    /// before.
    pub fn get<T: Any>(&self, make: impl FnOnce() -> T) -> Option<&T> {
        let known = || self.made.iter().find_map(|made| made.get()?.downcast_ref());
        known().or_else(|| {
            let mut value: Box<dyn Any> = Box::new(make());
            for made in &self.made {
                match made.set(value) {
                    Ok(()) => break,
                    Err(refused) => value = refused,
                }
            }
            let made = known();
            debug_assert!(made.is_some(), "no room is left for what rules share");
            made
        })
    }
}

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The post.
    pub post: &'a Post,
    /// The settings for this file.
    pub config: &'a Config,
    /// The site; `None` for a lone file.
    pub site: Option<&'a Site>,
    /// What the other rules found, whether it is silenced or not; empty while they still run.
    pub findings: &'a [Diagnostic],
    /// What several rules need to know, worked out once.
    pub memo: &'a Memo<'a>,
    /// How long this may go on; when it is spent, nothing that is found counts any more.
    pub budget: &'a Budget,
}

impl<'a> Context<'a> {
    /// The generator whose verdict counts: the configuration's, else the site's, else Hexo.
    pub fn generator(&self) -> Generator {
        self.config
            .generator
            .or(self.site.map(|site| site.generator))
            .unwrap_or_default()
    }

    /// The site's settings, with the configuration's `site-zone` where the site names no zone; the generator's defaults for a
    /// lone file.
    pub fn settings(&self) -> Cow<'_, SiteSettings> {
        static OWN: LazyLock<SiteSettings> = LazyLock::new(SiteSettings::default);
        let mut settings = Cow::Borrowed(self.site.map_or(&*OWN, |site| &site.settings));
        if let Some(zone) = self.config.site_zone.as_ref().filter(|_| settings.timezone.is_none()) {
            settings.to_mut().timezone = Some(zone.clone());
        }
        settings
    }

    /// The date fields that the generator reads, and what it makes of them.
    pub fn date_fields(&self) -> &'a [DateField<'a>] {
        let make = || generator::date_fields(self.generator(), self.post, &self.settings());
        self.memo.dates.get_or_init(make)
    }

    /// The images of the post.
    pub fn images(&self) -> &'a [Image<'a>] {
        self.memo.images.get_or_init(|| images::all(self.post))
    }

    /// The fenced code of the post by Hexo's own reckoning, see [`nunjucks::fenced`].
    pub fn fenced_by_hexo(&self) -> &'a [TextRange] {
        self.memo.fenced.get_or_init(|| nunjucks::fenced(self.post))
    }

    /// What Nunjucks gets to see of the post, see [`nunjucks::seen`]; `None` when Hexo does not run it.
    pub fn seen_by_nunjucks(&self) -> Option<&'a str> {
        let make = || nunjucks::seen(self.post, || self.fenced_by_hexo());
        self.memo.seen.get_or_init(make).as_deref()
    }

    /// The zone (IANA name) of the machine that builds the site.
    pub fn machine_zone(&self) -> &str {
        self.config.machine_zone.as_deref().unwrap_or("UTC")
    }

    /// What the generator will make of the post on a machine in `machine_zone`.
    pub fn explain(&self, settings: &SiteSettings, machine_zone: &str) -> Explained {
        let build = Build {
            settings,
            machine_zone,
            now: self.config.now,
        };
        generator::explain(self.generator(), self.post, &build)
    }

    /// What the generator will make of the post on the machine that builds the site.
    pub fn explained(&self) -> &Explained {
        let make = || self.explain(&self.settings(), self.machine_zone());
        self.memo.explained.get_or_init(make)
    }

    /// How to write `day` for Hexo, so that it is that day in the post's address where the site is built.
    pub fn day_for_hexo(&self, day: Day) -> String {
        hexo::day_written(date::midnight(day), &self.settings(), self.machine_zone())
    }

    /// The day on which git first saw the file, and how that is known, in words that follow "from"; `None` where git is not asked.
    pub fn committed(&self) -> Option<(Day, Message)> {
        let commit = self.config.history.as_ref()?.first()?;
        let (when, id) = (&commit.when, &commit.id);
        Some((commit.day, say!("git: first committed {when} in {id}", when, id)))
    }

    /// The site with its posts and what this post tells them as it stands now; `None` where the site's posts were not looked at.
    pub fn among_posts(&self) -> Option<(&Site, &PostFacts)> {
        let site = self.site.filter(|site| !site.posts.is_empty())?;
        // A run that has just read every post need not work out the same again.
        let known = || site.facts_known(self.post);
        let make = || known().unwrap_or_else(|| Arc::new(site.facts_of(self.post, self.config)));
        let facts = self.memo.facts.get_or_init(make);
        Some((site, facts))
    }

    /// What the generator's YAML reader stumbles over in the front matter, in order of place.
    pub fn yaml_faults(&self) -> &[Fault] {
        let make = || yaml::faults(self.generator(), self.post);
        self.memo.yaml_faults.get_or_init(make)
    }

    /// Whether the generator takes the file for a post that is to be published. A file outside of any site is one unless it
    /// lies among drafts or its name says that it is about the project.
    pub fn is_post(&self) -> bool {
        let path = self.post.path.as_str();
        let default = SiteSettings::default();
        let settings = self.site.map_or(&default, |site| &site.settings);
        let is_below = |folder: &str| self.post.folders().any(|part| part == folder);
        let is_about_project = is_about_project(self.post.file_name());
        let in_folder = match self.generator() {
            Generator::Hexo => is_below("_posts") && matches!(hexo::place(path, settings), Place::Post { .. }),
            Generator::Jekyll => {
                let place = jekyll::place(path, settings);
                matches!(place, jekyll::Place::Post(post) if !post.is_draft)
            }
            Generator::Hugo => {
                let content = settings.source_dir.as_deref().unwrap_or("content");
                is_below(content.trim_matches('/')) && !is_about_project && !self.is_bundled()
            }
        };
        in_folder || (self.site.is_none() && !is_below("_drafts") && !is_about_project)
    }
}

impl Context<'_> {
    /// Whether Hugo keeps the file as a resource of the page whose `index.md` lies beside it or above it.
    fn is_bundled(&self) -> bool {
        let Some(site) = self.site else { return false };
        let path = self.post.path.as_str();
        let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        folders.any(|folder| {
            let page = format!("{folder}/index.md");
            page != path && site.posts.get(&page).is_some()
        })
    }
}

/// Names of files that every project has, blog or not.
pub fn is_about_project(file_name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "README",
        "CHANGELOG",
        "CHANGES",
        "HISTORY",
        "LICENSE",
        "LICENCE",
        "CONTRIBUTING",
        "CODE",
        "SECURITY",
        "AUTHORS",
        "NOTICE",
        "TODO",
    ];
    let stem = file_name.split(['.', '_', '-']).next().unwrap_or_default();
    NAMES.iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// Declares the rule of a file. The doc comment is the rule's page.
///
/// ```text
/// rule! {
///     /// The generator cannot read the date.
///     ///
///     /// …page…
///     "date-invalid", Error, On, check
/// }
/// ```
#[macro_export]
macro_rules! rule {
    ($(#[doc = $doc:expr])+ $code:literal, $severity:ident, $default:ident, $check:path) => {
        $crate::rule! { @ None, $(#[doc = $doc])+ $code, $severity, $default, $check }
    };
    ($(#[doc = $doc:expr])+ $code:literal, $severity:ident, $default:ident, $check:path, $($part:ident)|+) => {
        $crate::rule! {
            @ Some($crate::rule::Reads::NONE$(.and($crate::rule::Reads::$part))+),
            $(#[doc = $doc])+ $code, $severity, $default, $check
        }
    };
    (@ $reads:expr, $(#[doc = $doc:expr])+ $code:literal, $severity:ident, $default:ident, $check:path) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::rule::Rule = $crate::rule::Rule {
            code: $crate::diagnostic::RuleCode($code),
            severity: $crate::diagnostic::Severity::$severity,
            default: $crate::rule::Default::$default,
            docs: concat!($($doc, "\n"),+),
            reads: $reads,
            check: $check,
        };
    };
}

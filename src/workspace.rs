//! The only reader and writer of disks: roots, configurations, file walking, reading, atomic writing.

mod ad_lists;
mod cache;
mod discover;
mod fence;
mod git;
mod history;
mod index;
mod listed;
mod live;
mod many;
mod paths;
mod picture;
mod read;
mod schemas;
mod settings;
mod sites;
mod watcher;
mod write;

use crate::config::{Config, ConfigError, Level, Remote, Selection};
use crate::diagnostic::{Diagnostic, Severity};
use crate::generator::{self, Build, Explained, Generator};
use crate::lint::{self, Held};
use crate::message::Message;
use crate::post::{Memory, Post};
use crate::rule::{Budget, Spent};
use crate::rules;
use crate::say;
use crate::site::Site;
use crate::text::Source;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use cache::{CacheChoice, Recalled, Unknown, content_hash, default_folder};
pub use discover::{Candidate, Discovery, Found, POST_EXTENSIONS, classify, discover, has_post_extension, shown};
pub use git::{Changes, GitError, Since};
pub use listed::{discover_listed, listed};
pub use live::Depth;
pub use many::of_each;
pub use paths::{absolute, real};
pub use picture::{Picture, picture};
pub use read::{ReadError, input, read, read_config_text, said as said_by_system};
pub use settings::{ConfigChoice, Loaded};
pub use sites::SiteRoot;
pub use watcher::{Sights, Stopper, Watcher};
pub use write::{WriteError, create, output_file, replace, save, save_with_folders};

/// Every rule's code and own severity, for the configuration to check names against.
pub fn catalogue() -> &'static [(&'static str, Severity)] {
    static CATALOGUE: std::sync::OnceLock<Vec<(&str, Severity)>> = std::sync::OnceLock::new();
    CATALOGUE.get_or_init(|| rules::ALL.iter().map(|rule| (rule.code.0, rule.severity)).collect())
}

/// What the caller decided for the whole run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which configuration holds.
    pub config: ConfigChoice,
    /// Beats what the configuration says and what is detected.
    pub generator: Option<Generator>,
    /// Laid over every configuration.
    pub selection: Selection,
    /// Now, in milliseconds since 1970 UTC; `None` switches off what depends on it.
    pub now: Option<i64>,
    /// The machine's zone (IANA name) where the configuration names none; `None` means UTC.
    pub machine_zone: Option<String>,
    /// What hosts say of pictures, which switches `image-unreachable` on; `None` when nobody asks them.
    pub remote: Option<Arc<Remote>>,
}

/// Remembers the sites and configurations that were read; the same answer for the same file until [`Workspace::forget`].
#[derive(Debug, Default)]
pub struct Workspace {
    options: Options,
    settings: Mutex<HashMap<PathBuf, Result<Arc<Loaded>, ConfigError>>>,
    sites: Mutex<HashMap<PathBuf, Option<Arc<SiteRoot>>>>,
    cache: cache::Cache,
    /// Held by whoever looks through all folders of a site.
    looking: Mutex<()>,
    /// Whether somebody had to do without such a look.
    hurried: AtomicBool,
    /// How often all was forgotten: what was found out before that is not to be remembered after it. Changes under both locks.
    forgotten: AtomicU64,
}

/// Everything that linting one file needs besides its text.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// What holds for the file.
    pub config: Config,
    /// The site it belongs to; `None` for a lone file.
    pub site: Option<Arc<SiteRoot>>,
    /// The path that [`Post::parse`] gets: relative to the site's root, as given where there is none.
    pub path: String,
    /// Whether the configuration excludes the file.
    pub excluded: bool,
    /// Bytes; longer files are not read.
    pub max_file_size: u64,
    /// Milliseconds; a post that takes longer is not checked.
    pub max_check_time: u64,
    /// A hash of all of this that findings depend on; 0 where nothing is remembered.
    pub print: u128,
}

/// How long somebody waits for what is known of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// Until all its folders were looked through.
    Whole,
    /// Not at all.
    None,
}

impl Workspace {
    /// An empty memory.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// With a place for what hosts say of pictures; the rule about it is on then, unless somebody has switched it off.
    pub fn with_remote(mut self, remote: Arc<Remote>) -> Self {
        self.options.remote = Some(remote);
        self
    }

    /// The place for what hosts say of pictures; `None` when nobody asks them.
    pub fn remote(&self) -> Option<&Remote> {
        self.options.remote.as_deref()
    }

    /// Forget what was read, because configurations or sites may have changed.
    pub fn forget(&self) {
        self.cache.forget();
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        settings.clear();
        sites.clear();
    }

    /// Forget folders when more than `most` are known, so that a stream of posts from ever new ones takes no ever more memory.
    /// The sites themselves stay, for it takes time to look at one, unless they are too many by far.
    pub fn forget_folders(&self, most: usize) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        if settings.len() > most {
            settings.clear();
        }
        drop(settings);
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() > most {
            sites.retain(|folder, site| site.as_ref().is_some_and(|site| site.root == *folder));
            if sites.len() > most / 8 {
                sites.clear();
            }
        }
    }

    /// Every file that it took to know the configurations which hold somewhere; not those of one that is wrong.
    pub fn config_sources(&self) -> Vec<PathBuf> {
        let settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = settings.values().flatten();
        let mut files: Vec<PathBuf> = loaded.flat_map(|loaded| loaded.sources.iter().cloned()).collect();
        files.sort();
        files.dedup();
        files
    }

    /// As it is at another time, in milliseconds since 1970 UTC; what was read before is forgotten.
    pub fn at(&mut self, now: Option<i64>) {
        self.options.now = now;
        self.forget();
    }

    /// How often all was forgotten so far.
    fn generation(&self) -> u64 {
        self.forgotten.load(Ordering::SeqCst)
    }

    /// Remember what was `found` out about `folder`, unless all was forgotten since the generation `begun`.
    fn remember<T: Clone>(&self, memory: &Mutex<HashMap<PathBuf, T>>, begun: u64, folder: &Path, found: &T) {
        let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
        if self.generation() == begun {
            memory.insert(folder.to_owned(), found.clone());
        }
    }

    /// The configuration for the files in `folder`.
    pub fn settings(&self, folder: &Path) -> Result<Arc<Loaded>, ConfigError> {
        let folder = absolute(folder);
        let begun = self.generation();
        if let Some(known) = known(&self.settings, &folder) {
            return known;
        }
        let found = match settings::in_folder(&self.options, &folder) {
            Some(result) => result.map(Arc::new),
            None => match folder.parent() {
                Some(parent) => self.settings(parent),
                None => Ok(Arc::new(Loaded::none(&self.options))),
            },
        };
        self.remember(&self.settings, begun, &folder, &found);
        found
    }

    /// The site that `folder` belongs to; `None` when no folder above holds a generator's configuration.
    pub fn site(&self, folder: &Path) -> Option<Arc<SiteRoot>> {
        self.site_within(folder, Patience::Whole).0
    }

    /// The same, and whether it is all that can be known.
    fn site_within(&self, folder: &Path, patience: Patience) -> (Option<Arc<SiteRoot>>, bool) {
        let folder = absolute(folder);
        let begun = self.generation();
        if let Some(known) = known(&self.sites, &folder) {
            return (known, true);
        }
        let forced = self.forced_generator(&folder);
        let Some(site) = sites::recognised(&folder, forced) else {
            let above = folder.parent().map(|parent| self.site_within(parent, patience));
            let (found, is_whole) = above.unwrap_or((None, true));
            if is_whole {
                self.remember(&self.sites, begun, &folder, &found);
            }
            return (found, is_whole);
        };
        if patience == Patience::None {
            self.hurried.store(true, Ordering::SeqCst);
            return (Some(Arc::new(sites::unseen(&folder, site))), false);
        }
        // One look is enough for all who wait for it.
        let _turn = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known(&self.sites, &folder) {
            return (known, true);
        }
        let found = Some(Arc::new(sites::looked_at(&folder, site)));
        self.remember(&self.sites, begun, &folder, &found);
        (found, true)
    }

    fn forced_generator(&self, folder: &Path) -> Option<Generator> {
        let configured = || {
            self.settings(folder)
                .ok()
                .and_then(|loaded| loaded.settings.base.generator)
        };
        self.options.generator.or_else(configured)
    }

    /// What linting the file at `path` needs.
    pub fn stage(&self, path: &Path) -> Result<Stage, ConfigError> {
        self.stage_within(path, Patience::Whole)
    }

    /// The same for somebody who cannot wait: a site that nobody has looked through yet is one whose files are unknown.
    pub fn stage_in_hurry(&self, path: &Path) -> Result<Stage, ConfigError> {
        self.stage_within(path, Patience::None)
    }

    /// Whether somebody in a hurry has seen less than there is since this was last asked.
    pub fn was_hurried(&self) -> bool {
        self.hurried.swap(false, Ordering::SeqCst)
    }

    fn stage_within(&self, path: &Path, patience: Patience) -> Result<Stage, ConfigError> {
        let full = absolute(path);
        let folder = full.parent().unwrap_or(&full);
        let loaded = self.settings(folder)?;
        let (site, _) = self.site_within(folder, patience);
        let in_config = loaded.inside(&full);
        let mut config = loaded.settings.for_file(&in_config, catalogue()).into_owned();
        config.generator = self.options.generator.or(config.generator);
        config.now = self.options.now;
        if config.machine_zone.is_none() {
            config.machine_zone.clone_from(&self.options.machine_zone);
        }
        if let Some(remote) = &self.options.remote {
            config.remote = Some(Arc::clone(remote));
            let code = rules::image::unreachable::RULE.code.0.to_owned();
            config.levels.entry(code).or_insert(Level::On(Severity::Info));
        }
        let inside = site.as_ref().and_then(|site| full.strip_prefix(&site.root).ok());
        let stage = Stage {
            path: shown(inside.unwrap_or(path)),
            excluded: loaded.settings.exclude.fit(&in_config),
            max_file_size: loaded.settings.max_file_size,
            max_check_time: loaded.settings.max_check_time,
            config,
            site,
            print: 0,
        };
        let overrides = loaded.settings.overrides.iter().enumerate();
        let fitting = overrides.filter(|(_, over)| over.files.fit(&in_config));
        let origin = (Arc::as_ptr(&loaded).addr(), fitting.map(|(at, _)| at).collect());
        Ok(Stage {
            print: self.print(&stage, origin),
            ..stage
        })
    }
}

impl Stage {
    /// The site for the rules to look at.
    pub fn site(&self) -> Option<&Site> {
        self.site.as_ref().map(|root| &root.site)
    }

    /// The time that a post may take, which begins now.
    pub fn budget(&self) -> Budget {
        match Instant::now().checked_add(Duration::from_millis(self.max_check_time)) {
            Some(end) => Budget::until(move || Instant::now() >= end),
            None => Budget::unlimited(),
        }
    }

    /// Parse and lint: what every face of the program does with a text.
    pub fn lint_within(&self, source: Source, budget: &Budget) -> Result<(Post, Vec<Diagnostic>), Spent> {
        self.found(Post::parse(source, self.path.as_str()), budget)
    }

    /// The same of a text that differs little from the last one that was parsed with `memory`.
    pub fn lint_after(
        &self,
        source: Source,
        budget: &Budget,
        memory: &Memory,
    ) -> Result<(Post, Vec<Diagnostic>), Spent> {
        self.found(Post::parse_after(source, self.path.as_str(), memory), budget)
    }

    fn found(&self, post: Post, budget: &Budget) -> Result<(Post, Vec<Diagnostic>), Spent> {
        budget.check()?;
        let site = self
            .site
            .as_ref()
            .map(|root| (&root.site, Some(Arc::clone(root) as Held)));
        let found = lint::lint_held(&post, &self.config, site, budget)?;
        Ok((post, found))
    }

    /// The same, however long it takes.
    pub fn lint(&self, source: Source) -> (Post, Vec<Diagnostic>) {
        let post = Post::parse(source, self.path.as_str());
        let found = lint::lint(&post, &self.config, self.site());
        (post, found)
    }

    /// What is said of a post that took longer than it may: of half of its findings nobody could tell which half they are.
    pub fn said_of_slow(&self) -> Message {
        let limit = self.max_check_time;
        say!(
            "it was not checked: that takes longer than the {limit} ms that `max-check-time` allows",
            limit
        )
    }

    /// The generator whose verdict counts, as the rules see it.
    pub fn generator(&self) -> Generator {
        let site = self.site().map(|site| site.generator);
        self.config.generator.or(site).unwrap_or_default()
    }

    /// What the generator will make of `post`.
    pub fn explain(&self, post: &Post) -> Explained {
        let mut settings = self.site().map(|site| site.settings.clone()).unwrap_or_default();
        if settings.timezone.is_none() {
            settings.timezone.clone_from(&self.config.site_zone);
        }
        let build = Build {
            settings: &settings,
            machine_zone: self.config.machine_zone.as_deref().unwrap_or("UTC"),
            now: self.config.now,
        };
        generator::explain(self.generator(), post, &build)
    }
}

fn known<T: Clone>(memory: &Mutex<HashMap<PathBuf, T>>, folder: &Path) -> Option<T> {
    let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    memory.get(folder).cloned()
}

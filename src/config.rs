//! What the user decided: `postlint.toml`, levels per rule, settings in the words of a blog.

mod ads;
mod edit;
mod error;
mod file;
mod globs;
mod history;
mod keys;
mod presets;
mod remote;
mod schema;
mod selection;
mod settings;
mod words;

use crate::diagnostic::{RuleCode, Severity};
use crate::generator::Generator;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use ads::{AdFilters, AdList, Placed};
pub use edit::with_rule_off;
pub use error::{ConfigError, nearest};
pub use file::{FILE_NAMES, Origin};
pub use globs::Globs;
pub use history::{Commit, History};
pub use keys::{KEYS, OVERRIDE_KEYS};
pub use presets::PRESETS;
pub use remote::{Fault, Remote, address as remote_address};
pub use schema::Schema;
pub use selection::{Catalogue, Selection};
pub use settings::{DEFAULT_MAX_CHECK_TIME, DEFAULT_MAX_FILE_SIZE, Override, Settings};

/// What to do with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Do not run it.
    Off,
    /// Run it at this severity.
    On(Severity),
}

/// The settings that hold for one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The generator; `None` means detect it from the site.
    pub generator: Option<Generator>,
    /// The site's time zone (IANA name) where the site's own configuration names none.
    pub site_zone: Option<String>,
    /// The build machine's zone (IANA name); `None` means UTC.
    pub machine_zone: Option<String>,
    /// Now, in milliseconds since 1970 UTC; `None` switches off what depends on it.
    pub now: Option<i64>,
    /// Levels by rule code, where they differ from the rules' own.
    pub levels: BTreeMap<String, Level>,
    /// Keys that every post must have (`field-required`); `None` means `title`.
    pub required_fields: Option<Vec<String>>,
    /// Further keys that are known (`field-unknown`).
    pub known_fields: Vec<String>,
    /// Per cent of the posts with a category that must file it under the same chain for the chain to be meant
    /// (`category-nesting`); `None` means 80.
    pub chain_share: Option<usize>,
    /// The page's background that hidden text is compared with: red, green, blue; `None` means white.
    pub background: Option<[u8; 3]>,
    /// The order of the fields (`field-order`); `None` when the user says nothing.
    pub field_order: Option<Vec<String>>,
    /// What the front matter must fit (`field-schema`); `None` when the user names nothing.
    pub schema: Option<Arc<Schema>>,
    /// What hosts said of pictures (`image-unreachable`); `None` when nobody asked them.
    pub remote: Option<Arc<Remote>>,
    /// What git knows of the file; `None` where it is not to be asked.
    pub history: Option<Arc<History>>,
    /// The user's own marks of ads.
    pub ads: Arc<AdFilters>,
}

impl Config {
    /// The level set for `code`; `None` when the user said nothing.
    pub fn level(&self, code: RuleCode) -> Option<Level> {
        self.levels.get(code.0).copied()
    }

    /// Whether the two differ in nothing but the time.
    pub fn is_same_but_for_now(&self, other: &Config) -> bool {
        fn is_same<T: PartialEq>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
                (one, other) => one.is_none() && other.is_none(),
            }
        }
        let Self {
            generator,
            site_zone,
            machine_zone,
            now: _,
            levels,
            required_fields,
            known_fields,
            chain_share,
            background,
            field_order,
            schema,
            remote,
            history,
            ads,
        } = self;
        *generator == other.generator
            && *site_zone == other.site_zone
            && *machine_zone == other.machine_zone
            && *levels == other.levels
            && *required_fields == other.required_fields
            && *known_fields == other.known_fields
            && *chain_share == other.chain_share
            && *background == other.background
            && *field_order == other.field_order
            && is_same(schema.as_ref(), other.schema.as_ref())
            && is_same(remote.as_ref(), other.remote.as_ref())
            && is_same(history.as_ref(), other.history.as_ref())
            && is_same(Some(ads), Some(&other.ads))
    }
}

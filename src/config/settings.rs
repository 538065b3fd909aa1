//! A configuration as it was read, and what of it holds for one file.

use super::{Catalogue, Config, Globs, Level, Placed, Schema, Selection};
use crate::message::Language;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes of the largest file that is read when the user says nothing: 10 MiB.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 10 * 1024 * 1024;

/// How long a post may take where the configuration does not say, in milliseconds: a thousand times what a long post takes.
pub const DEFAULT_MAX_CHECK_TIME: u64 = 10_000;

/// A whole configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What holds for every file.
    pub base: Config,
    /// What holds for some, in order; later ones win.
    pub overrides: Vec<Override>,
    /// The language of messages; `None`: whatever else says.
    pub lang: Option<Language>,
    /// Not checked, relative to the configuration's folder.
    pub exclude: Globs,
    /// Bytes.
    pub max_file_size: u64,
    /// Milliseconds.
    pub max_check_time: u64,
    /// CSS selectors of ads, not yet parsed.
    pub ad_selectors: Vec<Placed>,
    /// Paths of filter lists, not yet read; relative to the configuration's folder.
    pub ad_lists: Vec<Placed>,
    /// Path of the JSON Schema for every file; `None` when there is none.
    pub schema: Option<Placed>,
    /// The schemas that this and the overrides name, by name, once they are read.
    pub schemas: BTreeMap<String, Arc<Schema>>,
    /// Laid over everything else: `select` and `ignore` of the command line.
    pub command_line: Selection,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base: Config::default(),
            overrides: Vec::new(),
            lang: None,
            exclude: Globs::default(),
            max_file_size: DEFAULT_MAX_FILE_SIZE,
            max_check_time: DEFAULT_MAX_CHECK_TIME,
            ad_selectors: Vec::new(),
            ad_lists: Vec::new(),
            schema: None,
            schemas: BTreeMap::new(),
            command_line: Selection::default(),
        }
    }
}

/// Settings for the files that fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// Relative to the configuration's folder.
    pub files: Globs,
    /// Laid over the base's.
    pub levels: BTreeMap<String, Level>,
    /// `None` leaves the base's.
    pub required_fields: Option<Vec<String>>,
    /// Added to the base's.
    pub known_fields: Vec<String>,
    /// `None` leaves the base's.
    pub background: Option<[u8; 3]>,
    /// Path of the JSON Schema for these files; `None` leaves the base's.
    pub schema: Option<Placed>,
}

impl Settings {
    /// What holds for the file at `path`, relative to the configuration's folder with `/`.
    pub fn for_file(&self, path: &str, catalogue: Catalogue<'_>) -> Cow<'_, Config> {
        let mut config = Cow::Borrowed(&self.base);
        let schema = |named: &Placed| self.schemas.get(&named.text).cloned();
        if self.schema.is_some() {
            config.to_mut().schema = self.schema.as_ref().and_then(schema);
        }
        for over in self.overrides.iter().filter(|over| over.files.fit(path)) {
            let config = config.to_mut();
            config.levels.extend(over.levels.clone());
            config.known_fields.extend(over.known_fields.iter().cloned());
            config.background = over.background.or(config.background);
            config.schema = over.schema.as_ref().and_then(schema).or(config.schema.take());
            if over.required_fields.is_some() {
                config.required_fields.clone_from(&over.required_fields);
            }
        }
        if self.command_line != Selection::default() {
            self.command_line.apply(config.to_mut(), catalogue);
        }
        config
    }
}

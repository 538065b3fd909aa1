//! Which rules run: names, groups (`ad` for every `ad-…`) and `all`.

use super::{Config, ConfigError, Level, error::nearest};
use crate::diagnostic::{RuleCode, Severity};
use crate::say;
use std::collections::BTreeSet;

/// The rules there are: code and own severity. Made from the list of rules, which lives above this room.
pub type Catalogue<'a> = &'a [(&'static str, Severity)];

/// `select` and `ignore`; both empty changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these run; empty means every rule that is on anyway.
    pub select: BTreeSet<&'static str>,
    /// These do not run.
    pub ignore: BTreeSet<&'static str>,
}

impl Selection {
    /// Resolve names as given on the command line.
    pub fn new(select: &[String], ignore: &[String], catalogue: Catalogue<'_>) -> Result<Self, ConfigError> {
        let resolve = |names: &[String], option: &str| -> Result<BTreeSet<&'static str>, ConfigError> {
            let mut codes = BTreeSet::new();
            for name in names {
                let fitting = expand(name, catalogue);
                if fitting.is_empty() {
                    return Err(unknown(name, catalogue, option.to_owned(), None));
                }
                codes.extend(fitting);
            }
            Ok(codes)
        };
        Ok(Self {
            select: resolve(select, "--select")?,
            ignore: resolve(ignore, "--ignore")?,
        })
    }

    /// Lay it over `config`: what was selected runs at the severity that is set, or at the rule's own.
    pub fn apply(&self, config: &mut Config, catalogue: Catalogue<'_>) {
        for &(code, severity) in catalogue {
            let selected = self.select.contains(code);
            if self.ignore.contains(code) || (!self.select.is_empty() && !selected) {
                config.levels.insert(code.to_owned(), Level::Off);
            } else if selected && !matches!(config.levels.get(code), Some(Level::On(_))) {
                config.levels.insert(code.to_owned(), Level::On(severity));
            }
        }
    }
}

/// The rules that `name` stands for; empty when there is none.
pub(super) fn expand(name: &str, catalogue: Catalogue<'_>) -> Vec<&'static str> {
    let codes = catalogue.iter().map(|(code, _)| *code);
    codes.filter(|code| RuleCode(code).is_named_by(name)).collect()
}

/// The error for a rule that is not there.
pub(super) fn unknown(
    name: &str,
    catalogue: Catalogue<'_>,
    file: String,
    place: Option<(usize, usize)>,
) -> ConfigError {
    let groups = catalogue.iter().filter_map(|(code, _)| code.split('-').next());
    ConfigError {
        file,
        place,
        message: say!("there is no rule `{name}`", name),
        suggestion: nearest(name, catalogue.iter().map(|(code, _)| *code).chain(groups)),
    }
}

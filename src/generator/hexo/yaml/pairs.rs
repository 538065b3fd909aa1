//! The pairs of a mapping: duplicate keys and merges.

use super::state::{Loader, Mark, Step};
use crate::generator::hexo::value::{Js, Object};
use std::collections::HashSet;
use std::rc::Rc;

/// The tag of a plain `<<`.
pub const MERGE: &str = "tag:yaml.org,2002:merge";

/// More keys than this are not merged.
const MOST_MERGED: usize = 10_000;

/// Longest list of mappings that one `<<` may name.
const LONGEST_MERGE: usize = 100;

/// A mapping while it is read.
#[derive(Debug, Default)]
pub struct Pairs {
    pub object: Object,
    /// Keys that came from a merge: the mapping's own may still replace them.
    overridable: HashSet<String>,
}

/// A key while its value is read.
#[derive(Clone, Debug)]
pub struct Key {
    pub tag: Option<Rc<str>>,
    pub node: Js,
    pub start: Mark,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            tag: None,
            node: Js::Null,
            start: Mark::default(),
        }
    }
}

impl Loader {
    /// Put `key` and `value` into `pairs`.
    pub fn store_pair(&mut self, pairs: &mut Pairs, key: &Key, value: Js) -> Step<()> {
        if let Js::List(items) = &key.node
            && items.iter().any(|item| matches!(item, Js::List(_) | Js::Cycle(true)))
        {
            return self.error("nested arrays are not supported inside keys");
        }
        let name = key.node.to_text("UTC");
        if key.tag.as_deref() == Some(MERGE) {
            return self.merge(pairs, &value);
        }
        if pairs.object.get(&name).is_some() && !pairs.overridable.contains(&name) {
            // A mark of zero is taken for a missing one.
            let start = key.start;
            if start.line != 0 {
                self.mark.line = start.line;
            }
            if start.position != 0 {
                self.mark.position = start.position;
            }
            return self.error("duplicated mapping key");
        }
        pairs.object.set(&name, value);
        pairs.overridable.remove(&name);
        Ok(())
    }

    fn merge(&mut self, pairs: &mut Pairs, value: &Js) -> Step<()> {
        let Js::List(sources) = value else {
            return self.merge_one(pairs, value);
        };
        if sources.len() > LONGEST_MERGE {
            return self.error("abnormal merge sequence size");
        }
        sources.iter().try_for_each(|source| self.merge_one(pairs, source))
    }

    fn merge_one(&mut self, pairs: &mut Pairs, source: &Js) -> Step<()> {
        let entries: Vec<(String, Js)> = match source {
            Js::Map(object) => object
                .iter()
                .map(|(key, value)| (key.to_owned(), value.clone()))
                .collect(),
            Js::List(items) => (0..)
                .map(|at: usize| at.to_string())
                .zip(items.iter().cloned())
                .collect(),
            Js::Date(_) | Js::Bytes(_) | Js::Cycle(_) => Vec::new(),
            _ => return self.error("cannot merge mappings; the provided source object is unacceptable"),
        };
        self.charge()?;
        for (key, value) in entries {
            self.charge()?;
            if pairs.object.get(&key).is_none() {
                pairs.object.set(&key, value);
                pairs.overridable.insert(key);
            }
        }
        Ok(())
    }

    fn charge(&mut self) -> Step<()> {
        self.merged += 1;
        if self.merged > MOST_MERGED {
            return self.error(format!("merge keys exceeded maxTotalMergeKeys ({MOST_MERGED})"));
        }
        Ok(())
    }
}

//! What the user calls an ad: selectors of the user's own, and filter lists from the user's disk.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

/// A text of the configuration with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Line and column, both from 1; `None` when unknown.
    pub place: Option<(usize, usize)>,
}

/// A filter list in the syntax of Adblock, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdList {
    /// What findings call it: the path as it stands in the configuration.
    pub name: String,
    /// The whole list.
    pub text: String,
}

/// The user's own marks of ads, shared by all files that the configuration holds for.
#[derive(Default)]
pub struct AdFilters {
    /// CSS selectors.
    pub selectors: Vec<String>,
    /// Filter lists, in order.
    pub lists: Vec<AdList>,
    /// What the rules make of both, made once.
    made: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl AdFilters {
    /// Filters of `selectors` and `lists`.
    pub fn new(selectors: Vec<String>, lists: Vec<AdList>) -> Self {
        Self {
            selectors,
            lists,
            made: OnceLock::new(),
        }
    }

    /// What `make` makes of the filters; made at the first call. `None` when something of another type was made first.
    pub fn made<T: Any + Send + Sync>(&self, make: impl FnOnce(&Self) -> T) -> Option<&T> {
        self.made.get_or_init(|| Box::new(make(self))).downcast_ref()
    }
}

impl fmt::Debug for AdFilters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists: Vec<&str> = self.lists.iter().map(|list| &*list.name).collect();
        write!(f, "AdFilters({:?}, {lists:?})", self.selectors)
    }
}

impl PartialEq for AdFilters {
    fn eq(&self, other: &Self) -> bool {
        self.selectors == other.selectors && self.lists == other.lists
    }
}

//! What git knows of a post's file: asked for when a fix needs it, by whoever may run programs.

use crate::post::day::Day;
use std::fmt;
use std::sync::OnceLock;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The day of its author's clock.
    pub day: Day,
    /// Its author's clock and zone: `2019-03-02 14:05 +0800`.
    pub when: String,
    /// Its hash, as short as git writes it.
    pub id: String,
}

/// The commits of one file; git is asked once, and only when somebody wants to know.
pub struct History {
    ask: Box<dyn Fn() -> Option<Commit> + Send + Sync>,
    first: OnceLock<Option<Commit>>,
}

impl History {
    /// A history whose first commit `ask` finds out.
    pub fn new(ask: impl Fn() -> Option<Commit> + Send + Sync + 'static) -> Self {
        Self {
            ask: Box::new(ask),
            first: OnceLock::new(),
        }
    }

    /// The commit that brought the file in, under whatever name; `None` where that cannot be told.
    pub fn first(&self) -> Option<&Commit> {
        self.first.get_or_init(|| (self.ask)()).as_ref()
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("History")
    }
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

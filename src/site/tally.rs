//! Names that many posts share, each kept once, with how many posts use it.

use imbl::OrdMap;
use std::sync::Arc;

/// Every name in use. A copy shares what it has in common with the one it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    posts: OrdMap<Arc<str>, usize>,
}

impl Tally {
    /// Count one more post that uses `name`, which comes to share the memory of one that reads the same.
    pub(super) fn add(&mut self, name: &mut Arc<str>) {
        if let Some((known, _)) = self.posts.get_key_value(&**name) {
            *name = Arc::clone(known);
        }
        *self.posts.entry(Arc::clone(name)).or_default() += 1;
    }

    /// Count one post less that uses `name`.
    pub(super) fn remove(&mut self, name: &str) {
        let Some(posts) = self.posts.get_mut(name) else { return };
        *posts -= 1;
        if *posts == 0 {
            self.posts.remove(name);
        }
    }

    /// Whether some post uses `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.posts.contains_key(name)
    }

    /// Every name, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.posts.keys()
    }

    /// Every name with how many posts use it, the most frequent first, then by name.
    pub(super) fn most_frequent(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> = self.posts.iter().map(|(name, posts)| (&**name, *posts)).collect();
        // Stable: they came by name.
        all.sort_by_key(|(_, posts)| std::cmp::Reverse(*posts));
        all
    }
}

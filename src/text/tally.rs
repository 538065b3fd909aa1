//! How many of each name there are.

use foldhash::HashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// The names of what is open: a post may open thousands of elements or statements, and to go through all of them for every end tag
/// takes the square of that.
#[derive(Debug)]
pub struct Tally<N>(HashMap<N, usize>);

impl<N> Default for Tally<N> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<N: Eq + Hash> Tally<N> {
    /// One more is called `name`.
    pub fn add(&mut self, name: N) {
        *self.0.entry(name).or_default() += 1;
    }

    /// One less is called `name`.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, name: &Q)
    where
        N: Borrow<Q>,
    {
        if let Some(count) = self.0.get_mut(name) {
            *count = count.saturating_sub(1);
        }
    }

    /// Whether any is called `name`.
    pub fn has<Q: Eq + Hash + ?Sized>(&self, name: &Q) -> bool
    where
        N: Borrow<Q>,
    {
        self.0.get(name).is_some_and(|&count| count > 0)
    }

    /// None is left.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

//! Names that many posts share, kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// Every name that was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    names: HashSet<Arc<str>>,
}

impl Pool {
    /// Let `name` share the memory of one that reads the same.
    pub(super) fn intern(&mut self, name: &mut Arc<str>) {
        match self.names.get(name) {
            Some(known) => *name = Arc::clone(known),
            None => {
                self.names.insert(Arc::clone(name));
            }
        }
    }
}

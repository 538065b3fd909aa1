//! What a template does not hold, so that looking for it again and again costs nothing.

use std::collections::HashSet;

/// Names looked for to the end of a text in vain. For searches that only ever go on: what is not behind one place is not behind a
/// later one either.
#[derive(Debug, Default)]
pub struct Absent(HashSet<String>);

impl Absent {
    /// What `search` finds of `name`; `None`, without a search, when one came back empty before.
    pub fn or_find(&mut self, name: &str, search: impl FnOnce() -> Option<usize>) -> Option<usize> {
        if self.0.contains(name) {
            return None;
        }
        let found = search();
        if found.is_none() {
            self.0.insert(name.to_owned());
        }
        found
    }
}

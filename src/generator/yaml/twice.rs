//! Keys that stand twice in one mapping.

use super::reader;
use crate::diagnostic::Fix;
use crate::post::front_matter::{Entry, Node, Value, duplicates};
use crate::say;
use crate::text::Edit;

/// Every pair of entries with one key, in this mapping or in one inside it: `(first, again)`.
pub fn in_node(node: &Node) -> Vec<(&Entry, &Entry)> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Scalar(_) => {}
            Value::List(items) => open.extend(items),
            Value::Map(entries) => {
                // `<<` may stand there as often as one likes.
                found.extend(
                    duplicates(entries)
                        .into_iter()
                        .filter(|(_, again)| again.name() != Some("<<")),
                );
                open.extend(entries.iter().map(|entry| &entry.value));
            }
        }
    }
    found
}

/// Two entries with one key: which of them may go.
#[derive(Clone, Copy, Debug)]
pub struct Twin<'a> {
    /// The one to leave out: the first, unless only the first has a value.
    pub goes: &'a Entry,
    /// Whether the two say the same.
    is_same: bool,
}

impl<'a> Twin<'a> {
    /// Compare `first` with the one that stands there `again`.
    pub fn new(first: &'a Entry, again: &'a Entry) -> Self {
        let is_same = reader::print(&first.value) == reader::print(&again.value);
        let is_first_kept = is_same || (is_nothing(again) && !is_nothing(first));
        Self {
            goes: if is_first_kept { again } else { first },
            is_same,
        }
    }

    /// The fix that consists in `edits`: safe where nothing is lost.
    pub fn fix(self, edits: Vec<Edit>) -> Fix {
        if self.is_same {
            return Fix::safe(say!("Remove the repetition"), edits);
        }
        if is_nothing(self.goes) {
            return Fix::safe(say!("Remove the one without a value"), edits);
        }
        Fix::risky(say!("Keep the last one"), edits)
    }
}

fn is_nothing(entry: &Entry) -> bool {
    entry.value.scalar().is_some_and(|scalar| scalar.is_null())
}

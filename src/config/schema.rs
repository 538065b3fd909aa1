//! A JSON Schema of the user's own, for the front matter of some posts.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

/// A schema as it was read.
pub struct Schema {
    /// What findings call it: the path as it stands in the configuration.
    pub name: String,
    /// The whole file.
    pub text: String,
    /// What the rules make of it, made once.
    made: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Schema {
    /// The schema `text` of the file `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            made: OnceLock::new(),
        }
    }

    /// What `make` makes of the text; made at the first call. `None` when something of another type was made first.
    pub fn made<T: Any + Send + Sync>(&self, make: impl FnOnce(&str) -> T) -> Option<&T> {
        self.made.get_or_init(|| Box::new(make(&self.text))).downcast_ref()
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({:?})", self.name)
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

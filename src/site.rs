//! What posts know of each other, and the site's own settings (`_config.yml`, `hugo.toml`).

pub mod assets;
mod chains;
pub mod detect;
pub mod facts;
pub mod index;
pub mod layouts;
pub mod named;
mod near;
mod plain;
mod record;
mod settings;
mod tally;
mod tree;

use crate::generator::Generator;
pub use crate::generator::SiteSettings;
pub use detect::detect;
pub use facts::{BodyGist, Habits, PostFacts, Term};
pub use index::{Index, Question, Rival, Sought, noting};
pub use record::Record;
use std::collections::HashSet;
use std::sync::Arc;

/// One site. Cheap to copy: a copy shares what it has in common with the one it was made from, so that a change of one post
/// costs the same however many there are.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Detected or set.
    pub generator: Generator,
    /// From the site's own configuration.
    pub settings: SiteSettings,
    /// Every file of the site that is no post, relative to its root, `/` as separator; `None` when not looked at.
    pub assets: Option<Arc<HashSet<String>>>,
    /// The posts, for rules that look at more than one; empty when they were not looked at.
    pub posts: Index,
}

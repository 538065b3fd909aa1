//! What Hexo, Jekyll and Hugo make of a post: pure functions, proved against the real generators.

mod absent;
mod base64;
pub mod braces;
pub mod casts;
pub mod date;
pub mod date_field;
pub mod envelope;
pub mod explained;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
pub mod keys;
pub mod misread;
pub mod settings;
pub mod slip;
pub mod slug;
pub mod taxonomy;
pub mod term_fault;
pub mod term_place;
pub mod terms;
pub mod typed;
pub mod yaml;

use crate::post::Post;
pub use date_field::{DateField, date_fields};
pub use explained::{Build, DateSource, Explained, Outcome, When};
pub use settings::SiteSettings;
pub use taxonomy::{Taxonomy, term_slug};

/// A site generator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generator {
    /// Hexo 8 (hexo-front-matter 4.2.1, js-yaml 4.3).
    #[default]
    Hexo,
    /// Jekyll 4 (SafeYAML).
    Jekyll,
    /// Hugo 0.168.
    Hugo,
}

impl Generator {
    /// The word used in the configuration: `hexo`, `jekyll`, `hugo`.
    pub fn as_str(self) -> &'static str {
        match self {
            Generator::Hexo => "hexo",
            Generator::Jekyll => "jekyll",
            Generator::Hugo => "hugo",
        }
    }

    /// The name used in messages: `Hexo`, `Jekyll`, `Hugo`.
    pub fn name(self) -> &'static str {
        match self {
            Generator::Hexo => "Hexo",
            Generator::Jekyll => "Jekyll",
            Generator::Hugo => "Hugo",
        }
    }
}

impl std::fmt::Display for Generator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What `generator` will make of `post` in `build`.
pub fn explain(generator: Generator, post: &Post, build: &Build<'_>) -> Explained {
    match generator {
        Generator::Hexo => hexo::explain(post, build),
        Generator::Jekyll => jekyll::explain(post, build),
        Generator::Hugo => hugo::explain(post, build),
    }
}

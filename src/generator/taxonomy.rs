//! Categories and tags: what they are called and where their pages are.

use super::{Generator, SiteSettings, hexo};
use crate::message::Part;
use crate::part;
use serde::{Deserialize, Serialize};

/// Category or tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Taxonomy {
    /// `categories`.
    Category,
    /// `tags`.
    Tag,
}

impl Taxonomy {
    /// The word used in JSON: `category`, `tag`.
    pub fn name(self) -> &'static str {
        match self {
            Taxonomy::Category => "category",
            Taxonomy::Tag => "tag",
        }
    }

    /// The word used in messages.
    pub fn said(self) -> Part {
        match self {
            Taxonomy::Category => part!("category"),
            Taxonomy::Tag => part!("tag"),
        }
    }
}

/// The path of a term's page below the taxonomy's folder (below its parents' for a nested category); `None` where the
/// generator makes no such page (Jekyll) or takes names with one page for one term (Hugo).
pub fn term_slug(generator: Generator, taxonomy: Taxonomy, name: &str, settings: &SiteSettings) -> Option<String> {
    let map = match taxonomy {
        Taxonomy::Category => &settings.hexo.category_map,
        Taxonomy::Tag => &settings.hexo.tag_map,
    };
    match generator {
        Generator::Hexo => Some(hexo::term_slug(name, map, settings)),
        Generator::Jekyll | Generator::Hugo => None,
    }
}

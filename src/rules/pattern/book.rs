//! The data files of patterns, read at first use.

use super::{Entry, Hits, Index, Pattern, Shelf};
use crate::post::Post;
use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Deserialize)]
struct File {
    pattern: Vec<Entry>,
}

/// A data file, read at first use.
pub struct Book {
    text: &'static str,
    shelf: &'static Shelf,
    cell: OnceLock<Index>,
}

impl Book {
    /// The book whose text is `text`; it stands on `shelf`.
    pub const fn new(text: &'static str, shelf: &'static Shelf) -> Self {
        Self {
            text,
            shelf,
            cell: OnceLock::new(),
        }
    }

    /// The patterns; those that cannot be read are left out (a test demands that all can).
    pub fn index(&self) -> &Index {
        self.cell.get_or_init(|| {
            let patterns = self.patterns().unwrap_or_default();
            Index::new(patterns.into_iter().filter_map(Result::ok).collect())
        })
    }

    /// Every pattern of the file, or why it cannot be used.
    pub fn read(&self) -> Result<Vec<Result<Pattern, String>>, String> {
        let patterns = self.patterns()?.into_iter();
        Ok(patterns.map(|pattern| pattern.and_then(Pattern::checked)).collect())
    }

    /// The nodes of `post` that its patterns mark; the file is not read for a post without HTML.
    pub fn find(&self, post: &Post) -> Hits<'_> {
        match post.html.nodes.is_empty() {
            true => Vec::new(),
            false => {
                let (place, possible) = self.shelf.possible(self, post);
                self.index().find_among(post, place, &possible)
            }
        }
    }

    fn patterns(&self) -> Result<Vec<Result<Pattern, String>>, String> {
        let file: File = toml::from_str(self.text).map_err(|error| error.to_string())?;
        Ok(file.pattern.into_iter().map(Pattern::new).collect())
    }
}

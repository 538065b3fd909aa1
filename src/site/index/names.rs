//! The names that posts use and those that they go by.

use super::sought::Sought;
use super::trace::note;
use super::{Index, Question};
use crate::site::near::Near;
use std::sync::Arc;

impl Index {
    /// Every top-level key of a front matter with how many posts have it, the most frequent first.
    pub fn keys(&self) -> Vec<(&str, usize)> {
        note(|| Question::All);
        self.keys.most_frequent()
    }

    /// Every layout that a post names, as [`Index::keys`].
    pub fn layouts(&self) -> Vec<(&str, usize)> {
        note(|| Question::All);
        self.layouts.most_frequent()
    }

    /// Every author that a post names, as [`Index::keys`].
    pub fn authors(&self) -> Vec<(&str, usize)> {
        note(|| Question::All);
        self.authors.most_frequent()
    }

    /// Whether some post has `name`, written as [`crate::site::named`] does.
    pub fn has_name(&self, name: &str) -> bool {
        note(|| Question::Name(name.to_owned()));
        self.names.has(name)
    }

    /// The name that is most likely meant by `name`, which no post has; `None` where that cannot be told.
    pub fn nearest_name(&self, name: &str) -> Option<&str> {
        note(|| Question::Names);
        // Names of files are not what a tag calls a post.
        let near = || Arc::new(Near::of(self.names.names().filter(|name| !name.starts_with('/'))));
        self.near.get_or_init(near).nearest(name)
    }

    /// Every post, by path, with what it is sought by.
    pub fn sought(&self) -> &[Sought] {
        note(|| Question::All);
        let all = || self.posts.values().map(Sought::of).collect();
        self.sought.get_or_init(all)
    }

    /// Whether these are all posts that the site has on the disk, so that what is not here is nowhere.
    pub fn is_whole(&self) -> bool {
        note(|| Question::Whole);
        self.is_whole
    }

    /// Say whether these are all.
    pub fn set_whole(&mut self, is_whole: bool) {
        self.is_whole = is_whole;
    }
}

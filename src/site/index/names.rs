//! The names that posts use and those that they go by.

use super::trace::note;
use super::{Index, PostFacts, Question};
use crate::site::near::Near;
use std::sync::Arc;

/// A post and what it is sought by: thousands of titles take longer to be put in lower case than a writer waits.
#[derive(Debug)]
pub struct Sought {
    /// The post.
    pub post: Arc<PostFacts>,
    /// The path of its page and its title, in lower case, in one piece: who looks at thousands waits for memory.
    text: Box<str>,
    /// Where the title begins; `None` where the post has no page.
    title_at: Option<usize>,
}

impl Sought {
    fn of(post: &Arc<PostFacts>) -> Self {
        let url = post.url.as_deref().map(str::to_lowercase);
        let title_at = url.as_ref().map(String::len);
        let text = url.unwrap_or_default() + &post.title.to_lowercase();
        Self {
            post: Arc::clone(post),
            text: text.into(),
            title_at,
        }
    }

    /// The path of the post's page, in lower case; `None` where it has none.
    pub fn url(&self) -> Option<&str> {
        self.text.get(..self.title_at?)
    }

    /// The post's title, in lower case.
    pub fn title(&self) -> &str {
        self.text.get(self.title_at.unwrap_or_default()..).unwrap_or_default()
    }
}

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

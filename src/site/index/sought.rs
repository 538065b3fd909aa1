//! What a writer who links to a post may type of it.

use crate::site::facts::PostFacts;
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
    pub(super) fn of(post: &Arc<PostFacts>) -> Self {
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

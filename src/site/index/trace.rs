//! Notes what is asked of the index, so that what was worked out in an earlier run is used only where the same questions still
//! have the same answers.

use super::{BOILERPLATE, Index, Paths};
use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};

/// Something that a rule wanted to know of the other posts; numbers are the keys of the index's maps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// Whether there is any post.
    Empty,
    /// Everything of every post.
    All,
    /// Everything of the post at this path.
    Post(String),
    /// Which posts share a page.
    Url(u64),
    /// Which posts share a body.
    Body(u64),
    /// Which posts share a line, where they are few.
    Line(u64),
    /// How many posts use a term, and the first.
    Term(u64),
    /// The names that are alike, how many posts use each, and the first.
    Group(u64),
    /// How many posts use a category of this name.
    Category(u64),
    /// Whether a post has this name.
    Name(String),
    /// The names of all posts.
    Names,
    /// Whether all posts are there.
    Whole,
}

thread_local! {
    /// What was asked on this thread; `None` while nobody wants to know.
    static ASKED: RefCell<Option<BTreeSet<Question>>> = const { RefCell::new(None) };
}

/// What `act` makes, and what it asked of any index on this thread.
pub fn noting<T>(act: impl FnOnce() -> T) -> (T, Vec<Question>) {
    /// A panic ends the notes, too.
    struct End;
    impl Drop for End {
        fn drop(&mut self) {
            ASKED.set(None);
        }
    }
    ASKED.set(Some(BTreeSet::new()));
    let end = End;
    let made = act();
    let asked = ASKED.take().unwrap_or_default();
    drop(end);
    (made, asked.into_iter().collect())
}

pub(super) fn note(question: impl FnOnce() -> Question) {
    ASKED.with_borrow_mut(|asked| {
        if let Some(asked) = asked {
            asked.insert(question());
        }
    });
}

impl Index {
    /// A hash of the answer to `question`; the same for the same answer in every run of one build of the program.
    pub fn answer(&self, question: &Question) -> u64 {
        let mut state = FixedState::default().build_hasher();
        let few = |paths: &&Paths| paths.len() <= BOILERPLATE;
        match question {
            Question::Empty => self.posts.is_empty().hash(&mut state),
            Question::All => self.posts.values().for_each(|facts| facts.hash_seen(&mut state)),
            Question::Post(path) => {
                if let Some(facts) = self.posts.get(path.as_str()) {
                    facts.hash_seen(&mut state);
                }
            }
            Question::Url(key) => self.by_url.get(key).hash(&mut state),
            Question::Body(key) => self.by_body.get(key).hash(&mut state),
            Question::Line(key) => self.by_line.get(key).filter(few).hash(&mut state),
            Question::Category(key) => self.by_category.get(key).map(|paths| paths.len()).hash(&mut state),
            Question::Name(name) => self.names.has(name).hash(&mut state),
            Question::Names => self.names.names().for_each(|name| name.hash(&mut state)),
            Question::Whole => self.is_whole.hash(&mut state),
            Question::Term(key) => {
                let used = self.terms.get(key);
                used.map(|used| (used.paths.len(), used.paths.first())).hash(&mut state);
            }
            Question::Group(key) => {
                for term in self.groups.get(key).into_iter().flatten() {
                    let used = self.used(term);
                    (&term.name, used.map(|used| (used.paths.len(), used.paths.first()))).hash(&mut state);
                }
            }
        }
        state.finish()
    }
}

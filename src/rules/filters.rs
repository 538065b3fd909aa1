//! The user's own marks of ads, ready to be matched: selectors of the configuration, and filter lists.

#[cfg(feature = "ad-lists")]
mod list;

use crate::config::{AdFilters, Config};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::NodeId;
use crate::rule::Budget;
use crate::rules::selector::{Matcher, Selector};
use crate::say;
use std::collections::BTreeMap;

/// Whether this build reads filter lists (the feature `ad-lists`).
pub const READS_LISTS: bool = cfg!(feature = "ad-lists");

/// The user's marks, parsed.
#[derive(Default)]
pub struct Filters {
    selectors: Vec<(String, Selector)>,
    #[cfg(feature = "ad-lists")]
    lists: Vec<list::List>,
}

/// Why a node is an ad to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The list, or the configuration.
    pub owner: Message,
    /// The rule that matched, as the end of a sentence: "it matches `div.promo`".
    pub evidence: Message,
}

/// Whether `text` is a selector that can be matched on a post.
pub fn is_selector(text: &str) -> bool {
    Selector::parse(text).is_ok()
}

impl Filters {
    /// The marks of `config`, parsed at the first call; `None` when there are none.
    pub fn of(config: &Config) -> Option<&Self> {
        let filters = &*config.ads;
        if filters.selectors.is_empty() && filters.lists.is_empty() {
            return None;
        }
        filters.made(Self::new)
    }

    fn new(filters: &AdFilters) -> Self {
        let parsed = |text: &String| Some((text.clone(), Selector::parse(text).ok()?));
        Self {
            selectors: filters.selectors.iter().filter_map(parsed).collect(),
            #[cfg(feature = "ad-lists")]
            lists: filters.lists.iter().map(list::List::new).collect(),
        }
    }

    /// Every element of `post` that one of the marks matches; where several do, the first one counts. There may be thousands of
    /// marks, and each is tried on every element, so it ends early when `budget` does.
    pub fn find(&self, post: &Post, budget: &Budget) -> BTreeMap<NodeId, Listed> {
        let mut found = BTreeMap::new();
        let mut matcher = Matcher::new(&post.html);
        for (text, selector) in &self.selectors {
            for (id, _) in post.html.elements().take_while(|_| !budget.is_spent()) {
                if matcher.matches(selector, id) {
                    found.entry(id).or_insert_with(|| Listed {
                        owner: say!("your own selector"),
                        evidence: say!("it matches `{text}`", text),
                    });
                }
            }
        }
        #[cfg(feature = "ad-lists")]
        for list in &self.lists {
            for (id, listed) in list.find(post, budget) {
                found.entry(id).or_insert(listed);
            }
        }
        found
    }
}

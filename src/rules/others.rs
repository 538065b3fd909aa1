//! Other posts that are told beside the first one.

use crate::message::Message;
use crate::say;

/// How many are counted. A scraped site has thousands of the same page, and to count thousands for each of them would take the
/// square of their number.
pub const MOST_TOLD: usize = 100;

/// What follows the first of `posts` posts, of which at most [`MOST_TOLD`] and one are counted.
pub fn and_more(posts: usize) -> Message {
    match posts {
        0 | 1 => Message::default(),
        posts if posts > MOST_TOLD => say!(" and {count} or more others", count = MOST_TOLD),
        posts => say!(" and {count} more", count = posts - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_TOLD, and_more};

    #[test]
    fn others_are_counted_up_to_a_limit() {
        let said = [1, 2, MOST_TOLD, MOST_TOLD + 1].map(|posts| and_more(posts).english());
        assert_eq!(said, ["", " and 1 more", " and 99 more", " and 100 or more others"]);
    }
}

//! The books of known leftovers.

use crate::rules::pattern::{Book, Shelf};

/// All of them.
static SHELF: Shelf = Shelf::new(&[&UNITS, &SCRIPTS, &FRAMES, &COMMENTS, &COUNTERS, &SHARES]);

/// Elements of ad networks.
pub(super) static UNITS: Book = Book::new(include_str!("../ad/unit.toml"), &SHELF);
/// Scripts of ad networks.
pub(super) static SCRIPTS: Book = Book::new(include_str!("../ad/script.toml"), &SHELF);
/// Frames of ad networks.
pub(super) static FRAMES: Book = Book::new(include_str!("../ad/frame.toml"), &SHELF);
/// Comments that name ads.
pub(super) static COMMENTS: Book = Book::new(include_str!("../ad/comment.toml"), &SHELF);
/// Counters of readers.
pub static COUNTERS: Book = Book::new(include_str!("../tracking/counter.toml"), &SHELF);
/// Sharing services.
pub static SHARES: Book = Book::new(include_str!("../share/widget.toml"), &SHELF);

/// A book with its name, for tests that read them all.
pub struct Leftover;

impl Leftover {
    /// Every book.
    pub fn books() -> [(&'static str, &'static Book); 6] {
        [
            ("ad/unit.toml", &UNITS),
            ("ad/script.toml", &SCRIPTS),
            ("ad/frame.toml", &FRAMES),
            ("ad/comment.toml", &COMMENTS),
            ("tracking/counter.toml", &COUNTERS),
            ("share/widget.toml", &SHARES),
        ]
    }
}

//! `front-matter-…`: the envelope of the metadata.

pub mod dialect;
pub mod fence;
pub mod missing;
pub mod not_mapping;
pub mod preceded;
pub mod swallows_body;
pub mod syntax;
pub mod unclosed;

use crate::message::Message;
use crate::say;

/// The words of a reader of TOML or JSON, as the middle of a sentence; the catalogues know most of them.
fn quoted(words: &str) -> Message {
    let words = words.trim_end_matches('.').to_lowercase();
    match words.split_once(", expected ") {
        Some((what, wanted)) => say!(
            "{what}, expected {wanted}",
            what = Message::data(what),
            wanted = Message::data(wanted)
        ),
        None => Message::data(&words),
    }
}

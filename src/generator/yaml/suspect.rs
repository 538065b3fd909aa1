//! The slips that a line of YAML may hold, likeliest first. Whether one is really there is for the reader to say.

mod glyph;
mod place;
mod quotes;
mod value;

use super::Kind;
use super::anatomy::Anatomy;
use super::chunk::Block;
use crate::message::Message;
use crate::text::{Edit, TextRange};
pub use place::out_of_line;

/// How far a mend may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It says what was meant.
    Safe,
    /// It guesses.
    Risky,
    /// It only gets the line out of the way, so that the next slip can be found.
    Trial,
}

/// A slip that may be there.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// Its kind.
    pub kind: Kind,
    /// The culprit, in bytes of the file.
    pub range: TextRange,
    /// What is wrong; no full stop.
    pub message: Message,
    /// What the mend does, as an order.
    pub title: Message,
    /// The mend, in bytes of the file; sorted and disjoint.
    pub edits: Vec<Edit>,
    /// How far it may be trusted.
    pub safety: Safety,
}

/// Everything that may be wrong with line `number` of `block`.
pub fn all(block: &Block<'_>, number: usize) -> Vec<Suspect> {
    let Some(line) = block.lines.get(number).copied() else {
        return Vec::new();
    };
    let anatomy = Anatomy::new(line);
    let mut found = Vec::new();
    glyph::find(block, number, &anatomy, &mut found);
    place::tab(&anatomy, &mut found);
    glyph::missing_space(block, number, &anatomy, &mut found);
    value::find(&anatomy, &mut found);
    place::find(block, number, &anatomy, &mut found);
    found
}

/// `text` cut to a length that fits into a message.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", head.trim_end())
}

//! Rules about the text of the file itself.

pub mod encoding;
pub mod mojibake;

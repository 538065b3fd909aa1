//! Rules about categories as a tree.

pub mod mixed;
pub mod nesting;

//! Rules about links.

pub mod broken;

//! Ads left in the post by the page it was copied from.

pub mod comment;
pub mod frame;
pub mod link;
pub mod script;
pub mod slot_empty;
pub mod unit;

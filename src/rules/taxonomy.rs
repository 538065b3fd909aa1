//! Rules about tags and categories as terms.

pub mod case;
pub mod comma;
pub mod duplicate;
pub mod near;
pub mod not_text;
pub mod slug;

//! HTML that does something else than its writer thinks.

pub mod becomes_code;
pub mod empty_paragraph;
pub mod escaped_style;
pub mod nesting;
pub mod pseudo_tag;
pub mod script;
pub mod unbalanced;

//! Rules about single fields of the front matter.

pub mod layout;
pub mod order;
pub mod permalink;
pub mod required;
pub mod reserved;
pub mod schema;
pub mod r#type;
pub mod unknown;

//! Rules about posts as wholes.

pub mod duplicate;
pub mod file_name;
pub mod url_duplicate;

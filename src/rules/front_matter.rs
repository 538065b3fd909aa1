//! `front-matter-…`: the envelope of the metadata.

pub mod dialect;
pub mod fence;
pub mod missing;
pub mod not_mapping;
pub mod preceded;
pub mod swallows_body;
pub mod syntax;
pub mod unclosed;

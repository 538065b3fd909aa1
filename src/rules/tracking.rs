//! What reports readers to others.

pub mod parameter;
pub mod pixel;

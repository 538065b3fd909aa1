//! Template constructs in a body.

pub mod syntax;

//! Template constructs in a body.

mod rests;
pub mod syntax;

//! Text that readers do not see.

pub mod text;

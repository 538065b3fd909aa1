//! Rules about `date` and `updated`.

pub mod ambiguous;
pub mod filename;
pub mod future;
pub mod invalid;
pub mod missing;
pub mod number;
mod repair;
pub mod rollover;
pub mod updated_missing;
pub mod updated_order;
pub mod zone;

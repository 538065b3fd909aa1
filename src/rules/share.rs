//! What sharing services left behind.

pub mod widget;

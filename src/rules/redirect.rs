//! Links that go a long way round.

pub mod link;

//! `suppression-…`: comments that silence findings.

pub mod unused;

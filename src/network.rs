//! Asks other hosts, when the user says so on the command line: the only room that opens connections.
//!
//! An address in a post is a stranger's: where it leads is looked at before each connection, redirects included, and loopback, private and
//! otherwise special addresses are refused unless the user allows the host.

mod ask;
mod crowd;
mod memory;
mod special;

pub use ask::{Answer, Manners};
pub use crowd::ask_all;
pub use memory::Memory;
pub use special::is_public;

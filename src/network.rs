//! Asks other hosts, when the user says so on the command line: the only room that opens connections.
//!
//! An address in a post is a stranger's: where it leads is looked at before each connection, redirects included, and loopback, private and
//! otherwise special addresses are refused unless the user allows the host. A proxy finds hosts by itself: there the same is refused as far as
//! it can be seen from here, and what names lead to in its network is the proxy's to guard.

mod ask;
mod client;
mod crowd;
mod forward;
mod memory;
mod route;
mod special;

pub use ask::{Answer, Manners};
pub use client::Trust;
pub use crowd::ask_all;
pub use memory::Memory;
pub use route::Routes;
pub use special::is_public;

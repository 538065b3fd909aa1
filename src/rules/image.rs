//! Rules about the images of the front matter and the body.

pub mod hotlink;
pub mod insecure;
pub mod lazy;
pub mod missing;
pub mod placeholder;
pub mod proxied;
pub mod unreachable;
pub mod url;

//! What hosts said of the pictures that posts show: data that a run may bring along, asked for elsewhere.

use crate::message::Message;
use crate::say;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What is wrong with an address. What may be so for this machine or this hour alone (a refusal, a server in trouble) is no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The host says that there is nothing: 404 or 410.
    Gone(u16),
    /// Nobody answers there: no such host, no connection, no answer in time; in a few words.
    Silent(String),
    /// Something else than a picture, by its content type.
    NotPicture(String),
    /// A picture of no bytes.
    Empty,
    /// Redirects that never end, or lead nowhere; in a few words.
    Astray(String),
    /// A certificate that no browser takes; in a few words.
    Insecure(String),
}

impl Fault {
    /// In words.
    pub fn said(&self) -> Message {
        match self {
            Fault::Gone(status) => say!("the picture is gone (status {status})", status),
            Fault::Silent(why) => say!("nobody answers ({why})", why = Message::data(why)),
            Fault::NotPicture(what) => say!("what comes is no picture but `{what}`", what),
            Fault::Empty => say!("the picture has no bytes"),
            Fault::Astray(why) => say!("the way to it leads astray ({why})", why = Message::data(why)),
            Fault::Insecure(why) => say!("no browser takes its certificate ({why})", why = Message::data(why)),
        }
    }
}

/// The faults of a run by address; empty until they were asked for.
#[derive(Debug, Default)]
pub struct Remote {
    faults: OnceLock<BTreeMap<String, Fault>>,
}

impl Remote {
    /// What was found out; only the first call counts.
    pub fn learn(&self, faults: BTreeMap<String, Fault>) {
        let _ = self.faults.set(faults);
    }

    /// What is wrong with the picture at `url`, as it stands in a post; `None` when nothing is known.
    pub fn fault(&self, url: &str) -> Option<&Fault> {
        self.faults.get()?.get(&address(url)?)
    }
}

impl PartialEq for Remote {
    fn eq(&self, other: &Self) -> bool {
        self.faults.get() == other.faults.get()
    }
}

/// The address that is asked for `url`, as it stands in a post: without its fragment, a relative scheme as https. `None` for what is
/// not on the web.
pub fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let whole = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_owned(),
    };
    let mut parsed = url::Url::parse(&whole).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") || !parsed.has_host() {
        return None;
    }
    parsed.set_fragment(None);
    // What a post holds of somebody's password is not sent around.
    let _ = parsed.set_username("");
    let _ = parsed.set_password(None);
    Some(parsed.into())
}

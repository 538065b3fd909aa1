//! One question to one address: HEAD, then a GET of the first bytes, each redirect looked at before it is followed.

use super::special::is_public;
use crate::config::{Fault, remote_address};
use crate::part;
use std::fmt;
use std::io::Read;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

/// As many redirects as are followed.
const HOPS: usize = 5;
/// As much of a picture as tells what it is, in bytes.
const HEAD_OF_PICTURE: usize = 512;

/// How hosts are asked.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Hosts (`host` or `host:port`) that may have an address outside the public internet.
    pub allowed: Vec<String>,
    /// The longest that one request may take.
    pub patience: Duration,
    /// The pause between two requests to one host, and the unit in which a retry waits longer each time.
    pub pause: Duration,
    /// The longest that a host's `Retry-After` is waited for.
    pub longest_wait: Duration,
    /// How often one address is asked.
    pub tries: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            allowed: Vec::new(),
            patience: Duration::from_secs(10),
            pause: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            tries: 3,
        }
    }
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A picture is there.
    Fine,
    /// Something is wrong for every reader.
    Faulty(Fault),
    /// Nothing can be said, and why.
    Unknown(String),
}

/// What one try brought.
pub(super) enum Outcome {
    Settled(Answer),
    /// Worth another try, after what the host asks for or the usual pause; the answer if there is no more.
    Again(Answer, Option<Duration>),
}

/// Resolves names, and refuses what does not lead to the public internet. The connection is made to the very addresses that were
/// looked at, so a name that changes its mind in between gains nothing.
#[derive(Debug)]
struct Gate {
    allowed: Vec<String>,
    names: DefaultResolver,
}

#[derive(Debug)]
struct Special;

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(part!("its address is not of the public internet").english())
    }
}

impl std::error::Error for Special {}

impl Resolver for Gate {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let is_named = uri.authority().is_some_and(|authority| {
            let is = |name: &String| {
                name.eq_ignore_ascii_case(authority.as_str()) || name.eq_ignore_ascii_case(authority.host())
            };
            self.allowed.iter().any(is)
        });
        match is_named || found.iter().all(|address| is_public(address.ip())) {
            true => Ok(found),
            false => Err(Error::Other(Box::new(Special))),
        }
    }
}

/// A client with `manners`.
pub(super) fn client(manners: &Manners) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy would connect where nobody here has looked.
        .proxy(None)
        .timeout_global(Some(manners.patience))
        .max_response_header_size(32 * 1024)
        .max_idle_connections_per_host(1)
        .user_agent(concat!(
            "postlint/",
            env!("CARGO_PKG_VERSION"),
            " (checks whether pictures are there)"
        ))
        .accept("image/*")
        .build();
    let gate = Gate {
        allowed: manners.allowed.clone(),
        names: DefaultResolver::default(),
    };
    Agent::with_parts(config, DefaultConnector::default(), gate)
}

/// Ask for the picture at `url` once.
pub(super) fn ask(client: &Agent, url: &str) -> Outcome {
    let mut at = url.to_owned();
    for _ in 0..=HOPS {
        let response = match answered(client, &at) {
            Ok(response) => response,
            Err(error) => return failed(&error),
        };
        if !response.status().is_redirection() {
            return judged(response);
        }
        match target(&at, &response) {
            Some(next) => at = next,
            None => {
                return Outcome::Settled(Answer::Faulty(Fault::Astray(
                    part!("a redirect names no address of the web").english().into(),
                )));
            }
        }
    }
    let why = format!("more than {HOPS} redirects");
    Outcome::Settled(Answer::Faulty(Fault::Astray(why)))
}

/// The answer to HEAD where it says all, else that to a GET of the first bytes: many hosts refuse HEAD, or answer it otherwise.
fn answered(client: &Agent, url: &str) -> Result<Response<Body>, Error> {
    match client.head(url).call() {
        Ok(response) => {
            let is_picture =
                kind(&response).starts_with("image/") && length(&response).is_some_and(|length| length > 0);
            let status = response.status();
            if (status.is_success() && is_picture) || status.is_redirection() || matches!(status.as_u16(), 429 | 503) {
                return Ok(response);
            }
        }
        // Some hang up at a HEAD; what has no answer at all need not be asked twice.
        Err(Error::Io(_) | Error::ConnectionFailed | Error::Protocol(_)) => {}
        Err(error) => return Err(error),
    }
    client
        .get(url)
        .header(header::RANGE, format!("bytes=0-{}", HEAD_OF_PICTURE - 1))
        .call()
}

fn target(from: &str, response: &Response<Body>) -> Option<String> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    remote_address(url::Url::parse(from).ok()?.join(location).ok()?.as_str())
}

/// The content type without its parameters, in lower case; empty when there is none.
fn kind(response: &Response<Body>) -> String {
    let value = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The length of the whole picture in bytes; `None` when it is not told.
fn length(response: &Response<Body>) -> Option<u64> {
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    match text(header::CONTENT_RANGE) {
        Some(range) => range.rsplit('/').next()?.parse().ok(),
        None => text(header::CONTENT_LENGTH)?.parse().ok(),
    }
}

fn judged(mut response: Response<Body>) -> Outcome {
    let status = response.status().as_u16();
    let wait = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let unknown = || Answer::Unknown(format!("status {status}"));
    match status {
        404 | 410 => return Outcome::Settled(Answer::Faulty(Fault::Gone(status))),
        // Nothing to take a range of.
        416 if length(&response) == Some(0) => return Outcome::Settled(Answer::Faulty(Fault::Empty)),
        408 | 429 | 500..=599 => return Outcome::Again(unknown(), wait.map(Duration::from_secs)),
        200..=299 => {}
        _ => return Outcome::Settled(unknown()),
    }
    let kind = kind(&response);
    if kind.starts_with("image/") && length(&response).is_some_and(|length| length > 0) {
        return Outcome::Settled(Answer::Fine);
    }
    let mut head = Vec::new();
    // However much a host sends: the first bytes tell, and the connection is given up.
    let read = response
        .body_mut()
        .as_reader()
        .take(HEAD_OF_PICTURE as u64)
        .read_to_end(&mut head);
    Outcome::Settled(match (head.is_empty(), read) {
        (true, Err(error)) => return Outcome::Again(silent(&error), None),
        (true, Ok(_)) => Answer::Faulty(Fault::Empty),
        _ if kind.starts_with("image/") || imagesize::image_type(&head).is_ok() || is_svg(&head) => Answer::Fine,
        // A type that says nothing: so do we.
        _ if kind.is_empty() || kind.ends_with("/octet-stream") => {
            Answer::Unknown(part!("bytes of no known kind").english().into())
        }
        _ => Answer::Faulty(Fault::NotPicture(kind)),
    })
}

fn is_svg(head: &[u8]) -> bool {
    head.windows(4).any(|four| four == b"<svg")
}

/// A request that got no answer.
fn failed(error: &Error) -> Outcome {
    match error {
        Error::Other(other) if other.is::<Special>() => Outcome::Settled(Answer::Unknown(Special.to_string())),
        // The name server may be in trouble and not the host; whoever asked many knows better.
        Error::HostNotFound => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no such host").english().into())),
            None,
        ),
        Error::Timeout(_) => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no answer in time").english().into())),
            None,
        ),
        Error::Io(error) => Outcome::Again(silent(error), None),
        Error::ConnectionFailed => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no connection").english().into())),
            None,
        ),
        Error::BadUri(_) | Error::Http(_) => {
            Outcome::Settled(Answer::Unknown(part!("no address that can be asked").english().into()))
        }
        other => Outcome::Again(Answer::Unknown(other.to_string()), None),
    }
}

fn silent(error: &std::io::Error) -> Answer {
    use std::io::ErrorKind;
    let why = match error.kind() {
        ErrorKind::ConnectionRefused => part!("the connection is refused"),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => part!("it hangs up"),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => part!("no answer in time"),
        _ => part!("no connection"),
    };
    Answer::Faulty(Fault::Silent(why.english().into()))
}

//! One question to one address: HEAD, then a GET of the first bytes, each redirect looked at before it is followed.

use super::client::{Client, Special, Trust, Way};
use super::route::Routes;
use crate::config::{Fault, remote_address};
use crate::message::{Message, Part};
use crate::{part, say};
use rustls::CertificateError;
use std::io::Read;
use std::time::Duration;
use ureq::http::{Response, header};
use ureq::{Body, Error};

/// As many redirects as are followed.
const HOPS: usize = 5;
const _: () = assert!(HOPS == 5, "the message below names the number");
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
    /// By which proxies.
    pub routes: Routes,
    /// Whose word on a host's certificate is taken.
    pub trust: Trust,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            allowed: Vec::new(),
            patience: Duration::from_secs(10),
            pause: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            tries: 3,
            routes: Routes::default(),
            trust: Trust::default(),
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
    /// A status that says nothing of the picture.
    Status(u16),
    /// Nothing can be said, and why.
    Unknown(Message),
}

/// What one try brought.
pub(super) enum Outcome {
    Settled(Answer),
    /// Worth another try, after what the host asks for or the usual pause; the answer if there is no more.
    Again(Answer, Option<Duration>),
}

/// Ask for the picture at `url` once.
pub(super) fn ask(client: &Client, url: &str) -> Outcome {
    let mut at = url.to_owned();
    for _ in 0..=HOPS {
        let way = match client.way(&at) {
            Ok(way) => way,
            Err(error) => return failed(&error),
        };
        let response = match answered(&way, &at) {
            Ok(response) => response,
            Err(error) if way.is_proxied => return by_proxy(failed(&error)),
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
    let why = part!("more than 5 redirects");
    Outcome::Settled(Answer::Faulty(Fault::Astray(why.english().into())))
}

/// The answer to HEAD where it says all, else that to a GET of the first bytes: many hosts refuse HEAD, or answer it otherwise.
fn answered(way: &Way, url: &str) -> Result<Response<Body>, Error> {
    match way.head(url).call() {
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
    way.get(url)
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
    match status {
        404 | 410 => return Outcome::Settled(Answer::Faulty(Fault::Gone(status))),
        // Nothing to take a range of.
        416 if length(&response) == Some(0) => return Outcome::Settled(Answer::Faulty(Fault::Empty)),
        408 | 429 | 500..=599 => return Outcome::Again(Answer::Status(status), wait.map(Duration::from_secs)),
        200..=299 => {}
        _ => return Outcome::Settled(Answer::Status(status)),
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
        _ if kind.is_empty() || kind.ends_with("/octet-stream") => Answer::Unknown(say!("bytes of no known kind")),
        _ => Answer::Faulty(Fault::NotPicture(kind)),
    })
}

fn is_svg(head: &[u8]) -> bool {
    head.windows(4).any(|four| four == b"<svg")
}

/// A request that got no answer.
fn failed(error: &Error) -> Outcome {
    match error {
        Error::Other(other) if other.is::<Special>() => Outcome::Settled(Answer::Unknown(Special::SAID.into())),
        // The name server may be in trouble and not the host; whoever asked many knows better.
        Error::HostNotFound => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no such host").english().into())),
            None,
        ),
        Error::Timeout(_) => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no answer in time").english().into())),
            None,
        ),
        Error::Rustls(error) => Outcome::Settled(insecure(error)),
        Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(error) => Outcome::Settled(insecure(error)),
            None => Outcome::Again(silent(error), None),
        },
        Error::ConnectionFailed => Outcome::Again(
            Answer::Faulty(Fault::Silent(part!("no connection").english().into())),
            None,
        ),
        Error::BadUri(_) | Error::Http(_) => Outcome::Settled(Answer::Unknown(say!("no address that can be asked"))),
        other => Outcome::Again(Answer::Unknown(Message::data(&other.to_string())), None),
    }
}

/// A fault that was seen through a proxy may be the proxy's.
fn by_proxy(outcome: Outcome) -> Outcome {
    let told = |answer| match answer {
        Answer::Faulty(fault) => Answer::Unknown(say!("by the proxy: {fault}", fault = fault.said())),
        other => other,
    };
    match outcome {
        Outcome::Settled(answer) => Outcome::Settled(told(answer)),
        Outcome::Again(answer, wait) => Outcome::Again(told(answer), wait),
    }
}

/// A connection that is not safe. Whose certificates are believed differs between machines; what a certificate says does not.
fn insecure(error: &rustls::Error) -> Answer {
    let fault = |why: Part| Answer::Faulty(Fault::Insecure(why.english().into()));
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            fault(part!("it has expired"))
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => fault(part!("it is another host's")),
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => {
            Answer::Unknown(say!(
                "nobody whom this machine trusts vouches for its certificate (SSL_CERT_FILE)"
            ))
        }
        other => Answer::Unknown(say!("no safe connection: {error}", error = other)),
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

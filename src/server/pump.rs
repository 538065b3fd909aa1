//! Reads a client's bytes and hands on only messages that the protocol library survives.
//!
//! tower-lsp's own transport ends at the first frame it cannot decode, does not end on `exit` while the client keeps the pipe
//! open, and buffers without bound. So the framing is done here: bad frames are dropped (and answered where their id can be
//! told), lone surrogates are repaired, and the stream ends at `exit`, at the end of input and at a frame beyond all
//! measure.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;
use serde_json::json;
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::surrogate;

/// The largest message that is accepted, in bytes.
pub const MAX_FRAME: usize = 256 << 20;

/// The longest piece of a header that is looked at in one go, in bytes.
const MAX_HEADER: u64 = 8192;

/// A request that stands for a frame which could not be read; its params are `{"message"}`.
pub const REFUSED: &str = "$/postlint/refused";

/// A notification for the log; its params are `{"message"}`.
pub const NOTE: &str = "$/postlint/note";

/// What a client sends.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
}

/// Why there are no more messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `exit`, the end of input, or nobody who listens.
    Done,
    /// A message longer than [`MAX_FRAME`]; a note about it is the last that was sent.
    BeyondMeasure,
}

/// Take the messages of `input` to `take`, until `exit`, the end of input, or until it returns `false`.
pub fn run(input: impl Read, mut take: impl FnMut(Incoming) -> bool) -> End {
    let mut input = BufReader::new(input);
    while let Some(length) = read_header(&mut input) {
        if length > MAX_FRAME {
            let message = format!("a message of {length} bytes is beyond the limit of {MAX_FRAME}: giving up");
            take(note(&message));
            return End::BeyondMeasure;
        }
        let Some(body) = read_body(&mut input, length) else {
            return End::Done;
        };
        let message = admit(body);
        let is_last = matches!(&message, Incoming::Request(request) if request.method() == "exit");
        if !take(message) || is_last {
            return End::Done;
        }
    }
    End::Done
}

/// The length of the next message in bytes; `None` at the end of input. Lines that are no header are skipped, so that a
/// stream with rubbish between two messages is found again at the second.
fn read_header(input: &mut impl BufRead) -> Option<usize> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        // A piece without a line end is rubbish, but the start of a header may be its tail.
        let unfinished = !line.is_empty() && !line.ends_with(b"\n");
        let kept = if unfinished { line.len().min(64) } else { 0 };
        line.drain(..line.len() - kept);
        match input.take(MAX_HEADER).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
        if let Some(found) = content_length(&line) {
            length = Some(found);
        } else if line.trim_ascii().is_empty() && line.ends_with(b"\n") && length.is_some() {
            return length;
        }
    }
}

/// The number after the last `Content-Length:` in a line; `None` where there is none or it is no number.
fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    if !line.ends_with(b"\n") {
        return None;
    }
    let at = line
        .windows(NAME.len())
        .rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let digits = line.get(at + NAME.len()..)?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    // A number that does not fit is still a length: beyond all measure.
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(digits.parse().unwrap_or(usize::MAX))
    } else {
        None
    }
}

fn read_body(input: &mut impl Read, length: usize) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(length.min(1 << 20));
    let read = input.take(length as u64).read_to_end(&mut body).ok()?;
    (read == length).then_some(body)
}

/// The message that `body` is, repaired where that helps, else one about it.
fn admit(mut body: Vec<u8>) -> Incoming {
    if let Some(message) = message(&body) {
        return message;
    }
    if surrogate::repair(&mut body) > 0
        && let Some(message) = message(&body)
    {
        return message;
    }
    match outline(&body) {
        Some(Outline { id: Some(id), .. }) => {
            let about = json!({"message": "this is not a JSON-RPC 2.0 message that can be read"});
            Incoming::Request(Request::build(REFUSED).id(id).params(about).finish())
        }
        _ => note("a message that is not JSON-RPC 2.0 was dropped"),
    }
}

fn message(body: &[u8]) -> Option<Incoming> {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => Some(Incoming::Request(request)),
        _ => serde_json::from_slice(body).ok().map(Incoming::Response),
    }
}

/// The little that can be told of a message whose content cannot be read (nested too deep, say).
#[derive(Deserialize)]
struct Outline {
    id: Option<Id>,
}

fn outline(body: &[u8]) -> Option<Outline> {
    let text = String::from_utf8_lossy(body);
    serde_json::from_str(&text).ok()
}

fn note(message: &str) -> Incoming {
    Incoming::Request(Request::build(NOTE).params(json!({"message": message})).finish())
}

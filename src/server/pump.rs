//! Reads a client's bytes on a plain thread and hands on only messages that the protocol library survives.
//!
//! tower-lsp ends at the first frame it cannot decode, does not end on `exit` while the client keeps the pipe open,
//! and buffers without bound. So the framing is done here: bad frames are dropped (and answered where their id can be
//! told), lone surrogates are repaired, and the stream ends at `exit`, at the end of input and at a frame beyond all
//! measure.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::surrogate;

/// The largest message that is accepted, in bytes.
pub const MAX_FRAME: usize = 256 << 20;

/// The longest piece of a header that is looked at in one go, in bytes.
const MAX_HEADER: u64 = 8192;

/// A request that stands for a frame which could not be read; its params are `{"code", "message"}`.
pub const REFUSED: &str = "$/postlint/refused";

/// A notification for the log; its params are `{"message"}`.
pub const NOTE: &str = "$/postlint/note";

/// Why there are no more messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `exit`, the end of input, or nobody who listens.
    Done,
    /// A message longer than [`MAX_FRAME`]; a note about it is the last that was sent.
    BeyondMeasure,
}

/// Move messages from `input` to `output`, each with a fresh header, until `exit`, the end of input, or until
/// `output` is closed.
pub fn run(input: impl Read, output: &mpsc::Sender<Vec<u8>>) -> End {
    let mut input = BufReader::new(input);
    while let Some(length) = read_header(&mut input) {
        if length > MAX_FRAME {
            let message = format!("a message of {length} bytes is beyond the limit of {MAX_FRAME}: giving up");
            send(output, &note(&message));
            return End::BeyondMeasure;
        }
        let Some(body) = read_body(&mut input, length) else {
            return End::Done;
        };
        let message = admit(body);
        let last = is_exit(&message);
        if !send(output, &message) || last {
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

/// `body` itself when it is a message, repaired where that helps, else a message about it.
fn admit(mut body: Vec<u8>) -> Vec<u8> {
    if is_message(&body) || (surrogate::repair(&mut body) > 0 && is_message(&body)) {
        return body;
    }
    match outline(&body) {
        Some(Outline { id: Some(id), .. }) => json!({
            "jsonrpc": "2.0", "id": id, "method": REFUSED,
            "params": {"code": -32600, "message": "this is not a JSON-RPC 2.0 message that can be read"},
        })
        .to_string()
        .into_bytes(),
        _ => note("a message that is not JSON-RPC 2.0 was dropped"),
    }
}

fn is_message(body: &[u8]) -> bool {
    serde_json::from_slice::<Request>(body).is_ok_and(|request| !request.method().is_empty())
        || serde_json::from_slice::<Response>(body).is_ok()
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

fn is_exit(message: &[u8]) -> bool {
    message.len() < 200 && serde_json::from_slice::<Value>(message).is_ok_and(|message| message["method"] == "exit")
}

fn note(message: &str) -> Vec<u8> {
    json!({"jsonrpc": "2.0", "method": NOTE, "params": {"message": message}})
        .to_string()
        .into_bytes()
}

fn send(output: &mpsc::Sender<Vec<u8>>, message: &[u8]) -> bool {
    let mut frame = format!("Content-Length: {}\r\n\r\n", message.len()).into_bytes();
    frame.extend_from_slice(message);
    output.blocking_send(frame).is_ok()
}

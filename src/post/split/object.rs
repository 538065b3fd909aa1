//! JSON front matter: an object at the start of the file.

use super::lines::line_at;
use super::{Dialect, Envelope, TextRange};

/// The object that starts at byte `start`; `None` when the brace opens something else (`{% tag %}`, `{{ … }}`).
pub fn split(text: &str, bom: usize, start: usize) -> Option<Envelope> {
    let inside = text.get(start + 1..)?.trim_start();
    if !(inside.starts_with('"') || inside.starts_with('}')) {
        return None;
    }
    let end = end_of_object(text, start);
    let stop = end.unwrap_or(text.len());
    let rest = line_at(text, stop, text.len());
    let body = match rest {
        Some(line) if line.is_blank() => line.next,
        _ => stop,
    };
    Some(Envelope {
        dialect: Dialect::Json,
        lead: TextRange::new(bom, start),
        open: TextRange::at(start),
        block: TextRange::new(start, stop),
        close: end.map(TextRange::at),
        body: TextRange::new(body, text.len()),
    })
}

/// One past the brace that closes the one at `start`; strings are skipped.
fn end_of_object(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

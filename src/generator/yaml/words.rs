//! The words of YAML readers in plain ones.

use crate::message::Message;
use crate::{part, say};

/// What a reader's own message says, for somebody who does not know YAML; no full stop.
pub fn plain(message: &str) -> Message {
    let says = |part: &str| message.contains(part);
    let known = [
        (
            says("multiline key may not be an implicit key")
                || says("a colon is missed")
                || says("could not find expected ':'")
                || says("expected ':'"),
            part!("this line is no `key: value` and does not belong to the field above"),
        ),
        (
            says("bad indentation of a sequence entry"),
            part!("this list item does not stand where the others do"),
        ),
        (
            says("bad indentation of a mapping entry") || says("mapping values are not allowed"),
            part!("this line does not fit where it stands: its indentation, a colon or a quote is not as it should be"),
        ),
        (
            says("end of the stream or a document separator"),
            part!("this line belongs to nothing above it: it is indented less, or it is no `key: value`"),
        ),
        (
            says("missed comma between flow collection entries") || says("did not find expected ',' or"),
            part!("a list or map in brackets is never closed, or a comma is missing in it"),
        ),
        (
            says("end of the stream within a flow collection"),
            part!("a list or map in brackets is never closed"),
        ),
        (
            says("within a double quoted scalar") || says("within a single quoted scalar"),
            part!("a quote is opened and never closed"),
        ),
        (
            says("unidentified alias") || says("unknown anchor"),
            part!("`*` begins the name of a value given elsewhere, and nothing has this name"),
        ),
        (
            says("unknown tag") || says("tag suffix") || says("tag handle") || says("tag name"),
            part!("`!` begins a tag, and the reader does not know this one"),
        ),
        (
            says("unknown escape sequence") || says("unknown escape character"),
            part!("a backslash in double quotes begins an escape, and there is no such one"),
        ),
        (
            says("duplicated mapping key") || says("duplicate"),
            part!("a key stands here that is there already"),
        ),
        (
            says("tab characters must not be used") || says("cannot start any token"),
            part!("a tab or a character with a meaning of its own stands here"),
        ),
        (
            says("non-printable") || says("null byte") || says("control characters"),
            part!("an invisible control character stands here"),
        ),
        (
            says("nesting exceeded"),
            part!("values are nested more than 100 levels deep here"),
        ),
        (
            says("expected a single document"),
            part!("a second document begins inside this front matter"),
        ),
    ];
    match known.iter().find(|(is_it, _)| *is_it) {
        Some((_, words)) => (*words).into(),
        None => say!(
            "the YAML reader stops here: {message}",
            message = message.trim_end_matches('.')
        ),
    }
}

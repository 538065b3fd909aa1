//! Numbers of things, in words.

use crate::message::Message;
use crate::say;

pub(super) fn findings(number: usize) -> Message {
    match number {
        1 => say!("1 finding"),
        _ => say!("{number} findings", number),
    }
}

pub(super) fn posts(number: usize) -> Message {
    match number {
        1 => say!("1 post"),
        _ => say!("{number} posts", number),
    }
}

pub(super) fn files(number: usize) -> Message {
    match number {
        1 => say!("1 file"),
        _ => say!("{number} files", number),
    }
}

pub(super) fn fixes(number: usize) -> Message {
    match number {
        1 => say!("1 fix"),
        _ => say!("{number} fixes", number),
    }
}

pub(super) fn lines(number: usize) -> Message {
    match number {
        1 => say!("1 line"),
        _ => say!("{number} lines", number),
    }
}

pub(super) fn errors(number: usize) -> Message {
    match number {
        1 => say!("1 error"),
        _ => say!("{number} errors", number),
    }
}

pub(super) fn warnings(number: usize) -> Message {
    match number {
        1 => say!("1 warning"),
        _ => say!("{number} warnings", number),
    }
}

pub(super) fn pictures(number: usize) -> Message {
    match number {
        1 => say!("1 picture"),
        _ => say!("{number} pictures", number),
    }
}

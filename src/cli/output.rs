//! Printing: findings go to standard output, everything else to standard error.

use super::args::Color;
use crate::report::Paint;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Say something to the person at the terminal. What cannot be said is not worth failing for.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Standard output, buffered.
pub(super) fn stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Whether standard output gets colours: `--color`, then NO_COLOR, then whether it is a terminal.
pub(super) fn paint(color: Color) -> Paint {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let wanted = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !refused && !dumb && io::stdout().is_terminal(),
    };
    if wanted { Paint::Ansi } else { Paint::Plain }
}

/// Whether the reader of our output went away.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// `3 files`, `1 file`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

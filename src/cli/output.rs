//! Printing: findings go to standard output, everything else to standard error.

use super::args::Color;
use crate::message::Language;
use crate::report::Paint;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// From now on the program speaks `language`; only the first call counts.
pub(super) fn speak(language: Language) {
    let _ = LANGUAGE.set(language);
}

/// What whoever sits at a terminal reads, by the variables of the system; English everywhere else, so that a log does not depend
/// on the machine it is written on.
fn own_language() -> Language {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let is_read = io::stdout().is_terminal() && io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    let own = locale
        .filter(|_| is_read)
        .and_then(|locale| Language::from_tag(&locale));
    own.unwrap_or_default()
}

/// What the program speaks: what it was told first, else what [`own_language`] says.
pub(super) fn language() -> Language {
    *LANGUAGE.get_or_init(own_language)
}

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

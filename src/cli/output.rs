//! Printing: findings go to standard output, everything else to standard error.

use super::args::Color;
use crate::config::ConfigError;
use crate::message::{Language, Message};
use crate::report::{Paint, neutral_line};
use crate::workspace::{self, GitError, ReadError, Workspace, WriteError};
use crate::{part, say};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use unicode_width::UnicodeWidthStr;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// From now on the program speaks `language`; only the first call counts.
pub(super) fn speak(language: Language) {
    let _ = LANGUAGE.set(language);
}

/// From now on the program speaks what the configuration for `first`, a path that it was given, says; nothing is said of one that
/// cannot be read, the run will tell.
pub(super) fn speak_as_configured(workspace: &Workspace, first: Option<&PathBuf>) {
    let first = first.map_or(Path::new("."), PathBuf::as_path);
    let folder = match first.is_dir() {
        true => first,
        false => first
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    };
    let settings = workspace.settings(folder).ok();
    if let Some(language) = settings.and_then(|loaded| loaded.settings.lang) {
        speak(language);
    }
}

/// What whoever sits at a terminal reads, by the variables of the system; English everywhere else, so that a log does not depend
/// on the machine it is written on.
pub(super) fn own_language() -> Language {
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

/// A message in the language of the program.
pub(super) fn told(message: impl Into<Message>) -> String {
    message.into().text(language())
}

/// Say something of what was done.
pub(super) fn tell(message: impl Into<Message>) {
    note(&told(message));
}

/// Say what went wrong, on one line.
pub(super) fn error(trouble: &Message) {
    note(&neutral_line(&told(say!("error: {trouble}", trouble))));
}

/// Standard output, buffered.
pub(super) fn stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Whether standard output gets colours: `--color`, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE, as a CI sets them whose log
/// shows colours, then whether it is a terminal.
pub(super) fn paint(color: Color) -> Paint {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let refused = is_set("NO_COLOR");
    let forced = ["FORCE_COLOR", "CLICOLOR_FORCE"]
        .into_iter()
        .any(|name| is_set(name) && std::env::var_os(name).is_some_and(|value| value != "0"));
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let wanted = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !refused && (forced || !dumb && io::stdout().is_terminal()),
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

/// An error and what led to it.
pub(super) fn in_words(error: &anyhow::Error) -> Message {
    let causes = error.chain().map(|cause| {
        let config = cause.downcast_ref::<ConfigError>().map(ConfigError::said);
        let read = || cause.downcast_ref::<ReadError>().map(ReadError::said);
        let write = || cause.downcast_ref::<WriteError>().map(WriteError::said);
        let git = || cause.downcast_ref::<GitError>().map(GitError::said);
        let system = || cause.downcast_ref().map(workspace::said_by_system);
        let known = config.or_else(read).or_else(write).or_else(git).or_else(system);
        known.unwrap_or_else(|| Message::data(&cause.to_string()))
    });
    let mut causes: Vec<Message> = causes.collect();
    // What stands for an error of the system says the same as the error itself.
    causes.dedup_by_key(|cause| cause.english());
    Message::joined(causes, &told(part!(": ")))
}

/// `text` with blanks behind it up to `width` columns; a Chinese character takes two.
pub(super) fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

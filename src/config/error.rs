//! What is wrong with a configuration, where it stands, and what was probably meant.

use crate::message::Message;
use crate::say;
use std::fmt;

/// A configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file, as given; `--select` and the like for the command line.
    pub file: String,
    /// Line and column, both from 1, columns in characters; `None` for the command line.
    pub place: Option<(usize, usize)>,
    /// Plain words, no full stop.
    pub message: Message,
    /// What was probably meant; `None` when nothing is near.
    pub suggestion: Option<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().english())
    }
}

impl ConfigError {
    /// All of it in words.
    pub fn said(&self) -> Message {
        let place = self
            .place
            .map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let (file, message) = (&self.file, &self.message);
        match &self.suggestion {
            Some(meant) => say!(
                "{file}{place}: {message}; did you mean `{meant}`?",
                file,
                place,
                message,
                meant
            ),
            None => say!("{file}{place}: {message}", file, place, message),
        }
    }
}

/// The one of `known` that is nearest to `word`, if it is near enough to be a slip.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

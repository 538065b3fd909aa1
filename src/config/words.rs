//! The words that `postlint.toml` knows for a generator and for a level.

use super::Level;
use crate::diagnostic::Severity;
use crate::generator::Generator;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum GeneratorWord {
    Auto,
    Hexo,
    Jekyll,
    Hugo,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LevelWord {
    Error,
    Warning,
    Info,
    Off,
}

impl From<GeneratorWord> for Option<Generator> {
    fn from(word: GeneratorWord) -> Self {
        match word {
            GeneratorWord::Auto => None,
            GeneratorWord::Hexo => Some(Generator::Hexo),
            GeneratorWord::Jekyll => Some(Generator::Jekyll),
            GeneratorWord::Hugo => Some(Generator::Hugo),
        }
    }
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Error => Self::On(Severity::Error),
            LevelWord::Warning => Self::On(Severity::Warning),
            LevelWord::Info => Self::On(Severity::Info),
            LevelWord::Off => Self::Off,
        }
    }
}

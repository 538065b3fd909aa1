//! What hosts said before, so that they are not asked at every run.

use super::ask::Answer;
use crate::config::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A day, in seconds.
const DAY: u64 = 86_400;

/// Answers by address, each with its time.
#[derive(Debug, Default)]
pub struct Memory {
    answers: BTreeMap<String, Note>,
    /// Now, in seconds since 1970.
    now: u64,
    /// How long a picture that is there is believed to be, in seconds.
    age: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Note {
    /// Seconds since 1970.
    at: u64,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "is", content = "what", rename_all = "kebab-case")]
enum Kind {
    Fine,
    Gone(u16),
    Silent(String),
    NotPicture(String),
    Empty,
    Astray(String),
    Insecure(String),
}

impl Memory {
    /// What was written down; nothing where `text` is not what [`Memory::text`] writes. `now` is in seconds since 1970; a picture that is
    /// there is believed for `days`, a fault for one of them at most.
    pub fn new(text: &str, now: u64, days: u64) -> Self {
        let answers = serde_json::from_str(text).unwrap_or_default();
        let age = days.saturating_mul(DAY);
        Self { answers, now, age }
    }

    /// What to write down: nothing that is too old to be believed.
    pub fn text(&self) -> String {
        let young: BTreeMap<&String, &Note> = self.answers.iter().filter(|(_, note)| self.is_young(note)).collect();
        serde_json::to_string(&young).unwrap_or_default()
    }

    fn is_young(&self, note: &Note) -> bool {
        let limit = match note.kind {
            Kind::Fine => self.age,
            _ => self.age.min(DAY),
        };
        // A note from the future is of a clock that was wrong.
        self.now.checked_sub(note.at).is_some_and(|age| age < limit)
    }

    pub(super) fn recall(&self, address: &str) -> Option<Answer> {
        let note = self.answers.get(address).filter(|note| self.is_young(note))?;
        Some(match note.kind.clone() {
            Kind::Fine => Answer::Fine,
            Kind::Gone(status) => Answer::Faulty(Fault::Gone(status)),
            Kind::Silent(why) => Answer::Faulty(Fault::Silent(why)),
            Kind::NotPicture(what) => Answer::Faulty(Fault::NotPicture(what)),
            Kind::Empty => Answer::Faulty(Fault::Empty),
            Kind::Astray(why) => Answer::Faulty(Fault::Astray(why)),
            Kind::Insecure(why) => Answer::Faulty(Fault::Insecure(why)),
        })
    }

    pub(super) fn remember(&mut self, address: &str, answer: &Answer) {
        let kind = match answer.clone() {
            Answer::Fine => Kind::Fine,
            Answer::Faulty(Fault::Gone(status)) => Kind::Gone(status),
            Answer::Faulty(Fault::Silent(why)) => Kind::Silent(why),
            Answer::Faulty(Fault::NotPicture(what)) => Kind::NotPicture(what),
            Answer::Faulty(Fault::Empty) => Kind::Empty,
            Answer::Faulty(Fault::Astray(why)) => Kind::Astray(why),
            Answer::Faulty(Fault::Insecure(why)) => Kind::Insecure(why),
            Answer::Status(_) | Answer::Unknown(_) => return,
        };
        self.answers.insert(address.to_owned(), Note { at: self.now, kind });
    }
}

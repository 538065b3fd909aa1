//! What is said to people: an English text with its blanks, filled in and translated where it is shown.

mod catalogue;
mod check;
mod inert;
mod language;
mod page;

use crate::say;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::Display;

pub use catalogue::{Entry, entries, translated};
pub use check::check;
pub use language::Language;
pub use page::paragraphs;

/// A sentence, or a part of one, that [`say!`](crate::say) made. No language is chosen yet: what is found and how it is mended
/// does not depend on who reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// English, with a `{name}` for each blank and `{{` for a brace; the catalogues know it by this text.
    text: Cow<'static, str>,
    blanks: Vec<(Cow<'static, str>, Value)>,
}

/// A sentence, or a part of one, without blanks, that [`part!`](crate::part) made; small enough to lie in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(&'static str);

impl Part {
    /// [`part!`](crate::part) makes sure that `text` has no blanks.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// In English, for what is kept and shown later; [`Message::data`] knows it again.
    pub const fn english(self) -> &'static str {
        self.0
    }
}

impl From<&Message> for Message {
    fn from(message: &Message) -> Self {
        message.clone()
    }
}

impl From<Part> for Message {
    fn from(part: Part) -> Self {
        Self::plain(part.0)
    }
}

/// What a blank is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// The same in every language: the writer's own words, names, numbers.
    Plain(String),
    /// A part that is translated, too.
    Message(Message),
    /// Several of them, and what stands between two.
    List(Vec<Message>, String),
    /// Markdown of our own.
    Page(Cow<'static, str>),
}

impl<T: Display> From<T> for Value {
    fn from(value: T) -> Self {
        Value::Plain(value.to_string())
    }
}

// None of them is `Display`, so that no message is put into another one before its language is known.
impl From<&Message> for Value {
    fn from(message: &Message) -> Self {
        Value::Message(message.clone())
    }
}

impl From<&&Message> for Value {
    fn from(message: &&Message) -> Self {
        Value::Message((*message).clone())
    }
}

impl From<&Part> for Value {
    fn from(part: &Part) -> Self {
        Value::Message((*part).into())
    }
}

impl Message {
    /// A text without blanks; [`say!`](crate::say) makes sure that it has none.
    pub const fn plain(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            blanks: Vec::new(),
        }
    }

    /// What stands in data that is not written by the user, such as the owner of an ad pattern: a name, or words that the
    /// catalogues know.
    pub fn data(text: &str) -> Self {
        let is_plain = !text.contains(['{', '}']);
        let plain = || Self {
            text: Cow::Owned(text.to_owned()),
            blanks: Vec::new(),
        };
        if is_plain { plain() } else { say!("{text}", text) }
    }

    /// A text and what fills its blanks; [`say!`](crate::say) makes sure that they fit.
    pub fn new<const N: usize>(text: &'static str, blanks: [(&'static str, Value); N]) -> Self {
        let blanks = blanks.into_iter().map(|(name, value)| (Cow::Borrowed(name), value));
        Self {
            text: Cow::Borrowed(text),
            blanks: blanks.collect(),
        }
    }

    /// Markdown of our own, such as a rule's page, which is translated by paragraphs; of a post's text nobody can make one.
    pub fn page(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed("{page}"),
            blanks: vec![(Cow::Borrowed("page"), Value::Page(Cow::Borrowed(text)))],
        }
    }

    /// In English, as the code has it.
    pub fn english(&self) -> String {
        self.text(Language::English)
    }

    /// In `language`; in English where the catalogue does not have it.
    pub fn text(&self, language: Language) -> String {
        let mut out = String::new();
        self.write(language, &|text, out| out.push_str(text), &mut out);
        out
    }

    /// In `language`, for who reads Markdown: what fills the blanks shows as it is written, whatever signs are in it. A title must not
    /// have an editor fetch a picture.
    pub fn markdown(&self, language: Language) -> String {
        let mut out = String::new();
        self.write(language, &inert::push, &mut out);
        out
    }

    fn write(&self, language: Language, fill: &dyn Fn(&str, &mut String), out: &mut String) {
        let mut rest = translated(language, &self.text);
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let name = rest[at + 1..]
                .split_once('}')
                .map(|(name, after)| (self.blank(name), name, after));
            match name {
                Some((Some(value), _, after)) if rest[at..].starts_with('{') => {
                    value.write(language, fill, out);
                    rest = after;
                }
                // A brace that is written twice stands for itself.
                _ => {
                    out.push_str(&rest[at..=at]);
                    let after = &rest[at + 1..];
                    rest = after.strip_prefix(&rest[at..=at]).unwrap_or(after);
                }
            }
        }
        out.push_str(rest);
    }

    fn blank(&self, name: &str) -> Option<&Value> {
        let mut blanks = self.blanks.iter();
        blanks.find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Message {
    /// Messages one behind the other, with `between` between them.
    pub fn joined(messages: Vec<Self>, between: &str) -> Self {
        let text = Cow::Borrowed("{all}");
        let all = Value::List(messages, between.to_owned());
        Self {
            text,
            blanks: vec![(Cow::Borrowed("all"), all)],
        }
    }
}

impl Value {
    fn write(&self, language: Language, fill: &dyn Fn(&str, &mut String), out: &mut String) {
        match self {
            Value::Plain(text) => fill(text, out),
            Value::Page(text) => out.push_str(&page::page_in(language, text)),
            Value::Message(message) => message.write(language, fill, out),
            Value::List(messages, between) => {
                for (at, message) in messages.iter().enumerate() {
                    if at > 0 {
                        out.push_str(between);
                    }
                    message.write(language, fill, out);
                }
            }
        }
    }
}

/// A [`Message`]: `say!("The date `{text}` cannot be read", text)`, `say!("{name} stops the build", name = generator.name())`.
///
/// The names in braces and those behind the text must be the same, or it does not compile. The text is looked up in the
/// catalogues (`src/message/*.po`); a test tells of a text that one of them does not have.
#[macro_export]
macro_rules! say {
    ($text:literal) => {{
        const { $crate::message::check($text, &[]) };
        $crate::message::Message::plain($text)
    }};
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        const { $crate::message::check($text, &[$(stringify!($name)),+]) };
        $crate::message::Message::new(
            $text,
            [$((stringify!($name), $crate::message::Value::from($crate::say!(@ $name $(= $value)?)))),+],
        )
    }};
    (@ $name:ident = $value:expr) => { &$value };
    (@ $name:ident) => { &$name };
}

/// A [`Part`](crate::message::Part): `part!("stops the whole build")`.
#[macro_export]
macro_rules! part {
    ($text:literal) => {
        const {
            $crate::message::check($text, &[]);
            $crate::message::Part::new($text)
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled() {
        let day = say!("the {day}th", day = 4);
        let text = "a {day} {{".to_owned();
        let whole = say!("`{{ x }}` {text} on {day}, {day}", text, day);
        assert_eq!(whole.english(), "`{ x }` a {day} {{ on the 4th, the 4th");
        assert_eq!(say!("}} {{").english(), "} {");
        let bytes = postcard::to_allocvec(&whole).unwrap_or_default();
        assert_eq!(postcard::from_bytes::<Message>(&bytes), Ok(whole));
    }
}

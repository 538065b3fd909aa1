//! YAML as js-yaml 4.3.2 loads it with its default schema, quirks, limits and messages included.
//!
//! The readers below follow js-yaml's `loader.js` step by step (MIT, © 2011-2015 Vitaly Puzrin): which of two broken files
//! Hexo still publishes depends on the order in which that code tries things, and no other parser agrees with it.

mod block;
mod block_scalar;
mod document;
mod flow;
mod node;
mod pairs;
mod scalar;
mod state;
mod tag;
mod types;

use super::value::{Js, Object};
use crate::post::Style;
use crate::post::plain::{self, Field, Word};
use std::rc::Rc;
pub use types::implicit;

/// Why js-yaml refuses a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// js-yaml's own words, such as `bad indentation of a mapping entry`.
    pub message: String,
    /// The byte of the loaded text that it points at; `None` when it names no place.
    pub offset: Option<usize>,
    /// The line of that byte, from 0; js-yaml itself counts a lone `\r` as a line end.
    pub line: usize,
}

/// Load the one document in `text`. An empty text and an empty document are `null`.
pub fn load(text: &str) -> Result<Js, YamlError> {
    match plain_object(text) {
        Some(object) => Ok(Js::Map(Rc::new(object))),
        None => load_all(text),
    }
}

/// What js-yaml makes of the plainest texts, without its many attempts; `None` for any other.
fn plain_object(text: &str) -> Option<Object> {
    object(plain::read(text)?)
}

fn object(fields: Vec<(&str, Field<'_>)>) -> Option<Object> {
    let value = |word: Word<'_>| match implicit(word.text).filter(|_| word.style == Style::Plain) {
        Some((_, value)) => value,
        None => Js::text(word.text),
    };
    let mut made = Object::default();
    for (key, field) in fields {
        // js-yaml refuses a key that stands twice.
        if made.get(key).is_some() {
            return None;
        }
        let field = match field {
            Field::Nothing => Js::Null,
            Field::Word(word) => value(word),
            Field::List(words, _) => Js::List(Rc::new(words.into_iter().map(value).collect())),
            Field::Map(fields) => Js::Map(Rc::new(object(fields)?)),
        };
        made.set(key, field);
    }
    Some(made)
}

fn load_all(text: &str) -> Result<Js, YamlError> {
    let bom = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let documents = state::Loader::new(text.get(bom..).unwrap_or_default())
        .documents()
        .map_err(|mut error| {
            error.offset = error.offset.map(|offset| (offset + bom).min(text.len()));
            *error
        })?;
    let mut documents = documents.into_iter();
    match (documents.next(), documents.next()) {
        (None, _) => Ok(Js::Null),
        (Some(document), None) => Ok(document),
        (Some(_), Some(_)) => Err(YamlError {
            message: "expected a single document in the stream, but found more".into(),
            offset: None,
            line: 0,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Js, Rc, load_all, plain_object};
    use crate::post::plain::random::texts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_plain_is_what_js_yaml_makes_of_it(text in texts()) {
            if let Some(object) = plain_object(&text) {
                let all = load_all(&text).map(|value| format!("{value:?}"));
                prop_assert_eq!(all, Ok(format!("{:?}", Js::Map(Rc::new(object)))));
            }
        }
    }
}

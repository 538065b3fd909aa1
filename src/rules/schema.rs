//! The user's JSON Schema, ready to be asked: front matter in, what does not fit out, each with its place.

mod words;

use crate::config::Schema;
use crate::generator::Generator;
use crate::generator::casts::is_timestamp;
use crate::generator::typed::{Typed, typed};
use crate::message::Message;
use crate::post::{Dialect, Entry, Node, Value};
use crate::say;
use crate::text::TextRange;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::{Map, Number, Value as Json};

/// A schema that can be used.
#[derive(Debug)]
pub struct Check {
    validator: Validator,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The value, or the key that is too many; `None` where something is missing from the front matter as a whole.
    pub range: Option<TextRange>,
    /// Where it is, as `image.width` or `tags[2]`; empty for the front matter as a whole.
    pub path: String,
    /// Plain words, no full stop, to stand after the path.
    pub message: Message,
}

/// Misfits of one post that are told.
const MOST: usize = 50;
/// Steps back that a pattern of a schema may take on one value.
const BACKTRACKS: usize = 100_000;

impl Check {
    /// `schema`, made ready at the first call; the reason when it is no schema.
    pub fn of(schema: &Schema) -> Result<&Self, &Message> {
        let made = schema.made(Self::new);
        static OTHER: Message = Message::plain("it is no schema");
        made.map_or(Err(&OTHER), Result::as_ref)
    }

    fn new(text: &str) -> Result<Self, Message> {
        let schema: Json = serde_json::from_str(text).map_err(|error| say!("it is no JSON: {error}", error))?;
        let validator = jsonschema::options()
            .offline()
            .should_validate_formats(true)
            .with_format("date", |text: &str| is_timestamp(text) && !text.contains(':'))
            .with_format("date-time", is_timestamp)
            .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACKS))
            .build(&schema)
            .map_err(|error| {
                say!(
                    "{error} at `{place}`",
                    error = error.masked(),
                    place = error.instance_path().as_str()
                )
            })?;
        Ok(Self { validator })
    }

    /// What of the front matter `root`, in `dialect` and as `generator` reads it, does not fit.
    pub fn misfits(&self, generator: Generator, dialect: Dialect, root: &Node) -> Vec<Misfit> {
        let value = json(generator, dialect, root);
        let errors = self.validator.iter_errors(&value).take(MOST);
        errors.flat_map(|error| misfits(root, &error)).collect()
    }
}

/// The value as JSON has it; of keys that stand twice the last counts.
fn json(generator: Generator, dialect: Dialect, node: &Node) -> Json {
    match &node.value {
        Value::List(items) => Json::Array(items.iter().map(|item| json(generator, dialect, item)).collect()),
        Value::Map(entries) => {
            let named = entries
                .iter()
                .filter_map(|entry| Some((entry.name()?.to_owned(), entry)));
            let pairs = named.map(|(name, entry)| (name, json(generator, dialect, &entry.value)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
        Value::Scalar(scalar) => match typed(generator, dialect, node) {
            None | Some(Typed::Null) => Json::Null,
            Some(Typed::Bool(value)) => Json::Bool(value),
            Some(Typed::Int(value)) => {
                Number::from_i128(value).map_or_else(|| scalar.text.clone().into(), Json::Number)
            }
            // Infinity is no number of JSON's.
            Some(Typed::Float(value)) => {
                Number::from_f64(value).map_or_else(|| scalar.text.clone().into(), Json::Number)
            }
            Some(Typed::Text(text)) => Json::String(text),
        },
    }
}

fn misfits(root: &Node, error: &ValidationError<'_>) -> Vec<Misfit> {
    let (node, path) = follow(root, error.instance_path());
    let here = (!path.is_empty()).then_some(node.range);
    let one = |range, path: String, message: Message| vec![Misfit { range, path, message }];
    match error.kind() {
        // Whether the value fits was not found out.
        Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => Vec::new(),
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            one(here, below(&path, name), say!("is missing"))
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| Misfit {
                range: entry(node, name).map(|entry| entry.key.range).or(here),
                path: below(&path, name),
                message: say!("is no key that it knows"),
            })
            .collect(),
        Kind::PropertyNames { error } => {
            let name = error.instance().as_str().unwrap_or_default();
            let range = entry(node, name).map(|entry| entry.key.range).or(here);
            one(range, below(&path, name), words::of_key(error))
        }
        Kind::AnyOf { .. } => one(here, path, say!("fits none of the forms that it may have")),
        Kind::OneOfNotValid { .. } => one(here, path, say!("fits none of the forms that it may have")),
        Kind::OneOfMultipleValid { .. } => one(here, path, say!("fits more than one of the forms that it may have")),
        Kind::Format { format } => one(here, path, say!("is no {format}", format)),
        _ => one(here, path, words::of_value(error)),
    }
}

/// The node at `location`, and the way there in a writer's words. Where the way is lost, the last node on it.
fn follow<'a>(root: &'a Node, location: &Location) -> (&'a Node, String) {
    let (mut node, mut path) = (root, String::new());
    for segment in location.iter() {
        let (next, written) = match (&node.value, segment) {
            (Value::List(items), LocationSegment::Index(index)) => (items.get(index), format!("{path}[{index}]")),
            (_, LocationSegment::Property(name)) => (entry(node, &name).map(|entry| &entry.value), below(&path, &name)),
            (_, LocationSegment::Index(_)) => (None, path.clone()),
        };
        let Some(next) = next else { break };
        (node, path) = (next, written);
    }
    (node, path)
}

fn entry<'a>(node: &'a Node, name: &str) -> Option<&'a Entry> {
    match &node.value {
        Value::Map(entries) => entries.iter().rev().find(|entry| entry.name() == Some(name)),
        _ => None,
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

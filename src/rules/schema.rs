//! The user's JSON Schema, ready to be asked: front matter in, what does not fit out, each with its place.

mod room;
mod words;

use crate::config::Schema;
use crate::generator::Generator;
use crate::generator::casts::is_timestamp;
use crate::generator::typed::{Typed, typed};
use crate::message::Message;
use crate::post::{Dialect, Entry, Node, Value};
use crate::text::TextRange;
use crate::{part, say};
use boon::{Compiler, ErrorKind as Kind, Format, InstanceToken, SchemaIndex, Schemas, UrlLoader, ValidationError};
use serde_json::{Map, Number, Value as Json};
use std::error::Error;

/// A schema that can be used.
pub struct Check {
    schemas: Schemas,
    root: SchemaIndex,
    /// How many steps from schema to schema it may take to check one value.
    steps: usize,
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
/// What a schema is called where it names itself; `$ref` to another file is an address beside it.
const ITSELF: &str = "schema:/itself";

/// Steps that the schema of schemas takes at one value, at most.
const META_STEPS: usize = 8;

/// Fetches nothing: not from the net, and no other file of the disk.
struct Nothing;

impl UrlLoader for Nothing {
    fn load(&self, _: &str) -> Result<Json, Box<dyn Error>> {
        Err("nothing is fetched".into())
    }
}

impl Check {
    /// `schema`, made ready at the first call; the reason when it is no schema.
    pub fn of(schema: &Schema) -> Result<&Self, &Message> {
        let made = schema.made(Self::new);
        static OTHER: Message = Message::plain("it is no schema");
        made.map_or(Err(&OTHER), Result::as_ref)
    }

    fn new(text: &str) -> Result<Self, Message> {
        let schema: Json = serde_json::from_str(text).map_err(|error| say!("it is no JSON: {error}", error))?;
        let steps = room::steps(&schema);
        let made = room::with(META_STEPS, &schema, || {
            let mut compiler = Compiler::new();
            compiler.use_loader(Box::new(Nothing));
            compiler.enable_format_assertions();
            for (name, func) in FORMATS {
                compiler.register_format(Format { name, func });
            }
            let mut schemas = Schemas::new();
            let told = |error| words::of_schema(&error);
            compiler.add_resource(ITSELF, schema.clone()).map_err(told)?;
            let root = compiler.compile(ITSELF, &mut schemas).map_err(told)?;
            Ok((schemas, root))
        });
        let (schemas, root) = made.unwrap_or_else(|| Err(say!("it is nested too deep")))?;
        Ok(Self { schemas, root, steps })
    }

    /// What of the front matter `root`, in `dialect` and as `generator` reads it, does not fit.
    pub fn misfits(&self, generator: Generator, dialect: Dialect, root: &Node) -> Vec<Misfit> {
        let value = json(generator, dialect, root);
        let found = room::with(self.steps, &value, || {
            let mut found = Vec::new();
            if let Err(error) = self.schemas.validate(&value, self.root) {
                collect(root, &error, &mut found);
            }
            found
        });
        found.unwrap_or_else(|| {
            vec![Misfit {
                range: None,
                path: String::new(),
                message: say!("is nested too deep for a schema of this size"),
            }]
        })
    }
}

type Judge = fn(&Json) -> Result<(), Box<dyn Error>>;

/// Dates as YAML writes them.
const FORMATS: [(&str, Judge); 2] = [
    ("date", |value| {
        dated(value, |text| is_timestamp(text) && !text.contains(':'))
    }),
    ("date-time", |value| dated(value, is_timestamp)),
];

fn dated(value: &Json, is_date: fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    match value.as_str() {
        Some(text) if !is_date(text) => Err("no date".into()),
        _ => Ok(()),
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

/// Adds what `error` and the errors under it say, up to [`MOST`] in all: each takes a look through the front matter.
fn collect(root: &Node, error: &ValidationError<'_, '_>, found: &mut Vec<Misfit>) {
    let room = MOST.saturating_sub(found.len());
    if room == 0 {
        return;
    }
    let (node, path) = follow(root, &error.instance_location.tokens);
    let here = (!path.is_empty()).then_some(node.range);
    let key = |name: &str| entry(node, name).map(|entry| entry.key.range).or(here);
    let mut tell = |range, path: String, message: Message| found.push(Misfit { range, path, message });
    match &error.kind {
        Kind::Required { want: names }
        | Kind::Dependency { missing: names, .. }
        | Kind::DependentRequired { missing: names, .. } => {
            for name in names.iter().take(room) {
                tell(here, below(&path, name), say!("is missing"));
            }
        }
        Kind::AdditionalProperties { got: names } => {
            for name in names.iter().take(room) {
                tell(key(name), below(&path, name), say!("is no key that it knows"));
            }
        }
        Kind::PropertyName { prop } => {
            let cause = error
                .causes
                .iter()
                .find_map(|cause| words::of(&cause.kind, part!("this key")));
            let message = cause.unwrap_or_else(|| say!("is no key that it knows"));
            tell(key(prop), below(&path, prop), message);
        }
        Kind::FalseSchema if error.schema_url.ends_with("/unevaluatedProperties") => {
            let range = above(root, &error.instance_location.tokens).unwrap_or(node.range);
            tell(Some(range), path, say!("is no key that it knows"));
        }
        kind => match words::of(kind, part!("the value")) {
            Some(message) => tell(here, path, message),
            None => error.causes.iter().for_each(|cause| collect(root, cause, found)),
        },
    }
}

/// The place of the key that leads to `location`.
fn above(root: &Node, location: &[InstanceToken<'_>]) -> Option<TextRange> {
    let (InstanceToken::Prop(name), tokens) = location.split_last()? else {
        return None;
    };
    let (node, _) = follow(root, tokens);
    entry(node, name).map(|entry| entry.key.range)
}

/// The node at `location`, and the way there in a writer's words. Where the way is lost, the last node on it.
fn follow<'a>(root: &'a Node, location: &[InstanceToken<'_>]) -> (&'a Node, String) {
    let (mut node, mut path) = (root, String::new());
    for token in location {
        let (next, written) = match (&node.value, token) {
            (Value::List(items), InstanceToken::Item(index)) => (items.get(*index), format!("{path}[{index}]")),
            (_, InstanceToken::Prop(name)) => (entry(node, name).map(|entry| &entry.value), below(&path, name)),
            (_, InstanceToken::Item(_)) => (None, path.clone()),
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

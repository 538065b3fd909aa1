//! `postlint settings-schema`: a JSON Schema of `postlint.toml`, for editors.

use super::output::told;
use super::{End, output};
use crate::config::{self, KEYS};
use crate::message::{Message, Part};
use crate::{part, rules, say};
use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::Write;

pub(super) fn run() -> anyhow::Result<End> {
    let mut out = output::stdout();
    serde_json::to_writer_pretty(&mut out, &schema())?;
    writeln!(out)?;
    out.flush()?;
    Ok(End::Clean)
}

fn schema() -> Schema {
    let mut schema = config::shape();
    Completed.transform(&mut schema);
    schema
}

/// Puts in what the types cannot know: the rules that there are, and what each key is for.
struct Completed;

impl Transform for Completed {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            for (key, property) in properties {
                property["description"] = json!(about(key).map(told));
            }
        }
        match schema.remove("format").as_ref().and_then(Value::as_str) {
            Some(config::RULE) => {
                schema.remove("type");
                schema.insert("enum".into(), json!(names()));
            }
            Some(config::RULES) => {
                let level = schema.insert("additionalProperties".into(), json!(false));
                schema.insert("properties".into(), levels(&level.unwrap_or_default()));
            }
            // `uint64` and its like are words of Rust.
            _ => {}
        }
    }
}

/// What a key is for, of the file or of an override.
fn about(key: &str) -> Option<Part> {
    let files = part!("the files that this is about, as patterns");
    let mut keys = KEYS.iter().copied().chain([("files", files)]);
    keys.find(|(name, _)| *name == key).map(|(_, about)| about)
}

/// Every rule, every group of rules, and all of them.
fn names() -> BTreeSet<&'static str> {
    let codes = rules::ALL.iter().map(|rule| rule.code.0);
    let groups = codes.clone().filter_map(|code| Some(code.split_once('-')?.0));
    codes.chain(groups).chain(["all"]).collect()
}

fn levels(level: &Value) -> Value {
    let of = |name: &str| {
        let about = rules::find(name).map_or_else(
            || say!("Every rule of `{name}`", name),
            |rule| Message::data(rule.summary()),
        );
        let mut level = level.clone();
        level["description"] = json!(told(about));
        level
    };
    json!(
        names()
            .into_iter()
            .map(|name| (name.to_owned(), of(name)))
            .collect::<Map<_, _>>()
    )
}

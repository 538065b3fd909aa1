//! `postlint settings-schema`: a JSON Schema of `postlint.toml`, for editors.

use super::output::told;
use super::{End, output};
use crate::config::{DEFAULT_MAX_CHECK_TIME, DEFAULT_MAX_FILE_SIZE, KEYS};
use crate::message::{Message, Part};
use crate::rules;
use crate::{part, say};
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

/// In the words of draft 4, which is all that the editors' readers of TOML know.
fn schema() -> Value {
    let property = |(key, about): &(&str, Part)| {
        let mut schema = of(key);
        schema["description"] = json!(told(*about));
        ((*key).to_owned(), schema)
    };
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "postlint.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": KEYS.iter().map(property).collect::<Map<_, _>>(),
    })
}

/// What may stand behind a key.
fn of(key: &str) -> Value {
    match key {
        "lang" => json!({"enum": ["en", "zh"]}),
        "generator" => json!({"enum": ["auto", "hexo", "jekyll", "hugo"], "default": "auto"}),
        "max-file-size" => json!({"type": "integer", "minimum": 1, "default": DEFAULT_MAX_FILE_SIZE}),
        "max-check-time" => json!({"type": "integer", "minimum": 1, "default": DEFAULT_MAX_CHECK_TIME}),
        "chain-share" => json!({"type": "integer", "minimum": 1, "maximum": 100, "default": 80}),
        "extends" => json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
        "select" | "ignore" => json!({"type": "array", "items": {"enum": names()}, "uniqueItems": true}),
        "rules" => levels(),
        "overrides" => overrides(),
        "site-zone" | "machine-zone" | "background" | "schema" => json!({"type": "string"}),
        _ => json!({"type": "array", "items": {"type": "string"}}),
    }
}

/// Every rule, every group of rules, and all of them.
fn names() -> BTreeSet<&'static str> {
    let codes = rules::ALL.iter().map(|rule| rule.code.0);
    let groups = codes.clone().filter_map(|code| Some(code.split_once('-')?.0));
    codes.chain(groups).chain(["all"]).collect()
}

fn levels() -> Value {
    let level = |name: &str| {
        let about = rules::find(name).map_or_else(
            || say!("Every rule of `{name}`", name),
            |rule| Message::data(rule.summary()),
        );
        json!({"enum": ["error", "warning", "info", "off"], "description": told(about)})
    };
    let rules = names().into_iter().map(|name| (name.to_owned(), level(name)));
    json!({"type": "object", "additionalProperties": false, "properties": rules.collect::<Map<_, _>>()})
}

fn overrides() -> Value {
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    let fields = json!({
        "files": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": told(part!("the files that this is about, as patterns"))},
        "rules": levels(),
        "required-fields": texts(),
        "known-fields": texts(),
        "background": {"type": "string"},
        "schema": {"type": "string"},
    });
    let one = json!({"type": "object", "additionalProperties": false, "required": ["files"], "properties": fields});
    json!({"type": "array", "items": one})
}

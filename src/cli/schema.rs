//! `postlint settings-schema`: a JSON Schema of `postlint.toml`, for editors.

use super::output::told;
use super::{End, output};
use crate::config::{DEFAULT_MAX_CHECK_TIME, DEFAULT_MAX_FILE_SIZE, KEYS};
use crate::message::{Message, Part};
use crate::{part, rules, say};
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
    let text = || json!({ "type": "string" });
    let texts = || json!({ "type": "array", "items": text() });
    let select = || json!({ "type": "array", "items": { "enum": names() }, "uniqueItems": true });
    let whole = |default: u64| json!({ "type": "integer", "default": default, "minimum": 1 });
    let mut share = whole(80);
    share["maximum"] = json!(100);
    let mut files = texts();
    files["minItems"] = json!(1);
    let over = [
        ("background", text()),
        ("files", files),
        ("known-fields", texts()),
        ("required-fields", texts()),
        ("rules", levels()),
        ("schema", text()),
    ];
    let over = table(json!({ "required": ["files"] }), over);
    let keys = [
        ("ad-lists", texts()),
        ("ad-selectors", texts()),
        ("background", text()),
        ("chain-share", share),
        ("exclude", texts()),
        ("extends", json!({ "anyOf": [text(), texts()] })),
        ("field-order", texts()),
        (
            "generator",
            json!({ "type": "string", "default": "auto", "enum": ["auto", "hexo", "jekyll", "hugo"] }),
        ),
        ("ignore", select()),
        ("known-fields", texts()),
        ("lang", json!({ "type": "string", "enum": ["en", "zh"] })),
        ("machine-zone", text()),
        ("max-check-time", whole(DEFAULT_MAX_CHECK_TIME)),
        ("max-file-size", whole(DEFAULT_MAX_FILE_SIZE)),
        ("overrides", json!({ "type": "array", "items": over })),
        ("required-fields", texts()),
        ("rules", levels()),
        ("schema", text()),
        ("select", select()),
        ("site-zone", text()),
    ];
    let head = json!({ "$schema": "http://json-schema.org/draft-04/schema#", "title": "postlint.toml" });
    table(head, keys)
}

/// `schema`, of a table that has no other keys than these, each with what it is for.
fn table<const N: usize>(mut schema: Value, keys: [(&str, Value); N]) -> Value {
    let described = keys.map(|(key, mut value)| {
        value["description"] = json!(about(key).map(told));
        (key.to_owned(), value)
    });
    schema["type"] = json!("object");
    schema["properties"] = json!(described.into_iter().collect::<Map<_, _>>());
    schema["additionalProperties"] = json!(false);
    schema
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

fn levels() -> Value {
    let of = |name: &str| {
        let about = rules::find(name).map_or_else(
            || say!("Every rule of `{name}`", name),
            |rule| Message::data(rule.summary()),
        );
        json!({ "description": told(about), "type": "string", "enum": ["error", "warning", "info", "off"] })
    };
    let levels = names().into_iter().map(|name| (name.to_owned(), of(name)));
    json!({ "type": "object", "properties": levels.collect::<Map<_, _>>(), "additionalProperties": false })
}

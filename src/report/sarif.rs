//! SARIF 2.1.0 with the rules' pages and the fixes.

use super::fingerprint::fingerprint;
use super::{Checked, Places};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::message::{Language, Message};
use crate::rule::Rule;
use crate::rules;
use crate::text::TextRange;
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    let mut results = Vec::new();
    for file in files {
        let mut places = Places::new(&file.source);
        results.extend(file.findings.iter().map(|finding| result(file, finding, &mut places)));
    }
    // A run is for one reader.
    let language = files.first().map_or_else(Language::default, |file| file.language);
    let described = |rule: &&Rule| {
        let summary = Message::data(rule.summary()).text(language);
        let page = Message::page(rule.docs).text(language);
        json!({
            "id": rule.code.0,
            "shortDescription": { "text": summary },
            "fullDescription": { "text": summary },
            "help": { "text": page, "markdown": page },
            "helpUri": rule.code.url(),
            "defaultConfiguration": { "level": level(rule.severity) },
        })
    };
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "postlint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://postlint.dev",
                "rules": rules::ALL.iter().map(described).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

fn result(file: &Checked, finding: &Diagnostic, places: &mut Places<'_>) -> Value {
    let mut value = json!({
        "ruleId": finding.code.0,
        "ruleIndex": rules::ALL.iter().position(|rule| rule.code == finding.code).unwrap_or(0),
        "level": level(finding.severity),
        "message": { "text": finding.message.text(file.language) },
        "partialFingerprints": { "postlint/v1": fingerprint(&file.source, finding) },
        "locations": [{ "physicalLocation": physical(&file.name, finding.range, places) }],
    });
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| match &related.file {
            Some(other) => json!({
                "physicalLocation": { "artifactLocation": { "uri": uri(&format!("{}{other}", file.site)) } },
                "message": { "text": related.message.text(file.language) },
            }),
            None => json!({
                "physicalLocation": physical(&file.name, related.range, places),
                "message": { "text": related.message.text(file.language) },
            }),
        })
        .collect();
    if !related.is_empty() {
        value["relatedLocations"] = related.into();
    }
    let fixes: Vec<Value> = finding
        .fixes
        .iter()
        .filter(|fix| !fix.edits.is_empty())
        .map(|fix| self::fix(file, fix, places))
        .collect();
    if !fixes.is_empty() {
        value["fixes"] = fixes.into();
    }
    value
}

fn fix(file: &Checked, fix: &Fix, places: &mut Places<'_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(edit.range, places),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": fix.title.text(file.language) },
        "artifactChanges": [{ "artifactLocation": { "uri": uri(&file.name) }, "replacements": replacements }],
    })
}

fn physical(name: &str, range: TextRange, places: &mut Places<'_>) -> Value {
    json!({ "artifactLocation": { "uri": uri(name) }, "region": region(range, places) })
}

fn region(range: TextRange, places: &mut Places<'_>) -> Value {
    let (start, end) = (places.of(range.start), places.of(range.end));
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
        "byteOffset": range.start, "byteLength": range.len(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

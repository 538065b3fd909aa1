//! reviewdog's diagnostic format: suggestions that a reviewer can accept in the pull request. Its columns count bytes.

use super::{Checked, Places};
use crate::diagnostic::Diagnostic;
use crate::text::{Encoding, TextRange};
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    let mut diagnostics = Vec::new();
    for file in files {
        let mut places = Places::in_units(&file.source, Encoding::Utf8);
        diagnostics.extend(
            file.findings
                .iter()
                .map(|finding| diagnostic(file, finding, &mut places)),
        );
    }
    let whole = json!({
        "source": { "name": "postlint", "url": "https://postlint.dev" },
        "diagnostics": diagnostics,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

fn diagnostic(file: &Checked, finding: &Diagnostic, places: &mut Places<'_>) -> Value {
    let mut range = |range: TextRange| {
        let (start, end) = (places.of(range.start), places.of(range.end));
        json!({
            "start": { "line": start.line, "column": start.column },
            "end": { "line": end.line, "column": end.column },
        })
    };
    // A suggestion is one range and one text: a fix with several edits cannot be told.
    let suggestions: Vec<Value> = finding
        .fixes
        .iter()
        .filter_map(|fix| match &fix.edits[..] {
            [edit] => Some(json!({ "range": range(edit.range), "text": edit.text })),
            _ => None,
        })
        .collect();
    json!({
        "message": finding.message.text(file.language),
        "location": { "path": file.name, "range": range(finding.range) },
        "severity": finding.severity.as_str().to_uppercase(),
        "code": { "value": finding.code.0, "url": finding.code.url() },
        "suggestions": suggestions,
    })
}

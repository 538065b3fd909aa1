//! GitLab's code quality report.

use super::fingerprint::{digest, fingerprint};
use super::{Checked, Places};
use crate::diagnostic::Severity;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    let mut issues = Vec::new();
    for file in files {
        let mut places = Places::new(&file.source);
        let mut seen = HashMap::new();
        for finding in &file.findings {
            let print = fingerprint(&file.source, finding);
            let count = seen.entry(print.clone()).or_insert(0_usize);
            *count += 1;
            issues.push(Issue {
                description: finding.message.text(file.language),
                check_name: finding.code.0,
                // GitLab wants each to be one of its kind.
                fingerprint: digest([&*file.name, &print, &count.to_string()]),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: &file.name,
                    lines: Lines {
                        begin: places.of(finding.range.start).line,
                        end: places.of(finding.range.end).line,
                    },
                },
            });
        }
    }
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}

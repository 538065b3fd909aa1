//! Workflow commands of GitHub Actions: annotations in the diff of a pull request.

use super::neutral::neutral;
use super::{Checked, Places};
use crate::diagnostic::Severity;
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        let mut places = Places::new(&file.source);
        for finding in &file.findings {
            let (start, end) = (places.of(finding.range.start), places.of(finding.range.end));
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            write!(
                out,
                "::{level} title=postlint {},file={}",
                property(finding.code.0),
                property(&file.name)
            )?;
            write!(out, ",line={},endLine={}", start.line, end.line)?;
            // GitHub refuses columns of annotations over several lines.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            let place = format!("{}:{}:{}", file.name, start.line, start.column);
            let message = finding.message.text(file.language);
            writeln!(out, "::{}", data(&format!("{place}: {} {message}", finding.code)))?;
        }
    }
    Ok(())
}

/// `text` on one line; the log is read on terminals, too.
fn data(text: &str) -> String {
    neutral(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

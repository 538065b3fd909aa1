//! One line a finding: `file:line:column: severity[code] message`.

use super::{Checked, Paint, Places, neutral, neutral_line};
use crate::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

pub(super) fn write(files: &[&Checked], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        let mut places = Places::new(&file.source);
        let name = neutral_line(&file.name);
        for finding in &file.findings {
            let place = places.of(finding.range.start);
            let tag = tag(finding, paint);
            let message = one_line(&finding.message.text(file.language));
            writeln!(out, "{name}:{}:{}: {tag} {message}", place.line, place.column)?;
        }
    }
    Ok(())
}

pub(super) fn write_grouped(files: &[&Checked], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    for file in files.iter().filter(|file| !file.findings.is_empty()) {
        let mut places = Places::new(&file.source);
        writeln!(out, "{}", neutral_line(&file.name))?;
        for finding in &file.findings {
            let place = places.of(finding.range.start);
            let at = format!("{}:{}", place.line, place.column);
            writeln!(
                out,
                "  {at:>8}  {}  {}",
                tag(finding, paint),
                one_line(&finding.message.text(file.language))
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A message on one line.
fn one_line(message: &str) -> String {
    neutral(&message.replace('\n', " ")).into_owned()
}

fn tag(finding: &Diagnostic, paint: Paint) -> String {
    let tag = format!("{}[{}]", finding.severity.as_str(), finding.code);
    let colour = match finding.severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Info => 36,
    };
    match paint {
        Paint::Plain => tag,
        Paint::Ansi => format!("\u{1b}[1;{colour}m{tag}\u{1b}[0m"),
    }
}

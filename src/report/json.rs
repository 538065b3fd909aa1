//! JSON for programs: the same objects in one array, or one a line. Others rely on the shape: add, never rename.

use super::{Checked, Place, Places};
use crate::diagnostic::{Diagnostic, Fix};
use crate::message::Language;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use std::io::{self, Write};

#[derive(serde::Serialize)]
struct Finding<'a> {
    file: &'a str,
    code: &'static str,
    severity: &'static str,
    message: String,
    url: String,
    start: Place,
    end: Place,
    related: Vec<Related>,
    fixes: Vec<FixOut<'a>>,
}

#[derive(serde::Serialize)]
struct Related {
    file: String,
    start: Spot,
    end: Spot,
    message: String,
}

/// A place in this file, or an offset in another whose text is not at hand.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Spot {
    Known(Place),
    Offset { offset: usize },
}

#[derive(serde::Serialize)]
struct FixOut<'a> {
    title: String,
    applicability: &'static str,
    edits: Vec<EditOut<'a>>,
}

#[derive(serde::Serialize)]
struct EditOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

fn finding<'a>(file: &'a Checked, finding: &'a Diagnostic, places: &mut Places<'_>) -> Finding<'a> {
    Finding {
        file: &file.name,
        code: finding.code.0,
        severity: finding.severity.as_str(),
        message: finding.message.text(file.language),
        url: finding.code.url(),
        start: places.of(finding.range.start),
        end: places.of(finding.range.end),
        related: finding
            .related
            .iter()
            .map(|related| self::related(file, related, places))
            .collect(),
        fixes: finding.fixes.iter().map(|fix| self::fix(fix, file.language)).collect(),
    }
}

fn related(file: &Checked, related: &crate::diagnostic::Related, places: &mut Places<'_>) -> Related {
    let mut spot = |offset| match related.file {
        Some(_) => Spot::Offset { offset },
        None => Spot::Known(places.of(offset)),
    };
    let (start, end) = (spot(related.range.start), spot(related.range.end));
    Related {
        file: match &related.file {
            Some(other) => format!("{}{other}", file.site),
            None => file.name.clone(),
        },
        start,
        end,
        message: related.message.text(file.language),
    }
}

fn fix(fix: &Fix, language: Language) -> FixOut<'_> {
    FixOut {
        title: fix.title.text(language),
        applicability: fix.applicability.as_str(),
        edits: fix
            .edits
            .iter()
            .map(|edit| EditOut {
                start: edit.range.start,
                end: edit.range.end,
                text: &edit.text,
            })
            .collect(),
    }
}

/// The findings of one file as a list in a larger document: the objects of [`Format::JsonLines`](super::Format::JsonLines).
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a>(pub &'a Checked);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.findings.len()))?;
        let mut places = Places::new(&self.0.source);
        for diagnostic in &self.0.findings {
            list.serialize_element(&finding(self.0, diagnostic, &mut places))?;
        }
        list.end()
    }
}

/// Write the findings with `between` between them.
fn write_each(files: &[&Checked], out: &mut dyn Write, between: &str) -> io::Result<()> {
    let mut first = true;
    for file in files {
        let mut places = Places::new(&file.source);
        for diagnostic in &file.findings {
            if !first {
                out.write_all(between.as_bytes())?;
            }
            first = false;
            serde_json::to_writer(&mut *out, &finding(file, diagnostic, &mut places))?;
        }
    }
    Ok(())
}

pub(super) fn write_array(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    write_each(files, out, ",\n ")?;
    out.write_all(b"]\n")
}

pub(super) fn write_lines(files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    write_each(files, out, "\n")?;
    match files.iter().any(|file| !file.findings.is_empty()) {
        true => out.write_all(b"\n"),
        false => Ok(()),
    }
}

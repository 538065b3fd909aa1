//! Recorded verdicts of the real generators, and the count of how far a model agrees with them.
#![expect(clippy::print_stdout, reason = "the agreement is to be read")]

use postlint::text::Source;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub fn place_of(variable: &str) -> Option<PathBuf> {
    let place = std::env::var_os(variable).map(PathBuf::from);
    if place.is_none() {
        println!("skipped: {variable} is not set");
    }
    place
}

pub fn verdicts(name: &str) -> Option<Vec<Value>> {
    let path = place_of("POSTLINT_ORACLE")?.join("verdicts").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(text.lines().map(parse).collect())
}

/// The verdicts of `generator` on the hand-written cases; None where it was not asked.
pub fn cases_of(generator: &str) -> Option<Vec<Value>> {
    let mut cases = verdicts("cases.jsonl")?;
    cases.retain(|case| case[generator].is_object() && case[generator]["oracle_failure"].is_null());
    if cases.is_empty() {
        println!("skipped: no case has a verdict of {generator}");
        return None;
    }
    Some(cases)
}

/// JavaScript strings may hold half a surrogate pair, Rust's may not: a verdict that has one speaks of U+FFFD here.
fn parse(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|_| {
        let lone = regex::Regex::new(r"\\ud[89ab][0-9a-f]{2}(\\ud[c-f][0-9a-f]{2})?|\\ud[c-f][0-9a-f]{2}").unwrap();
        let mended = lone.replace_all(line, |found: &regex::Captures<'_>| match found.get(1) {
            Some(_) => found[0].to_owned(),
            None => "\\ufffd".to_owned(),
        });
        serde_json::from_str(&mended).unwrap()
    })
}

/// Counts agreement by field and keeps the first disagreements.
#[derive(Default)]
pub struct Tally {
    generator: &'static str,
    fields: BTreeMap<String, (usize, usize)>,
    files: usize,
    wrong_files: Vec<String>,
}

impl Tally {
    /// No file yet; `generator` is named in the list of differences.
    pub fn of(generator: &'static str) -> Self {
        Tally {
            generator,
            ..Tally::default()
        }
    }

    /// One file: field, what the generator says, what the model says.
    pub fn file(&mut self, name: &str, pairs: Vec<(&str, Value, Value)>) {
        self.files += 1;
        let mut differences = Vec::new();
        for (field, wanted, got) in pairs {
            let (all, right) = self.fields.entry(field.to_owned()).or_default();
            *all += 1;
            if wanted == got {
                *right += 1;
            } else {
                differences.push(format!("{field}: {} {wanted}, postlint {got}", self.generator));
            }
        }
        if !differences.is_empty() {
            self.wrong_files.push(format!("{name}: {}", differences.join("; ")));
        }
    }

    /// Print the agreement and fail when a file differs whose name holds none of the `known` exceptions.
    pub fn finish(self, what: &str, known: &[&str]) {
        println!(
            "{what}: {} of {} agree",
            self.files - self.wrong_files.len(),
            self.files
        );
        for (field, (all, right)) in &self.fields {
            println!("  {field}: {right} of {all}");
        }
        for line in &self.wrong_files {
            println!("  DIFFERS {line}");
        }
        let is_known = |line: &&String| known.iter().any(|name| line.contains(&format!("/{name}.md:")));
        let unknown = self.wrong_files.iter().filter(|line| !is_known(line)).count();
        assert!(unknown == 0, "{what}: {unknown} differ and are no known exceptions");
        assert!(self.files > 50, "{what}: the verdicts are not there");
    }
}

pub fn read_source(path: &Path) -> Source {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source::from_bytes(bytes)
}

pub fn read_text(path: &Path) -> String {
    read_source(path).text().to_owned()
}

//! The rules about YAML against the real Hexo 8.1.2: whatever it refuses has an error, and nothing that it reads is called
//! unreadable. `POSTLINT_ORACLE` is a directory with `verdicts/*.jsonl`, `POSTLINT_CORPUS` one with the posts.
#![expect(clippy::print_stdout, reason = "the agreement is to be read")]

use postlint::config::Config;
use postlint::diagnostic::{Applicability, Diagnostic, Severity};
use postlint::generator::hexo::{self, ReadOutcome};
use postlint::post::Post;
use postlint::text::{self, Source};
use postlint::{fix, lint};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

mod lines;

fn place(variable: &str) -> Option<PathBuf> {
    let place = std::env::var_os(variable).map(PathBuf::from);
    if place.is_none() {
        println!("skipped: {variable} is not set");
    }
    place
}

/// The verdicts of one file; a line with half a surrogate pair, which no Rust string can hold, is left out.
fn verdicts(name: &str) -> Option<Vec<Value>> {
    let path = place("POSTLINT_ORACLE")?.join("verdicts").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect(),
    )
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let post = Post::parse(Source::new(text), "source/_posts/a.md");
    lint::lint(&post, &Config::default(), None)
}

fn is_envelope_error(finding: &Diagnostic) -> bool {
    let code = finding.code.0;
    finding.severity == Severity::Error && (code.starts_with("yaml-") || code.starts_with("front-matter-"))
}

/// Counts for one kind of file.
#[derive(Default)]
struct Count {
    files: usize,
    told: usize,
    mended: usize,
    by_rule: BTreeMap<&'static str, usize>,
}

struct Agreement {
    kinds: BTreeMap<String, Count>,
    missed: Vec<String>,
    false_alarms: Vec<String>,
    broken_fixes: Vec<String>,
}

impl Agreement {
    fn new() -> Self {
        Self {
            kinds: BTreeMap::new(),
            missed: Vec::new(),
            false_alarms: Vec::new(),
            broken_fixes: Vec::new(),
        }
    }

    fn take(&mut self, name: &str, kind: &str, text: &str, is_read: bool) {
        let findings = findings(text);
        let group: Vec<&Diagnostic> = findings.iter().filter(|finding| is_envelope_error(finding)).collect();
        if is_read {
            if let Some(finding) = group.iter().find(|finding| finding.code.0.starts_with("yaml-")) {
                self.false_alarms
                    .push(format!("{name}: {}: {}", finding.code, finding.message.english()));
            }
            return;
        }
        let count = self.kinds.entry(kind.to_owned()).or_default();
        count.files += 1;
        count.told += usize::from(!group.is_empty());
        for finding in &group {
            *count.by_rule.entry(finding.code.0).or_default() += 1;
        }
        if group.is_empty() {
            self.missed.push(name.to_owned());
        }
        let yaml: Vec<Diagnostic> = group
            .into_iter()
            .filter(|finding| finding.code.0.starts_with("yaml-"))
            .cloned()
            .collect();
        if !yaml.is_empty() && yaml.iter().all(|finding| !finding.fixes.is_empty()) {
            let fixed = mended(text, yaml);
            if matches!(hexo::read(&fixed, "UTC").outcome, ReadOutcome::Data(_)) {
                count.mended += 1;
            } else {
                self.broken_fixes.push(name.to_owned());
            }
        }
    }

    fn finish(self, files: usize) {
        for (kind, count) in &self.kinds {
            println!(
                "{kind}: {} refused, {} told, {} mended {:?}",
                count.files, count.told, count.mended, count.by_rule
            );
        }
        for (what, lines) in [
            ("MISSED", &self.missed),
            ("FALSE", &self.false_alarms),
            ("BROKEN", &self.broken_fixes),
        ] {
            println!("{what} {}", lines.len());
            for line in lines.iter().take(40) {
                println!("  {line}");
            }
        }
        assert!(files > 100, "the verdicts are not there");
        assert!(
            self.false_alarms.is_empty(),
            "something that Hexo reads is called unreadable"
        );
        assert!(self.broken_fixes.is_empty(), "a fix leaves something that Hexo refuses");
        assert!(self.missed.is_empty(), "something that Hexo refuses has no error");
    }
}

/// `text` after the first fixes, round by round, of the rules about YAML.
fn mended(text: &str, mut findings: Vec<Diagnostic>) -> String {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let plan = fix::plan(&text, &findings, Applicability::Unsafe);
        if plan.edits.is_empty() {
            break;
        }
        text = text::apply(&text, &plan.edits);
        findings = self::findings(&text);
        findings.retain(|finding| finding.code.0.starts_with("yaml-") && finding.severity == Severity::Error);
    }
    text
}

#[test]
fn real_front_matters_with_one_slip_each() {
    let Some(mutants) = verdicts("mutants.jsonl") else {
        return;
    };
    let mut agreement = Agreement::new();
    for mutant in &mutants {
        let op = mutant["op"].as_str().unwrap();
        let name = format!("{} {op}", mutant["id"].as_str().unwrap());
        let is_read = mutant["hexo"]["parse_ok"].as_bool().unwrap();
        agreement.take(&name, op, mutant["text"].as_str().unwrap(), is_read);
    }
    agreement.finish(mutants.len());
}

#[test]
fn hand_written_cases() {
    let Some(cases) = verdicts("cases.jsonl") else { return };
    let folder = place("POSTLINT_ORACLE").unwrap();
    let mut agreement = Agreement::new();
    for case in &cases {
        let file = case["file"].as_str().unwrap();
        let source = Source::from_bytes(std::fs::read(folder.join(file)).unwrap());
        let Some(is_read) = case["hexo"]["parse_ok"].as_bool() else {
            continue;
        };
        if source.first_bad_byte().is_none() {
            agreement.take(file, "cases", source.text(), is_read);
        }
    }
    agreement.finish(cases.len());
}

#[test]
fn real_posts() {
    let (Some(posts), Some(corpus)) = (verdicts("posts-hexo.jsonl"), place("POSTLINT_CORPUS")) else {
        return;
    };
    let mut agreement = Agreement::new();
    for post in &posts {
        let file = post["file"].as_str().unwrap();
        let source = Source::from_bytes(std::fs::read(corpus.join(file)).unwrap());
        let Some(is_read) = post["parse_ok"].as_bool() else {
            continue;
        };
        if source.first_bad_byte().is_none() {
            agreement.take(file, "posts", source.text(), is_read);
        }
    }
    agreement.finish(posts.len());
}

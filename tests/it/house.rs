//! Keeps the rooms in order: who may name whom, which crate lives where, how long a file may be.

use std::path::{Path, PathBuf};

/// From the ground up; a room may name itself and what stands before it.
const ROOMS: &[&str] = &[
    "text",
    "message",
    "diagnostic",
    "post",
    "generator",
    "config",
    "site",
    "rule",
    "rules",
    "lint",
    "fix",
    "workspace",
    "network",
    "ide",
    "report",
    "server",
    "cli",
];

/// Crates that have a home, and the rooms that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("adblock", &["rule"]),
    ("annotate_snippets", &["report"]),
    ("anyhow", &["cli"]),
    ("base64", &["generator", "network"]),
    ("boon", &["rule"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("cssparser", &["rule"]),
    ("csscolorparser", &["post", "config", "rule"]),
    ("ctrlc", &["cli"]),
    ("etcetera", &["workspace"]),
    ("globset", &["generator", "config"]),
    ("granit_parser", &["post"]),
    ("ignore", &["workspace"]),
    ("imbl", &["site"]),
    ("indicatif", &["cli"]),
    ("jiff", &["generator"]),
    ("polib", &["message"]),
    ("notify", &["workspace"]),
    ("postcard", &["workspace"]),
    ("pulldown_cmark", &["post"]),
    ("rayon", &["workspace", "cli"]),
    ("ropey", &["server"]),
    ("rustls", &["network"]),
    ("selectors", &["rule"]),
    ("serde_yaml", &["post"]),
    ("similar", &["report"]),
    ("std::fs", &["workspace"]),
    ("std::net", &["network"]),
    ("tempfile", &["workspace"]),
    ("tokio", &["server"]),
    // TOML is read where it is written: in front matter, in Hugo's settings, in ours, and in the ad patterns.
    ("toml", &["post", "config", "site", "rule"]),
    ("toml_edit", &["post", "config", "site"]),
    ("tower", &["server"]),
    ("tower_lsp", &["server"]),
    ("tree_sitter", &["post"]),
    ("tree_sitter_html", &["post"]),
    ("unicode_width", &["cli"]),
    ("ureq", &["network"]),
];

struct File {
    /// Relative to `src`, `/` as separator.
    path: String,
    text: String,
}

impl File {
    fn room(&self) -> &str {
        self.path
            .split(['/', '.'])
            .next()
            .expect("split gives one part at least")
    }

    /// The code without comments; strings stay, they hold no paths.
    fn code(&self) -> String {
        let code: Vec<&str> = self
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| line.split(" // ").next().unwrap_or(line))
            .collect();
        code.join("\n")
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.push(File {
                    path: relative,
                    text: std::fs::read_to_string(path).unwrap(),
                });
            }
        }
    }
    assert!(files.len() > 15, "the sources were not found");
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The words that follow `prefix` in `code`, groups in braces taken apart one level deep.
fn followers(code: &str, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_members(group)),
            None => found.push(word(rest)),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

fn group_members(group: &str) -> Vec<String> {
    let mut depth = 0usize;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ if depth == 0 => members.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    members.iter().map(|member| word(member.trim())).collect()
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|&other| other == room)
}

#[test]
fn no_room_names_a_higher_one() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !matches!(file.room(), "main" | "lib")) {
        let own = rank(file.room()).unwrap_or_else(|| panic!("{} is in no room", file.path));
        for named in followers(&file.code(), "crate::") {
            let Some(other) = rank(&named) else { continue };
            let twins = matches!((file.room(), named.as_str()), ("report", "ide"));
            if other > own || twins {
                wrong.push(format!("{} names {named}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_stay_at_home() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !matches!(file.room(), "main" | "lib")) {
        let room = if file.room() == "rules" { "rule" } else { file.room() };
        let code = file.code();
        let outside_tests = code.split("#[cfg(test)]").next().unwrap_or(&code);
        for (name, homes) in HOMES {
            if homes.contains(&room) {
                continue;
            }
            let named = match name.strip_prefix("std::") {
                Some(part) => followers(outside_tests, "std::").iter().any(|word| word == part),
                None => names_crate(outside_tests, name),
            };
            if named {
                wrong.push(format!("{} names {name}, which lives in {homes:?}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether `name::` stands in `code` as the start of a path.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = &code[..at];
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && (!before.ends_with("::") || before.ends_with(" ::"))
    })
}

/// Whether a file declares a rule; other files under `src/rules` are matching that several rules share.
fn is_rule(file: &File) -> bool {
    file.path.starts_with("rules/") && file.code().lines().any(|line| line.starts_with("rule! {"))
}

#[test]
fn every_rule_file_is_listed_and_names_no_other() {
    let all: Vec<&str> = postlint::rules::ALL.iter().map(|rule| rule.code.0).collect();
    let files = sources();
    let rules: Vec<&File> = files.iter().filter(|file| is_rule(file)).collect();
    assert_eq!(rules.len(), all.len(), "a rule file is not in rules::ALL");
    let groups: Vec<&str> = rules.iter().filter_map(|file| file.path.split('/').nth(1)).collect();
    let mut wrong = Vec::new();
    for file in rules {
        let parts: Vec<&str> = file.path.trim_end_matches(".rs").split('/').collect();
        let code = parts[1..].join("-").replace('_', "-");
        if !all.contains(&code.as_str()) {
            wrong.push(format!("{} is no rule in rules::ALL", file.path));
        }
        let text = file.code();
        let mut named = followers(&text, "crate::rules::");
        named.extend(followers(&text, "super::").into_iter().filter(|word| word != "super"));
        if named.iter().any(|word| groups.contains(&word.as_str())) || text.contains("crate::rules::ALL") {
            wrong.push(format!("{} names another rule", file.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        let limit = if is_rule(&file) { 150 } else { 400 };
        if lines > limit {
            wrong.push(format!("{} has {lines} lines, {limit} are allowed", file.path));
        }
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{} does not open with a sentence", file.path));
        }
        if file.path.ends_with("mod.rs") {
            wrong.push(format!("{} is a mod.rs", file.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_checks_themselves_can_fail() {
    assert_eq!(
        followers("use crate::{text::{Edit, Source}, server};", "crate::"),
        ["text", "server"]
    );
    assert_eq!(followers("crate::cli::main(); my_crate::x", "crate::"), ["cli"]);
    assert!(names_crate("use toml::Value;", "toml"));
    assert!(!names_crate("crate::config::toml::x; my_toml::y", "toml"));
}

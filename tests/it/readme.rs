//! Keeps the README true: its picture is what the program prints, its table is the list of rules.
//! `POSTLINT_BLESS=1 cargo test readme` writes both anew.

mod book;

use postlint::rule::Default as RuleDefault;
use postlint::rules;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What the picture shows, run at the root of the project.
const ARGS: &[&str] = &["check", "fixtures/hexo/source/_posts/copied-from-a-feed.md"];
/// The picture shows the first finding of so many rules; the rest is told by the summary.
const SHOWN: usize = 6;

fn picture() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(ARGS)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("GITHUB_ACTIONS")
        .env_remove("POSTLINT_OUTPUT_FORMAT")
        .env("NO_COLOR", "1")
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let frames = String::from_utf8(output.stdout).unwrap();
    let frames: Vec<&str> = frames.trim_end().split("\n\n").collect();
    let mut rules = BTreeSet::new();
    let mut firsts = frames.clone();
    firsts.retain(|frame| rules.len() < SHOWN && rules.insert(frame.split(']').next()));
    let mut shown = firsts.join("\n\n");
    if frames.len() > firsts.len() {
        shown.push_str(&format!("\n\n… {} more …", frames.len() - firsts.len()));
    }
    let summary = String::from_utf8(output.stderr).unwrap();
    format!(
        "```console\n$ postlint {}\n{shown}\n\n{}\n```\n",
        ARGS.join(" "),
        summary.trim_end()
    )
}

fn table() -> String {
    let mut table = String::from("| rule | severity | what it finds |\n| --- | --- | --- |\n");
    for rule in rules::ALL {
        let severity = match rule.default {
            RuleDefault::On => rule.severity.as_str().to_owned(),
            RuleDefault::Off => format!("{}, off", rule.severity.as_str()),
        };
        table.push_str(&format!(
            "| `{}` | {severity} | {} |\n",
            rule.code,
            rule.summary().replace('|', "\\|")
        ));
    }
    table
}

/// `text` with `content` between the markers called `name`.
fn filled(text: &str, name: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let start = text.find(&open).unwrap() + open.len();
    let end = text.find(&close).unwrap();
    format!("{}{content}{}", &text[..start], &text[end..])
}

#[test]
fn the_picture_and_the_table_are_true() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let fresh = filled(&filled(&text, "picture", &picture()), "rules", &table());
    if std::env::var_os("POSTLINT_BLESS").is_some() {
        std::fs::write(&file, &fresh).unwrap();
    } else {
        assert_eq!(
            text, fresh,
            "run `POSTLINT_BLESS=1 cargo test readme` and read what changed"
        );
    }
}

#[test]
fn the_two_commands_are_the_ones_that_are_promised() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let block = text
        .split("```sh\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let commands: Vec<&str> = block
        .lines()
        .map(|line| line.split('#').next().unwrap().trim())
        .collect();
    assert_eq!(
        commands,
        [
            "cargo run --release -- check fixtures",
            "cargo test --locked && editors/test.sh"
        ]
    );
    let ci = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line == "cargo test --locked"));
}

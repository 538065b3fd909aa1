//! The terminal and the editor say the same: `check --output-format json-lines` and `publishDiagnostics`, finding by finding.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use postlint::workspace::{self, Options, Workspace};
use serde_json::{Value, json};

use super::client::{Client, ENCODINGS, position};
use crate::{fixtures, rules};

type Findings = BTreeMap<PathBuf, Vec<Value>>;

/// What the terminal says about everything below `root`, by file.
fn terminal(root: &Path) -> Findings {
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--output-format", "json-lines", "--exit-zero"])
        .arg(root)
        .env("TZ", "UTC")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut findings = Findings::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        let file = PathBuf::from(finding["file"].as_str().unwrap());
        findings.entry(file).or_default().push(finding);
    }
    findings
}

/// A finding of the terminal as a diagnostic, its places counted the slow way.
fn converted(finding: &Value, file: &Path, text: &str, encoding: &str) -> Value {
    let place = |spot: &Value| {
        position(
            text,
            usize::try_from(spot["offset"].as_u64().unwrap()).unwrap(),
            encoding,
        )
    };
    let range = |of: &Value| json!({"start": place(&of["start"]), "end": place(&of["end"])});
    let severity = match finding["severity"].as_str().unwrap() {
        "error" => 1,
        "warning" => 2,
        _ => 3,
    };
    let related: Vec<Value> = finding["related"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|related| Path::new(related["file"].as_str().unwrap()) == file)
        .map(|related| json!({"range": range(related), "message": related["message"]}))
        .collect();
    json!({"code": finding["code"], "severity": severity, "message": finding["message"],
        "page": finding["url"], "range": range(finding), "related": related})
}

/// A diagnostic without what only an editor needs.
fn reduced(diagnostic: &Value, uri: &str) -> Value {
    let related: Vec<Value> = diagnostic["relatedInformation"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|related| related["location"]["uri"] == uri)
        .map(|related| json!({"range": related["location"]["range"], "message": related["message"]}))
        .collect();
    json!({"code": diagnostic["code"], "severity": diagnostic["severity"], "message": diagnostic["message"],
        "page": diagnostic["codeDescription"]["href"], "range": diagnostic["range"], "related": related})
}

pub fn uri(path: &Path) -> String {
    tower_lsp::lsp_types::Url::from_file_path(path).unwrap().to_string()
}

/// Compare the two faces over `files`, which lie below `root`. Returns how many findings were compared.
fn compare(root: &Path, files: &[PathBuf]) -> usize {
    let expected = terminal(root);
    let mut compared = 0;
    for encoding in ENCODINGS {
        let mut client = Client::stdio(&[]);
        client.initialize(json!({"rootUri": uri(root), "capabilities": {
            "general": {"positionEncodings": [encoding]},
            "window": {"workDoneProgress": true},
            "textDocument": {"publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true}}}}));
        client.indexed();
        for file in files {
            // What is not UTF-8 comes to the server as the editor decoded it.
            let Ok(text) = String::from_utf8(std::fs::read(file).unwrap()) else {
                continue;
            };
            let uri = uri(file);
            client.open(&uri, &text);
            let found = client.published(&uri, Some(1));
            let found: Vec<Value> = found.iter().map(|diagnostic| reduced(diagnostic, &uri)).collect();
            let none = Vec::new();
            let wanted = expected.get(file).unwrap_or(&none);
            let wanted: Vec<Value> = wanted
                .iter()
                .map(|finding| converted(finding, file, &text, encoding))
                .collect();
            assert_eq!(found, wanted, "{} in {encoding}", file.display());
            compared += found.len();
            client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        }
        client.leave();
    }
    compared
}

pub fn posts_below(root: &Path) -> Vec<PathBuf> {
    let workspace = Workspace::new(Options::default());
    let found = workspace::discover(&workspace, &[root.to_owned()]).unwrap();
    found.files.into_iter().map(|file| file.path).collect()
}

#[test]
fn the_fixtures_look_the_same_in_terminal_and_editor() {
    let compared = compare(&fixtures::root(), &fixtures::posts());
    assert!(compared > 50, "only {compared} findings were compared");
}

#[test]
fn the_examples_of_the_rules_look_the_same_in_terminal_and_editor() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for rule in postlint::rules::ALL {
        for block in rules::blocks(rule.docs) {
            let word = |key: &str| {
                let found = block
                    .words
                    .iter()
                    .find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
                found.map(str::to_owned)
            };
            let site = root.join(format!("{}-{}", rule.code, block.line));
            let file = site.join(word("file").unwrap_or("source/_posts/example.md".to_owned()));
            let mut settings = word("config").map(|line| line + "\n").unwrap_or_default();
            if let Some(generator) = word("generator") {
                settings.insert_str(0, &format!("generator = \"{generator}\"\n"));
            }
            settings.push_str(&format!("[rules]\n{} = \"error\"\n", rule.code));
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, &block.text).unwrap();
            std::fs::write(site.join("postlint.toml"), settings).unwrap();
        }
    }
    let compared = compare(&root, &posts_below(&root));
    assert!(compared > 300, "only {compared} findings were compared");
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "whoever reads the log must know that nothing was tested"
)]
fn real_posts_look_the_same_in_terminal_and_editor() {
    let Some(corpus) = std::env::var_os("POSTLINT_CORPUS").map(PathBuf::from) else {
        println!("skipped: POSTLINT_CORPUS is not set");
        return;
    };
    let mut compared = 0;
    for site in [
        "fanglikuai__notion-hexo",
        "haacked__haacked.com",
        "akshaybabloo__gollahalli.com",
    ] {
        let root = corpus.join(site).canonicalize().unwrap();
        let posts = posts_below(&root);
        let sample: Vec<PathBuf> = posts.iter().step_by(posts.len() / 25 + 1).cloned().collect();
        compared += compare(&root, &sample);
    }
    assert!(compared > 30, "only {compared} findings were compared");
}

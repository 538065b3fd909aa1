//! `check --stream`: lines in, lines out.

use super::{TWICE, code, command, fed, folder, postlint, stderr, stdout};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

fn line(path: &str, text: &str) -> String {
    json!({"path": path, "text": text}).to_string() + "\n"
}

fn answers(output: &std::process::Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What `check --output-format json-lines` says of the file.
fn findings_on_disk(folder: &std::path::Path, name: &str) -> Vec<Value> {
    answers(&postlint(
        folder,
        &["check", "-q", "--output-format", "json-lines", name],
    ))
}

#[test]
fn every_line_gets_its_answer_in_order_and_a_bad_one_ends_nothing() {
    let folder = folder(&[("posts/a.md", TWICE.as_bytes())]);
    let mut input = String::new();
    for number in 1..=200 {
        // Long texts take longer: answers would come out of order if nobody kept it.
        let text = TWICE.to_owned() + &"Some *text* <b>here</b>.\n".repeat((200 - number) * 5);
        input += &match number {
            50 => "{\"path\": \"x.md\", \"text\": 5}\n".to_owned(),
            51 => "no JSON\n".to_owned(),
            52 => "\n".to_owned(),
            53 => line("", "x"),
            54 => json!({"path": "x.md", "text": "x".repeat(4000), "id": 7}).to_string() + "\n",
            _ => line(&format!("posts/{number}.md"), &text),
        };
    }
    let output = fed(
        folder.path(),
        &["check", "--stream", "--max-line-size", "60000"],
        input.as_bytes(),
    );
    let answers = answers(&output);
    let numbers: Vec<u64> = answers.iter().map(|answer| answer["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
    let refused: Vec<u64> = answers
        .iter()
        .filter(|answer| answer.get("error").is_some())
        .map(|answer| answer["line"].as_u64().unwrap())
        .collect();
    assert_eq!(refused, [50, 51, 52, 53]);
    assert_eq!(answers[49]["path"], "x.md");
    assert_eq!(answers[50]["path"], Value::Null);
    for number in [1, 100, 200] {
        let codes = &answers[number - 1]["findings"];
        assert_eq!(answers[number - 1]["path"], format!("posts/{number}.md"));
        assert!(
            codes
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["code"] == "taxonomy-duplicate"),
            "{codes}"
        );
        assert!(answers[number - 1].get("fixed").is_none());
    }
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("4 lines could not be checked"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn findings_are_those_of_the_file_and_the_configuration_is_found_by_the_path() {
    let folder = folder(&[
        ("strict/a.md", TWICE.as_bytes()),
        (
            "lax/postlint.toml",
            b"ignore = [\"taxonomy\"]\nexclude = [\"old/**\"]\nmax-file-size = 2000\n",
        ),
        ("wrong/postlint.toml", b"ignor = []\n"),
    ]);
    let long = "x".repeat(2001);
    let input = [
        line("strict/a.md", TWICE),
        line("lax/a.md", TWICE),
        line("lax/old/a.md", TWICE),
        line("lax/long.md", &long),
        line("wrong/a.md", TWICE),
        line("./strict/a.md", TWICE).trim_end().to_owned(),
    ];
    let output = fed(folder.path(), &["check", "--stream", "-q"], input.concat().as_bytes());
    let answers = answers(&output);
    assert_eq!(
        answers[0]["findings"],
        Value::from(findings_on_disk(folder.path(), "strict/a.md"))
    );
    assert_eq!(answers[1], json!({"line": 2, "path": "lax/a.md", "findings": []}));
    assert_eq!(
        answers[2],
        json!({"line": 3, "path": "lax/old/a.md", "findings": [], "excluded": true})
    );
    assert!(answers[3]["error"].as_str().unwrap().contains("2000"), "{}", answers[3]);
    assert!(
        answers[4]["error"].as_str().unwrap().contains("ignore"),
        "{}",
        answers[4]
    );
    assert_eq!(answers[5]["path"], "./strict/a.md");
    assert_eq!(answers[5]["findings"], answers[0]["findings"]);
    assert_eq!(stderr(&output), "");
}

#[test]
fn fixed_text_comes_on_request_and_no_file_is_touched() {
    let folder = folder(&[("a.md", TWICE.as_bytes())]);
    let clean = "---\ntitle: A\ndate: 2020-01-02 03:04:05\n---\n\nText.\n";
    let input = line("a.md", TWICE) + &line("b.md", clean);
    let output = fed(folder.path(), &["check", "--stream", "--fix"], input.as_bytes());
    let answers = answers(&output);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), TWICE);
    postlint(folder.path(), &["check", "--fix", "a.md"]);
    let fixed = fs::read_to_string(folder.path().join("a.md")).unwrap();
    assert_ne!(fixed, TWICE);
    assert_eq!(answers[0]["fixed"], fixed);
    assert_eq!(answers[0]["findings"], json!([]));
    assert_eq!(
        answers[1],
        json!({"line": 2, "path": "b.md", "findings": [], "fixed": null})
    );
    assert_eq!(code(&output), 0);
}

#[test]
fn the_exit_status_is_that_of_a_check() {
    let folder = folder(&[]);
    let status = |args: &[&str], input: &str| {
        let args = [&["check", "--stream", "-q"], args].concat();
        code(&fed(folder.path(), &args, input.as_bytes()))
    };
    assert_eq!(status(&[], ""), 0);
    assert_eq!(status(&[], &line("a.md", TWICE)), 1);
    assert_eq!(status(&["--max-findings", "1"], &line("a.md", TWICE)), 0);
    assert_eq!(status(&["--fail-on", "error"], &line("a.md", TWICE)), 0);
    assert_eq!(status(&[], "x\n"), 2);
    assert_eq!(status(&["--exit-zero"], &("x\n".to_owned() + &line("a.md", TWICE))), 0);
    assert_eq!(status(&["a.md"], ""), 2);
}

#[test]
fn a_line_that_is_too_long_is_answered_and_the_next_is_whole() {
    let folder = folder(&[]);
    let input = line("a.md", &"x".repeat(5000)) + &line("b.md", TWICE);
    let output = fed(
        folder.path(),
        &["check", "--stream", "--max-line-size", "1000"],
        input.as_bytes(),
    );
    let answers = answers(&output);
    assert!(answers[0]["error"].as_str().unwrap().contains("--max-line-size"));
    assert_eq!(answers[1]["path"], "b.md");
}

/// Whoever asks line by line gets each answer before the next question.
#[test]
fn answers_are_not_held_back() {
    let folder = folder(&[]);
    let mut child = command(folder.path(), &["check", "--stream", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 1..=3 {
        stdin.write_all(line("a.md", TWICE).as_bytes()).unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"line\":{number},")), "{answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// The reader of the answers may leave while the input is still open; nothing must wait for it then.
#[test]
fn a_closed_output_ends_the_run_without_a_word() {
    let folder = folder(&[]);
    let mut child = command(folder.path(), &["check", "--stream", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    stdin.write_all(line("a.md", TWICE).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    // The other end is open until here.
    drop(stdin);
    assert_eq!(code(&output), 0);
    assert_eq!(stderr(&output), "");
}

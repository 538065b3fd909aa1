//! What is printed, and where.

use super::{BAD, TWICE, code, command, folder, postlint, stderr, stdout};
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn json_has_the_shape_that_others_rely_on() {
    let site = folder(&[("a.md", BAD)]);
    let lines = stdout(&postlint(
        site.path(),
        &["check", "a.md", "--output-format", "json-lines"],
    ));
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["file"], "a.md");
    assert_eq!(first["code"], "text-encoding");
    assert_eq!(
        first["start"],
        serde_json::json!({"offset": 14, "line": 2, "column": 11})
    );
    let array = stdout(&postlint(site.path(), &["check", "a.md", "--output-format", "json"]));
    let array: serde_json::Value = serde_json::from_str(&array).unwrap();
    assert_eq!(array[0], first);
    let sarif = stdout(&postlint(site.path(), &["check", "a.md", "--output-format", "sarif"]));
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], result["ruleId"]);
    for format in ["gitlab", "rdjson"] {
        let text = stdout(&postlint(site.path(), &["check", "a.md", "--output-format", format]));
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
}

#[test]
fn a_post_cannot_command_the_terminal() {
    let text = b"---\ntitle: \"x\" \x1b]0;owned\x07 \x1b[2J\xe9\n---\n";
    let site = folder(&[("a\u{1b}[31m.md", text)]);
    for format in ["full", "concise", "grouped"] {
        let output = postlint(site.path(), &["check", ".", "--output-format", format]);
        assert!(!stdout(&output).contains('\u{1b}'), "{format}: {:?}", stdout(&output));
        assert!(!stderr(&output).contains('\u{1b}'), "{format}: {:?}", stderr(&output));
        assert!(stdout(&output).contains("text-encoding"));
    }
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let site = folder(&[("a.md", BAD)]);
    let mut child = command(site.path(), &["rule", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    assert!(code(&output) < 2, "{}", stderr(&output));
}

#[test]
fn frames_point_at_the_right_place_under_wide_letters_and_in_long_lines() {
    let wide = "---\ntitle: A\ndate: 2020-01-02 03:04:05\ntags: [汉字, 汉字]\n---\n";
    let site = folder(&[("a.md", wide.as_bytes())]);
    let frame = stdout(&postlint(
        site.path(),
        &["check", "a.md", "--select", "taxonomy-duplicate"],
    ));
    assert!(frame.contains(" --> a.md:4:12\n"), "{frame}");
    let lines: Vec<&str> = frame.lines().collect();
    let code = lines.iter().find(|line| line.contains("tags:")).unwrap();
    let carets = lines.iter().find(|line| line.contains('^')).unwrap();
    // A wide letter takes two cells.
    let cells = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let at = code.rfind("汉字").unwrap();
    assert_eq!(carets.find('^').unwrap(), cells(&code[..at]), "{frame}");
    assert_eq!(carets.matches('^').count(), 4, "{frame}");

    let long = format!(
        "---\ntitle: A\ndate: 2020-01-02 03:04:05\ntags: [{}y, y]\n---\n",
        "x, ".repeat(50_000)
    );
    let site = folder(&[("a.md", long.as_bytes())]);
    let frame = stdout(&postlint(
        site.path(),
        &["check", "a.md", "--select", "taxonomy-duplicate"],
    ));
    assert!(frame.lines().all(|line| line.chars().count() < 400), "{}", frame.len());
}

#[test]
fn statistics_tell_what_was_mended_and_what_is_left() {
    let copied = "---\ntitle: A\nsource: https://news.example.com/1\ntags: [x, x, x]\ndate: 2022-13-45\n---\n";
    let site = folder(&[("a.md", copied.as_bytes()), ("b.md", TWICE.as_bytes())]);
    let select = [
        "--statistics",
        "--generator",
        "hexo",
        "--select",
        "taxonomy-duplicate,date-rollover",
    ];
    let json = [&["check", "--diff", "--output-format", "json"], &select[..]].concat();
    assert!(!stdout(&postlint(site.path(), &json)).contains("\"mended\""));
    let said = stdout(&postlint(site.path(), &[&["check", "--fix"], &select[..]].concat()));
    assert!(
        said.starts_with(
            "Mended:\n      3  taxonomy-duplicate  in 2 posts\n\nIn posts copied from:\n      2  news.example.com  in 1 post\n\nLeft:\n      1  error    date-rollover"
        ),
        "{said}"
    );
    let again = stdout(&postlint(site.path(), &[&["check", "--fix"], &select[..]].concat()));
    assert!(again.starts_with("      1  error    date-rollover"), "{again}");
    fs::write(site.path().join("b.md"), TWICE).unwrap();
    let json = [&["check", "--fix-only", "--output-format", "json"], &select[..]].concat();
    let told: serde_json::Value = serde_json::from_str(&stdout(&postlint(site.path(), &json))).unwrap();
    let mended = serde_json::json!({ "fixes": 1, "posts": 1, "rules": { "taxonomy-duplicate": 1 }, "sources": {} });
    assert_eq!(told["mended"], mended);
}

#[test]
fn colours_are_what_the_environment_wants() {
    let site = folder(&[("a.md", TWICE.as_bytes())]);
    let is_coloured = |variables: &[(&str, &str)]| {
        let mut command = command(site.path(), &["check", "a.md"]);
        command.envs(variables.iter().copied());
        stdout(&command.output().unwrap()).contains("\u{1b}[")
    };
    assert!(!is_coloured(&[]));
    assert!(is_coloured(&[("FORCE_COLOR", "1"), ("TERM", "dumb")]));
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(&[("FORCE_COLOR", "0"), ("CLICOLOR_FORCE", "")]));
    assert!(!is_coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn statistics_name_the_hosts() {
    let folder = tempfile::tempdir().unwrap();
    let ad = "<script src=\"//pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>\n";
    for name in ["a.md", "b.md"] {
        let text = format!("---\ntitle: a\ndate: 2020-01-01\n---\n\nWords.\n\n{ad}\nMore.\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .current_dir(folder.path())
        .args(["check", "--no-config", "--select", "ad", "--statistics", "."])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        said,
        "      2  error    ad-script  in 2 files\n                  pagead2.googlesyndication.com  in 2 files\n"
    );
}

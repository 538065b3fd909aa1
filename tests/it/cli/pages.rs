//! The commands around checking: init, rule, explain.

use super::{BAD, code, command, folder, postlint, stderr, stdout};
use std::fs;

#[test]
fn init_writes_a_configuration_that_is_read_and_changes_nothing() {
    let site = folder(&[("a.md", BAD)]);
    let before = stdout(&postlint(site.path(), &["check", "a.md"]));
    assert_eq!(code(&postlint(site.path(), &["init"])), 0);
    assert_eq!(stdout(&postlint(site.path(), &["check", "a.md"])), before);
    let text = fs::read_to_string(site.path().join("postlint.toml")).unwrap();
    for (key, _) in postlint::config::KEYS {
        let example = [format!("# {key} = "), format!("# [{key}]"), format!("# [[{key}]]")];
        let shown = text
            .lines()
            .any(|line| example.iter().any(|start| line.starts_with(start)));
        assert!(shown, "`{key}` has no example");
    }
    fs::write(site.path().join("front-matter.schema.json"), "{}").unwrap();
    fs::write(site.path().join("easylist.txt"), "##.promo-box\n").unwrap();
    let uncommented: String = text
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.contains(" = ") && !line.starts_with("a ") || line.starts_with('['))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(site.path().join("postlint.toml"), &uncommented).unwrap();
    let output = postlint(site.path(), &["check", "a.md"]);
    assert!(code(&output) < 2, "{}{uncommented}", stderr(&output));
    assert_eq!(code(&postlint(site.path(), &["init"])), 2);
}

#[test]
fn a_rule_has_a_page() {
    let site = folder(&[]);
    let page = stdout(&postlint(site.path(), &["rule", "text-encoding"]));
    assert!(
        page.starts_with("text-encoding (error)\n\nThe file is not UTF-8.\n"),
        "{page}"
    );
    let all = stdout(&postlint(site.path(), &["rule", "--all", "--output-format", "json"]));
    let all: serde_json::Value = serde_json::from_str(&all).unwrap();
    assert_eq!(all.as_array().unwrap().len(), postlint::rules::ALL.len());
    let slip = postlint(site.path(), &["rule", "text-encodin"]);
    assert!(
        stderr(&slip).contains("there is no rule `text-encodin`; did you mean `text-encoding`?"),
        "{}",
        stderr(&slip)
    );
}

#[test]
fn explain_answers_in_the_shape_that_others_rely_on() {
    let site = folder(&[
        (
            "_config.yml",
            b"title: x\nsource_dir: source\npost_asset_folder: false\n",
        ),
        ("source/_posts/a.md", b"---\ntitle: A\n---\n"),
    ]);
    let output = postlint(
        site.path(),
        &["explain", "source/_posts/a.md", "--output-format", "json-lines"],
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let answer: serde_json::Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    let mut keys: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "categories",
            "date",
            "elsewhere",
            "file",
            "front_matter",
            "generator",
            "layout",
            "outcome",
            "published",
            "reason",
            "tags",
            "title",
            "updated",
            "url"
        ]
    );
    assert_eq!(answer["file"], "source/_posts/a.md");
    assert_eq!(answer["generator"], "hexo");
    for key in ["instant", "source", "given"] {
        assert!(answer["date"].get(key).is_some(), "{answer}");
    }
    let output = postlint(
        site.path(),
        &[
            "explain",
            "source/_posts/a.md",
            "--output-format",
            "json-lines",
            "--generator",
            "hugo",
        ],
    );
    assert!(stdout(&output).contains("\"generator\":\"hugo\""));
}

#[test]
fn explain_names_another_machine_where_that_makes_another_page() {
    let site = folder(&[
        (
            "_config.yml",
            b"title: x\nsource_dir: source\ntimezone: Asia/Shanghai\n",
        ),
        ("source/_posts/a.md", b"---\ntitle: A\ndate: 2022-07-06 03:00:00\n---\n"),
        ("source/_posts/b.md", b"---\ntitle: B\ndate: 2022-07-06 12:00:00\n---\n"),
    ]);
    let explained = |zone: &str| -> Vec<serde_json::Value> {
        let args = ["explain", "source/_posts", "--output-format", "json-lines"];
        let output = command(site.path(), &args).env("TZ", zone).output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let (utc, shanghai) = (explained("UTC"), explained("Asia/Shanghai"));
    assert_eq!(utc[0]["url"], "/2022/07/05/a/");
    assert_eq!(utc[0]["elsewhere"]["machine_zone"], "Asia/Shanghai");
    assert_eq!(shanghai[0]["elsewhere"]["machine_zone"], "UTC");
    for key in ["date", "updated", "url"] {
        assert_eq!(utc[0]["elsewhere"][key], shanghai[0][key]);
        assert_eq!(shanghai[0]["elsewhere"][key], utc[0][key]);
    }
    // At noon it is the same day in both.
    assert!(utc[1]["elsewhere"].is_null() && shanghai[1]["elsewhere"].is_null());
}

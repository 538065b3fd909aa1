//! What an old site and a CI need: baselines, thresholds, changed files, settings on show.

use super::{BAD, TWICE, code, fed, folder, postlint, stderr, stdout};
use std::fs;
use std::path::Path;
use std::process::Command;

const CONCISE: [&str; 2] = ["--output-format", "concise"];

fn git(folder: &Path, args: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(
        status.status.success(),
        "git {args:?}: {}",
        String::from_utf8_lossy(&status.stderr)
    );
}

#[test]
fn a_baseline_hides_what_it_knows_even_after_lines_moved() {
    let site = folder(&[
        ("posts/a.md", TWICE.as_bytes()),
        ("posts/b.md", b"---\ntitle: B\ntags: [y]\n---\n"),
    ]);
    let select = ["--select", "taxonomy-duplicate"];
    let written = postlint(site.path(), &[&["baseline", "posts"], &select[..]].concat());
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    assert!(
        stderr(&written).contains("wrote postlint-baseline.json: 1 finding in 1 post"),
        "{}",
        stderr(&written)
    );
    let check = |folder: &Path, path: &str, baseline: &str| {
        postlint(
            folder,
            &[&["check", path, "--baseline", baseline], &select[..], &CONCISE].concat(),
        )
    };
    let clean = check(site.path(), "posts", "postlint-baseline.json");
    assert_eq!(code(&clean), 0, "{}", stdout(&clean));
    assert!(
        stderr(&clean).contains("1 finding of the baseline not shown"),
        "{}",
        stderr(&clean)
    );

    // Lines move, and the file is looked at from elsewhere.
    let moved = TWICE.replace("title: A", "# why\nlayout: post\ntitle: A");
    fs::write(site.path().join("posts/a.md"), &moved).unwrap();
    let clean = check(&site.path().join("posts"), "a.md", "../postlint-baseline.json");
    assert_eq!(code(&clean), 0, "{}", stdout(&clean));

    // The same slip elsewhere and another slip of the same rule are new.
    fs::write(site.path().join("posts/b.md"), TWICE).unwrap();
    fs::write(site.path().join("posts/a.md"), moved.replace("[x, x]", "[x, x, z, z]")).unwrap();
    let new = check(site.path(), "posts", "postlint-baseline.json");
    assert_eq!(code(&new), 1);
    assert_eq!(stdout(&new).lines().count(), 2, "{}", stdout(&new));
    assert!(stdout(&new).contains("posts/b.md:4:11: "), "{}", stdout(&new));

    // What is mended is to be forgotten.
    fs::write(site.path().join("posts/a.md"), moved.replace("[x, x]", "[x]")).unwrap();
    let gone = check(site.path(), "posts/a.md", "postlint-baseline.json");
    assert!(
        stderr(&gone).contains("1 are gone: `postlint baseline` forgets them"),
        "{}",
        stderr(&gone)
    );
}

#[test]
fn what_a_baseline_hides_is_not_mended_either() {
    let site = folder(&[("a.md", TWICE.as_bytes())]);
    let select = ["--select", "taxonomy-duplicate"];
    postlint(site.path(), &[&["baseline"], &select[..]].concat());
    let fix = ["check", "--baseline", "postlint-baseline.json", "--fix"];
    assert_eq!(code(&postlint(site.path(), &[&fix[..], &select].concat())), 0);
    assert_eq!(fs::read_to_string(site.path().join("a.md")).unwrap(), TWICE);
}

#[test]
fn a_baseline_that_cannot_be_read_is_trouble() {
    let site = folder(&[
        ("a.md", BAD),
        ("b.json", b"{}"),
        ("c.json", b"{\"version\": 9, \"files\": {}}"),
    ]);
    for (file, why) in [
        ("none.json", "none.json: the baseline cannot be read"),
        ("b.json", "b.json: this is no baseline"),
        ("c.json", "c.json: a baseline of another version"),
    ] {
        let output = postlint(site.path(), &["check", "--baseline", file]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
    }
}

#[test]
fn thresholds_decide_the_exit_status() {
    let two = TWICE.replace("[x, x]", "[x, x, x]");
    let site = folder(&[("a.md", two.as_bytes())]);
    let check = |more: &[&str]| {
        code(&postlint(
            site.path(),
            &[&["check", "--select", "taxonomy-duplicate"], more].concat(),
        ))
    };
    assert_eq!(check(&["--max-findings", "1"]), 1);
    assert_eq!(check(&["--max-findings", "2"]), 0);
    assert_eq!(check(&["--fail-on", "warning"]), 1);
    assert_eq!(check(&["--fail-on", "error"]), 0);
}

#[test]
fn only_what_changed_is_checked() {
    let site = folder(&[("posts/old.md", BAD), ("posts/edited.md", b"---\ntitle: A\n---\n")]);
    git(site.path(), &["init", "-q", "-b", "main"]);
    let names = |args: &[&str]| -> Vec<String> {
        let output = postlint(site.path(), &[&["check", "--select", "text"], args, &CONCISE].concat());
        let names = stdout(&output);
        names
            .lines()
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect()
    };
    // Before the first commit everything is new.
    assert_eq!(names(&["--changed"]), ["posts/old.md"]);
    git(site.path(), &["add", "."]);
    git(site.path(), &["commit", "-q", "-m", "a"]);
    let none = postlint(site.path(), &["check", "--changed"]);
    assert_eq!(code(&none), 0);
    assert!(stderr(&none).contains("none of 2 posts changed"), "{}", stderr(&none));

    fs::write(site.path().join("posts/edited.md"), BAD).unwrap();
    fs::write(site.path().join("posts/ne\nw 汉.md"), BAD).unwrap();
    assert_eq!(names(&["--changed"]).len(), 2);
    assert_eq!(names(&["--changed", "posts/edited.md"]), ["posts/edited.md"]);
    assert!(names(&["--staged"]).is_empty());

    git(site.path(), &["checkout", "-q", "-b", "branch"]);
    git(site.path(), &["add", "."]);
    git(site.path(), &["commit", "-q", "-m", "b"]);
    assert!(names(&["--changed"]).is_empty());
    assert_eq!(names(&["--changed=main"]).len(), 2);
    for revision in ["--changed=none", "--changed=--output=x"] {
        let output = postlint(site.path(), &["check", revision]);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
    }
    assert!(!site.path().join("x").exists());
}

#[test]
fn what_is_staged_is_checked_as_it_is_staged() {
    let site = folder(&[("a.md", TWICE.as_bytes())]);
    git(site.path(), &["init", "-q"]);
    git(site.path(), &["add", "."]);
    fs::write(site.path().join("a.md"), TWICE.replace("[x, x]", "[x]")).unwrap();
    let staged = ["check", "--staged", "--select", "taxonomy-duplicate"];
    assert_eq!(code(&postlint(site.path(), &staged)), 1);
    assert_eq!(
        code(&postlint(site.path(), &["check", "--select", "taxonomy-duplicate"])),
        0
    );
    let outside = folder(&[("a.md", BAD)]);
    let output = postlint(outside.path(), &staged);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("git says: "), "{}", stderr(&output));
}

#[test]
fn files_and_settings_are_shown() {
    let site = folder(&[
        ("a.md", BAD),
        ("out/b.md", BAD),
        (
            "postlint.toml",
            b"exclude = ['out/']\nknown-fields = ['a\"b']\n[rules]\ntext-encoding = 'info'\n",
        ),
    ]);
    let files = postlint(site.path(), &["check", "--show-files"]);
    assert_eq!((code(&files), &*stdout(&files)), (0, "a.md\n"));
    assert!(
        stderr(&files).contains("`exclude` takes out 1 more"),
        "{}",
        stderr(&files)
    );
    let settings = stdout(&postlint(
        site.path(),
        &["check", "--show-settings", "--ignore", "ad", "a.md"],
    ));
    assert!(
        settings.contains("# configuration: ") && settings.contains("postlint.toml\n"),
        "{settings}"
    );
    let parsed = postlint::config::Settings::parse(&settings, "x", postlint::workspace::catalogue()).unwrap();
    assert_eq!(parsed.base.known_fields, ["a\"b"]);
    for line in [
        "text-encoding = \"info\"",
        "ad-unit = \"off\"",
        "date-invalid = \"error\"",
    ] {
        assert!(settings.lines().any(|other| other == line), "{line} in {settings}");
    }
}

#[test]
fn a_list_of_files_may_come_from_another_program() {
    let site = folder(&[
        ("a.md", BAD),
        ("b c.md", BAD),
        ("x.png", BAD),
        ("out/d.md", BAD),
        ("postlint.toml", b"exclude = ['out/']"),
    ]);
    let check = [
        "check",
        "--files-from",
        "-",
        "--output-format",
        "concise",
        "--select",
        "text",
    ];
    for list in [
        &b"a.md\r\nb c.md\nx.png\nout/d.md\n./a.md\n"[..],
        b"a.md\0b c.md\0x.png\0out/d.md\0",
    ] {
        let output = fed(site.path(), &check, list);
        let said = stdout(&output);
        let names: Vec<&str> = said.lines().map(|line| line.split(':').next().unwrap()).collect();
        assert_eq!(names, ["a.md", "b c.md"], "{}", stderr(&output));
    }
    let gone = fed(site.path(), &check, b"none.md\n");
    assert_eq!(code(&gone), 2);
    assert!(
        stderr(&gone).contains("none.md: there is no such file"),
        "{}",
        stderr(&gone)
    );
    let named = postlint(site.path(), &["check", "out/d.md", "--select", "text"]);
    assert_eq!(code(&named), 1);
    let forced = postlint(site.path(), &["check", "out/d.md", "--force-exclude"]);
    assert_eq!(code(&forced), 0);
    assert!(
        stderr(&forced).contains("`exclude` takes out 1 file"),
        "{}",
        stderr(&forced)
    );
}

#[test]
fn a_report_goes_to_a_file_whole() {
    let site = folder(&[("a.md", BAD)]);
    let output = postlint(
        site.path(),
        &[
            "check",
            "--output-format",
            "json",
            "--output-file",
            "out.json",
            "--color",
            "always",
        ],
    );
    assert_eq!((code(&output), &*stdout(&output)), (1, ""));
    let report = fs::read(site.path().join("out.json")).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&report).unwrap()[0]["code"] == "text-encoding");
    let output = postlint(site.path(), &["check", "--output-file", "none/out.json"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("none/out.json"), "{}", stderr(&output));
}

#[test]
fn statistics_tell_where_posts_were_copied_from() {
    let copied = "---\ntitle: A\nsource: https://news.example.com/1\ntags: [x, x]\n---\n";
    let site = folder(&[
        ("a.md", copied.as_bytes()),
        ("b.md", copied.as_bytes()),
        ("c.md", TWICE.as_bytes()),
    ]);
    let check = ["check", "--statistics", "--select", "taxonomy-duplicate"];
    let said = stdout(&postlint(site.path(), &check));
    assert!(
        said.contains("  news.example.com: 2 posts, 2 with findings\n      2  taxonomy-duplicate\n"),
        "{said}"
    );
    let json = stdout(&postlint(
        site.path(),
        &[&check[..], &["--output-format", "json"]].concat(),
    ));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rules"][0]["findings"], 3);
    assert_eq!(json["sources"][0]["rules"]["taxonomy-duplicate"], 2);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let posts: Vec<(String, String)> = (0..60)
        .map(|i| {
            (
                format!("source/_posts/{i}.md"),
                TWICE.replace("title: A", &format!("title: A{}", i % 7)),
            )
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> = vec![(
        "_config.yml",
        b"title: x\nsource_dir: source\npost_asset_folder: false\n",
    )];
    files.extend(posts.iter().map(|(name, text)| (&**name, text.as_bytes())));
    let site = folder(&files);
    let run = |threads: &str| {
        let output = postlint(
            site.path(),
            &["check", "--threads", threads, "--output-format", "json-lines"],
        );
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        stdout(&output)
    };
    let one = run("1");
    assert!(one.lines().count() >= 60, "{one}");
    for threads in ["2", "5", "16"] {
        assert_eq!(run(threads), one);
    }
}

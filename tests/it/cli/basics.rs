//! Exit status and configuration.

use super::{BAD, TWICE, code, folder, postlint, stderr, stdout};

#[test]
fn the_exit_status_tells_clean_from_found_from_trouble() {
    let good = b"---\ntitle: A\ndate: 2020-01-02 03:04:05\n---\n\nText.\n";
    let site = folder(&[("good.md", good), ("bad.md", BAD)]);
    let clean = postlint(site.path(), &["check", "good.md"]);
    assert_eq!(code(&clean), 0, "{}", stdout(&clean));
    assert_eq!(stdout(&clean), "");
    let found = postlint(site.path(), &["check", "bad.md", "--output-format", "concise"]);
    assert_eq!(code(&found), 1);
    assert!(
        stdout(&found).starts_with("bad.md:2:11: error[text-encoding] "),
        "{}",
        stdout(&found)
    );
    assert!(stderr(&found).contains("1 finding in 1"), "{}", stderr(&found));
    assert_eq!(code(&postlint(site.path(), &["check", "bad.md", "--exit-zero"])), 0);
    assert_eq!(
        code(&postlint(site.path(), &["check", "bad.md", "--ignore", "text"])),
        0
    );
    let missing = postlint(site.path(), &["check", "none.md", "good.md"]);
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("none.md: "), "{}", stderr(&missing));
    let slip = postlint(site.path(), &["check", "--select", "text-encodin"]);
    assert_eq!(code(&slip), 2);
    assert!(
        stderr(&slip).contains("did you mean `text-encoding`?"),
        "{}",
        stderr(&slip)
    );
}

#[test]
fn the_nearest_configuration_wins_and_a_slip_in_it_is_trouble() {
    let site = folder(&[
        ("a.md", BAD),
        ("postlint.toml", b"[rules]\ntext-encoding = 'warning'\n"),
        ("deep/b.md", BAD),
        ("deep/.postlint.toml", b"[rules]\ntext-encoding = 'off'\n"),
        ("wrong/c.md", BAD),
        ("wrong/.config/postlint.toml", b"\n[rules]\ntext-encodin = 'off'\n"),
    ]);
    let output = postlint(
        site.path(),
        &["check", "a.md", "deep/b.md", "--output-format", "concise"],
    );
    assert!(
        stdout(&output).starts_with("a.md:2:11: warning[text-encoding]"),
        "{}",
        stdout(&output)
    );
    assert_eq!(stdout(&output).lines().count(), 1);
    assert_eq!(
        code(&postlint(site.path(), &["check", "a.md", "--fail-on", "error"])),
        0
    );
    let output = postlint(site.path(), &["check", "wrong"]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(
        said.contains("postlint.toml:3:1: there is no rule `text-encodin`; did you mean `text-encoding`?"),
        "{said}"
    );
    let output = postlint(site.path(), &["check", "deep/b.md", "--no-config"]);
    assert_eq!(code(&output), 1);
}

#[test]
fn a_configuration_extends_presets_and_others() {
    let site = folder(&[
        ("a.md", b"---\ntitle: A\ntags: [x, x]\n---\n"),
        (".git/HEAD", b"ref: refs/heads/main\n"),
        ("postlint.toml", b"extends = ['strict', 'common/ours.toml']\n[rules]\ntaxonomy-duplicate = 'info'\n"),
        ("common/ours.toml", b"extends = ['more.toml']\nexclude = ['out/']\n[rules]\nad = 'off'\ntaxonomy-duplicate = 'off'\n"),
        ("common/more.toml", b"[rules]\nad = 'error'\ntext-encoding = 'info'\n[[overrides]]\nfiles = ['a.md']\nrules = { watermark = 'off' }\n"),
        ("round/postlint.toml", b"extends = ['../common/round.toml']\n"),
        ("common/round.toml", b"extends = ['../round/postlint.toml']\n"),
        ("slip/postlint.toml", b"\nextends = ['strickt']\n"),
        ("one/postlint.toml", b"extends = 'strict'\n"),
        ("list/postlint.toml", b"extends = ['strict']\n"),
        ("ours/postlint.toml", b"extends = '../common/more.toml'\n"),
        ("number/postlint.toml", b"extends = 1\n"),
    ]);
    let shown = |folder: &str| stdout(&postlint(site.path(), &["check", "--show-settings", folder]));
    let lines = |folder: &str| {
        shown(folder)
            .lines()
            .filter(|line| line.contains(" = "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(lines("one"), lines("list"));
    assert!(shown("one").contains("date-updated-missing = \"warning\""));
    assert!(shown("ours").contains("text-encoding = \"info\""));
    let number = stderr(&postlint(site.path(), &["check", "number"]));
    assert!(
        number.contains("postlint.toml:1:11: `extends` must be text in quotes, or a list of such texts"),
        "{number}"
    );
    let settings = stdout(&postlint(site.path(), &["check", "--show-settings", "a.md"]));
    for line in [
        "exclude = [\"out/\"]",
        "taxonomy-duplicate = \"info\"",
        "ad-unit = \"off\"",
        "ad-link = \"off\"",
        "text-encoding = \"info\"",
        "watermark = \"off\"",
        "date-updated-missing = \"warning\"",
        "image-hotlink = \"warning\"",
    ] {
        assert!(settings.lines().any(|other| other == line), "{line} in {settings}");
    }
    let round = postlint(site.path(), &["check", "round"]);
    assert_eq!(code(&round), 2);
    assert!(
        stderr(&round).contains("extends itself by way of others"),
        "{}",
        stderr(&round)
    );
    let slip = postlint(site.path(), &["check", "slip"]);
    assert_eq!(code(&slip), 2);
    let said = stderr(&slip);
    assert!(
        said.contains("postlint.toml:2:12: `strickt` is no preset and no file; did you mean `strict`?"),
        "{said}"
    );
}

#[test]
fn presets_are_told_apart() {
    let level = |preset: &str, rule: &str| {
        let text = format!("extends = ['{preset}']");
        let settings = postlint::config::Settings::parse(&text, "x", postlint::workspace::catalogue()).unwrap();
        let severity = postlint::rules::find(rule).unwrap().severity_under(&settings.base);
        severity.map_or("off", postlint::diagnostic::Severity::as_str)
    };
    let row = |rule: &str| ["recommended", "strict", "scraped"].map(|preset| level(preset, rule));
    assert_eq!(row("boilerplate"), ["info", "warning", "error"]);
    assert_eq!(row("date-updated-missing"), ["off", "warning", "off"]);
    assert_eq!(row("date-invalid"), ["error", "error", "error"]);
    assert_eq!(row("ad-comment"), ["warning", "warning", "error"]);
}

#[test]
fn a_configuration_reads_nothing_outside_its_repository() {
    let outside = folder(&[
        ("common.toml", b"[rules]\nad = 'off'\n"),
        ("list.txt", b"##.promo\n"),
        ("schema.json", b"{}"),
    ]);
    let path = |name: &str| outside.path().join(name).display().to_string();
    for line in [
        format!("extends = ['{}']", path("common.toml")),
        format!("ad-lists = ['{}']", path("list.txt")),
        format!("schema = '{}'", path("schema.json")),
    ] {
        let site = folder(&[("a.md", TWICE.as_bytes()), ("postlint.toml", line.as_bytes())]);
        let output = postlint(site.path(), &["check", "."]);
        assert_eq!(code(&output), 2, "{line}");
        let said = stderr(&output);
        assert!(said.contains("postlint.toml:1:"), "{said}");
        assert!(
            said.contains("lies outside the folder or repository of this configuration"),
            "{said}"
        );
        // The user may name a configuration that does.
        let output = postlint(site.path(), &["check", ".", "--config", "postlint.toml"]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
    }
    #[cfg(unix)]
    {
        // Nor does a configuration that is a link itself, whose errors would show what lies there.
        let site = folder(&[("a.md", TWICE.as_bytes())]);
        let secret = folder(&[("secret", b"password-hunter2 = 1\n")]);
        std::os::unix::fs::symlink(secret.path().join("secret"), site.path().join("postlint.toml")).unwrap();
        let output = postlint(site.path(), &["check", "."]);
        let said = stderr(&output);
        assert_eq!(code(&output), 2);
        assert!(said.contains("lies outside") && !said.contains("hunter2"), "{said}");

        let site = folder(&[
            ("a.md", TWICE.as_bytes()),
            ("postlint.toml", b"extends = ['inner.toml']"),
        ]);
        std::os::unix::fs::symlink(outside.path().join("common.toml"), site.path().join("inner.toml")).unwrap();
        assert_eq!(
            code(&postlint(site.path(), &["check", "."])),
            2,
            "a link leads outside, too"
        );
    }
}

//! Fixes on disk, differences, standard input.

use super::{TWICE, code, command, folder, postlint, stderr, stdout};
use std::fs;
use std::io::Write;
use std::process::Stdio;

#[test]
fn a_fix_keeps_the_mark_the_line_ends_and_the_missing_last_one() {
    let text = format!("\u{feff}{}", TWICE.trim_end().replace('\n', "\r\n"));
    let site = folder(&[("a.md", text.as_bytes())]);
    let output = postlint(
        site.path(),
        &["check", "a.md", "--fix", "--select", "taxonomy-duplicate"],
    );
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let fixed = fs::read_to_string(site.path().join("a.md")).unwrap();
    assert_eq!(fixed, text.replace("[x, x]", "[x]"));
    assert!(
        stderr(&output).contains("mended 1 finding in 1 file"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let site = folder(&[("a.md", TWICE.as_bytes())]);
    let output = postlint(
        site.path(),
        &["check", "a.md", "--diff", "--select", "taxonomy-duplicate"],
    );
    assert_eq!(code(&output), 1);
    assert!(
        stdout(&output).starts_with("--- a/a.md\n+++ b/a.md\n@@ "),
        "{}",
        stdout(&output)
    );
    assert!(
        stdout(&output).contains("\n-tags: [x, x]\n+tags: [x]\n"),
        "{}",
        stdout(&output)
    );
    assert_eq!(fs::read_to_string(site.path().join("a.md")).unwrap(), TWICE);
}

#[test]
fn standard_input_comes_back_fixed() {
    let site = folder(&[]);
    let mut child = command(site.path(), &["check", "-", "--fix", "--select", "taxonomy-duplicate"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(TWICE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(stdout(&output), TWICE.replace("[x, x]", "[x]"));
}

#[cfg(unix)]
#[test]
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn a_replaced_file_keeps_its_extended_attributes() {
    let site = folder(&[("a.md", TWICE.as_bytes())]);
    let path = site.path().join("a.md");
    if let Err(error) = xattr::set(&path, "user.origin", b"https://example.org/") {
        println!("skipped: no extended attributes in {}: {error}", site.path().display());
        return;
    }
    let done = postlint(
        site.path(),
        &["check", "--fix", "--select", "taxonomy-duplicate", "a.md"],
    );
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert_ne!(fs::read_to_string(&path).unwrap(), TWICE);
    let kept = xattr::get(&path, "user.origin").unwrap();
    assert_eq!(kept.as_deref(), Some(&b"https://example.org/"[..]));
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = folder(&[("real/a.md", TWICE.as_bytes()), ("locked.md", TWICE.as_bytes())]);
    let (real, link) = (site.path().join("real/a.md"), site.path().join("link.md"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::set_permissions(site.path().join("locked.md"), fs::Permissions::from_mode(0o444)).unwrap();
    symlink(&real, &link).unwrap();
    let output = postlint(
        site.path(),
        &[
            "check",
            "link.md",
            "locked.md",
            "--fix-only",
            "--select",
            "taxonomy-duplicate",
        ],
    );
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("locked.md: left as it was: it is write-protected"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_to_string(site.path().join("locked.md")).unwrap(), TWICE);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("[x]"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let left: Vec<_> = fs::read_dir(site.path().join("real")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_file_that_changed_since_it_was_read_is_left_alone() {
    let site = folder(&[("a.md", b"new text")]);
    let path = site.path().join("a.md");
    let error = postlint::workspace::replace(&path, "old text", "fixed text").unwrap_err();
    assert_eq!(error.to_string(), "it changed while it was being checked");
    assert_eq!(fs::read_to_string(&path).unwrap(), "new text");
    assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1);
}

#[test]
fn what_is_left_is_told_by_the_mended_site() {
    let post = |title: &str, tag: &str| {
        format!("---\ntitle: {title}\ndate: 2024-01-02 10:00:00\ntags: [{tag}]\n---\n\n{title} and nothing else.\n")
    };
    let (a, b, c) = (
        post("Kettle", "Web Dev"),
        post("Harbour", "Web Dev"),
        post("Lantern", "web-dev"),
    );
    let site = folder(&[
        ("_config.yml", b"title: Notes\nfilename_case: 1\n"),
        ("source/_posts/a.md", a.as_bytes()),
        ("source/_posts/b.md", b.as_bytes()),
        ("source/_posts/c.md", c.as_bytes()),
    ]);
    let check = |more: &[&str]| {
        let mut args = vec!["check", ".", "--output-format", "concise", "--select", "taxonomy"];
        args.extend(more);
        postlint(site.path(), &args)
    };
    let before = check(&[]);
    assert!(
        stdout(&before).contains("a.md:4:8: error[taxonomy-slug]"),
        "{}",
        stdout(&before)
    );
    // The tag is mended in one post; in the others, read before that, it is no trouble any more.
    let fixed = check(&["--fix", "--unsafe-fixes"]);
    assert_eq!((code(&fixed), stdout(&fixed).as_str()), (0, ""), "{}", stderr(&fixed));
    assert!(
        stderr(&fixed).contains("mended 1 finding in 1 file"),
        "{}",
        stderr(&fixed)
    );
    assert_eq!(
        fs::read_to_string(site.path().join("source/_posts/c.md")).unwrap(),
        c.replace("web-dev", "Web Dev")
    );
}

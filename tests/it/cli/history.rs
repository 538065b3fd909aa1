//! git's first commit of a post as evidence for its date.
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use super::{code, command, folder, postlint, stderr, stdout};
use std::fs;
use std::path::Path;
use std::process::Command;

const POST: &[u8] =
    b"---\ntitle: Harvest\ndate: Invalid Date\n---\n\nTea is picked in May, and again when the rain is over.\n";

/// `None`: there is no git here.
fn git(folder: &Path, day: &str, args: &[&str]) -> Option<()> {
    let mut git = Command::new("git");
    let when = format!("{day}T14:05:00+0800");
    git.args(["-c", "user.name=a", "-c", "user.email=a@tea.example"])
        .args(args)
        .current_dir(folder);
    git.env("GIT_AUTHOR_DATE", &when).env("GIT_COMMITTER_DATE", &when);
    let Ok(output) = git.output() else {
        println!("skipped: there is no git");
        return None;
    };
    assert!(
        output.status.success(),
        "{args:?} {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(())
}

fn commit(folder: &Path, day: &str) -> Option<()> {
    git(folder, day, &["add", "."])?;
    git(folder, day, &["commit", "-q", "-m", "a"])
}

/// What would be changed in the post `name`.
fn changed(folder: &Path, name: &str) -> String {
    let file = format!("source/_posts/{name}");
    let args = [
        "check",
        &file,
        "--diff",
        "--unsafe-fixes",
        "--select",
        "date-invalid",
        "--no-cache",
    ];
    let output = postlint(folder, &args);
    assert!(code(&output) < 2, "{}", stderr(&output));
    let added: Vec<String> = stdout(&output)
        .lines()
        .filter_map(|line| line.strip_prefix("+date").map(str::to_owned))
        .collect();
    added.join("\n")
}

#[test]
fn the_first_commit_is_the_date_under_whatever_name() {
    let site = folder(&[
        ("_config.yml", b"title: A\nsource_dir: source\n"),
        ("source/_posts/a.md", POST),
    ]);
    let site = site.path();
    let posts = site.join("source/_posts");
    let made = || {
        git(site, "2019-03-02", &["init", "-q"])?;
        commit(site, "2019-03-02")?;
        // A post that was begun as a copy is another one.
        fs::write(posts.join("copy.md"), [POST, b"More.\n"].concat()).unwrap();
        commit(site, "2020-04-05")?;
        git(site, "2021-06-07", &["mv", "source/_posts/a.md", "source/_posts/b.md"])?;
        commit(site, "2021-06-07")
    };
    if made().is_none() {
        return;
    }
    fs::write(posts.join("new.md"), POST).unwrap();
    assert_eq!(changed(site, "b.md"), ": 2019-03-02");
    assert_eq!(changed(site, "copy.md"), ": 2020-04-05");
    assert_eq!(changed(site, "new.md"), "");

    // Where fixes are not asked for, git is not either.
    let output = postlint(site, &["check", ".", "--output-format", "json", "--no-cache"]);
    assert!(stdout(&output).contains("date-invalid") && !stdout(&output).contains("2019-03-02"));

    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", site.display());
    git(
        clone.path(),
        "2022-01-01",
        &["clone", "-q", "--depth", "1", &from, "shallow"],
    )
    .unwrap();
    assert_eq!(changed(&clone.path().join("shallow"), "b.md"), "");
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let site = folder(&[
        ("_config.yml", b"title: A\nsource_dir: source\n"),
        ("source/_posts/a.md", POST),
    ]);
    let site = site.path();
    let made = || {
        git(site, "2019-03-02", &["init", "-q"])?;
        commit(site, "2019-03-02")
    };
    if made().is_none() {
        return;
    }
    let (program, trace) = (site.join("run.sh"), site.join("was-run"));
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'\n", trace.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "gpg.program",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
    ] {
        git(site, "2019-03-02", &["config", key, program]).unwrap();
    }
    git(site, "2019-03-02", &["config", "log.showSignature", "true"]).unwrap();
    fs::write(site.join(".git/info/attributes"), "*.md diff=x\n").unwrap();
    assert_eq!(changed(site, "a.md"), ": 2019-03-02");
    assert!(!trace.exists());
    // In a hook, too, git is asked about the file's own repository.
    let args = ["check", "source/_posts/a.md", "--diff", "--unsafe-fixes", "--no-cache"];
    let output = command(site, &args).env("GIT_DIR", ".git").output().unwrap();
    assert!(stdout(&output).contains("+date: 2019-03-02"), "{}", stdout(&output));
}

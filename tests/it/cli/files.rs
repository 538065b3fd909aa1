//! Which files are checked.

use super::{BAD, TWICE, code, command, folder, postlint, stderr, stdout};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn nothing_checked_is_said_aloud() {
    let empty = folder(&[("a.txt", b"x")]);
    let output = postlint(empty.path(), &["check", "."]);
    assert_eq!(code(&output), 0);
    assert!(
        stderr(&output).contains("nothing was checked in ."),
        "{}",
        stderr(&output)
    );
    let excluded = folder(&[("a.md", BAD), ("postlint.toml", b"exclude = ['*.md']")]);
    let output = postlint(excluded.path(), &["check"]);
    assert!(
        stderr(&output).contains("`exclude` takes out 1 file"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn posts_are_found_and_other_files_are_not() {
    let site = folder(&[
        (
            "_config.yml",
            b"title: x\nsource_dir: source\npost_asset_folder: false\n",
        ),
        ("README.md", BAD),
        ("source/about/index.md", BAD),
        ("source/_posts/a.md", BAD),
        ("source/_posts/deep/b.markdown", BAD),
        ("source/_drafts/c.html", BAD),
        ("source/_posts/ignored.md", BAD),
        ("source/_posts/note.txt", BAD),
        ("node_modules/x/source/_posts/d.md", BAD),
        (".gitignore", b"ignored.md\n"),
    ]);
    let names = |args: &[&str]| -> Vec<String> {
        let output = postlint(site.path(), args);
        stdout(&output)
            .lines()
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(&["check", "--output-format", "concise"]),
        [
            "source/_drafts/c.html",
            "source/_posts/a.md",
            "source/_posts/deep/b.markdown"
        ]
    );
    assert_eq!(
        names(&["check", "README.md", "--output-format", "concise"]),
        ["README.md"]
    );
    assert_eq!(
        names(&["check", "source/about", "--output-format", "concise"]),
        ["source/about/index.md"]
    );
}

#[test]
fn standard_input_is_checked_under_the_name_that_is_given() {
    let site = folder(&[]);
    let mut child = command(
        site.path(),
        &["check", "--stdin-filename", "posts/x.md", "--output-format", "concise"],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    child.stdin.take().unwrap().write_all(BAD).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).starts_with("posts/x.md:2:11: "), "{}", stdout(&output));
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_huge_files_are_refused_without_waiting() {
    let site = folder(&[("a.md", b"0123456789"), ("postlint.toml", b"max-file-size = 5")]);
    let pipe = site.path().join("pipe.md");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let output = postlint(site.path(), &["check", "pipe.md", "/dev/zero", "a.md"]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("pipe.md: it is no regular file"), "{said}");
    assert!(said.contains("/dev/zero: it is no regular file"), "{said}");
    assert!(
        said.contains("a.md: it has 10 bytes, more than the 5 that `max-file-size` allows"),
        "{said}"
    );
}

/// Whoever asks for a folder to be mended has not asked for a diary that a link in it leads to.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let outside = folder(&[("diary.md", TWICE.as_bytes())]);
    let site = folder(&[("posts/_posts/a.md", TWICE.as_bytes())]);
    let posts = site.path().join("posts/_posts");
    std::os::unix::fs::symlink(outside.path().join("diary.md"), posts.join("out.md")).unwrap();
    std::os::unix::fs::symlink("a.md", posts.join("in.md")).unwrap();
    let read = |path: &Path| fs::read_to_string(path).unwrap();

    let output = postlint(site.path(), &["check", "posts", "--fix"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 2, "{said}");
    assert!(said.contains("out.md: left as it was: the link leads out"), "{said}");
    assert!(stdout(&output).contains("out.md"), "it is checked all the same");
    assert_eq!(read(&outside.path().join("diary.md")), TWICE);
    assert_ne!(read(&posts.join("a.md")), TWICE);

    // Named, it is mended.
    let named = postlint(site.path(), &["check", "posts/_posts/out.md", "--fix"]);
    assert_eq!(code(&named), 0, "{}", stderr(&named));
    assert_ne!(read(&outside.path().join("diary.md")), TWICE);
}

#[test]
fn a_path_that_is_not_there_is_an_error_and_not_a_folder_without_posts() {
    let site = folder(&[]);
    let output = postlint(site.path(), &["check", "nowhere"]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("error: nowhere: No such file"), "{said}");
    assert!(!said.contains("nothing was checked"), "{said}");
}

//! What a person at a terminal sees of a long run.
#![cfg(target_os = "linux")]

use super::folder;
use std::process::Command;

/// Run on a terminal made by `script`, which every Linux has.
fn on_a_terminal(folder: &std::path::Path, args: &str) -> String {
    let program = env!("CARGO_BIN_EXE_postlint");
    let output = Command::new("script")
        .args([
            "-qec",
            &format!("'{program}' check --exit-zero {args} >/dev/null"),
            "/dev/null",
        ])
        .current_dir(folder)
        .env("TERM", "xterm")
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_long_run_shows_how_far_it_is_and_a_short_one_nothing() {
    let posts: Vec<(String, String)> = (0..700)
        .map(|number| {
            (
                format!("source/_posts/{number}.md"),
                "Some *text* <b>here</b>.\n".repeat(200),
            )
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> = posts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    files.push(("_config.yml", b"title: x\n"));
    let folder = folder(&files);
    let seen = on_a_terminal(folder.path(), "--generator hexo .");
    assert!(seen.contains("/700 posts, ") && seen.contains(" left"), "{seen}");
    assert!(seen.contains("posts of the site read, "), "{seen}");
    // The bars are gone at the end.
    assert!(
        seen.trim_end().ends_with("nothing found") || seen.contains("findings in"),
        "{seen}"
    );
    assert!(!on_a_terminal(folder.path(), "--generator hexo -q .").contains("left"));
    assert!(!on_a_terminal(folder.path(), "source/_posts/1.md").contains(" left"));
}

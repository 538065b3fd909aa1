//! The built program: exit codes, streams, fixes on disk, hostile input.

mod adoption;
mod basics;
mod cache;
mod facts;
mod files;
mod fixes;
mod history;
mod language;
mod manual;
mod output;
mod pages;
mod plan;
mod progress;
mod stream;
mod watch;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const BAD: &[u8] = b"---\ntitle: caf\xe9\n---\n";

pub fn postlint(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.current_dir(folder).args(args);
    for name in [
        "GITHUB_ACTIONS",
        "POSTLINT_LANG",
        "POSTLINT_OUTPUT_FORMAT",
        "POSTLINT_CACHE_DIR",
        "POSTLINT_NO_CACHE",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "TZ",
    ] {
        command.env_remove(name);
    }
    command
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A folder with the given files.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A post with a slip that has a safe fix: a tag that comes twice.
const TWICE: &str = "---\ntitle: A\ndate: 2020-01-02 03:04:05\ntags: [x, x]\n---\n\nText.\n";

/// Run with `input` on standard input.
pub fn fed(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = command(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Apart, so that neither side waits for the other to read.
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    })
}

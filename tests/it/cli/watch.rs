//! `check --watch`: what is told as posts change, and how it ends.

use super::*;
use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longer than anything here takes; reached only by a failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// A watching program and the lines it says, on both streams.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        let args = ["check", ".", "--watch", "--output-format", "concise", "--no-cache"];
        let mut child = command(folder, &args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let other = sender.clone();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        std::thread::spawn(move || {
            BufReader::new(out)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        std::thread::spawn(move || {
            BufReader::new(err)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| other.send(line))
        });
        Self { child, lines }
    }

    /// What is said until a line holds `wanted`.
    fn until(&self, wanted: &str) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    let is_it = line.contains(wanted);
                    said.push(line);
                    if is_it {
                        return said;
                    }
                }
                Err(_) => panic!("`{wanted}` was never said, only {said:#?}"),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
#[cfg(unix)]
fn a_watch_tells_what_is_new_and_what_is_mended_and_ends_on_interrupt() {
    let clean = TWICE.replace("[x, x]", "[x]");
    let posts = folder(&[("a.md", TWICE.as_bytes()), ("sub/b.md", clean.as_bytes())]);
    let mut watching = Watching::start(posts.path());
    watching.until("1 finding in 2 posts; watching");
    // Written in place.
    fs::write(posts.path().join("a.md"), &clean).unwrap();
    watching.until("a.md: mended: taxonomy-duplicate: ");
    watching.until("0 findings in 2 posts");
    // A new file in the place of the old one, as editors save, twice.
    for (number, text) in [TWICE, &clean].into_iter().enumerate() {
        fs::write(posts.path().join("sub/b.md.new"), text).unwrap();
        fs::rename(posts.path().join("sub/b.md.new"), posts.path().join("sub/b.md")).unwrap();
        watching.until(&format!("{} in 2 posts", ["1 finding", "0 findings"][number]));
    }
    // A folder that was not there, a post that goes.
    fs::create_dir(posts.path().join("new")).unwrap();
    fs::write(posts.path().join("new/c.md"), TWICE).unwrap();
    watching.until("1 finding in 3 posts");
    fs::write(posts.path().join("new/c.md"), &clean).unwrap();
    watching.until("0 findings in 3 posts");
    fs::remove_file(posts.path().join("new/c.md")).unwrap();
    watching.until("0 findings in 2 posts");
    // A configuration that is wrong for a while.
    fs::write(posts.path().join("a.md"), TWICE).unwrap();
    watching.until("1 finding in 2 posts");
    fs::write(posts.path().join("postlint.toml"), "[rules\n").unwrap();
    watching.until("error: ");
    fs::write(
        posts.path().join("postlint.toml"),
        "[rules]\ntaxonomy-duplicate = \"off\"\n",
    )
    .unwrap();
    watching.until("0 findings in 2 posts");
    let id = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_watch_that_would_write_is_refused() {
    let posts = folder(&[("a.md", TWICE.as_bytes())]);
    for flag in ["--fix", "--diff", "--statistics", "--staged"] {
        assert_eq!(
            code(&postlint(posts.path(), &["check", ".", "--watch", flag])),
            2,
            "{flag}"
        );
    }
}

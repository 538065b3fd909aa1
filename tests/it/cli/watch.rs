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
    fn start(folder: &Path, more: &[&str]) -> Self {
        let args = ["check", "--watch", "--output-format", "concise", "--no-cache"];
        let mut child = command(folder, &[&args, more].concat())
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

impl Watching {
    /// Send the signal, and see that it ends well.
    fn ends_on(&mut self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
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
    let mut watching = Watching::start(posts.path(), &[]);
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
    watching.ends_on("-INT");
}

#[test]
#[cfg(unix)]
fn a_watch_sees_what_lies_above_and_what_comes_back() {
    let clean = TWICE.replace("[x, x]", "[x]");
    let site = folder(&[
        (".git/HEAD", b"" as &[u8]),
        ("known.json", br#"{"version": 1, "files": {}}"#),
        ("blog/_config.yml", b"title: x\n"),
        ("blog/source/_posts/a.md", TWICE.as_bytes()),
        ("shared.toml", b"[rules]\n"),
    ]);
    let at = |name: &str| site.path().join(name);
    let args = ["blog/source/_posts", "--generator", "hexo", "--baseline", "known.json"];
    let mut watching = Watching::start(site.path(), &args);
    watching.until("1 finding in 1 post; watching");
    // The whole folder goes, and comes back.
    fs::rename(at("blog/source"), at("gone")).unwrap();
    watching.until("blog/source/_posts: ");
    fs::rename(at("gone"), at("blog/source")).unwrap();
    watching.until("1 finding in 1 post");
    // A configuration above, what it extends beside it, and the baseline.
    fs::write(at("postlint.toml"), "extends = [\"shared.toml\"]\n").unwrap();
    fs::write(at("shared.toml"), "[rules]\ntaxonomy-duplicate = \"off\"\n").unwrap();
    watching.until("0 findings in 1 post");
    fs::write(at("shared.toml"), "[rules\n").unwrap();
    watching.until("error: ");
    fs::write(at("shared.toml"), "").unwrap();
    watching.until("1 finding in 1 post");
    let args = [
        "baseline",
        "blog/source/_posts",
        "--generator",
        "hexo",
        "--file",
        "known.json",
    ];
    assert_eq!(code(&postlint(site.path(), &args)), 0);
    watching.until("0 findings in 1 post");
    // A picture of the site, beside the posts.
    fs::create_dir(at("blog/source/images")).unwrap();
    fs::write(at("blog/source/images/a.png"), "").unwrap();
    fs::write(at("blog/source/_posts/a.md"), clean.clone() + "\n![](/images/b.png)\n").unwrap();
    watching.until("1 finding in 1 post");
    fs::write(at("blog/source/images/b.png"), "").unwrap();
    watching.until("0 findings in 1 post");
    // What an editor keeps for itself while somebody types is not worth a word, nor is a save without a finding.
    fs::write(at("blog/source/_posts/.a.md.swp"), "x").unwrap();
    fs::write(at("blog/source/_posts/4913"), "x").unwrap();
    fs::write(at("blog/source/_posts/a.md"), &clean).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    for number in 0..200 {
        fs::write(at(&format!("blog/source/_posts/{number}.md")), &clean).unwrap();
    }
    let said = watching.until("0 findings in 201 posts");
    assert!(said.iter().all(|line| !line.contains(" in 1 post;")), "{said:?}");
    watching.ends_on("-TERM");
}

#[test]
#[cfg(unix)]
fn a_watch_whose_reader_has_gone_ends() {
    let posts = folder(&[("a.md", TWICE.as_bytes())]);
    let mut child = command(
        posts.path(),
        &["check", "--watch", "--quiet", "--output-format", "concise"],
    )
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    drop(out);
    fs::write(posts.path().join("a.md"), TWICE.replace("[x, x]", "[y, y]")).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_watch_that_would_write_is_refused() {
    let posts = folder(&[("a.md", TWICE.as_bytes())]);
    for flag in [
        "--fix",
        "--diff",
        "--statistics",
        "--staged",
        "--network",
        "--output-format=sarif",
        "nothing.md",
    ] {
        let output = postlint(posts.path(), &["check", "--watch", flag]);
        assert_eq!(code(&output), 2, "{flag}");
        assert!(stderr(&output).contains("watch"), "{flag}: {}", stderr(&output));
    }
}

//! Asks git when a file was first committed.

use super::{Stage, absolute};
use crate::config::{Commit, History};
use crate::post::day;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// How long git may take for one file.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a repository can make git run, or have it fetch, switched off.
const HARMLESS: [&str; 11] = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
    "--no-optional-locks",
    "--no-pager",
    "--literal-pathspecs",
];

/// The commits that brought the file in, the newest first. Only a file that moved as it was is followed: git takes a post that was
/// begun as a copy of another for that one.
const LOG: [&str; 9] = [
    "log",
    "--follow",
    "-M100%",
    "--diff-filter=A",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--decorate=short",
    "--format=%h%x09%ai%x09%D",
];

impl Stage {
    /// The same, where git may be asked about the file at `path`.
    #[must_use]
    pub fn with_history(mut self, path: &Path) -> Self {
        let path = absolute(path).into_owned();
        self.config.history = Some(Arc::new(History::new(move || first(&path))));
        self
    }
}

fn first(path: &Path) -> Option<Commit> {
    let mut git = Command::new("git");
    git.args(HARMLESS).args(LOG).arg("--").arg(path.file_name()?);
    // Of a hook's surroundings nothing holds in the file's own folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
    let text = said(git.current_dir(path.parent()?))?;
    let mut words = text.lines().last()?.splitn(3, '\t');
    let (id, when, names) = (words.next()?, words.next()?, words.next()?);
    // Where a shallow clone ends, everything seems to be new.
    if names.split(", ").any(|name| name == "grafted") {
        return None;
    }
    let (clock, zone) = when.rsplit_once(' ')?;
    Some(Commit {
        day: day::at_start(clock)?,
        when: format!("{} {zone}", clock.get(..16)?),
        id: id.to_owned(),
    })
}

/// What `command` prints; `None` when it fails or takes too long.
fn said(command: &mut Command) -> Option<String> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let mut out = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = out.read_to_string(&mut text);
        // Nobody waits any more when it took too long.
        let _ = send.send(read.map(|_| text));
    });
    let text = receive.recv_timeout(PATIENCE);
    if text.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    text.ok()?.ok().filter(|_| status.success())
}

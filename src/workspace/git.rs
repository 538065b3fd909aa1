//! Asks git which files changed, and for files as they are staged.

use super::absolute;
use crate::message::Message;
use crate::say;
use crate::text::Source;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// The last commit; new files count.
    LastCommit,
    /// The commit where this branch left the given one; new files count.
    LeftFrom(String),
    /// The last commit, and only what is staged.
    Staged,
}

/// Why git gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// It is not installed, or cannot be run.
    Run(#[from] std::io::Error),
    /// It refused; its own words.
    Refused(String),
    /// A name that git would take for an option.
    NoRevision(String),
}

impl GitError {
    /// In words.
    pub fn said(&self) -> Message {
        match self {
            GitError::Run(error) => say!("git cannot be run: {error}", error),
            GitError::Refused(words) => say!("git says: {words}", words),
            GitError::NoRevision(name) => say!("`{name}` is no revision", name),
        }
    }
}

impl std::fmt::Display for GitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.said().english())
    }
}

/// The files that git says changed.
#[derive(Debug)]
pub struct Changes {
    top: PathBuf,
    /// Relative to `top`.
    files: HashSet<PathBuf>,
    /// Folders as they are called here and as they are called there.
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl Changes {
    /// What changed in the repository that `folder` belongs to.
    pub fn since(since: &Since, folder: &Path) -> Result<Self, GitError> {
        let top = one_line(git(folder, &["rev-parse", "--show-toplevel"])?);
        let has_commit = git(&top, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_ok();
        let diff = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--diff-filter=d",
        ];
        let with = |more: &[&str]| git(&top, &[&diff[..], more].concat());
        let mut listed = match since {
            Since::Staged => vec![with(&["--cached"])?],
            Since::LeftFrom(revision) if revision.starts_with('-') => {
                return Err(GitError::NoRevision(revision.clone()));
            }
            Since::LeftFrom(revision) => vec![with(&["--merge-base", revision, "--"])?],
            Since::LastCommit if has_commit => vec![with(&["HEAD", "--"])?],
            // Before the first commit everything is new.
            Since::LastCommit => vec![git(&top, &["ls-files", "-z", "--cached"])?],
        };
        if *since != Since::Staged {
            listed.push(git(&top, &["ls-files", "-z", "--others", "--exclude-standard"])?);
        }
        let names = listed.iter().flat_map(|bytes| bytes.split(|&byte| byte == 0));
        let files = names.filter(|name| !name.is_empty()).map(path_of).collect();
        let folders = HashMap::new();
        Ok(Self { top, files, folders })
    }

    /// The file's name in the repository; `None` when it did not change or lies elsewhere.
    pub fn name_of(&mut self, file: &Path) -> Option<PathBuf> {
        let full = absolute(file);
        let folder = full.parent()?.to_owned();
        let top = &self.top;
        // By way of the real folder: the path given may lead through links, the repository's never does.
        let inside = self.folders.entry(folder).or_insert_with_key(|folder| {
            let real = std::fs::canonicalize(folder).ok()?;
            real.strip_prefix(top).ok().map(Path::to_owned)
        });
        let name = inside.as_ref()?.join(full.file_name()?);
        self.files.contains(&name).then_some(name)
    }

    /// The file `name` of the repository as it is staged.
    pub fn staged(&self, name: &Path) -> Result<Source, GitError> {
        let mut object = std::ffi::OsString::from(":");
        object.push(name);
        let bytes = run(&self.top, &[OsStr::new("cat-file"), OsStr::new("blob"), &object])?;
        Ok(Source::from_bytes(bytes))
    }
}

fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, GitError> {
    let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
    run(folder, &args)
}

fn run(folder: &Path, args: &[&OsStr]) -> Result<Vec<u8>, GitError> {
    // A repository can name a program to run as its file monitor: never for us.
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "--no-optional-locks"])
        .args(args)
        .current_dir(folder)
        .output()?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(GitError::Refused(
            String::from_utf8_lossy(&output.stderr).trim().replace('\n', " "),
        )),
    }
}

fn one_line(mut bytes: Vec<u8>) -> PathBuf {
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    path_of(&bytes)
}

#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

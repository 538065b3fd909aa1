//! Which files are checked, and where their texts are read.

use crate::cli::args::CheckArgs;
use crate::cli::count;
use crate::cli::fixing::Mode;
use crate::cli::output::told;
use crate::cli::{End, output};
use crate::message::Message;
use crate::report::neutral_line;
use crate::say;
use crate::text::Source;
use crate::workspace::{self, Changes, Discovery, Found, Since, Workspace};
use anyhow::Context as _;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the texts of a run are read.
#[derive(Debug, Default)]
pub(in crate::cli) struct Texts {
    /// What git says; `None` when it was not asked.
    changes: Option<Changes>,
    /// Files that are read as they are staged: their names in the repository.
    staged: HashMap<PathBuf, PathBuf>,
    /// How many posts did not change.
    unchanged: usize,
}

impl Texts {
    /// Whether the file is read as it is staged, not as it lies on the disk.
    pub(super) fn is_staged(&self, found: &Found) -> bool {
        self.staged.contains_key(&found.path)
    }

    /// The text of a file, of `limit` bytes at most.
    pub(super) fn read(&self, found: &Found, limit: u64) -> Result<Source, Message> {
        let staged = self.changes.as_ref().zip(self.staged.get(&found.path));
        match staged {
            Some((changes, name)) => changes
                .staged(name)
                .map_err(|error| say!("{file}: {error}", file = found.shown, error = error.said())),
            None => workspace::read(&found.path, limit)
                .map_err(|error| say!("{file}: {error}", file = found.shown, error = error.said())),
        }
    }
}

/// The files that the arguments ask for.
pub(super) fn find(workspace: &Workspace, args: &CheckArgs, mode: &Mode) -> anyhow::Result<(Discovery, Texts)> {
    let mut discovery = match &args.files.files_from {
        Some(list) => {
            let paths = workspace::listed(list).with_context(|| workspace::shown(list))?;
            workspace::discover_listed(workspace, &paths)?
        }
        None => {
            // A slip in a configuration is told even where there is no post to use it for.
            for path in &args.files.paths {
                workspace.settings(path)?;
            }
            workspace::discover(workspace, &args.files.paths)?
        }
    };
    if args.files.force_exclude {
        leave_out_excluded(workspace, &mut discovery)?;
    }
    let texts = changed_only(args, mode, &mut discovery)?;
    Ok((discovery, texts))
}

fn leave_out_excluded(workspace: &Workspace, discovery: &mut Discovery) -> anyhow::Result<()> {
    let mut kept = Vec::with_capacity(discovery.files.len());
    for found in std::mem::take(&mut discovery.files) {
        match workspace.stage(&found.path)?.excluded {
            true => discovery.excluded += 1,
            false => kept.push(found),
        }
    }
    discovery.files = kept;
    Ok(())
}

fn changed_only(args: &CheckArgs, mode: &Mode, discovery: &mut Discovery) -> anyhow::Result<Texts> {
    let mut texts = Texts::default();
    let since = match &args.files.changed {
        _ if args.files.staged => Since::Staged,
        None => return Ok(texts),
        Some(revision) if revision.is_empty() => Since::LastCommit,
        Some(revision) => Since::LeftFrom(revision.clone()),
    };
    let first = args.files.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let folder = if first.is_dir() {
        first
    } else {
        first.parent().unwrap_or(first)
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let mut changes = Changes::since(&since, folder)?;
    let before = discovery.files.len();
    discovery.files.retain(|found| {
        let name = changes.name_of(&found.path);
        // What fixes are written to is the file on disk, so that is what is read.
        if let Some(name) = name.clone().filter(|_| args.files.staged && !mode.writes) {
            texts.staged.insert(found.path.clone(), name);
        }
        name.is_some()
    });
    texts.unchanged = before - discovery.files.len();
    texts.changes = Some(changes);
    Ok(texts)
}

/// Why there was nothing to check.
pub(super) fn nothing(discovery: &Discovery, args: &CheckArgs, texts: &Texts) -> Message {
    let places: Vec<String> = match &args.files.files_from {
        Some(list) => vec![told(say!("the list {list}", list = workspace::shown(list)))],
        None => args.files.paths.iter().map(|path| workspace::shown(path)).collect(),
    };
    let why = match (texts.unchanged, discovery.excluded) {
        (0, 0) => say!("no posts there (.md, .markdown, .html, .htm)"),
        (0, number) => say!("`exclude` takes out {files}", files = count::files(number)),
        (number, _) if args.files.staged => say!("none of {posts} is staged", posts = count::posts(number)),
        (number, _) => say!("none of {posts} changed", posts = count::posts(number)),
    };
    let places = places.join(", ");
    let places = neutral_line(&places);
    match texts.unchanged {
        0 => say!("warning: nothing was checked in {places}: {why}", places, why),
        _ => say!("note: nothing was checked in {places}: {why}", places, why),
    }
}

/// `--show-files`.
pub(super) fn show(discovery: &Discovery) -> anyhow::Result<End> {
    let mut out = output::stdout();
    for found in &discovery.files {
        writeln!(out, "{}", found.shown)?;
    }
    out.flush()?;
    for trouble in &discovery.troubles {
        output::error(trouble);
    }
    let (files, excluded) = (discovery.files.len(), discovery.excluded);
    let files = count::files(files);
    output::tell(match excluded {
        0 => files,
        _ => say!("{files}; `exclude` takes out {excluded} more", files, excluded),
    });
    Ok(if discovery.troubles.is_empty() {
        End::Clean
    } else {
        End::Trouble
    })
}

//! Which files are checked, and where their texts are read.

use crate::cli::args::CheckArgs;
use crate::cli::fixing::Mode;
use crate::cli::{End, output};
use crate::report::neutral_line;
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
    pub(super) fn read(&self, found: &Found, limit: u64) -> Result<Source, String> {
        let staged = self.changes.as_ref().zip(self.staged.get(&found.path));
        match staged {
            Some((changes, name)) => changes
                .staged(name)
                .map_err(|error| format!("{}: {error}", found.shown)),
            None => workspace::read(&found.path, limit).map_err(|error| format!("{}: {error}", found.shown)),
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
pub(super) fn nothing(discovery: &Discovery, args: &CheckArgs, texts: &Texts) -> String {
    let places: Vec<String> = match &args.files.files_from {
        Some(list) => vec![format!("the list {}", workspace::shown(list))],
        None => args.files.paths.iter().map(|path| workspace::shown(path)).collect(),
    };
    let why = match (texts.unchanged, discovery.excluded) {
        (0, 0) => "no posts there (.md, .markdown, .html, .htm)".to_owned(),
        (0, count) => format!("`exclude` takes out {}", output::count(count, "file")),
        (count, _) if args.files.staged => format!("none of {} is staged", output::count(count, "post")),
        (count, _) => format!("none of {} changed", output::count(count, "post")),
    };
    let level = if texts.unchanged > 0 { "note" } else { "warning" };
    format!(
        "{level}: nothing was checked in {}: {why}",
        neutral_line(&places.join(", "))
    )
}

/// `--show-files`.
pub(super) fn show(discovery: &Discovery) -> anyhow::Result<End> {
    let mut out = output::stdout();
    for found in &discovery.files {
        writeln!(out, "{}", found.shown)?;
    }
    out.flush()?;
    for trouble in &discovery.troubles {
        output::note(&format!("error: {}", neutral_line(trouble)));
    }
    let (files, excluded) = (discovery.files.len(), discovery.excluded);
    output::note(&match excluded {
        0 => output::count(files, "file"),
        _ => format!("{}; `exclude` takes out {excluded} more", output::count(files, "file")),
    });
    Ok(if discovery.troubles.is_empty() {
        End::Clean
    } else {
        End::Trouble
    })
}

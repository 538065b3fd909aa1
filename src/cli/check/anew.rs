//! After fixes were written: what is said of the rest of their sites.

use super::Run;
use super::one::{self, Done};
use crate::cli::fixing::Mode;
use crate::workspace::{Discovery, Found};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// Check again every file of the sites in which a file was mended: two names for one tag, say, are no longer two when the
/// other post is mended. What was mended stays counted; a file that cannot be read any
/// more keeps what was said of it.
pub(super) fn check(run: &Run<'_>, discovery: &Discovery, done: &mut [Done]) {
    let changed: HashSet<&str> = done
        .iter()
        .filter(|file| file.before.is_some())
        .map(|file| file.checked.name.as_str())
        .collect();
    let root = |found: &Found| -> Option<PathBuf> {
        let stage = run.workspace.stage(&found.path).ok()?;
        stage.site.map(|site| site.root.clone())
    };
    let mended = |found: &&Found| changed.contains(found.shown.as_str());
    let sites: HashSet<PathBuf> = discovery.files.iter().filter(mended).filter_map(root).collect();
    if sites.is_empty() {
        return;
    }
    let files: Vec<&Found> = discovery
        .files
        .iter()
        .filter(|&found| root(found).is_some_and(|root| sites.contains(&root)))
        .collect();
    run.workspace.forget();
    // A site is met again with its first file; only then can it be indexed.
    for found in &files {
        let _ = run.workspace.stage(&found.path);
    }
    run.workspace.index_sites();
    let run = Run {
        mode: &Mode {
            limit: None,
            ..*run.mode
        },
        ..*run
    };
    let mut anew: HashMap<String, Done> = files
        .into_par_iter()
        .filter_map(|found| {
            let stage = run.workspace.stage(&found.path).ok()?;
            Some((found.shown.clone(), one::guarded(found, &stage, &run).ok()?))
        })
        .collect();
    for file in done {
        if let Some(now) = anew.remove(&file.checked.name) {
            file.checked = now.checked;
            file.counts = now.counts;
            file.known = now.known;
        }
    }
}

//! Every file read once: what can be said of a post alone is said while its site is still being indexed.

use super::one::{self, Done};
use super::{Part, Run};
use crate::cli::progress;
use crate::config::ConfigError;
use crate::message::Message;
use crate::rules::peers;
use crate::site::{Index, PostFacts};
use crate::workspace::{Discovery, Found, Workspace};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What posts have told the others so far, by the root of their site.
#[derive(Debug, Default)]
pub(in crate::cli) struct Told(Mutex<HashMap<PathBuf, Index>>);

impl Told {
    /// Take in a post of the site at `root`.
    pub(super) fn add(&self, root: &Path, facts: PostFacts) {
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match sites.get_mut(root) {
            Some(index) => index.add(facts),
            None => sites.entry(root.to_owned()).or_default().add(facts),
        }
    }

    fn into_index(self, workspace: &Workspace) {
        let sites = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (root, posts) in sites {
            workspace.index_given(&root, posts);
        }
    }
}

/// Check every file as if it were alone, index the sites with what the files tell, and check those again that other posts
/// matter for. Every post of every site must be among the files.
pub(super) fn all(
    run: &Run<'_>,
    discovery: &Discovery,
    quiet: bool,
) -> Result<Vec<Result<Done, Message>>, ConfigError> {
    let bar = progress::bar(discovery.files.len(), quiet);
    let told = Told::default();
    let ahead = Run {
        part: Part::Ahead(&told),
        ..*run
    };
    let results: Result<Vec<_>, ConfigError> = discovery
        .files
        .par_iter()
        .map(|found| {
            let stage = run.workspace.stage(&found.path)?;
            let result = one::guarded(found, &stage, &ahead);
            bar.inc(1);
            Ok(result)
        })
        .collect();
    let mut results = results?;
    told.into_index(run.workspace);
    discovery
        .files
        .par_iter()
        .zip(&mut results)
        .try_for_each(|(found, result)| {
            if result
                .as_ref()
                .is_ok_and(|done| done.is_preliminary || others_matter(run, found))
            {
                let stage = run.workspace.stage(&found.path)?;
                *result = one::guarded(found, &stage, run);
            }
            Ok(())
        })?;
    bar.finish_and_clear();
    Ok(results)
}

/// Whether the posts of its site matter for the post at `found`; the index knows by now what they tell.
fn others_matter(run: &Run<'_>, found: &Found) -> bool {
    let Ok(stage) = run.workspace.stage(&found.path) else {
        return true;
    };
    let Some(site) = stage.site().filter(|site| !site.posts.is_empty()) else {
        return false;
    };
    match site.posts.get(&stage.path) {
        Some(facts) => peers::matter(site, stage.generator(), facts),
        None => true,
    }
}

//! What a configuration that came with a folder may read: nothing outside of that folder or its repository.

use crate::message::Message;
use crate::say;
use std::path::{Path, PathBuf};

/// The border of a workspace.
#[derive(Clone, Debug)]
pub(super) struct Fence(Option<PathBuf>);

impl Fence {
    /// No border: for a configuration that the user named.
    pub(super) const NONE: Self = Self(None);

    /// Round `folder`, or round the repository that it lies in.
    pub(super) fn around(folder: &Path) -> Self {
        let folder = super::real(folder);
        let repository = folder.ancestors().find(|above| above.join(".git").exists());
        Self(Some(repository.unwrap_or(&folder).to_owned()))
    }

    /// Whether `path` lies inside, symbolic links followed. What does not exist lies nowhere and does no harm.
    pub(super) fn holds(&self, path: &Path) -> bool {
        match &self.0 {
            None => true,
            Some(border) => std::fs::canonicalize(path).map_or(true, |real| real.starts_with(border)),
        }
    }
}

/// Why what `name` names is not read.
pub(super) fn beyond(name: &str) -> Message {
    say!(
        "`{name}` lies outside the folder or repository of this configuration; only one named by `--config` may read there",
        name
    )
}

//! Other files of a site as they count now: what the editor holds, else what the disk does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::lsp_types::Url;

use super::documents::Snapshot;
use super::session::Session;
use super::settings::file_of;
use crate::ide::Checked;
use crate::site::PostFacts;
use crate::text::Source;
use crate::workspace::{self, SiteRoot};

/// A file of a site.
#[derive(Clone, Debug)]
pub struct Other {
    /// Where it lies.
    pub file: PathBuf,
    /// The client's name for it.
    pub uri: Url,
    /// The client's number for the text; `None` for a file that is not open.
    pub version: Option<i32>,
    /// The text.
    pub source: Source,
}

/// The open documents by file.
type Open = HashMap<PathBuf, (Url, i32, Source)>;

impl Session {
    fn open_files(&self) -> Open {
        by_file(self.documents.snapshots_where(|_| true))
    }

    /// What `act` makes of the posts of `site`, by path, on every processor. Reads files: not for the threads that serve
    /// messages.
    pub fn of_posts<T: Send>(
        &self,
        site: &SiteRoot,
        act: impl Fn(&PostFacts, Other) -> Option<T> + Sync + Send,
    ) -> Vec<T> {
        let open = self.open_files();
        let all: Vec<&PostFacts> = site.site.posts.iter().collect();
        workspace::of_each(&all, |facts| act(facts, other(&open, &site.file(&facts.path))?))
    }

    /// The file at `path`; `None` when it cannot be read.
    pub fn other(&self, path: &Path) -> Option<Other> {
        let open = self
            .documents
            .snapshots_where(|uri| file_of(uri).as_deref() == Some(path));
        other(&by_file(open), path)
    }

    /// Another file of a site, parsed but not linted; `None` where its settings are wrong.
    pub fn parsed(&self, other: &Other) -> Option<Checked> {
        let stage = self.settings.workspace(&other.file).stage(&other.file).ok()?;
        Some(Checked::unasked(other.source.clone(), Arc::new(stage)))
    }

    /// The files that the findings in `checked` point to.
    pub fn related_files(&self, checked: &Checked) -> HashMap<String, (Url, Source)> {
        const MOST: usize = 64;
        let Some(site) = &checked.stage.site else {
            return HashMap::new();
        };
        let mut files: Vec<&String> = checked
            .findings
            .iter()
            .flat_map(|finding| finding.related.iter().filter_map(|related| related.file.as_ref()))
            .collect();
        files.sort();
        files.dedup();
        if files.is_empty() {
            return HashMap::new();
        }
        let open = self.open_files();
        let found = files.into_iter().take(MOST).filter_map(|path| {
            let other = other(&open, &site.file(path))?;
            Some((path.clone(), (other.uri, other.source)))
        });
        found.collect()
    }
}

fn by_file(snapshots: Vec<(Url, Snapshot)>) -> Open {
    let all = snapshots.into_iter();
    all.filter_map(|(uri, snapshot)| Some((file_of(&uri)?, (uri, snapshot.version, snapshot.source))))
        .collect()
}

fn other(open: &Open, path: &Path) -> Option<Other> {
    const LONGEST: u64 = 10 << 20;
    let file = path.to_owned();
    if let Some((uri, version, source)) = open.get(path) {
        let (uri, source) = (uri.clone(), source.clone());
        return Some(Other {
            file,
            uri,
            version: Some(*version),
            source,
        });
    }
    // Places in a file that is not UTF-8 cannot be told to a client, which decodes it in its own way.
    let source = workspace::read(path, LONGEST).ok();
    let source = source.filter(|source| source.first_bad_byte().is_none())?;
    Some(Other {
        uri: Url::from_file_path(path).ok()?,
        file,
        version: None,
        source,
    })
}

//! What is found in one snapshot of a document: parsed and linted once, shared by all requests about it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tower_lsp::lsp_types::{MessageType, Url};

use super::documents::Snapshot;
use super::index;
use super::pace::QUICK;
use super::session::Session;
use crate::ide::Checked;
use crate::post::Memory;
use crate::rule::Spent;
use crate::text::Source;

/// A snapshot, parsed and linted.
#[derive(Debug)]
pub struct Analysis {
    /// The text and what was found in it.
    pub checked: Checked,
    /// The client's number for the text.
    pub version: i32,
    /// Our number for it.
    pub revision: u64,
    /// How long it took to find that.
    pub took: Duration,
    /// The other files of the site that findings point to, by path from the site's root.
    pub others: HashMap<String, (Url, Source)>,
    /// A hash of the text; made when somebody asks.
    hash: OnceLock<String>,
}

impl Analysis {
    /// A hash of the text, by which what was offered for it is known to be about it still.
    pub fn hash(&self) -> &str {
        self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            self.checked.post.text().hash(&mut hasher);
            format!("{:016x}", hasher.finish())
        })
    }

    /// Whether the next look, at `length` bytes, will be quick: this one was, and there is not much more to look at.
    fn foretells_quick(&self, length: usize) -> bool {
        let seen = self.checked.post.text().len();
        self.took < QUICK && length <= seen + seen / 4 + 1_000
    }
}

impl Session {
    /// Whether what is found in the document as it is now is known, or will be as soon as it is asked for.
    pub fn foretells_quick(&self, uri: &Url) -> bool {
        let is_quick = self.documents.with(uri, |document| {
            let length = document.length();
            let last = document.analysis.as_ref();
            last.is_some_and(|last| last.foretells_quick(length))
        });
        is_quick == Some(true)
    }

    /// What is found in the document as it is now; `None` when it is not open, or when the analysis failed (which is
    /// logged and hurts nothing else).
    pub async fn analysis(self: &Arc<Self>, uri: &Url) -> Option<Arc<Analysis>> {
        let (snapshot, last) = self.documents.with(uri, |document| {
            let revision = document.revision();
            match document.analysis.take() {
                Some(last) if last.revision == revision => {
                    document.analysis = Some(Arc::clone(&last));
                    (None, Some(last))
                }
                stale => (Some(document.snapshot()), stale),
            }
        })?;
        let Some(snapshot) = snapshot else {
            return last;
        };
        let is_quick = last
            .as_ref()
            .is_some_and(|last| last.foretells_quick(snapshot.source.text().len()));
        // What nobody looks at any more is changed and not copied.
        drop(last);
        let (session, place) = (Arc::clone(self), uri.clone());
        let work = move || session.look(&place, snapshot);
        let done = match is_quick {
            true => std::panic::catch_unwind(AssertUnwindSafe(work)).ok(),
            false => tokio::task::spawn_blocking(work).await.ok(),
        };
        let Some(analysis) = done else {
            self.log(
                MessageType::ERROR,
                format!("checking {uri} failed inside the server; please report this"),
            );
            return None;
        };
        let analysis = Arc::new(analysis);
        self.documents.with(uri, |document| {
            if document.revision() == analysis.revision {
                document.analysis = Some(Arc::clone(&analysis));
            }
        });
        // The reading that this look did not wait for may have ended in the meantime.
        index::again_without_hurry(self);
        Some(analysis)
    }

    /// What is found in `snapshot` of the text at `uri`.
    pub fn look(&self, uri: &Url, snapshot: Snapshot) -> Analysis {
        let begun = Instant::now();
        let checked = self.check(uri, snapshot.source, snapshot.memory.as_ref());
        Analysis {
            others: self.related_files(&checked),
            checked,
            version: snapshot.version,
            revision: snapshot.revision,
            took: begun.elapsed(),
            hash: OnceLock::new(),
        }
    }

    /// What is found in `source`, which stands at `uri`.
    fn check(&self, uri: &Url, source: Source, memory: Option<&Memory>) -> Checked {
        let begins = ["---", "+++", ";;;"]
            .iter()
            .any(|fence| source.text().starts_with(fence));
        // What the sites that are being read hold is told when they are read.
        match self.settings.stage(uri, self.is_reading()) {
            Ok(holding) if holding.wants(begins) => {
                let (text, stage) = (source.clone(), Arc::clone(&holding.stage));
                let checked = match memory {
                    Some(memory) => Checked::after(text, stage, memory),
                    None => Checked::new(text, stage),
                };
                checked.unwrap_or_else(|Spent| {
                    let error = self.said(&holding.stage.said_of_slow());
                    self.note_once(format!("{uri}: {error}"));
                    Checked::unasked(source, holding.stage)
                })
            }
            Ok(holding) => Checked::unasked(source, holding.stage),
            Err(error) => {
                self.note_once(self.said(&error.said()));
                Checked::unasked(source, Arc::default())
            }
        }
    }
}

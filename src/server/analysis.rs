//! What is found in one snapshot of a document: parsed and linted once, shared by all requests about it.

use std::collections::HashMap;
use std::sync::Arc;

use tower_lsp::lsp_types::{MessageType, Url};

use super::session::Session;
use crate::ide::Checked;
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
    /// The other files of the site that findings point to, by path from the site's root.
    pub others: HashMap<String, (Url, Source)>,
}

impl Session {
    /// What is found in the document as it is now; `None` when it is not open, or when the analysis failed (which is
    /// logged and hurts nothing else).
    pub async fn analysis(self: &Arc<Self>, uri: &Url) -> Option<Arc<Analysis>> {
        let (snapshot, cached) = self.documents.with(uri, |document| {
            let cached = document.analysis.clone();
            match cached.filter(|analysis| analysis.revision == document.revision()) {
                Some(analysis) => (None, Some(analysis)),
                None => (Some(document.snapshot()), None),
            }
        })?;
        let Some(snapshot) = snapshot else {
            return cached;
        };
        let (session, place) = (Arc::clone(self), uri.clone());
        let work = tokio::task::spawn_blocking(move || {
            let checked = session.check(&place, snapshot.source);
            Analysis {
                others: session.related_files(&checked),
                checked,
                version: snapshot.version,
                revision: snapshot.revision,
            }
        });
        let Ok(analysis) = work.await else {
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
        Some(analysis)
    }

    /// What is found in `source`, which stands at `uri`.
    pub fn check(&self, uri: &Url, source: Source) -> Checked {
        let begins = ["---", "+++", ";;;"]
            .iter()
            .any(|fence| source.text().starts_with(fence));
        match self.settings.stage(uri) {
            Ok(holding) if holding.wants(begins) => Checked::new(source.clone(), Arc::clone(&holding.stage))
                .unwrap_or_else(|Spent| {
                    let error = self.said(&holding.stage.said_of_slow());
                    self.note_once(format!("{uri}: {error}"));
                    Checked::unasked(source, holding.stage)
                }),
            Ok(holding) => Checked::unasked(source, holding.stage),
            Err(error) => {
                self.note_once(self.said(&error.said()));
                Checked::unasked(source, Arc::default())
            }
        }
    }
}

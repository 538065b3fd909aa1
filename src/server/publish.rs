//! Pushes what is found in a document once it rests: one task per open document, results only for the current text.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tower_lsp::lsp_types::Url;

use super::session::Session;
use super::{convert, index};

/// The shortest rest that is waited for after a change.
const SHORTEST: Duration = Duration::from_millis(5);

/// The longest rest that is waited for, however slow the analysis is.
const LONGEST: Duration = Duration::from_millis(250);

/// After this time of unbroken typing one look is taken anyway.
const PATIENCE: Duration = Duration::from_millis(500);

/// Serve the document at `uri` until it is closed, then clear what was shown for it.
pub async fn follow(session: Arc<Session>, uri: Url, mut revisions: watch::Receiver<u64>) {
    // What stands at the opening is shown without waiting.
    let mut open = true;
    revisions.mark_unchanged();
    while open {
        let begun = Instant::now();
        let mut rest = SHORTEST;
        if let Some(analysis) = session.analysis(&uri).await {
            rest = begun.elapsed().clamp(SHORTEST, LONGEST);
            let saved = session
                .documents
                .with(&uri, |document| std::mem::take(&mut document.saved));
            if saved == Some(true) || !session.settings.only_on_save(&uri) {
                show(&session, &uri, &analysis).await;
            }
            index::rests(&session, &uri, &analysis).await;
        }
        let looked = Instant::now();
        open = revisions.changed().await.is_ok();
        // A change after a rest is looked at at once: a writer's keys are further apart than that. Only the next waits.
        if open && looked.elapsed() < rest {
            open = settle(&mut revisions, rest).await;
        }
    }
    clear(&session, &uri).await;
}

/// Wait until no change came for `rest`; false when the document was closed.
async fn settle(revisions: &mut watch::Receiver<u64>, rest: Duration) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match tokio::time::timeout(rest, revisions.changed()).await {
            Err(_) => return true,
            Ok(Err(_)) => return false,
            Ok(Ok(())) => {}
        }
    }
    true
}

async fn show(session: &Session, uri: &Url, analysis: &super::analysis::Analysis) {
    let findings = convert::diagnostics(analysis, uri, session.traits());
    // One speaker at a time: what is checked under this lock is still true when it is sent.
    let _turn = session.speaking.lock().await;
    let current = session.documents.with(uri, |document| document.revision());
    if current == Some(analysis.revision) {
        session
            .client
            .publish_diagnostics(uri.clone(), findings, Some(analysis.version))
            .await;
    }
}

async fn clear(session: &Session, uri: &Url) {
    let _turn = session.speaking.lock().await;
    // A document that was opened again belongs to its new follower.
    if session.documents.with(uri, |_| ()).is_none() {
        session.client.publish_diagnostics(uri.clone(), Vec::new(), None).await;
    }
}

//! Answers clients that ask for the findings of every post, open or not.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{self as lsp, Url};

use super::across::Other;
use super::convert;
use super::documents::Snapshot;
use super::session::Session;
use crate::say;
use crate::workspace;

/// How many posts one part of an answer is about.
const PART: usize = 256;

/// How long a client that has everything is made to wait for news at most: it asks again at once.
const LONGEST: Duration = Duration::from_secs(60);

/// The result ids that the client has, by document.
type Known = HashMap<Url, String>;

/// The report on every post of the workspace, in parts where the client gives a token for them, with how far it has come where it
/// gives one for that. Where nothing has changed since the client's last report the answer comes only when something does.
pub async fn report(
    session: &Arc<Session>,
    params: lsp::WorkspaceDiagnosticParams,
) -> Result<lsp::WorkspaceDiagnosticReportResult> {
    let known: Known = params
        .previous_result_ids
        .into_iter()
        .map(|id| (id.uri, id.value))
        .collect();
    let known = Arc::new(known);
    let parts = params.partial_result_params.partial_result_token;
    let mut work = params.work_done_progress_params.work_done_token;
    let mut epochs = session.epoch.subscribe();
    // A site that is half read would be reported twice.
    session.read().await;
    loop {
        let epoch = *epochs.borrow_and_update();
        let tokens = Tokens {
            parts: parts.as_ref(),
            // Its end can be told only once, and nobody wants to see it wait.
            work: work.take(),
        };
        let (items, is_news) = all(session, &known, epoch, &tokens).await?;
        if known.is_empty() || is_news {
            return Ok(lsp::WorkspaceDiagnosticReport { items }.into());
        }
        if !matches!(tokio::time::timeout(LONGEST, epochs.changed()).await, Ok(Ok(()))) {
            return Ok(lsp::WorkspaceDiagnosticReport { items }.into());
        }
    }
}

/// Where the client wants to hear of an answer that is not yet whole.
struct Tokens<'a> {
    parts: Option<&'a lsp::ProgressToken>,
    work: Option<lsp::ProgressToken>,
}

/// Every report, and whether one of them is news; those that went out in parts are left out.
async fn all(
    session: &Arc<Session>,
    known: &Arc<Known>,
    epoch: u64,
    tokens: &Tokens<'_>,
) -> Result<(Vec<lsp::WorkspaceDocumentDiagnosticReport>, bool)> {
    if !session.settings.offers("workspaceDiagnostics") {
        return Ok((Vec::new(), false));
    }
    let files: Vec<PathBuf> = session
        .settings
        .sites()
        .iter()
        .flat_map(|site| site.site.posts.iter().map(|post| site.file(&post.path)))
        .collect();
    let begin = lsp::WorkDoneProgressBegin {
        title: session.said(&say!("postlint: checking the posts")),
        cancellable: Some(false),
        message: None,
        percentage: Some(0),
    };
    tell(session, tokens, lsp::WorkDoneProgress::Begin(begin)).await;
    let mut gone: Known = (**known).clone();
    let (mut items, mut is_news, mut done) = (Vec::new(), false, 0);
    for part in files.chunks(PART) {
        let (worker, chunk, ids) = (Arc::clone(session), part.to_vec(), Arc::clone(known));
        let found = session.blocking(move || workspace::of_each(&chunk, |file| one(&worker, file, &ids, epoch)));
        let found = found.await?;
        for report in &found {
            gone.remove(uri(report));
        }
        is_news |= found.iter().any(is_full);
        give(session, tokens, found, &mut items).await;
        done += part.len();
        tell(
            session,
            tokens,
            lsp::WorkDoneProgress::Report(far(session, done, files.len())),
        )
        .await;
    }
    // Posts that the client still shows and that are no more.
    let gone: Vec<_> = gone.into_keys().map(|uri| full(uri, None, None, Vec::new())).collect();
    is_news |= !gone.is_empty();
    give(session, tokens, gone, &mut items).await;
    let end = lsp::WorkDoneProgressEnd { message: None };
    tell(session, tokens, lsp::WorkDoneProgress::End(end)).await;
    Ok((items, is_news))
}

fn far(session: &Session, done: usize, all: usize) -> lsp::WorkDoneProgressReport {
    lsp::WorkDoneProgressReport {
        cancellable: Some(false),
        message: Some(session.said(&say!("{done} of {all} posts", done, all))),
        percentage: u32::try_from(done * 100 / all.max(1)).ok(),
    }
}

fn is_full(report: &lsp::WorkspaceDocumentDiagnosticReport) -> bool {
    matches!(report, lsp::WorkspaceDocumentDiagnosticReport::Full(_))
}

fn uri(report: &lsp::WorkspaceDocumentDiagnosticReport) -> &Url {
    match report {
        lsp::WorkspaceDocumentDiagnosticReport::Full(report) => &report.uri,
        lsp::WorkspaceDocumentDiagnosticReport::Unchanged(report) => &report.uri,
    }
}

/// Send `found` at once where the client wants parts, else keep it for the answer.
async fn give(
    session: &Session,
    tokens: &Tokens<'_>,
    found: Vec<lsp::WorkspaceDocumentDiagnosticReport>,
    items: &mut Vec<lsp::WorkspaceDocumentDiagnosticReport>,
) {
    let Some(token) = tokens.parts else {
        items.extend(found);
        return;
    };
    // What is unchanged goes without saying.
    let items: Vec<_> = found.into_iter().filter(is_full).collect();
    if !items.is_empty() {
        let params = json!({"token": token, "value": lsp::WorkspaceDiagnosticReportPartialResult { items }});
        session.client.send_notification::<Part>(params).await;
    }
}

async fn tell(session: &Session, tokens: &Tokens<'_>, progress: lsp::WorkDoneProgress) {
    if let Some(token) = tokens.work.clone() {
        let value = lsp::ProgressParamsValue::WorkDone(progress);
        let params = lsp::ProgressParams { token, value };
        session
            .client
            .send_notification::<lsp::notification::Progress>(params)
            .await;
    }
}

/// `$/progress` with a value that the library's own type does not know.
enum Part {}

impl lsp::notification::Notification for Part {
    type Params = serde_json::Value;
    const METHOD: &'static str = "$/progress";
}

fn one(session: &Session, file: &Path, known: &Known, epoch: u64) -> Option<lsp::WorkspaceDocumentDiagnosticReport> {
    let other: Other = session.other(file)?;
    let result_id = result_id(&other, epoch);
    let version = other.version.map(i64::from);
    if known.get(&other.uri) == Some(&result_id) {
        let report = lsp::WorkspaceUnchangedDocumentDiagnosticReport {
            uri: other.uri,
            version,
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
        };
        return Some(lsp::WorkspaceDocumentDiagnosticReport::Unchanged(report));
    }
    let uri = other.uri.clone();
    let items = found_in(session, other);
    Some(full(uri, version, Some(result_id), items))
}

/// A name for what is found in `other` at `epoch`; the same text of another moment may have other findings.
pub fn result_id(other: &Other, epoch: u64) -> String {
    let text = workspace::content_hash(other.source.text());
    format!("{}-{epoch}-{text}", std::process::id())
}

/// What is found in `other`, which need not be open.
pub fn found_in(session: &Session, other: Other) -> Vec<lsp::Diagnostic> {
    let snapshot = Snapshot {
        source: other.source,
        version: other.version.unwrap_or_default(),
        revision: 0,
        memory: None,
    };
    let analysis = session.look(&other.uri, snapshot);
    convert::diagnostics(&analysis, &other.uri, session.traits())
}

fn full(
    uri: Url,
    version: Option<i64>,
    result_id: Option<String>,
    items: Vec<lsp::Diagnostic>,
) -> lsp::WorkspaceDocumentDiagnosticReport {
    lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
    })
}

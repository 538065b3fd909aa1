//! Answers clients that ask for diagnostics themselves.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock};

use futures::FutureExt;
use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Result};
use tower_lsp::lsp_types::request::{DocumentDiagnosticRequest, Request as _};
use tower_lsp::lsp_types::{self as lsp, Url};

use super::across::Other;
use super::analysis::Analysis;
use super::session::Session;
use super::settings::file_of;
use super::{convert, index, wide};

/// An answer that is written as it is: a service would make a tree of JSON of it first, which takes longer than many a look.
#[derive(Serialize)]
pub struct Answer {
    jsonrpc: &'static str,
    result: lsp::DocumentDiagnosticReportResult,
    id: Id,
}

/// The answer to a request for the report on one document, where there is nothing to wait for; `None` for every other request.
pub fn at_once(session: &Arc<Session>, request: &Request) -> Option<Answer> {
    if request.method() != DocumentDiagnosticRequest::METHOD || !session.shared.is_plain() {
        return None;
    }
    let (id, params) = (request.id()?, request.params()?);
    let params = params_of(params)?;
    if !session.foretells_quick(&params.text_document.uri) {
        return None;
    }
    // What fails here fails once more, where failing is told.
    let report = AssertUnwindSafe(report(session, &params))
        .catch_unwind()
        .now_or_never()?;
    Some(Answer {
        jsonrpc: "2.0",
        result: report.ok()?.ok()?,
        id: id.clone(),
    })
}

/// What is asked for, from what counts of it; `None` where that is for the service to judge.
fn params_of(params: &Value) -> Option<lsp::DocumentDiagnosticParams> {
    let uri = params.get("textDocument")?.get("uri")?.as_str()?;
    let previous = params.get("previousResultId").filter(|previous| !previous.is_null());
    Some(lsp::DocumentDiagnosticParams {
        text_document: lsp::TextDocumentIdentifier::new(Url::parse(uri).ok()?),
        identifier: None,
        previous_result_id: match previous {
            Some(previous) => Some(previous.as_str()?.to_owned()),
            None => None,
        },
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
        partial_result_params: lsp::PartialResultParams::default(),
    })
}

/// The report on one document: `unchanged` when the client already has it.
pub async fn report(
    session: &Arc<Session>,
    params: &lsp::DocumentDiagnosticParams,
) -> Result<lsp::DocumentDiagnosticReportResult> {
    let uri = &params.text_document.uri;
    let now = session
        .documents
        .with(uri, |document| (document.revision(), document.saved));
    let Some((revision, is_saved)) = now else {
        return closed(session, uri.clone(), params.previous_result_id.clone()).await;
    };
    // Our revisions begin anew with every process.
    static PROCESS: LazyLock<u32> = LazyLock::new(std::process::id);
    let id = |revision: u64| format!("{}-{revision}", *PROCESS);
    if params.previous_result_id.as_deref() == Some(&id(revision)) {
        return Ok(unchanged(id(revision)));
    }
    // Between two savings the client goes on showing what it has.
    if let Some(previous) = params.previous_result_id.clone()
        && session.settings.only_on_save(uri)
        && !is_saved
    {
        return Ok(unchanged(previous));
    }
    let Some(analysis) = newest(session, uri).await else {
        return Err(Error::internal_error());
    };
    session.documents.with(uri, |document| document.saved = false);
    if !index::is_taken_in(session, uri, &analysis) {
        let (resting, place, seen) = (Arc::clone(session), uri.clone(), Arc::clone(&analysis));
        // The client need not wait for what other posts make of this one.
        tokio::spawn(async move { index::rests(&resting, &place, &seen).await });
    }
    let findings = convert::diagnostics(&analysis, uri, session.traits());
    Ok(full(Some(id(analysis.revision)), findings))
}

/// The report on a file that is not open: editors ask for those behind the tabs that nobody has looked at yet. Empty for what
/// is no file, or none that can be read.
async fn closed(
    session: &Arc<Session>,
    uri: Url,
    previous: Option<String>,
) -> Result<lsp::DocumentDiagnosticReportResult> {
    let worker = Arc::clone(session);
    // What other posts say is a part of it.
    session.read().await;
    let epoch = *session.epoch.borrow();
    session
        .blocking(move || {
            let Some(other) = file_of(&uri).and_then(|file| worker.other(&file)) else {
                return full(None, Vec::new());
            };
            let id = wide::result_id(&other, epoch);
            if previous.as_ref() == Some(&id) {
                return unchanged(id);
            }
            // The client's own spelling of the name.
            full(Some(id), wide::found_in(&worker, Other { uri, ..other }))
        })
        .await
}

/// What is found in the document as it is when the looking ends. A client that is told that its content was modified may
/// never ask again, so a text or settings that change meanwhile are looked at once more.
async fn newest(session: &Arc<Session>, uri: &Url) -> Option<Arc<Analysis>> {
    const LOOKS: usize = 16;
    let mut analysis = session.analysis(uri).await?;
    for _ in 1..LOOKS {
        let current = session.documents.with(uri, |document| document.revision());
        if current.is_none_or(|current| current == analysis.revision) {
            break;
        }
        analysis = session.analysis(uri).await?;
    }
    Some(analysis)
}

fn full(result_id: Option<String>, items: Vec<lsp::Diagnostic>) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
    };
    lsp::DocumentDiagnosticReport::Full(report).into()
}

fn unchanged(result_id: String) -> lsp::DocumentDiagnosticReportResult {
    let report = lsp::RelatedUnchangedDocumentDiagnosticReport {
        related_documents: None,
        unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
    };
    lsp::DocumentDiagnosticReport::Unchanged(report).into()
}

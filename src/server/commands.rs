//! Commands that are about more than one finding: the verdict on a post, the page of a rule, ads in the whole workspace.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{self as lsp, MessageType, Url};

use super::convert::{self, Piece};
use super::session::Session;
use crate::ide::action::{self, Deed};
use crate::ide::{Checked, made};
use crate::rules;
use crate::say;
use crate::workspace;

/// The URI that is a command's argument.
pub fn uri(argument: &Value) -> Result<Url> {
    let uri = argument.as_str().and_then(|uri| Url::parse(uri).ok());
    uri.ok_or_else(|| Error::invalid_params("the argument is the document's URI"))
}

/// Send an edit to the client, by a task of its own: nothing waits for the client here.
pub fn apply(session: &Arc<Session>, edit: lsp::WorkspaceEdit) {
    let session = Arc::clone(session);
    tokio::spawn(async move {
        match session.client.apply_edit(edit).await {
            Ok(answer) if answer.applied => {}
            _ => session.note(session.said(&say!("the editor did not apply the edit"))),
        }
    });
}

/// What the generator makes of a post: shown to the writer, and the answer too (`{"markdown"}`).
pub async fn explain(session: &Arc<Session>, argument: &Value) -> Result<Option<Value>> {
    let uri = uri(argument)?;
    let Some(analysis) = session.analysis(&uri).await else {
        return Err(Error::invalid_params(session.said(&say!("the document is not open"))));
    };
    let verdict = session.blocking(move || made::verdict(&analysis.checked)).await?;
    let verdict = session.said(&verdict);
    session.tell(MessageType::INFO, verdict.replace("\n\n", "\n"));
    Ok(Some(json!({"markdown": verdict})))
}

/// What a document is taken for: `{"generator", "root", "posts"}`. `root` is the site's folder and `posts` how many of its posts are
/// known; both are `null` for a lone file.
pub async fn status(session: &Arc<Session>, argument: &Value) -> Result<Option<Value>> {
    let uri = uri(argument)?;
    let Some(analysis) = session.analysis(&uri).await else {
        return Err(Error::invalid_params(session.said(&say!("the document is not open"))));
    };
    let site = analysis.checked.stage.site.as_ref();
    Ok(Some(json!({
        "generator": analysis.checked.generator().name(),
        "root": site.map(|site| workspace::shown(&site.root)),
        "posts": site.map(|site| site.site.posts.len()),
    })))
}

/// Open the page of a rule in a browser; where the client cannot, tell its address.
pub fn open_rule(session: &Arc<Session>, argument: &Value) -> Result<Option<Value>> {
    let rule = argument.as_str().and_then(rules::find);
    let rule = rule.ok_or_else(|| Error::invalid_params("the argument is a rule's name"))?;
    let url = rule.code.url();
    let page = Url::parse(&url).ok().filter(|_| session.traits().shows);
    let Some(uri) = page else {
        session.tell(MessageType::INFO, url.clone());
        return Ok(Some(json!({"url": url})));
    };
    let worker = Arc::clone(session);
    tokio::spawn(async move {
        let params = lsp::ShowDocumentParams {
            uri,
            external: Some(true),
            take_focus: Some(true),
            selection: None,
        };
        // A client that refuses has told its writer why.
        let _ = worker.client.send_request::<lsp::request::ShowDocument>(params).await;
    });
    Ok(Some(json!({"url": url})))
}

/// Remove the ad markup of every post of the workspace, each change marked as in need of consent. Returns how many posts
/// carry some (`{"posts"}`).
pub async fn clean_all_ads(session: &Arc<Session>) -> Result<Option<Value>> {
    session.read().await;
    let worker = Arc::clone(session);
    let pieces = session.blocking(move || with_ads(&worker)).await?;
    let posts = pieces.len();
    if pieces.is_empty() {
        session.tell(
            MessageType::INFO,
            session.said(&say!("no post of this workspace carries ad markup that can be removed")),
        );
    } else {
        let title = session.said(&say!("Remove all ad markup"));
        apply(
            session,
            convert::wide_edit(&pieces, Vec::new(), Some(&title), session.traits()),
        );
    }
    Ok(Some(json!({"posts": posts})))
}

fn with_ads(session: &Session) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for site in session.settings.sites() {
        let workspace = session.settings.workspace(&site.root);
        pieces.extend(session.of_posts(&site, |_, other| {
            let stage = workspace.stage(&other.file).ok()?;
            let checked = Checked::new(other.source.clone(), Arc::new(stage)).ok()?;
            action::edits(&checked, &Deed::CleanAds).map(|edits| Piece {
                uri: other.uri,
                version: other.version,
                source: other.source,
                edits,
            })
        }));
    }
    pieces
}

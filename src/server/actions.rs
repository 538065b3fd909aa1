//! Code actions and commands: the deeds of [`crate::ide::action`] in LSP's words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{self as lsp, CodeActionKind, Url};

use super::analysis::Analysis;
use super::capabilities::{APPLY, CLEAN_ADS, CLEAN_ALL_ADS, EXPLAIN, FIX_ALL, OPEN_RULE, STATUS};
use super::session::Session;
use super::{commands, convert, silence};
use crate::diagnostic::Applicability;
use crate::ide::action::{self, Action, Deed};
use crate::message::Language;
use crate::say;

/// A deed on its way to the client and back.
#[derive(Debug, Serialize, Deserialize)]
struct Ticket {
    uri: Url,
    /// A hash of the text that it is about, in hexadecimal (clients count in doubles): settings may change meanwhile, the
    /// text may not.
    text: String,
    /// In English, whatever the client was shown.
    title: String,
    deed: Deed,
    /// Shown when the writer is asked for consent; `None` when that is not needed.
    consent: Option<String>,
}

/// What can be done about a range.
pub async fn list(session: &Arc<Session>, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
    let uri = params.text_document.uri;
    let Some(analysis) = session.analysis(&uri).await else {
        return Ok(None);
    };
    let encoding = session.traits().encoding;
    let (worker, only) = (Arc::clone(session), params.context.only);
    session
        .paced(&session.acting, move || {
            let checked = &analysis.checked;
            let range = convert::text_range(&checked.post.source, params.range, encoding);
            let mut actions = Vec::new();
            if wants(only.as_deref(), &CodeActionKind::QUICKFIX) {
                actions.extend(action::quick_fixes(checked, range));
            }
            if wants(only.as_deref(), &FIX_ALL) {
                actions.extend(action::fix_all(checked));
            }
            let offers = actions
                .into_iter()
                .filter_map(|action| offer(&worker, &analysis, &uri, action));
            Some(offers.collect())
        })
        .await
}

/// Fill in the edit of the action that was chosen.
pub async fn resolve(session: &Arc<Session>, mut action: lsp::CodeAction) -> Result<lsp::CodeAction> {
    let Some(ticket) = action
        .data
        .take()
        .and_then(|data| serde_json::from_value::<Ticket>(data).ok())
    else {
        return Ok(action);
    };
    action.edit = Some(edit(session, ticket).await?);
    Ok(action)
}

/// Run a command. The edit is sent to the client by a task of its own: nothing waits for the client here.
pub async fn execute(session: &Arc<Session>, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
    let argument = params.arguments.into_iter().next().unwrap_or_default();
    match params.command.as_str() {
        EXPLAIN => return commands::explain(session, &argument).await,
        OPEN_RULE => return commands::open_rule(session, &argument),
        CLEAN_ALL_ADS => return commands::clean_all_ads(session).await,
        STATUS => return commands::status(session, &argument).await,
        _ => {}
    }
    let ticket = match params.command.as_str() {
        APPLY => serde_json::from_value(argument).map_err(|error| Error::invalid_params(error.to_string()))?,
        CLEAN_ADS => clean_ads(session, &argument).await?,
        other => {
            return Err(Error::invalid_params(
                session.said(&say!("there is no command `{other}`", other)),
            ));
        }
    };
    let edit = edit(session, ticket).await?;
    commands::apply(session, edit);
    Ok(None)
}

async fn clean_ads(session: &Arc<Session>, uri: &Value) -> Result<Ticket> {
    let uri = commands::uri(uri)?;
    let Some(analysis) = session.analysis(&uri).await else {
        return Err(Error::invalid_params(session.said(&say!("the document is not open"))));
    };
    let Some(action) = action::clean_ads(&analysis.checked) else {
        return Err(Error::invalid_params(
            session.said(&say!("there is no ad markup that can be removed")),
        ));
    };
    Ok(ticket(&analysis, &uri, &action, session.traits().language()))
}

/// The edit of a ticket; an error when the text has changed since it was written out.
async fn edit(session: &Arc<Session>, ticket: Ticket) -> Result<lsp::WorkspaceEdit> {
    let analysis = session.analysis(&ticket.uri).await;
    let Some(analysis) = analysis.filter(|analysis| still_holds(analysis, &ticket)) else {
        return Err(Error::content_modified());
    };
    let traits = session.traits().clone();
    let worker = Arc::clone(session);
    session
        .blocking(move || {
            if let Deed::SilenceSite { code } = &ticket.deed {
                return silence::in_site(&worker, &analysis, code);
            }
            let edits = action::edits(&analysis.checked, &ticket.deed)?;
            let consent = ticket.consent.as_deref();
            Some(convert::workspace_edit(
                &analysis,
                &ticket.uri,
                &edits,
                consent,
                &traits,
            ))
        })
        .await?
        .ok_or_else(Error::content_modified)
}

/// Whether a ticket is about what is found now.
fn still_holds(analysis: &Analysis, ticket: &Ticket) -> bool {
    let same = match &ticket.deed {
        Deed::Fix { finding, fix } => {
            let finding = analysis.checked.findings.get(*finding);
            let fix = finding.and_then(|finding| finding.fixes.get(*fix));
            fix.is_some_and(|fix| fix.title.english() == ticket.title)
        }
        Deed::SilenceLine { finding } => {
            let finding = analysis.checked.findings.get(*finding);
            finding.is_some_and(|finding| ticket.title.contains(&format!("`{}`", finding.code)))
        }
        _ => true,
    };
    same && analysis.hash() == ticket.text
}

fn ticket(analysis: &Analysis, uri: &Url, action: &Action, language: Language) -> Ticket {
    // Who chose to write one thing for another has seen both; what goes is looked at first.
    let asks = action.applicability == Applicability::Unsafe && action::removes(&analysis.checked, &action.deed);
    Ticket {
        uri: uri.clone(),
        text: analysis.hash().to_owned(),
        title: action.title.english(),
        deed: action.deed.clone(),
        consent: asks.then(|| action.title.text(language)),
    }
}

/// The action as the client can take it: with its edit, with a ticket for the edit, or as a command.
fn offer(session: &Session, analysis: &Analysis, uri: &Url, action: Action) -> Option<lsp::CodeActionOrCommand> {
    let traits = session.traits();
    let ticket = ticket(analysis, uri, &action, traits.language());
    if !traits.actions && !matches!(action.deed, Deed::SilenceSite { .. }) {
        let arguments = Some(vec![json!(ticket)]);
        return Some(lsp::Command::new(action.title.text(traits.language()), APPLY.to_owned(), arguments).into());
    }
    let (edit, data) = if let Deed::SilenceSite { code } = &action.deed {
        // Whether it can be done is only known when it is tried.
        let edit = silence::in_site(session, analysis, code)?;
        if traits.resolves {
            (None, Some(json!(ticket)))
        } else {
            (Some(edit), None)
        }
    } else if traits.resolves {
        (None, Some(json!(ticket)))
    } else {
        let edits = action::edits(&analysis.checked, &action.deed)?;
        let edit = convert::workspace_edit(analysis, uri, &edits, ticket.consent.as_deref(), traits);
        (Some(edit), None)
    };
    let finding = action
        .finding
        .and_then(|finding| analysis.checked.findings.get(finding));
    let action = lsp::CodeAction {
        title: action.title.text(traits.language()),
        kind: Some(match action.deed {
            Deed::FixAll => FIX_ALL,
            _ => CodeActionKind::QUICKFIX,
        }),
        diagnostics: finding.map(|finding| vec![convert::diagnostic(analysis, finding, uri, traits)]),
        edit,
        is_preferred: action.preferred.then_some(true),
        data,
        ..Default::default()
    };
    Some(action.into())
}

/// Whether the client asked for `kind`, itself or by a kind above it.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|wanted| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

//! What the client can do, read from its `initialize` params as they came.

use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

use crate::message::Language;
use crate::text::Encoding;

/// What the client can do; everything is absent until it says so.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// The unit of columns, chosen from what the client offers.
    pub encoding: Encoding,
    /// What the client's own words are in; English where there are no messages in it.
    locale: Language,
    /// What its settings say instead; `None` while they say nothing.
    chosen: Arc<Mutex<Option<Language>>>,
    /// It asks for diagnostics itself, so none are pushed. One that cannot be told to ask again counts as one that does not ask:
    /// it would go on showing what another file's change has made untrue.
    pub pulls: bool,
    /// It can be told to ask again.
    pub refreshes: bool,
    /// It shows other places of a diagnostic.
    pub related: bool,
    /// It fades what is tagged as unnecessary.
    pub tags: bool,
    /// It shows a link to the rule's page.
    pub links: bool,
    /// It checks versions of edits (`documentChanges`).
    pub versioned_edits: bool,
    /// It asks the writer before it makes edits that are marked so.
    pub annotations: bool,
    /// It takes code actions, not only commands.
    pub actions: bool,
    /// It asks for the edit of a code action when one is chosen.
    pub resolves: bool,
    /// It watches files that the server names.
    pub watches: bool,
    /// It takes the wish to be told of changed settings.
    pub registers_settings: bool,
    /// It has settings that can be asked for.
    pub configurable: bool,
    /// It nests document symbols.
    pub nests_symbols: bool,
    /// It fills snippets' holes in completions.
    pub snippets: bool,
    /// It shows more of a link under the pointer.
    pub tooltips: bool,
    /// It shows Markdown under the pointer, and beside proposals.
    pub markdown: bool,
    /// It applies edits that the server sends.
    pub applies: bool,
    /// It shows how far work has come.
    pub progress: bool,
    /// It opens links and files on request.
    pub shows: bool,
    /// It renames files in edits.
    pub renames_files: bool,
    /// It creates files in edits.
    pub creates_files: bool,
    /// It can be told to ask for inlay hints and code lenses again.
    pub refreshes_hints: bool,
}

impl Traits {
    /// The language of the messages.
    pub fn language(&self) -> Language {
        let chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        chosen.unwrap_or(self.locale)
    }

    /// From now on the language is `chosen`; the client's own for `None`.
    pub fn choose(&self, chosen: Option<Language>) {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner) = chosen;
    }

    /// Read `initialize` params.
    pub fn new(params: &Value) -> Self {
        let has = |path: &str| params.pointer(path).is_some_and(|value| !value.is_null());
        let is = |path: &str| params.pointer(path).and_then(Value::as_bool) == Some(true);
        let document = "/capabilities/textDocument";
        let workspace = "/capabilities/workspace";
        Self {
            encoding: encoding(params),
            locale: locale(params),
            chosen: Arc::default(),
            pulls: has(&format!("{document}/diagnostic")) && is(&format!("{workspace}/diagnostics/refreshSupport")),
            refreshes: is(&format!("{workspace}/diagnostics/refreshSupport")),
            related: is(&format!("{document}/publishDiagnostics/relatedInformation")),
            tags: has(&format!("{document}/publishDiagnostics/tagSupport")),
            links: is(&format!("{document}/publishDiagnostics/codeDescriptionSupport")),
            versioned_edits: is(&format!("{workspace}/workspaceEdit/documentChanges")),
            annotations: has(&format!("{workspace}/workspaceEdit/changeAnnotationSupport")),
            actions: has(&format!("{document}/codeAction/codeActionLiteralSupport")),
            resolves: is(&format!("{document}/codeAction/dataSupport"))
                && names(
                    params,
                    &format!("{document}/codeAction/resolveSupport/properties"),
                    "edit",
                ),
            watches: is(&format!("{workspace}/didChangeWatchedFiles/dynamicRegistration")),
            registers_settings: is(&format!("{workspace}/didChangeConfiguration/dynamicRegistration")),
            configurable: is(&format!("{workspace}/configuration")),
            nests_symbols: is(&format!("{document}/documentSymbol/hierarchicalDocumentSymbolSupport")),
            snippets: is(&format!("{document}/completion/completionItem/snippetSupport")),
            tooltips: is(&format!("{document}/documentLink/tooltipSupport")),
            // Who names no kind of text has always got Markdown.
            markdown: !has(&format!("{document}/hover/contentFormat"))
                || names(params, &format!("{document}/hover/contentFormat"), "markdown"),
            applies: is(&format!("{workspace}/applyEdit")),
            progress: is("/capabilities/window/workDoneProgress"),
            shows: is("/capabilities/window/showDocument/support"),
            renames_files: names(
                params,
                &format!("{workspace}/workspaceEdit/resourceOperations"),
                "rename",
            ),
            creates_files: names(
                params,
                &format!("{workspace}/workspaceEdit/resourceOperations"),
                "create",
            ),
            refreshes_hints: is(&format!("{workspace}/inlayHint/refreshSupport")),
        }
    }
}

/// Bytes where the client offers them (nothing needs to be counted then), else characters if it prefers them to
/// UTF-16, else UTF-16, which every client knows.
fn locale(params: &Value) -> Language {
    let locale = params.pointer("/locale").and_then(Value::as_str);
    locale.and_then(Language::from_tag).unwrap_or_default()
}

fn encoding(params: &Value) -> Encoding {
    let path = "/capabilities/general/positionEncodings";
    let Some(offers) = params.pointer(path).and_then(Value::as_array) else {
        return Encoding::Utf16;
    };
    let offers: Vec<&str> = offers.iter().filter_map(Value::as_str).collect();
    if offers.contains(&"utf-8") {
        return Encoding::Utf8;
    }
    match offers.iter().find(|offer| matches!(**offer, "utf-16" | "utf-32")) {
        Some(&"utf-32") => Encoding::Utf32,
        _ => Encoding::Utf16,
    }
}

fn names(params: &Value, path: &str, name: &str) -> bool {
    params
        .pointer(path)
        .and_then(Value::as_array)
        .is_some_and(|values| values.iter().any(|value| value == name))
}

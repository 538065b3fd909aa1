//! The methods of the protocol, each a few lines: the work is done elsewhere.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer};

use super::guard::{Note, Shared};
use super::session::Session;
use super::{actions, capabilities, features, index, margins, moves, navigation, parent, publish, pull, watch, wide};

/// Answers a client.
#[derive(Debug)]
pub struct Backend {
    session: Arc<Session>,
}

impl Backend {
    /// A backend for one conversation.
    pub fn new(client: Client, shared: Arc<Shared>, notes: mpsc::UnboundedSender<Note>) -> Self {
        Self {
            session: Arc::new(Session::new(client, shared, notes)),
        }
    }

    /// What the handlers share.
    pub fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// The answer to a request, where the client wants such answers.
    async fn offered<T>(&self, feature: &str, answer: impl Future<Output = Option<T>>) -> Result<Option<T>> {
        if !self.session.settings.offers(feature) {
            return Ok(None);
        }
        Ok(answer.await)
    }

    /// Take the client's settings. Returns whether they are news.
    fn configure(&self, settings: &Value) -> bool {
        watch::configure(&self.session, settings)
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = &self.session;
        session.settings.set_roots(roots(&params));
        self.configure(params.initialization_options.as_ref().unwrap_or(&Value::Null));
        if let Some(gone) = params.process_id.and_then(parent::watch) {
            let shared = Arc::clone(&session.shared);
            tokio::spawn(async move {
                gone.await;
                shared.client_gone.notify_one();
            });
        }
        Ok(InitializeResult {
            capabilities: capabilities::offer(session.traits(), &session.settings),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        tokio::spawn(watch::register(Arc::clone(&self.session)));
        if self.session.settings.is_unset() || !watch::scopes(&self.session).is_empty() {
            tokio::spawn(watch::ask_settings(Arc::clone(&self.session)));
        }
        index::all(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let session = &self.session;
        let revisions = session.documents.open(&params.text_document);
        if !session.traits().pulls {
            tokio::spawn(publish::follow(
                Arc::clone(session),
                params.text_document.uri.clone(),
                revisions,
            ));
        }
        index::met(session, &params.text_document.uri);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let encoding = self.session.traits().encoding;
        let known = self.session.documents.with(&uri, |document| {
            document.apply(&params.content_changes, version, encoding);
        });
        if known.is_none() {
            self.session.note(format!("{uri} was changed but never opened"));
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        tokio::spawn(index::saved(Arc::clone(&self.session), params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.documents.close(&params.text_document.uri);
        // What counts from now on is the file.
        let gone = vec![params.text_document.uri];
        tokio::spawn(index::reread(Arc::clone(&self.session), gone));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if params.settings.is_null() {
            // The client wants to be asked.
            tokio::spawn(watch::ask_settings(Arc::clone(&self.session)));
        } else {
            if self.configure(&params.settings) {
                watch::recheck(&self.session);
                index::all(&self.session);
            }
            if !watch::scopes(&self.session).is_empty() {
                tokio::spawn(watch::ask_settings(Arc::clone(&self.session)));
            }
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let removed = paths(&params.event.removed);
        let added = paths(&params.event.added);
        self.session.settings.change_roots(&removed, added);
        watch::recheck(&self.session);
        index::all(&self.session);
        if !watch::scopes(&self.session).is_empty() {
            tokio::spawn(watch::ask_settings(Arc::clone(&self.session)));
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let changed = params.changes.into_iter().map(|change| change.uri);
        watch::changed(&self.session, changed.collect());
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        pull::report(&self.session, &params).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        wide::report(&self.session, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = &params.text_document.uri;
        self.offered("symbols", features::symbols(&self.session, uri)).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let uri = &params.text_document.uri;
        self.offered("folding", features::folds(&self.session, uri)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = &params.text_document_position_params;
        self.offered("hover", features::hover(&self.session, place)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = &params.text_document_position;
        self.offered("completion", features::completions(&self.session, place))
            .await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        Ok(features::resolve_completion(&self.session, item).await)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let uri = &params.text_document.uri;
        self.offered("links", navigation::links(&self.session, uri)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = &params.text_document_position_params;
        self.offered("definition", navigation::definition(&self.session, place))
            .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = &params.text_document_position;
        self.offered("references", navigation::references(&self.session, place))
            .await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.offered("symbols", navigation::symbols(&self.session, &params.query))
            .await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.offered("rename", navigation::prepare_rename(&self.session, &params))
            .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        navigation::rename(&self.session, params).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.offered("rename", moves::will_rename(&self.session, params.files))
            .await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let both = params.files.into_iter().flat_map(|file| [file.old_uri, file.new_uri]);
        watch::moved(&self.session, both.collect());
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        watch::moved(&self.session, params.files.into_iter().map(|file| file.uri).collect());
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = &params.text_document.uri;
        self.offered("codeLens", margins::lenses(&self.session, uri)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.offered("inlayHints", margins::hints(&self.session, params)).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.offered("selection", margins::selections(&self.session, params))
            .await
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let place = &params.text_document_position_params;
        self.offered("linkedEditing", margins::linked(&self.session, place))
            .await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let uri = &params.text_document.uri;
        self.offered("semanticTokens", margins::colours(&self.session, uri))
            .await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let uri = &params.text_document.uri;
        self.offered("formatting", margins::formatted(&self.session, uri)).await
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let place = &params.text_document_position;
        self.offered("onTypeFormatting", margins::new_line(&self.session, place))
            .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        actions::list(&self.session, params).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        actions::resolve(&self.session, action).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        actions::execute(&self.session, params).await
    }
}

/// The workspace's folders; the older `rootUri` and the oldest `rootPath` where there are none.
#[allow(deprecated, reason = "some clients know nothing newer")]
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => paths(folders),
        None => {
            let root = params.root_uri.as_ref().and_then(|uri| uri.to_file_path().ok());
            let older = || {
                params
                    .root_path
                    .as_deref()
                    .filter(|path| !path.is_empty())
                    .map(PathBuf::from)
            };
            root.or_else(older).into_iter().collect()
        }
    }
}

fn paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    folders
        .iter()
        .filter_map(|folder| folder.uri.to_file_path().ok())
        .collect()
}

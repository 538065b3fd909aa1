//! What the server offers, as far as the client can use it.

use tower_lsp::lsp_types::{self as lsp, ServerCapabilities};

use super::settings::Settings;
use super::traits::Traits;
use super::{convert, margins};

/// The kind of the action that mends everything that can be mended safely.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.postlint");

/// The command that removes all ad markup of a document; its argument is the document's URI.
pub const CLEAN_ADS: &str = "postlint.cleanAds";

/// The command that removes all ad markup of every post in the workspace; it takes no argument.
pub const CLEAN_ALL_ADS: &str = "postlint.cleanAdsInWorkspace";

/// The command that tells what the generator makes of a post; its argument is the document's URI.
pub const EXPLAIN: &str = "postlint.explain";

/// The command that opens the page of a rule; its argument is the rule's name.
pub const OPEN_RULE: &str = "postlint.openRule";

/// The command that answers what a document is taken for; its argument is the document's URI. Shows nothing by itself.
pub const STATUS: &str = "postlint.status";

/// The command behind an action, for clients that know commands only; its argument is what the server made of it.
pub const APPLY: &str = "postlint.apply";

/// The endings of pictures that are listened for.
pub const IMAGES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico"];

/// The offer for a client with `traits` that wants `settings`.
pub fn offer(traits: &Traits, settings: &Settings) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(convert::encoding_kind(traits.encoding)),
        text_document_sync: Some(sync()),
        diagnostic_provider: traits.pulls.then(|| pull(settings.offers("workspaceDiagnostics"))),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        folding_range_provider: Some(true.into()),
        hover_provider: Some(true.into()),
        completion_provider: Some(completion()),
        code_action_provider: Some(actions(traits)),
        document_link_provider: Some(lsp::DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: Default::default(),
        }),
        definition_provider: Some(lsp::OneOf::Left(true)),
        references_provider: Some(lsp::OneOf::Left(true)),
        workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
        rename_provider: Some(lsp::OneOf::Right(lsp::RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        selection_range_provider: Some(true.into()),
        linked_editing_range_provider: Some(lsp::LinkedEditingRangeServerCapabilities::Simple(true)),
        code_lens_provider: Some(lsp::CodeLensOptions {
            resolve_provider: Some(false),
        }),
        inlay_hint_provider: Some(lsp::OneOf::Left(true)),
        semantic_tokens_provider: Some(
            lsp::SemanticTokensOptions {
                legend: margins::legend(),
                full: Some(lsp::SemanticTokensFullOptions::Bool(true)),
                ..Default::default()
            }
            .into(),
        ),
        document_formatting_provider: settings.offers("formatting").then_some(lsp::OneOf::Left(true)),
        document_on_type_formatting_provider: Some(lsp::DocumentOnTypeFormattingOptions {
            first_trigger_character: "\n".to_owned(),
            more_trigger_character: None,
        }),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: [APPLY, CLEAN_ADS, CLEAN_ALL_ADS, EXPLAIN, OPEN_RULE, STATUS]
                .map(str::to_owned)
                .to_vec(),
            ..Default::default()
        }),
        workspace: Some(workspace()),
        ..Default::default()
    }
}

fn sync() -> lsp::TextDocumentSyncCapability {
    lsp::TextDocumentSyncCapability::Options(lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
        ..Default::default()
    })
}

fn pull(workspace_diagnostics: bool) -> lsp::DiagnosticServerCapabilities {
    lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
        identifier: Some(convert::SOURCE.to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics,
        work_done_progress_options: lsp::WorkDoneProgressOptions {
            work_done_progress: Some(workspace_diagnostics),
        },
    })
}

/// In Markdown, editors propose nothing by themselves: every letter that a key or a rule can begin with asks, and every sign
/// behind which a value begins.
fn completion() -> lsp::CompletionOptions {
    let letters = ('a'..='z').map(String::from);
    let signs = ["-", " ", "[", ",", "\"", "'", "/", "("].map(str::to_owned);
    lsp::CompletionOptions {
        trigger_characters: Some(letters.chain(signs).collect()),
        resolve_provider: Some(true),
        ..Default::default()
    }
}

fn actions(traits: &Traits) -> lsp::CodeActionProviderCapability {
    if !traits.actions {
        return true.into();
    }
    lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX, FIX_ALL]),
        resolve_provider: Some(traits.resolves),
        ..Default::default()
    }
    .into()
}

fn workspace() -> lsp::WorkspaceServerCapabilities {
    lsp::WorkspaceServerCapabilities {
        workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(lsp::OneOf::Left(true)),
        }),
        file_operations: Some(lsp::WorkspaceFileOperationsServerCapabilities {
            will_rename: Some(site_files()),
            did_rename: Some(site_files()),
            did_delete: Some(site_files()),
            ..Default::default()
        }),
    }
}

/// Files that may be posts or pictures, and folders: whoever moves one moves what lies in it.
fn site_files() -> lsp::FileOperationRegistrationOptions {
    let filter = |glob: String, matches| lsp::FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: lsp::FileOperationPattern {
            glob,
            matches: Some(matches),
            options: None,
        },
    };
    let endings = |endings: &[&str]| format!("**/*.{{{}}}", endings.join(","));
    lsp::FileOperationRegistrationOptions {
        filters: vec![
            filter(
                endings(crate::workspace::POST_EXTENSIONS),
                lsp::FileOperationPatternKind::File,
            ),
            filter(endings(&IMAGES), lsp::FileOperationPatternKind::File),
            filter("**/*".to_owned(), lsp::FileOperationPatternKind::Folder),
        ],
    }
}

//! Switching a rule off for a whole site: an edit of its `postlint.toml`, which is made where there is none.

use tower_lsp::lsp_types::{self as lsp, Url};

use super::analysis::Analysis;
use super::convert::{self, Piece};
use super::session::Session;
use crate::config;
use crate::text::{Edit, Source, TextRange};

/// The edit that switches the rule `code` off for the site of a document; `None` for a document without one, for a
/// configuration that cannot be read, and where the client cannot create the file that is missing.
pub fn in_site(session: &Session, analysis: &Analysis, code: &str) -> Option<lsp::WorkspaceEdit> {
    let traits = session.traits();
    let site = analysis.checked.stage.site.as_ref()?;
    let post = site.file(&analysis.checked.stage.path);
    let file = session.settings.config_file(post.parent()?, &site.root);
    let uri = Url::from_file_path(&file).ok()?;
    if let Some(other) = session.other(&file) {
        let before = other.source.text();
        let after = config::with_rule_off(before, code)?;
        let piece = Piece {
            edits: vec![Edit::replace(TextRange::new(0, before.len()), after)],
            uri: other.uri,
            version: other.version,
            source: other.source,
        };
        return Some(convert::wide_edit(&[piece], Vec::new(), None, traits));
    }
    if file.exists() || !traits.creates_files || !traits.versioned_edits {
        return None;
    }
    let create = lsp::ResourceOp::Create(lsp::CreateFile {
        uri: uri.clone(),
        options: None,
        annotation_id: None,
    });
    let piece = Piece {
        uri,
        version: None,
        source: Source::new(""),
        edits: vec![Edit::insert(0, config::with_rule_off("", code)?)],
    };
    Some(convert::wide_edit(&[piece], vec![create], None, traits))
}

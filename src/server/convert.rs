//! The one file that speaks both tongues: plain data of the core on one side, LSP's types on the other.

use std::collections::HashMap;
use std::sync::LazyLock;

use tower_lsp::lsp_types::{self as lsp, Url};

use super::analysis::Analysis;
use super::traits::Traits;
use crate::diagnostic::{Diagnostic, Related, RuleCode, Severity};
use crate::rules;
use crate::text::{Edit, Encoding, Position, Source, TextRange};

/// The name under which diagnostics are shown.
pub const SOURCE: &str = "postlint";

/// Our encoding in LSP's word.
pub fn encoding_kind(encoding: Encoding) -> lsp::PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
        Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
        Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
    }
}

/// A byte offset as a position.
pub fn position(source: &Source, offset: usize, encoding: Encoding) -> lsp::Position {
    let Position { line, column } = source.position(offset, encoding);
    lsp::Position::new(narrow(line), narrow(column))
}

/// A range of bytes as a range.
pub fn range(source: &Source, range: TextRange, encoding: Encoding) -> lsp::Range {
    lsp::Range::new(
        position(source, range.start, encoding),
        position(source, range.end, encoding),
    )
}

/// A position as a byte offset; beyond the end of a line or of the text it means that end.
pub fn offset(source: &Source, position: lsp::Position, encoding: Encoding) -> usize {
    let position = Position {
        line: position.line as usize,
        column: position.character as usize,
    };
    source.offset(position, encoding)
}

/// A range as a range of bytes.
pub fn text_range(source: &Source, range: lsp::Range, encoding: Encoding) -> TextRange {
    let start = offset(source, range.start, encoding);
    TextRange::new(start, offset(source, range.end, encoding).max(start))
}

/// Everything that was found, as diagnostics of the document at `uri`.
pub fn diagnostics(analysis: &Analysis, uri: &Url, traits: &Traits) -> Vec<lsp::Diagnostic> {
    let findings = analysis.checked.findings.iter();
    findings
        .map(|finding| diagnostic(analysis, finding, uri, traits))
        .collect()
}

/// One finding as a diagnostic.
pub fn diagnostic(analysis: &Analysis, finding: &Diagnostic, uri: &Url, traits: &Traits) -> lsp::Diagnostic {
    let source = &analysis.checked.post.source;
    let related = finding.related.iter().filter(|_| traits.related);
    let related: Vec<_> = related
        .filter_map(|related| related_information(related, analysis, uri, traits))
        .collect();
    let page = traits.links.then(|| page(finding.code)).flatten();
    lsp::Diagnostic {
        range: range(source, finding.range, traits.encoding),
        severity: Some(severity(finding.severity)),
        code: Some(lsp::NumberOrString::String(finding.code.0.to_owned())),
        code_description: page.map(|href| lsp::CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.text(traits.language()),
        related_information: (!related.is_empty()).then_some(related),
        tags: (traits.tags && is_unnecessary(finding)).then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// The page of a rule. A post may have hundreds of findings, so the addresses are read once.
fn page(code: RuleCode) -> Option<Url> {
    static PAGES: LazyLock<HashMap<RuleCode, Url>> = LazyLock::new(|| {
        let codes = rules::ALL.iter().map(|rule| rule.code);
        codes
            .filter_map(|code| Some((code, Url::parse(&code.url()).ok()?)))
            .collect()
    });
    PAGES.get(&code).cloned()
}

/// Our severity in LSP's number.
pub fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Info => lsp::DiagnosticSeverity::INFORMATION,
    }
}

/// Whether what is flagged serves nothing: the best fix only takes it away.
fn is_unnecessary(finding: &Diagnostic) -> bool {
    finding.fixes.first().is_some_and(|fix| {
        fix.edits.iter().all(|edit| edit.text.is_empty())
            && fix.edits.iter().any(|edit| edit.range.covers(finding.range))
    })
}

/// Another place; `None` where it lies in a file that could not be read.
fn related_information(
    related: &Related,
    analysis: &Analysis,
    uri: &Url,
    traits: &Traits,
) -> Option<lsp::DiagnosticRelatedInformation> {
    let (uri, source) = match &related.file {
        None => (uri, &analysis.checked.post.source),
        Some(file) => {
            let (uri, source) = analysis.others.get(file)?;
            (uri, source)
        }
    };
    Some(lsp::DiagnosticRelatedInformation {
        location: lsp::Location::new(uri.clone(), range(source, related.range, traits.encoding)),
        message: related.message.text(traits.language()),
    })
}

/// Edits of one document as a workspace edit. `consent` is the reason to ask the writer first, where the client can;
/// `None` means there is none.
pub fn workspace_edit(
    analysis: &Analysis,
    uri: &Url,
    edits: &[Edit],
    consent: Option<&str>,
    traits: &Traits,
) -> lsp::WorkspaceEdit {
    let piece = Piece {
        uri: uri.clone(),
        version: Some(analysis.version),
        source: analysis.checked.post.source.clone(),
        edits: edits.to_vec(),
    };
    wide_edit(&[piece], Vec::new(), consent, traits)
}

/// Edits of one text among many.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The document.
    pub uri: Url,
    /// The client's number for the text; `None` for a file that is not open.
    pub version: Option<i32>,
    /// The text before the edits, as far as they reach.
    pub source: Source,
    /// Sorted and disjoint.
    pub edits: Vec<Edit>,
}

/// Edits of many texts as a workspace edit, after `operations` on files. `consent` as in [`workspace_edit`].
pub fn wide_edit(
    pieces: &[Piece],
    operations: Vec<lsp::ResourceOp>,
    consent: Option<&str>,
    traits: &Traits,
) -> lsp::WorkspaceEdit {
    const CONSENT: &str = "consent";
    let text_edits = |piece: &Piece| -> Vec<lsp::TextEdit> {
        let edits = piece.edits.iter();
        edits
            .map(|edit| text_edit(&piece.source, edit, traits.encoding))
            .collect()
    };
    if !traits.versioned_edits {
        let changes = pieces.iter().map(|piece| (piece.uri.clone(), text_edits(piece)));
        return lsp::WorkspaceEdit::new(changes.collect());
    }
    let consent = consent.filter(|_| traits.annotations);
    let change = |piece: &Piece| lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier {
            uri: piece.uri.clone(),
            version: piece.version,
        },
        edits: text_edits(piece)
            .into_iter()
            .map(|text_edit| match consent {
                None => lsp::OneOf::Left(text_edit),
                Some(_) => lsp::OneOf::Right(lsp::AnnotatedTextEdit {
                    text_edit,
                    annotation_id: CONSENT.to_owned(),
                }),
            })
            .collect(),
    };
    let changes = pieces.iter().map(change);
    let changes = if operations.is_empty() {
        lsp::DocumentChanges::Edits(changes.collect())
    } else {
        let operations = operations.into_iter().map(lsp::DocumentChangeOperation::Op);
        lsp::DocumentChanges::Operations(
            operations
                .chain(changes.map(lsp::DocumentChangeOperation::Edit))
                .collect(),
        )
    };
    let annotation = |reason: &str| lsp::ChangeAnnotation {
        label: reason.to_owned(),
        needs_confirmation: Some(true),
        description: None,
    };
    lsp::WorkspaceEdit {
        changes: None,
        document_changes: Some(changes),
        change_annotations: consent.map(|reason| HashMap::from([(CONSENT.to_owned(), annotation(reason))])),
    }
}

/// One edit.
pub fn text_edit(source: &Source, edit: &Edit, encoding: Encoding) -> lsp::TextEdit {
    lsp::TextEdit::new(range(source, edit.range, encoding), edit.text.clone())
}

/// LSP counts in 32 bits; a message is shorter than that.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! What surrounds the text: lenses, hints, colours, growing selections, tags that change together, formatting.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::lsp_types::{self as lsp, Url};

use super::capabilities::EXPLAIN;
use super::convert;
use super::features::{at, markdown, said};
use super::session::Session;
use crate::ide::tokens::{KINDS, TokenKind};
use crate::ide::{format, lens, pairs, selection, tokens};
use crate::text::Edit;

/// The lenses of a document.
pub async fn lenses(session: &Arc<Session>, uri: &Url) -> Option<Vec<lsp::CodeLens>> {
    let analysis = session.analysis(uri).await?;
    let (encoding, uri) = (session.traits().encoding, uri.clone());
    let language = session.traits().language();
    let found = session.blocking(move || {
        let source = &analysis.checked.post.source;
        let lenses = lens::lenses(&analysis.checked).into_iter();
        let lenses = lenses.map(|lens| lsp::CodeLens {
            range: convert::range(source, lens.range, encoding),
            command: Some(lsp::Command::new(
                lens.title.text(language),
                EXPLAIN.to_owned(),
                Some(vec![json!(uri)]),
            )),
            data: None,
        });
        lenses.collect()
    });
    found.await.ok()
}

/// The hints in a part of a document.
pub async fn hints(session: &Arc<Session>, params: lsp::InlayHintParams) -> Option<Vec<lsp::InlayHint>> {
    let analysis = session.analysis(&params.text_document.uri).await?;
    let traits = session.traits().clone();
    let encoding = traits.encoding;
    let found = session.blocking(move || {
        let source = &analysis.checked.post.source;
        let range = convert::text_range(source, params.range, encoding);
        let hints = lens::hints(&analysis.checked, range).into_iter();
        let hints = hints.map(|hint| lsp::InlayHint {
            position: convert::position(source, hint.offset, encoding),
            label: lsp::InlayHintLabel::String(hint.label),
            kind: None,
            text_edits: None,
            tooltip: Some(lsp::InlayHintTooltip::MarkupContent(markdown(
                said(&hint.docs, &traits),
                &traits,
            ))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        });
        hints.collect()
    });
    found.await.ok()
}

/// What the selection at each position grows to.
pub async fn selections(session: &Arc<Session>, params: lsp::SelectionRangeParams) -> Option<Vec<lsp::SelectionRange>> {
    let analysis = session.analysis(&params.text_document.uri).await?;
    let encoding = session.traits().encoding;
    let post = &analysis.checked.post;
    let grown = params.positions.iter().map(|&position| {
        let offset = convert::offset(&post.source, position, encoding);
        let ranges = selection::around(post, offset).into_iter().rev();
        let nothing = lsp::SelectionRange {
            range: lsp::Range::new(position, position),
            parent: None,
        };
        let chain = ranges.fold(None, |parent, range| {
            Some(lsp::SelectionRange {
                range: convert::range(&post.source, range, encoding),
                parent: parent.map(Box::new),
            })
        });
        chain.unwrap_or(nothing)
    });
    Some(grown.collect())
}

/// The two names of the tag pair at a place.
pub async fn linked(
    session: &Arc<Session>,
    place: &lsp::TextDocumentPositionParams,
) -> Option<lsp::LinkedEditingRanges> {
    let (analysis, offset) = at(session, place).await?;
    let post = &analysis.checked.post;
    let (open, close) = pairs::tag_names(post, offset)?;
    let range = |range| convert::range(&post.source, range, session.traits().encoding);
    Some(lsp::LinkedEditingRanges {
        ranges: vec![range(open), range(close)],
        word_pattern: None,
    })
}

/// The names of the kinds of tokens, in the order of [`KINDS`].
pub fn legend() -> lsp::SemanticTokensLegend {
    let name = |kind: &TokenKind| match kind {
        TokenKind::Property => lsp::SemanticTokenType::PROPERTY,
        TokenKind::String => lsp::SemanticTokenType::STRING,
        TokenKind::Number => lsp::SemanticTokenType::NUMBER,
        TokenKind::Keyword => lsp::SemanticTokenType::KEYWORD,
        TokenKind::Macro => lsp::SemanticTokenType::MACRO,
        TokenKind::Comment => lsp::SemanticTokenType::COMMENT,
    };
    lsp::SemanticTokensLegend {
        token_types: KINDS.iter().map(name).collect(),
        token_modifiers: Vec::new(),
    }
}

/// The colours of a document.
pub async fn colours(session: &Arc<Session>, uri: &Url) -> Option<lsp::SemanticTokensResult> {
    let analysis = session.analysis(uri).await?;
    let encoding = session.traits().encoding;
    let post = &analysis.checked.post;
    let mut last = lsp::Position::default();
    let data = tokens::tokens(post).into_iter().map(|token| {
        let range = convert::range(&post.source, token.range, encoding);
        let delta_line = range.start.line - last.line;
        let from = if delta_line == 0 { last.character } else { 0 };
        last = range.start;
        let kind = KINDS.iter().position(|kind| *kind == token.kind);
        lsp::SemanticToken {
            delta_line,
            delta_start: range.start.character - from,
            length: range.end.character - range.start.character,
            token_type: u32::try_from(kind.unwrap_or(0)).unwrap_or(0),
            token_modifiers_bitset: 0,
        }
    });
    Some(lsp::SemanticTokensResult::Tokens(lsp::SemanticTokens {
        result_id: None,
        data: data.collect(),
    }))
}

/// The edits that make the front matter neat.
pub async fn formatted(session: &Arc<Session>, uri: &Url) -> Option<Vec<lsp::TextEdit>> {
    let analysis = session.analysis(uri).await?;
    let order = session.settings.key_order(uri);
    let edits = format::front_matter(&analysis.checked, &order);
    Some(text_edits(session, &analysis, &edits))
}

/// What to write when a new line was begun.
pub async fn new_line(session: &Arc<Session>, place: &lsp::TextDocumentPositionParams) -> Option<Vec<lsp::TextEdit>> {
    let (analysis, offset) = at(session, place).await?;
    let edits = format::new_line(&analysis.checked.post, offset);
    Some(text_edits(session, &analysis, &edits))
}

fn text_edits(session: &Session, analysis: &super::analysis::Analysis, edits: &[Edit]) -> Vec<lsp::TextEdit> {
    let source = &analysis.checked.post.source;
    let edits = edits.iter();
    edits
        .map(|edit| convert::text_edit(source, edit, session.traits().encoding))
        .collect()
}

//! Outline, folds, hovers and completions: the plain data of [`crate::ide`] in LSP's words.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::lsp_types::{self as lsp, Url};

use super::analysis::Analysis;
use super::convert;
use super::session::Session;
use super::traits::Traits;
use crate::ide::completion::{self, Docs, Proposal, ProposalKind};
use crate::ide::folding::{self, FoldKind};
use crate::ide::hover;
use crate::ide::symbols::{self, Symbol, SymbolKind};
use crate::message::Message;
use crate::workspace;

/// The outline of a document.
pub async fn symbols(session: &Arc<Session>, uri: &Url) -> Option<lsp::DocumentSymbolResponse> {
    let analysis = session.analysis(uri).await?;
    let symbols = symbols::symbols(&analysis.checked.post);
    let traits = session.traits();
    if traits.nests_symbols {
        let nested = symbols.iter().map(|symbol| nested(&analysis, symbol, traits));
        return Some(lsp::DocumentSymbolResponse::Nested(nested.collect()));
    }
    let mut flat = Vec::new();
    for symbol in &symbols {
        flatten(&analysis, uri, symbol, traits, &mut flat);
    }
    Some(lsp::DocumentSymbolResponse::Flat(flat))
}

#[allow(deprecated, reason = "the protocol's older field must be named to be left empty")]
fn nested(analysis: &Analysis, symbol: &Symbol, traits: &Traits) -> lsp::DocumentSymbol {
    let source = &analysis.checked.post.source;
    let children = symbol.children.iter().map(|child| nested(analysis, child, traits));
    lsp::DocumentSymbol {
        name: symbol.name.text(traits.language()),
        detail: (!symbol.detail.is_empty()).then(|| symbol.detail.clone()),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: convert::range(source, symbol.range, traits.encoding),
        selection_range: convert::range(source, symbol.selection, traits.encoding),
        children: Some(children.collect()),
    }
}

#[allow(deprecated, reason = "the protocol's older field must be named to be left empty")]
fn flatten(analysis: &Analysis, uri: &Url, symbol: &Symbol, traits: &Traits, flat: &mut Vec<lsp::SymbolInformation>) {
    let range = convert::range(&analysis.checked.post.source, symbol.range, traits.encoding);
    flat.push(lsp::SymbolInformation {
        name: symbol.name.text(traits.language()),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: lsp::Location::new(uri.clone(), range),
        container_name: None,
    });
    for child in &symbol.children {
        flatten(analysis, uri, child, traits, flat);
    }
}

fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::FrontMatter => lsp::SymbolKind::MODULE,
        SymbolKind::Field => lsp::SymbolKind::FIELD,
        SymbolKind::Heading => lsp::SymbolKind::STRING,
    }
}

/// What can be folded in a document.
pub async fn folds(session: &Arc<Session>, uri: &Url) -> Option<Vec<lsp::FoldingRange>> {
    let analysis = session.analysis(uri).await?;
    let folds = folding::folds(&analysis.checked.post);
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let range = |fold: &folding::Fold| lsp::FoldingRange {
        start_line: line(fold.first),
        end_line: line(fold.last),
        kind: Some(match fold.kind {
            FoldKind::Comment => lsp::FoldingRangeKind::Comment,
            FoldKind::Region => lsp::FoldingRangeKind::Region,
        }),
        ..Default::default()
    };
    Some(folds.iter().map(range).collect())
}

/// What there is to say about a position.
pub async fn hover(session: &Arc<Session>, place: &lsp::TextDocumentPositionParams) -> Option<lsp::Hover> {
    let (analysis, offset) = at(session, place).await?;
    let traits = session.traits().clone();
    let fetches = session.settings.offers("remoteImages");
    let shown = session.blocking(move || {
        let hover = hover::hover(&analysis.checked, offset)?;
        let remote = hover.remote.filter(|_| fetches);
        let remote = remote.map(|url| format!("![]({}|width=320)", destination(&url)));
        let picture = hover.picture.and_then(|path| picture(&analysis, &path)).or(remote);
        let said = said(&hover.text, &traits);
        let text = picture.map_or(said.clone(), |picture| format!("{picture}\n\n{said}"));
        Some(lsp::Hover {
            contents: lsp::HoverContents::Markup(markdown(text, &traits)),
            range: Some(convert::range(
                &analysis.checked.post.source,
                hover.range,
                traits.encoding,
            )),
        })
    });
    shown.await.ok()?
}

/// A picture of the site with its measures, as Markdown.
fn picture(analysis: &Analysis, path: &str) -> Option<String> {
    let root = analysis.checked.stage.site.as_ref()?;
    let file = root.file(path);
    let found = workspace::picture(&file)?;
    let uri = Url::from_file_path(&file).ok()?;
    let pixels = found.pixels.map(|(width, height)| format!("{width} × {height}, "));
    let kilobytes = found.bytes.div_ceil(1024);
    Some(format!(
        "![]({}|width=320)\n\n{}{kilobytes} kB",
        destination(uri.as_str()),
        pixels.unwrap_or_default()
    ))
}

/// An address where Markdown has the one of a picture.
fn destination(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// What can be written at a position.
pub async fn completions(
    session: &Arc<Session>,
    place: &lsp::TextDocumentPositionParams,
) -> Option<lsp::CompletionResponse> {
    let (analysis, offset) = at(session, place).await?;
    let (traits, uri) = (session.traits().clone(), place.text_document.uri.clone());
    let found = session.paced(&session.completing, move || {
        let found = completion::complete(&analysis.checked, offset);
        let items = found.proposals.into_iter().enumerate();
        lsp::CompletionList {
            is_incomplete: !found.is_complete,
            items: items
                .map(|(rank, proposal)| item(&analysis, &uri, rank, proposal, &traits))
                .collect(),
        }
    });
    let list = found.await.ok()?;
    Some(match list.is_incomplete {
        true => lsp::CompletionResponse::List(list),
        false => lsp::CompletionResponse::Array(list.items),
    })
}

fn item(analysis: &Analysis, uri: &Url, rank: usize, proposal: Proposal, traits: &Traits) -> lsp::CompletionItem {
    let source = &analysis.checked.post.source;
    let range = convert::range(source, proposal.range, traits.encoding);
    let is_snippet = proposal.kind == ProposalKind::Snippet;
    // Editors compare what stands in the range with this; a quoted or escaped text would never fit.
    let typed = source.text().get(proposal.range.as_range()).unwrap_or_default();
    let filter = if is_snippet {
        typed.to_owned()
    } else {
        proposal.sought()
    };
    let insert = match is_snippet && !traits.snippets {
        true => without_holes(&proposal.insert),
        false => proposal.insert,
    };
    lsp::CompletionItem {
        label: proposal.label,
        kind: Some(match proposal.kind {
            ProposalKind::Key => lsp::CompletionItemKind::FIELD,
            ProposalKind::Rule | ProposalKind::Value => lsp::CompletionItemKind::VALUE,
            ProposalKind::File => lsp::CompletionItemKind::FILE,
            ProposalKind::Snippet => lsp::CompletionItemKind::SNIPPET,
        }),
        detail: Some(proposal.detail.text(traits.language())).filter(|detail| !detail.is_empty()),
        data: match &proposal.docs {
            Docs::Rule(code) => Some(json!({"rule": code})),
            Docs::Picture(path) => Some(json!({"picture": path, "uri": uri})),
            Docs::None | Docs::Text(_) => None,
        },
        documentation: match proposal.docs {
            Docs::Text(text) => Some(lsp::Documentation::MarkupContent(markdown(
                Message::from(text).text(traits.language()),
                traits,
            ))),
            _ => None,
        },
        sort_text: Some(format!("{rank:05}")),
        filter_text: Some(filter),
        insert_text_format: Some(match is_snippet && traits.snippets {
            true => lsp::InsertTextFormat::SNIPPET,
            false => lsp::InsertTextFormat::PLAIN_TEXT,
        }),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(range, insert))),
        ..Default::default()
    }
}

/// A snippet with its holes filled: `${1:text}` is `text`, `$1` is nothing.
fn without_holes(snippet: &str) -> String {
    let holes = regex::Regex::new(r"\$\{\d+:((?:[^\\}]|\\.)*)\}|\$\d+").map(|hole| {
        let filled = hole.replace_all(snippet, "$1").into_owned();
        filled.replace("\\$", "$").replace("\\}", "}").replace("\\\\", "\\")
    });
    holes.unwrap_or_else(|_| snippet.to_owned())
}

/// The documentation of a proposal that was chosen from the list.
pub async fn resolve_completion(session: &Arc<Session>, mut item: lsp::CompletionItem) -> lsp::CompletionItem {
    let Some(data) = item.data.clone() else { return item };
    let text = |key: &str| data.get(key).and_then(serde_json::Value::as_str);
    let docs = match (text("rule"), text("picture"), text("uri")) {
        (Some(code), _, _) => crate::rules::find(code).map(|rule| {
            let page = Message::page(rule.docs).text(session.traits().language());
            page.trim().to_owned()
        }),
        (None, Some(path), Some(uri)) => match Url::parse(uri) {
            Ok(uri) => match session.analysis(&uri).await {
                Some(analysis) => {
                    let path = path.to_owned();
                    session.blocking(move || picture(&analysis, &path)).await.ok().flatten()
                }
                None => None,
            },
            Err(_) => None,
        },
        _ => None,
    };
    item.documentation = docs.map(|text| lsp::Documentation::MarkupContent(markdown(text, session.traits())));
    item
}

/// What is found in the document that a place is in, and the place as a byte offset.
pub async fn at(session: &Arc<Session>, place: &lsp::TextDocumentPositionParams) -> Option<(Arc<Analysis>, usize)> {
    let analysis = session.analysis(&place.text_document.uri).await?;
    let source = &analysis.checked.post.source;
    let offset = convert::offset(source, place.position, session.traits().encoding);
    Some((analysis, offset))
}

/// `message` for [`markdown`]: where that is read, nothing in it that is not ours means something there.
pub fn said(message: &Message, traits: &Traits) -> String {
    if traits.markdown {
        message.markdown(traits.language())
    } else {
        message.text(traits.language())
    }
}

/// A text for people; whoever does not know Markdown gets it as it is written.
pub fn markdown(value: String, traits: &Traits) -> lsp::MarkupContent {
    let kind = if traits.markdown {
        lsp::MarkupKind::Markdown
    } else {
        lsp::MarkupKind::PlainText
    };
    lsp::MarkupContent { kind, value }
}

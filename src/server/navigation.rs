//! From place to place: links, definitions, references, names in the whole workspace, and renaming.

use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{self as lsp, Url};

use super::across::Other;
use super::analysis::Analysis;
use super::convert::{self, Piece};
use super::features::at;
use super::session::Session;
use crate::generator::{Generator, Taxonomy};
use crate::ide::Checked;
use crate::ide::links::{self, Target};
use crate::ide::terms::{self, TermPlace};
use crate::post::Post;
use crate::say;
use crate::site::PostFacts;
use crate::text::{self, Edit, Source, TextRange};
use crate::workspace::{SiteRoot, Workspace};

/// A term without a place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    taxonomy: Taxonomy,
    path: Vec<String>,
}

impl Term {
    fn of(place: &TermPlace<'_>) -> Self {
        Self {
            taxonomy: place.taxonomy,
            path: place.path.clone(),
        }
    }

    fn is_at(&self, place: &TermPlace<'_>) -> bool {
        place.taxonomy == self.taxonomy && place.path == self.path
    }

    /// The same as the index keeps it.
    fn known(&self) -> crate::site::Term {
        let (name, parents) = self
            .path
            .split_last()
            .map_or((String::new(), &[][..]), |(name, parents)| (name.clone(), parents));
        crate::site::Term {
            taxonomy: self.taxonomy,
            parents: parents.to_vec(),
            name: name.into(),
            slug: None,
        }
    }

    /// Where `other` names it; `None` where its settings are wrong.
    fn places(&self, session: &Session, workspace: &Workspace, other: &Other) -> Option<Vec<lsp::Location>> {
        let (post, generator) = workspace.parsed(&other.file, other.source.clone()).ok()?;
        let places = terms::places(&post, generator);
        let places = places.iter().filter(|place| self.is_at(place));
        Some(places.map(|place| location(session, other, place.node.range)).collect())
    }

    /// Whether a post may name it: the index knows what is published, the text what is written.
    fn may_stand_in(&self, facts: &PostFacts, source: &Source) -> bool {
        let name = self.path.last().map_or("", String::as_str);
        let is_known = |term: &crate::site::Term| {
            term.taxonomy == self.taxonomy
                && term.name == name
                && self.path.len() == term.parents.len() + 1
                && self.path.starts_with(&term.parents)
        };
        source.text().contains(name) || facts.terms.iter().any(|term| is_known(term))
    }
}

/// The links of a document.
pub async fn links(session: &Arc<Session>, uri: &Url) -> Option<Vec<lsp::DocumentLink>> {
    let analysis = session.analysis(uri).await?;
    let (encoding, tooltips) = (session.traits().encoding, session.traits().tooltips);
    let found = session.blocking(move || {
        let checked = &analysis.checked;
        let found = links::links(checked).into_iter().filter_map(|link| {
            Some(lsp::DocumentLink {
                range: convert::range(&checked.post.source, link.range, encoding),
                target: Some(target_uri(checked, &link.target)?),
                tooltip: match link.target {
                    Target::Web(_) => None,
                    Target::Post(path) | Target::File(path) => tooltips.then_some(path),
                },
                data: None,
            })
        });
        found.collect()
    });
    found.await.ok()
}

fn target_uri(checked: &Checked, target: &Target) -> Option<Url> {
    match target {
        Target::Web(url) => Url::parse(url).ok(),
        Target::Post(path) | Target::File(path) => Url::from_file_path(checked.stage.site.as_ref()?.file(path)).ok(),
    }
}

/// Where the thing at a place is at home: the post that a link leads to, the first post that has a term.
pub async fn definition(
    session: &Arc<Session>,
    place: &lsp::TextDocumentPositionParams,
) -> Option<lsp::GotoDefinitionResponse> {
    session.read().await;
    let (analysis, offset) = at(session, place).await?;
    let worker = Arc::clone(session);
    let found = session.blocking(move || {
        let checked = &analysis.checked;
        if let Some(link) = links::at(checked, offset) {
            return goal(&worker, checked, &link.target).map(|goal| vec![goal]);
        }
        let term = Term::of(&terms::at(&checked.post, checked.generator(), offset)?);
        Some(vec![home(&worker, checked.stage.site.as_ref()?, &term)?])
    });
    found.await.ok().flatten().map(lsp::GotoDefinitionResponse::Array)
}

/// The place that a link leads to.
fn goal(session: &Session, checked: &Checked, target: &Target) -> Option<lsp::Location> {
    let site = checked.stage.site.as_ref()?;
    match target {
        Target::Web(_) => None,
        Target::File(path) => {
            let uri = Url::from_file_path(site.file(path)).ok()?;
            Some(lsp::Location::new(uri, lsp::Range::default()))
        }
        Target::Post(path) => {
            let other = session.other(&site.file(path))?;
            let place = site.site.posts.get(path)?.place;
            Some(location(session, &other, place))
        }
    }
}

fn location(session: &Session, other: &Other, range: TextRange) -> lsp::Location {
    // The index may be older than the text.
    let end = other.source.text().len();
    let range = TextRange::new(range.start.min(end), range.end.min(end));
    let range = convert::range(&other.source, range, session.traits().encoding);
    lsp::Location::new(other.uri.clone(), range)
}

/// Every place that names the term at a place, or leads to the same post.
pub async fn references(session: &Arc<Session>, place: &lsp::TextDocumentPositionParams) -> Option<Vec<lsp::Location>> {
    session.read().await;
    let (analysis, offset) = at(session, place).await?;
    let worker = Arc::clone(session);
    let found = session.blocking(move || {
        let checked = &analysis.checked;
        let site = checked.stage.site.as_ref()?;
        if let Some(place) = terms::at(&checked.post, checked.generator(), offset) {
            return Some(uses(&worker, site, &Term::of(&place)));
        }
        let target = match links::at(checked, offset) {
            Some(link) => link.target,
            // Elsewhere in the front matter the post itself is meant.
            None => {
                let envelope = checked.post.envelope.as_ref()?;
                (offset <= envelope.block.end).then(|| Target::Post(checked.post.path.clone()))?
            }
        };
        Some(leading_to(&worker, site, &target))
    });
    found.await.ok().flatten()
}

/// The first place that names `term`, as the index says; what is not published, the index does not know.
fn home(session: &Session, site: &SiteRoot, term: &Term) -> Option<lsp::Location> {
    let workspace = session.settings.workspace(&site.root);
    let known = term.known();
    let mut posts = site.site.posts.users(&known).map(|path| site.file(path));
    let first = posts.find_map(|file| {
        let other = session.other(&file)?;
        term.places(session, &workspace, &other)?.into_iter().next()
    });
    first.or_else(|| uses(session, site, term).into_iter().next())
}

fn uses(session: &Session, site: &SiteRoot, term: &Term) -> Vec<lsp::Location> {
    let workspace = session.settings.workspace(&site.root);
    let found = session.of_posts(site, |facts, other| {
        let may = term.may_stand_in(facts, &other.source);
        may.then(|| term.places(session, &workspace, &other)).flatten()
    });
    found.into_iter().flatten().collect()
}

fn leading_to(session: &Session, site: &SiteRoot, target: &Target) -> Vec<lsp::Location> {
    let found = session.of_posts(site, |_, other| {
        let checked = session.parsed(&other)?;
        let links = links::links(&checked).into_iter().filter(|link| link.target == *target);
        Some(
            links
                .map(|link| location(session, &other, link.range))
                .collect::<Vec<_>>(),
        )
    });
    found.into_iter().flatten().collect()
}

/// Posts by title, tags and categories by name, wherever `query` stands in them.
pub async fn symbols(session: &Arc<Session>, query: &str) -> Option<Vec<lsp::SymbolInformation>> {
    session.read().await;
    let (worker, query) = (Arc::clone(session), query.to_lowercase());
    session.blocking(move || named(&worker, &query)).await.ok()
}

fn named(session: &Session, query: &str) -> Vec<lsp::SymbolInformation> {
    const MOST: usize = 128;
    let mut found = Vec::new();
    for site in session.settings.sites() {
        let mut seen = std::collections::BTreeSet::new();
        for facts in site.site.posts.iter() {
            let mut names = Vec::new();
            if facts.title.to_lowercase().contains(query) {
                names.push((facts.title.clone(), lsp::SymbolKind::FILE, None));
            }
            for term in facts
                .terms
                .iter()
                .filter(|term| term.name.to_lowercase().contains(query))
            {
                if seen.insert(term.clone()) {
                    let kind = match term.taxonomy {
                        Taxonomy::Category => lsp::SymbolKind::NAMESPACE,
                        Taxonomy::Tag => lsp::SymbolKind::STRING,
                    };
                    let above = (!term.parents.is_empty()).then(|| term.parents.join(" › "));
                    names.push((term.name.to_string(), kind, above));
                }
            }
            let Some(other) = (!names.is_empty())
                .then(|| session.other(&site.file(&facts.path)))
                .flatten()
            else {
                continue;
            };
            let place = location(session, &other, facts.place);
            found.extend(
                names
                    .into_iter()
                    .map(|(name, kind, above)| symbol(name, kind, above, place.clone())),
            );
            if found.len() >= MOST {
                return found;
            }
        }
    }
    found
}

#[allow(deprecated, reason = "the protocol's older field must be named to be left empty")]
fn symbol(name: String, kind: lsp::SymbolKind, above: Option<String>, place: lsp::Location) -> lsp::SymbolInformation {
    lsp::SymbolInformation {
        name,
        kind,
        tags: None,
        deprecated: None,
        location: place,
        container_name: above,
    }
}

/// The term at a place, as far as it can be renamed.
pub async fn prepare_rename(
    session: &Arc<Session>,
    place: &lsp::TextDocumentPositionParams,
) -> Option<lsp::PrepareRenameResponse> {
    let (analysis, offset) = at(session, place).await?;
    let checked = &analysis.checked;
    let term = terms::at(&checked.post, checked.generator(), offset)?;
    terms::renamed(&checked.post, term.node, term.name())?;
    Some(lsp::PrepareRenameResponse::RangeWithPlaceholder {
        range: convert::range(&checked.post.source, term.node.range, session.traits().encoding),
        placeholder: term.name().to_owned(),
    })
}

/// The edits that give the term at a place another name in every post of the site.
pub async fn rename(session: &Arc<Session>, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let name = params.new_name.trim().to_owned();
    if name.is_empty() || name.contains(['\n', '\r']) {
        return Err(Error::invalid_params(
            session.said(&say!("a name is one line and not empty")),
        ));
    }
    session.read().await;
    let Some((analysis, offset)) = at(session, &params.text_document_position).await else {
        return Ok(None);
    };
    let (worker, uri) = (Arc::clone(session), params.text_document_position.text_document.uri);
    session
        .blocking(move || {
            let pieces = renamed(&worker, &analysis, &uri, offset, &name)?;
            Some(convert::wide_edit(&pieces, Vec::new(), None, worker.traits()))
        })
        .await
}

fn renamed(session: &Session, analysis: &Analysis, uri: &Url, offset: usize, name: &str) -> Option<Vec<Piece>> {
    let checked = &analysis.checked;
    let term = Term::of(&terms::at(&checked.post, checked.generator(), offset)?);
    let mut pieces = checked.stage.site.as_ref().map_or_else(Vec::new, |site| {
        let workspace = session.settings.workspace(&site.root);
        session.of_posts(site, |facts, other| {
            let may = other.uri != *uri && term.may_stand_in(facts, &other.source);
            let (post, generator) = may
                .then(|| workspace.parsed(&other.file, other.source).ok())
                .flatten()?;
            piece(&post, generator, (&term, name), (other.uri, other.version))
        })
    });
    // The document itself may be no post of the index (yet).
    let own = (uri.clone(), Some(analysis.version));
    pieces.extend(piece(&checked.post, checked.generator(), (&term, name), own));
    (!pieces.is_empty()).then_some(pieces)
}

/// The edits in one post; `None` where there are none, and where the result could not be read.
fn piece(
    post: &Post,
    generator: Generator,
    (term, name): (&Term, &str),
    (uri, version): (Url, Option<i32>),
) -> Option<Piece> {
    let places = terms::places(post, generator);
    let nodes = places.iter().filter(|place| term.is_at(place)).map(|place| place.node);
    let mut edits: Vec<_> = nodes.filter_map(|node| terms::renamed(post, node, name)).collect();
    edits.sort();
    edits.dedup();
    // Names stand in the front matter: thousands of bodies need not be kept until the answer is whole.
    let head = post.text().get(..post.body.start)?;
    (!edits.is_empty() && is_sound(post, head, &edits)).then(|| Piece {
        uri,
        version,
        source: Source::new(head),
        edits,
    })
}

/// Whether a front matter that can be read can be read after `edits`, too; `head` is the text up to the body.
fn is_sound(post: &Post, head: &str, edits: &[Edit]) -> bool {
    // One bare word for another changes nothing but itself; asking of thousands of posts would take as long as all the rest.
    let is_word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphanumeric);
    let is_bare = |edit: &Edit| is_word(post.source.slice(edit.range)) && is_word(&edit.text);
    if post.front_matter.error.is_some() || edits.iter().all(is_bare) {
        return true;
    }
    let after = Post::parse(Source::new(text::apply(head, edits)), post.path.as_str());
    after.front_matter.error.is_none()
}

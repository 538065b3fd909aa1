//! What to mend when posts, pictures and folders of them get other names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::lsp_types::{self as lsp, Url};

use super::convert::{self, Piece};
use super::session::Session;
use super::settings::file_of;
use crate::ide::moved::{self, Move, Moves};
use crate::post::{Post, address};
use crate::site::assets;
use crate::workspace::{self, SiteRoot, has_post_extension};

/// The edits that keep the links of the sites whole when `files` are renamed.
pub async fn will_rename(session: &Arc<Session>, files: Vec<lsp::FileRename>) -> Option<lsp::WorkspaceEdit> {
    session.read().await;
    let worker = Arc::clone(session);
    let edit = session.blocking(move || {
        let mut sites: Vec<(Arc<SiteRoot>, Vec<Move>)> = Vec::new();
        let mut operations = Vec::new();
        for file in &files {
            let Some((site, old, new)) = inside(&worker, file) else {
                continue;
            };
            let moves = moves(&site, &old, &new);
            if site.site.posts.get(&old).is_some() {
                operations.extend(asset_folder(&worker, &site, (&old, &new)));
            }
            match sites.iter_mut().find(|(known, _)| known.root == site.root) {
                Some((_, all)) => all.extend(moves),
                None => sites.push((site, moves)),
            }
        }
        let pieces: Vec<Piece> = sites
            .into_iter()
            .flat_map(|(site, moves)| mended(&worker, &site, moves))
            .collect();
        (!pieces.is_empty() || !operations.is_empty())
            .then(|| convert::wide_edit(&pieces, operations, None, worker.traits()))
    });
    edit.await.ok().flatten()
}

/// The site that a renamed file lies in, and both names as paths from its root; `None` where it leaves the site.
fn inside(session: &Session, file: &lsp::FileRename) -> Option<(Arc<SiteRoot>, String, String)> {
    let (old, new) = (path_of(&file.old_uri)?, path_of(&file.new_uri)?);
    let site = session.settings.workspace(&old).stage(&old).ok()?.site?;
    let name = |path: &Path| path.strip_prefix(&site.root).ok().map(workspace::shown);
    let (old, new) = (name(&old)?, name(&new)?);
    Some((site, old, new))
}

fn path_of(uri: &str) -> Option<PathBuf> {
    file_of(&Url::parse(uri).ok()?)
}

/// The files that move along with `old`: itself, or everything in it that is known of the site.
fn moves(site: &SiteRoot, old: &str, new: &str) -> Vec<Move> {
    let posts = site.site.posts.iter().map(|post| &*post.path);
    let files = posts.chain(
        site.site
            .assets
            .iter()
            .flat_map(|files| files.iter())
            .map(String::as_str),
    );
    let moved = files.filter_map(|path| {
        let rest = path.strip_prefix(old)?;
        let stays_post = has_post_extension(Path::new(path)) == has_post_extension(Path::new(new));
        let is_it = rest.is_empty() && stays_post || rest.starts_with('/');
        is_it.then(|| Move {
            old: path.to_owned(),
            new: format!("{new}{rest}"),
            old_url: None,
            new_url: None,
        })
    });
    moved.collect()
}

/// The same moves with the addresses before and after.
fn with_urls(session: &Session, site: &SiteRoot, moves: Vec<Move>) -> Vec<Move> {
    let workspace = session.settings.workspace(&site.root);
    let roots = match (moves.first(), &site.site.assets) {
        (Some(first), Some(files)) => {
            let generator = workspace.stage(&site.file(&first.old)).map(|stage| stage.generator());
            generator.map_or_else(|_| Vec::new(), |generator| assets::roots(&site.site, generator, files))
        }
        _ => Vec::new(),
    };
    let file_url = |path: &str| {
        let inside = roots.iter().find_map(|root| path.strip_prefix(root.as_str()))?;
        Some(format!("/{inside}"))
    };
    let with = |one: Move| {
        let source = session.other(&site.file(&one.old)).map(|other| other.source);
        let page_url = |path: &str| {
            let stage = workspace.stage(&site.file(path)).ok()?;
            stage.explain(&Post::parse(source.clone()?, path)).url
        };
        let url = |path: &str| match site.site.posts.get(&one.old) {
            Some(_) => page_url(path),
            None => file_url(path),
        };
        Move {
            old_url: url(&one.old),
            new_url: url(&one.new),
            ..one
        }
    };
    moves.into_iter().map(with).collect()
}

/// The folder with the post's pictures goes with it.
fn asset_folder(session: &Session, site: &SiteRoot, (old, new): (&str, &str)) -> Option<lsp::ResourceOp> {
    let has_folders = site.site.settings.post_asset_folder == Some(true);
    let (old, new) = (moved::asset_folder(old), moved::asset_folder(new));
    let (from, to) = (site.file(old), site.file(new));
    let can = session.traits().renames_files && session.traits().versioned_edits;
    if !(has_folders && can && old != new && from.is_dir() && !to.exists()) {
        return None;
    }
    Some(lsp::ResourceOp::Rename(lsp::RenameFile {
        old_uri: Url::from_file_path(from).ok()?,
        new_uri: Url::from_file_path(to).ok()?,
        options: None,
        annotation_id: None,
    }))
}

fn mended(session: &Session, site: &SiteRoot, moves: Vec<Move>) -> Vec<Piece> {
    let moves = with_urls(session, site, moves);
    if moves.is_empty() {
        return Vec::new();
    }
    let names = names(&moves);
    let moves = Moves::new(moves);
    session.of_posts(site, |facts, other| {
        let may = moves.has(&facts.path)
            || names
                .as_ref()
                .is_none_or(|names| names.iter().any(|name| other.source.text().contains(name)));
        let checked = may.then(|| session.parsed(&other)).flatten()?;
        let edits = moved::mended(&checked.post, &site.site, &moves);
        (!edits.is_empty()).then(|| Piece {
            uri: other.uri,
            version: other.version,
            source: other.source,
            edits,
        })
    })
}

/// What a text that names one of `moves` contains, in whatever way it is written; `None` where they are too many to look for, or
/// may be written in ways that cannot be told.
fn names(moves: &[Move]) -> Option<Vec<String>> {
    const MOST: usize = 8;
    if moves.len() > MOST {
        return None;
    }
    let last = |path: &str| {
        let path = path.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or(path).to_owned()
    };
    let mut names = Vec::new();
    for one in moves {
        let stem = last(moved::asset_folder(&one.old));
        let url = last(one.old_url.as_deref().unwrap_or(&one.old));
        names.extend([stem, address::percent_decoded(&url), url]);
    }
    // Escapes are written in more than one way: whoever has letters beyond ASCII or blanks is looked for by any escape.
    if names
        .iter()
        .any(|name| !name.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        names.push("%".to_owned());
    }
    names.iter().all(|name| !name.is_empty()).then_some(names)
}

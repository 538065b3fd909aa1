//! Reads the sites of the workspace in the background, so that posts can be compared, and keeps that fresh.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::MutexGuard;
use tower_lsp::lsp_types::{self as lsp, Url};

use super::analysis::Analysis;
use super::documents::Document;
use super::session::{Reading, Session};
use super::settings::file_of;
use super::watch;
use crate::post::Post;
use crate::say;
use crate::workspace::{self, Depth};

/// How every name of our progress begins; each is used once.
const TOKEN: &str = "postlint/index/";

/// How long the client may take to allow a progress before the work goes on without one.
const PATIENCE: Duration = Duration::from_millis(500);

/// Index every site of the workspace that is not indexed yet, soon.
pub fn all(session: &Arc<Session>) {
    let (session, reading) = (Arc::clone(session), session.reading());
    tokio::spawn(async move {
        every(Arc::clone(&session)).await;
        ended(&session, reading);
    });
}

async fn every(session: Arc<Session>) {
    let roots: Vec<PathBuf> = session.settings.roots();
    let (guarded, roots): (Vec<_>, Vec<_>) = roots.into_iter().partition(|root| is_too_wide(root));
    for root in guarded {
        session.note_once(session.said(&say!(
            "{root} is too wide to be read as one workspace: only the sites of open files are",
            root = workspace::shown(&root)
        )));
    }
    run(&session, roots).await;
}

/// Index the site of a document that was just opened, wherever it lies, soon.
pub fn met(session: &Arc<Session>, uri: &Url) {
    let Some(path) = file_of(uri) else { return };
    let (session, reading) = (Arc::clone(session), session.reading());
    tokio::spawn(async move {
        site_of(Arc::clone(&session), path).await;
        ended(&session, reading);
    });
}

/// Whoever did not wait for `reading` looks again, before anybody who waited for it goes on.
fn ended(session: &Arc<Session>, reading: Reading) {
    drop(reading);
    again_without_hurry(session);
}

/// Have everything checked again where a look did not wait for a reading, and there is none any more.
pub fn again_without_hurry(session: &Arc<Session>) {
    if !session.is_reading() && session.settings.were_hurried() {
        watch::recheck(session);
    }
}

async fn site_of(session: Arc<Session>, path: PathBuf) {
    // What is being read may hold this site, and to look at it twice would keep the writer's post waiting.
    drop(session.indexing.lock().await);
    let place = Arc::clone(&session);
    let is_new = session.blocking(move || {
        let stage = place.settings.workspace(&path).stage(&path).ok()?;
        let root = stage.site?;
        (root.site.posts.is_empty() && !is_too_wide(&root.root)).then_some(())
    });
    if matches!(is_new.await, Ok(Some(()))) {
        run(&session, Vec::new()).await;
    }
}

async fn run(session: &Arc<Session>, roots: Vec<PathBuf>) {
    let _turn = session.indexing.lock().await;
    session.shared.stop_indexing.store(false, Ordering::SeqCst);
    let token = session.token(TOKEN);
    let shown = begin(session, &token).await;
    let (place, shared) = (Arc::clone(session), Arc::clone(&session.shared));
    let looks = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&looks);
    let taken = session.blocking(move || {
        let go_on = || {
            counter.fetch_add(1, Ordering::Relaxed);
            !shared.stop_indexing.load(Ordering::SeqCst)
        };
        for root in roots.iter().take_while(|_| go_on()) {
            place.settings.workspace(root).meet(root);
        }
        let workspaces = place.settings.workspaces().into_iter();
        workspaces.map(|workspace| workspace.index_sites_while(&go_on)).sum()
    });
    let taken = tokio::select! {
        taken = taken => taken.unwrap_or(0),
        () = report(session, &token, &looks), if shown => 0,
    };
    if taken > 0 {
        for site in session.settings.sites() {
            let about = say!(
                "{root}: {posts} posts",
                root = workspace::shown(&site.root),
                posts = site.site.posts.len()
            );
            session.log(lsp::MessageType::INFO, session.said(&about));
        }
        watch::recheck(session);
    }
    if shown {
        end(session, &token, taken).await;
    }
}

/// Somebody's whole home or disk is no blog.
fn is_too_wide(root: &Path) -> bool {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    root.parent().is_none() || home.is_some_and(|home| Path::new(&home).starts_with(root))
}

/// Take in a document as it is being written, and have the others checked again where they may see a difference.
pub async fn rests(session: &Arc<Session>, uri: &Url, analysis: &Arc<Analysis>) {
    if !is_taken_in(session, uri, analysis) {
        take_in(session, uri, analysis, Depth::Outline).await;
    }
}

/// Whether the index knows already what others see of a document as it is being written.
pub fn is_taken_in(session: &Session, uri: &Url, analysis: &Analysis) -> bool {
    let seen = outline(session, &analysis.checked.post);
    let is_known = |document: &mut Document| seen.is_some() && document.taken_in == seen;
    session.documents.with(uri, is_known).unwrap_or_default()
}

/// What others see of a post until it is saved, at the session's epoch; `None` where the body may have a say in that, because a
/// generator may find other fences than these.
fn outline(session: &Session, post: &Post) -> Option<(u64, String)> {
    let envelope = post.envelope.as_ref().filter(|envelope| envelope.lead.is_empty())?;
    let are_plain = [Some(envelope.open), envelope.close]
        .iter()
        .all(|fence| fence.is_some_and(|fence| post.source.slice(fence) == "---"));
    are_plain.then(|| (*session.epoch.borrow(), post.text()[..post.body.start].to_owned()))
}

/// Take in a document that was saved.
pub async fn saved(session: Arc<Session>, uri: Url) {
    let only_now = session.settings.only_on_save(&uri);
    session.documents.with(&uri, |document| {
        document.saved = true;
        if only_now {
            document.touch();
        }
    });
    if only_now {
        watch::ask_again(&session);
    }
    if let Some(analysis) = session.analysis(&uri).await {
        take_in(&session, &uri, &analysis, Depth::Whole).await;
    }
}

async fn take_in(session: &Arc<Session>, uri: &Url, analysis: &Arc<Analysis>, depth: Depth) {
    let Ok(turn) = session.indexing.try_lock() else {
        // A whole site is being read. What is taken in before its end would be lost, and nobody shall wait for it.
        let (session, uri, analysis) = (Arc::clone(session), uri.clone(), Arc::clone(analysis));
        tokio::spawn(async move {
            let turn = session.indexing.lock().await;
            enter(&session, &uri, &analysis, depth, turn).await;
        });
        return;
    };
    enter(session, uri, analysis, depth, turn).await;
}

async fn enter(session: &Arc<Session>, uri: &Url, analysis: &Arc<Analysis>, depth: Depth, turn: MutexGuard<'_, ()>) {
    let Some(path) = file_of(uri) else { return };
    let (place, uri, analysis) = (Arc::clone(session), uri.clone(), Arc::clone(analysis));
    let news = session.blocking(move || {
        let seen = outline(&place, &analysis.checked.post);
        // Closed or edited since: what counts now is the file, or what the next look finds.
        let is_current = place.documents.with(&uri, |document| {
            let is_current = document.revision() == analysis.revision;
            if is_current {
                document.taken_in = seen;
            }
            is_current
        });
        let workspace = place.settings.workspace(&path);
        is_current == Some(true) && workspace.take_in(&path, Some(&analysis.checked.post), depth)
    });
    let news = news.await;
    drop(turn);
    if matches!(news, Ok(true)) {
        watch::recheck(session);
    }
}

/// Read files again that have come, gone or changed outside of the editor.
pub async fn reread(session: Arc<Session>, files: Vec<Url>) {
    let turn = session.indexing.lock().await;
    let place = Arc::clone(&session);
    let news = session.blocking(move || {
        let closed = files.iter().filter(|uri| place.documents.with(uri, |_| ()).is_none());
        let (posts, assets): (BTreeSet<PathBuf>, BTreeSet<PathBuf>) = closed
            .filter_map(file_of)
            .partition(|path| workspace::has_post_extension(path));
        let of_assets = assets
            .iter()
            .filter(|path| place.settings.workspace(path).take_in_asset(path, path.is_file()));
        // Everything is looked at, not only up to the first that is news.
        let is_news = of_assets.count() > 0;
        let workspaces = place.settings.workspaces().into_iter();
        let of_posts = workspaces.filter(|workspace| {
            let own = |path: &&PathBuf| Arc::ptr_eq(&place.settings.workspace(path), workspace);
            let posts: BTreeSet<PathBuf> = posts.iter().filter(own).cloned().collect();
            workspace.take_in_files(&posts)
        });
        of_posts.count() > 0 || is_news
    });
    let news = news.await;
    drop(turn);
    if matches!(news, Ok(true)) {
        watch::recheck(&session);
    }
}

/// Whether the client shows a progress, and has been told of its beginning.
async fn begin(session: &Session, token: &str) -> bool {
    if !session.traits().progress {
        return false;
    }
    let client = session.client.clone();
    let params = lsp::WorkDoneProgressCreateParams {
        token: lsp::NumberOrString::String(token.to_owned()),
    };
    // A task of its own, which outlives our patience: tower-lsp panics at an answer that nobody waits for any more.
    let create = tokio::spawn(async move {
        client
            .send_request::<lsp::request::WorkDoneProgressCreate>(params)
            .await
    });
    if !matches!(tokio::time::timeout(PATIENCE, create).await, Ok(Ok(Ok(())))) {
        return false;
    }
    let begin = lsp::WorkDoneProgressBegin {
        title: session.said(&say!("postlint: reading the site")),
        cancellable: Some(true),
        ..Default::default()
    };
    tell(session, token, lsp::WorkDoneProgress::Begin(begin)).await;
    true
}

/// Tell how far it has come, for ever.
async fn report(session: &Session, token: &str, looks: &AtomicUsize) {
    loop {
        tokio::time::sleep(PATIENCE).await;
        let report = lsp::WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(posts(session, looks.load(Ordering::Relaxed))),
            percentage: None,
        };
        tell(session, token, lsp::WorkDoneProgress::Report(report)).await;
    }
}

fn posts(session: &Session, posts: usize) -> String {
    session.said(&say!("{posts} posts", posts))
}

async fn end(session: &Session, token: &str, taken: usize) {
    let message = Some(posts(session, taken));
    tell(
        session,
        token,
        lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message }),
    )
    .await;
}

async fn tell(session: &Session, token: &str, progress: lsp::WorkDoneProgress) {
    let params = lsp::ProgressParams {
        token: lsp::NumberOrString::String(token.to_owned()),
        value: lsp::ProgressParamsValue::WorkDone(progress),
    };
    session
        .client
        .send_notification::<lsp::notification::Progress>(params)
        .await;
}

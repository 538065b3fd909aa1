//! Hears when settings change, in files or in the client, and has everything checked again.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::lsp_types::{self as lsp, Url, notification::Notification};

use super::index;
use super::session::Session;
use super::settings::file_of;
use crate::message::Message;
use crate::say;

/// The files whose change may change what is found in every post, then posts, then pictures.
const FILES: [&str; 6] = [
    "**/{.postlint.toml,postlint.toml}",
    "**/_config.{yml,yaml}",
    "**/{hugo,config}.{toml,yaml,yml,json}",
    "**/config/**/*.{toml,yaml,yml,json}",
    "**/*.{md,markdown,mkd,mkdn,mdwn,mdtxt,mdtext,mdown,html,htm}",
    "**/*.{png,jpg,jpeg,gif,webp,svg,avif,bmp,ico}",
];

/// Hear that files have come, gone or changed.
pub fn changed(session: &Arc<Session>, files: Vec<Url>) {
    let is_config = |uri: &Url| {
        let path = uri.path();
        [".toml", ".yml", ".yaml", ".json"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    // A client that names no file wants everything looked at again.
    if files.is_empty() || files.iter().any(is_config) {
        anew(session);
    } else {
        tokio::spawn(index::reread(Arc::clone(session), files));
    }
}

/// Hear that the writer has made, moved or deleted files in the editor. Of a folder only its own name is told, and nobody else
/// tells what was in it.
pub fn moved(session: &Arc<Session>, files: Vec<String>) {
    let files: Vec<Url> = files.iter().filter_map(|file| Url::parse(file).ok()).collect();
    let is_folder = |uri: &Url| file_of(uri).is_some_and(|path| path.extension().is_none() || path.is_dir());
    if files.iter().any(is_folder) {
        anew(session);
    } else if !files.is_empty() {
        changed(session, files);
    }
}

/// Read everything again.
fn anew(session: &Arc<Session>) {
    session.settings.forget_files();
    recheck(session);
    index::all(session);
}

/// Ask the client to watch our files and to tell of changed settings, as far as it can. Runs as a task of its own,
/// because the client may take its time to answer.
pub async fn register(session: Arc<Session>) {
    let mut wanted = Vec::new();
    if session.traits().watches {
        let watchers: Vec<_> = FILES.iter().map(|glob| json!({"globPattern": glob})).collect();
        wanted.push(lsp::Registration {
            id: "files".to_owned(),
            method: lsp::notification::DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        });
    }
    if session.traits().registers_settings {
        wanted.push(lsp::Registration {
            id: "settings".to_owned(),
            method: lsp::notification::DidChangeConfiguration::METHOD.to_owned(),
            register_options: Some(json!({"section": super::convert::SOURCE})),
        });
    }
    if !wanted.is_empty() && session.client.register_capability(wanted).await.is_err() {
        session.note(session.said(&say!(
            "the client refused to watch files: restart after a change of settings"
        )));
    }
}

/// Ask the client for its settings and use them.
pub async fn ask_settings(session: Arc<Session>) {
    if !session.traits().configurable {
        return;
    }
    let folders = scopes(&session);
    let item = |scope_uri: Option<Url>| lsp::ConfigurationItem {
        scope_uri,
        section: Some(super::convert::SOURCE.to_owned()),
    };
    let scoped = folders.iter().map(|(_, uri)| item(Some(uri.clone())));
    let items = std::iter::once(item(None)).chain(scoped).collect();
    let Ok(answers) = session.client.configuration(items).await else {
        return;
    };
    let mut answers = answers.into_iter();
    let mut news = match answers.next() {
        Some(settings) if settings.is_object() => configure(&session, &settings),
        _ => false,
    };
    for ((root, _), settings) in folders.iter().zip(answers) {
        let complaints = session.settings.set_folder(root, &settings);
        news |= complaints.is_some();
        complain(&session, complaints);
    }
    if news {
        recheck(&session);
        index::all(&session);
    }
}

/// Take the client's settings and tell of those that cannot be understood. Returns whether they are news.
pub fn configure(session: &Session, settings: &Value) -> bool {
    let complaints = session.settings.set_client(settings);
    session.traits().choose(session.settings.language());
    let news = complaints.is_some();
    complain(session, complaints);
    news
}

fn complain(session: &Session, complaints: Option<Vec<Message>>) {
    for complaint in complaints.into_iter().flatten() {
        session.note(session.said(&complaint));
    }
}

/// The folders that may have settings of their own: where there is one, its settings are those of all.
pub fn scopes(session: &Session) -> Vec<(PathBuf, Url)> {
    let roots = session.settings.roots();
    if roots.len() < 2 {
        return Vec::new();
    }
    let uri = |root: PathBuf| Url::from_file_path(&root).ok().map(|uri| (root, uri));
    roots.into_iter().filter_map(uri).collect()
}

/// Have every open document checked again.
pub fn recheck(session: &Arc<Session>) {
    session.epoch.send_modify(|epoch| *epoch += 1);
    session.documents.touch_all();
    ask_again(session);
}

/// Have a client that asks for findings itself ask again.
pub fn ask_again(session: &Arc<Session>) {
    if session.traits().pulls && session.traits().refreshes {
        let session = Arc::clone(session);
        tokio::spawn(async move {
            // A client that refuses will ask again at the next change.
            let _ = session.client.workspace_diagnostic_refresh().await;
        });
    }
}

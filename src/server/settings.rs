//! Which settings and which site hold for a document: the workspace's files, and what the client says on top.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tower_lsp::lsp_types::Url;

use super::layer::{self, Layer};
use crate::config::ConfigError;
use crate::message::{Language, Message};
use crate::workspace::{self, Candidate, SiteRoot, Stage, Workspace};

/// Settings by place.
#[derive(Debug, Default)]
pub struct Settings {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    roots: Vec<PathBuf>,
    /// What holds where no folder of the workspace has settings of its own.
    base: Layer,
    /// By folder of the workspace, for those that the client gave other settings.
    folders: BTreeMap<PathBuf, Layer>,
    /// What the client said when it began.
    first: Value,
}

impl State {
    /// What holds for the file or folder at `path`.
    fn layer(&self, path: &Path) -> &Layer {
        let within = self.folders.iter().filter(|(root, _)| path.starts_with(root));
        let innermost = within.max_by_key(|(root, _)| root.as_os_str().len());
        innermost.map_or(&self.base, |(_, layer)| layer)
    }

    fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.base).chain(self.folders.values())
    }
}

/// What is only done where the client asks for it: other servers do the like, it costs something, or the editor would call
/// other people's servers.
const ON_REQUEST: [&str; 3] = ["formatting", "workspaceDiagnostics", "remoteImages"];

/// What holds for one document.
#[derive(Debug)]
pub struct Holding {
    /// Settings, site and path.
    pub stage: Arc<Stage>,
    candidate: Candidate,
}

impl Holding {
    /// Whether rules are to be asked; `begins` says whether the text begins like a post. The same files that a walk
    /// over the folder would check.
    pub fn wants(&self, begins: bool) -> bool {
        !self.stage.excluded
            && match self.candidate {
                Candidate::Post => true,
                Candidate::Outside => begins,
                Candidate::Other => false,
            }
    }
}

impl Settings {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Take the workspace's folders.
    pub fn set_roots(&self, roots: Vec<PathBuf>) {
        self.lock().roots = roots;
    }

    /// Take a change of the workspace's folders.
    pub fn change_roots(&self, removed: &[PathBuf], added: Vec<PathBuf>) {
        let mut state = self.lock();
        state.roots.retain(|root| !removed.contains(root));
        state.folders.retain(|root, _| !removed.contains(root));
        state.roots.extend(added);
        // One folder alone is all there is.
        if state.roots.len() < 2 {
            state.folders.clear();
        }
    }

    /// The workspace's folders.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.lock().roots.clone()
    }

    /// What is known of sites and configurations for the file or folder at `path`.
    pub fn workspace(&self, path: &Path) -> Arc<Workspace> {
        Arc::clone(&self.lock().layer(path).workspace)
    }

    /// The same for everything: one for all folders, and one for each folder with settings of its own.
    pub fn workspaces(&self) -> Vec<Arc<Workspace>> {
        let state = self.lock();
        state.layers().map(|layer| Arc::clone(&layer.workspace)).collect()
    }

    /// Whether a document was looked at in a hurry since this was last asked.
    pub fn were_hurried(&self) -> bool {
        let hurried = self.workspaces().into_iter();
        hurried.filter(|workspace| workspace.was_hurried()).count() > 0
    }

    /// Every site that was met, each once, by root.
    pub fn sites(&self) -> Vec<Arc<SiteRoot>> {
        let met = self.workspaces().into_iter().flat_map(|workspace| {
            // The same folder may have been looked at from elsewhere, under settings that are not its own.
            let own = |site: &Arc<SiteRoot>| Arc::ptr_eq(&self.workspace(&site.root), &workspace);
            workspace.sites().into_iter().filter(own).collect::<Vec<_>>()
        });
        let mut sites: Vec<Arc<SiteRoot>> = met.collect();
        sites.sort_by(|a, b| a.root.cmp(&b.root));
        sites
    }

    /// Read files again when they are next asked for.
    pub fn forget_files(&self) {
        self.lock().layers().for_each(|layer| layer.workspace.forget());
    }

    /// Take the client's settings, whether or not they are nested under `postlint`: `generator`, `select`, `ignore` and
    /// `config`, as on the command line. What they leave out is as the client said when it began: many send an empty answer
    /// afterwards. Returns what cannot be understood, in words; `None` when they are as they were.
    pub fn set_client(&self, settings: &Value) -> Option<Vec<Message>> {
        let settings = layer::inner(settings);
        let mut state = self.lock();
        if state.base.client.is_none() {
            state.first = settings.clone();
        }
        let settings = layer::ours(settings, &state.first);
        if state.base.client.as_ref() == Some(&settings) {
            return None;
        }
        let (base, complaints) = Layer::new(settings);
        state.base = base;
        Some(complaints)
    }

    /// Take the client's settings for the folder at `root`, as [`Settings::set_client`]. A folder with the settings of
    /// all, or of which nothing is said, has none of its own.
    pub fn set_folder(&self, root: &Path, settings: &Value) -> Option<Vec<Message>> {
        let mut state = self.lock();
        let settings = layer::inner(settings);
        let is_said = settings.as_object().is_some_and(|settings| !settings.is_empty());
        let settings = layer::ours(settings, &state.first);
        let is_there = state.roots.iter().any(|known| known == root);
        if !is_said || !is_there || state.base.client.as_ref() == Some(&settings) {
            return state.folders.remove(root).map(|_| Vec::new());
        }
        if state
            .folders
            .get(root)
            .is_some_and(|layer| layer.client.as_ref() == Some(&settings))
        {
            return None;
        }
        let (layer, complaints) = Layer::new(settings);
        state.folders.insert(root.to_owned(), layer);
        Some(complaints)
    }

    /// The language that the client's settings name, the same for all folders; `None` where they name none.
    pub fn language(&self) -> Option<Language> {
        self.lock().base.lang
    }

    /// Whether the client has said nothing of its settings yet.
    pub fn is_unset(&self) -> bool {
        let state = self.lock();
        let nothing = |value: &Value| value.as_object().is_none_or(serde_json::Map::is_empty);
        state.base.client.as_ref().is_none_or(nothing)
    }

    /// The configuration that holds for a file in `folder`, and else where a new one for `root` would lie.
    pub fn config_file(&self, folder: &Path, root: &Path) -> PathBuf {
        let loaded = self.workspace(folder).settings(folder).ok();
        let file = loaded.and_then(|loaded| loaded.file.clone());
        file.unwrap_or_else(|| root.join("postlint.toml"))
    }

    /// Whether the client wants `feature`, by its name in `features`; the same for all folders.
    pub fn offers(&self, feature: &str) -> bool {
        let state = self.lock();
        let wanted = state.base.features.get(feature).copied();
        wanted.unwrap_or(!ON_REQUEST.contains(&feature))
    }

    /// Whether findings in the document at `uri` are only looked for when it is opened or saved (`lint.run`).
    pub fn only_on_save(&self, uri: &Url) -> bool {
        self.of(uri, |layer| layer.on_save)
    }

    /// The order of fields that formatting brings about in the document at `uri`; empty where it moves none.
    pub fn key_order(&self, uri: &Url) -> Vec<String> {
        self.of(uri, |layer| layer.key_order.clone())
    }

    fn of<T>(&self, uri: &Url, look: impl FnOnce(&Layer) -> T) -> T {
        let state = self.lock();
        look(file_of(uri).map_or(&state.base, |file| state.layer(&file)))
    }

    /// What holds for the document at `uri`. Reads files the first time; `in_hurry`, it does not wait for a look through a site.
    pub fn stage(&self, uri: &Url, in_hurry: bool) -> Result<Holding, ConfigError> {
        let file = file_of(uri);
        let path = match &file {
            Some(file) => file.clone(),
            None => self
                .roots()
                .into_iter()
                .next()
                .unwrap_or_default()
                .join(future_name(uri)),
        };
        let workspace = self.workspace(&path);
        let mut stage = match in_hurry {
            true => workspace.stage_in_hurry(&path)?,
            false => workspace.stage(&path)?,
        };
        stage.config.now = now();
        let site = stage.site.as_deref();
        let candidate = file.map_or(Candidate::Outside, |file| workspace::classify(site, &file));
        Ok(Holding {
            stage: Arc::new(stage),
            candidate,
        })
    }
}

/// What a text that is no file yet will probably be called: a post in the first folder.
fn future_name(uri: &Url) -> PathBuf {
    let mut name = PathBuf::from(uri.path().trim_start_matches('/'));
    if !workspace::has_post_extension(&name) {
        name.as_mut_os_string().push(".md");
    }
    name
}

/// The file that a document stands for; `None` for texts that are no file (yet).
pub fn file_of(uri: &Url) -> Option<PathBuf> {
    (uri.scheme() == "file").then(|| uri.to_file_path().ok()).flatten()
}

/// Milliseconds since 1970 UTC; `None` when the clock stands before that.
fn now() -> Option<i64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

//! Which settings and which site hold for a document: the workspace's files, and what the client says on top.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tower_lsp::lsp_types::Url;

use crate::config::{ConfigError, Selection};
use crate::generator::Generator;
use crate::workspace::{self, Candidate, ConfigChoice, Options, Stage, Workspace};

/// Settings by place.
#[derive(Debug, Default)]
pub struct Settings {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    roots: Vec<PathBuf>,
    workspace: Arc<Workspace>,
    /// What the client switched on or off, by name.
    features: BTreeMap<String, bool>,
    key_order: Vec<String>,
    on_save: bool,
    /// What the client said when it began.
    first: Value,
    /// The settings that hold, as the client last brought them about.
    client: Option<Value>,
}

/// The settings that mean something here.
const KEYS: [&str; 7] = ["generator", "config", "select", "ignore", "features", "format", "lint"];

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
        state.roots.extend(added);
    }

    /// The workspace's folders.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.lock().roots.clone()
    }

    /// What is known of sites and configurations.
    pub fn workspace(&self) -> Arc<Workspace> {
        Arc::clone(&self.lock().workspace)
    }

    /// Read files again when they are next asked for.
    pub fn forget_files(&self) {
        self.lock().workspace.forget();
    }

    /// Take the client's settings, whether or not they are nested under `postlint`: `generator`, `select`, `ignore` and
    /// `config`, as on the command line. What they leave out is as the client said when it began: many send an empty answer
    /// afterwards. Returns what cannot be understood, in words; `None` when they are as they were.
    pub fn set_client(&self, settings: &Value) -> Option<Vec<String>> {
        let mut complaints = Vec::new();
        let settings = settings.get("postlint").unwrap_or(settings);
        let first = {
            let mut state = self.lock();
            if state.client.is_none() {
                state.first = settings.clone();
            }
            state.first.clone()
        };
        // Clients send along what is only for themselves, such as whether to fix on save.
        let ours = |key: &&str| {
            let value = settings.get(*key).or_else(|| first.get(*key))?;
            Some(((*key).to_owned(), value.clone()))
        };
        let settings = &Value::Object(KEYS.iter().filter_map(ours).collect());
        if self.lock().client.as_ref() == Some(settings) {
            return None;
        }
        let options = options(settings, &mut complaints);
        let mut state = self.lock();
        state.workspace = Arc::new(Workspace::new(options));
        state.features = features(settings);
        state.key_order = settings
            .get("format")
            .map_or_else(Vec::new, |format| names(format, "keyOrder"));
        state.on_save = settings.pointer("/lint/run").is_some_and(|run| run == "onSave");
        state.client = Some(settings.clone());
        Some(complaints)
    }

    /// Whether the client has said nothing of its settings yet.
    pub fn is_unset(&self) -> bool {
        let state = self.lock();
        let nothing = |value: &Value| value.as_object().is_none_or(serde_json::Map::is_empty);
        state.client.as_ref().is_none_or(nothing)
    }

    /// The configuration that holds for a file in `folder`, and else where a new one for `root` would lie.
    pub fn config_file(&self, folder: &Path, root: &Path) -> PathBuf {
        let loaded = self.workspace().settings(folder).ok();
        let file = loaded.and_then(|loaded| loaded.file.clone());
        file.unwrap_or_else(|| root.join("postlint.toml"))
    }

    /// Whether the client wants `feature`, by its name in `features`.
    pub fn offers(&self, feature: &str) -> bool {
        let state = self.lock();
        let wanted = state.features.get(feature).copied();
        wanted.unwrap_or(!ON_REQUEST.contains(&feature))
    }

    /// Whether findings are only looked for when a document is opened or saved (`lint.run`).
    pub fn only_on_save(&self) -> bool {
        self.lock().on_save
    }

    /// The order of fields that formatting brings about; empty where it moves none.
    pub fn key_order(&self) -> Vec<String> {
        self.lock().key_order.clone()
    }

    /// What holds for the document at `uri`. Reads files the first time.
    pub fn stage(&self, uri: &Url) -> Result<Holding, ConfigError> {
        let (workspace, root) = {
            let state = self.lock();
            (Arc::clone(&state.workspace), state.roots.first().cloned())
        };
        let file = file_of(uri);
        let path = match &file {
            Some(file) => file.clone(),
            None => root.unwrap_or_default().join(future_name(uri)),
        };
        let mut stage = workspace.stage(&path)?;
        stage.config.now = now();
        Ok(Holding {
            stage: Arc::new(stage),
            candidate: match file {
                Some(file) => workspace::classify(&workspace, &file),
                None => Candidate::Outside,
            },
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

fn options(settings: &Value, complaints: &mut Vec<String>) -> Options {
    let mut options = Options {
        machine_zone: std::env::var("TZ").ok().filter(|zone| !zone.is_empty()),
        ..Options::default()
    };
    if let Some(name) = settings.get("generator").and_then(Value::as_str) {
        let all = [Generator::Hexo, Generator::Jekyll, Generator::Hugo];
        options.generator = all.into_iter().find(|generator| generator.as_str() == name);
        if options.generator.is_none() && name != "auto" {
            complaints.push(format!(
                "the setting `generator` is `hexo`, `jekyll`, `hugo` or `auto`, not `{name}`"
            ));
        }
    }
    let config = settings.get("config").and_then(Value::as_str);
    if let Some(file) = config.filter(|file| !file.is_empty()) {
        options.config = ConfigChoice::File(PathBuf::from(file));
    }
    let (select, ignore) = (names(settings, "select"), names(settings, "ignore"));
    match Selection::new(&select, &ignore, workspace::catalogue()) {
        Ok(selection) => options.selection = selection,
        Err(error) => complaints.push(error.to_string()),
    }
    options
}

fn features(settings: &Value) -> BTreeMap<String, bool> {
    let all = settings.get("features").and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .filter_map(|(name, wanted)| Some((name.clone(), wanted.as_bool()?)))
        .collect()
}

fn names(settings: &Value, key: &str) -> Vec<String> {
    let values = settings.get(key).and_then(Value::as_array);
    values
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

/// Milliseconds since 1970 UTC; `None` when the clock stands before that.
fn now() -> Option<i64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

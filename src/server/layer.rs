//! What a client set, for everything or for one of its folders, and the memory that was built on it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use crate::config::Selection;
use crate::generator::Generator;
use crate::message::{Language, Message};
use crate::say;
use crate::workspace::{self, ConfigChoice, Options, Workspace};

/// The settings that mean something here.
const KEYS: [&str; 8] = [
    "lang",
    "generator",
    "config",
    "select",
    "ignore",
    "features",
    "format",
    "lint",
];

/// Settings of a client and what is known of sites and configurations under them.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// What is known of sites and configurations.
    pub workspace: Arc<Workspace>,
    /// The language of the messages; `None`: the client's own.
    pub lang: Option<Language>,
    /// What the client switched on or off, by name.
    pub features: BTreeMap<String, bool>,
    /// The order of fields that formatting brings about; empty where it moves none.
    pub key_order: Vec<String>,
    /// Whether findings are only looked for when a document is opened or saved.
    pub on_save: bool,
    /// The settings that hold, as the client last brought them about; `None`: it said nothing.
    pub client: Option<Value>,
}

impl Layer {
    /// Under `settings`, as [`ours`] gives them. What cannot be understood comes in words.
    pub fn new(settings: Value) -> (Self, Vec<Message>) {
        let mut complaints = Vec::new();
        let layer = Self {
            lang: lang(&settings, &mut complaints),
            workspace: Arc::new(Workspace::new(options(&settings, &mut complaints))),
            features: features(&settings),
            key_order: settings
                .get("format")
                .map_or_else(Vec::new, |format| names(format, "keyOrder")),
            on_save: settings.pointer("/lint/run").is_some_and(|run| run == "onSave"),
            client: Some(settings),
        };
        (layer, complaints)
    }
}

/// What the client said, whether or not it is nested under `postlint`.
pub fn inner(settings: &Value) -> &Value {
    settings.get("postlint").unwrap_or(settings)
}

/// Of `settings` what means something here; what they leave out is as in `first`. Clients send along what is only for
/// themselves, such as whether to fix on save.
pub fn ours(settings: &Value, first: &Value) -> Value {
    let ours = |key: &&str| {
        let value = settings.get(*key).or_else(|| first.get(*key))?;
        Some(((*key).to_owned(), value.clone()))
    };
    Value::Object(KEYS.iter().filter_map(ours).collect())
}

fn options(settings: &Value, complaints: &mut Vec<Message>) -> Options {
    let mut options = Options {
        machine_zone: std::env::var("TZ").ok().filter(|zone| !zone.is_empty()),
        ..Options::default()
    };
    if let Some(name) = settings.get("generator").and_then(Value::as_str) {
        let all = [Generator::Hexo, Generator::Jekyll, Generator::Hugo];
        options.generator = all.into_iter().find(|generator| generator.as_str() == name);
        if options.generator.is_none() && name != "auto" {
            complaints.push(say!(
                "the setting `generator` is `hexo`, `jekyll`, `hugo` or `auto`, not `{name}`",
                name
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
        Err(error) => complaints.push(error.said()),
    }
    options
}

fn lang(settings: &Value, complaints: &mut Vec<Message>) -> Option<Language> {
    let tag = settings.get("lang").and_then(Value::as_str)?;
    let language = Language::from_tag(tag);
    if language.is_none() && !matches!(tag, "" | "auto") {
        complaints.push(say!("the setting `lang` is `en`, `zh` or `auto`, not `{tag}`", tag));
    }
    language
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

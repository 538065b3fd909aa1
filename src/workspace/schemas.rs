//! Reads the JSON Schemas that a configuration names, and tries them.

use super::fence::{Fence, beyond};
use super::read;
use crate::config::{ConfigError, Placed, Schema, Settings};
use crate::message::Message;
use crate::rules::schema;
use crate::say;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Bytes of the longest schema that is read.
const MOST: u64 = 4 << 20;

/// The schemas that `settings` of the configuration `shown` name, by name; they are relative to `folder` and lie inside `fence`.
pub(super) fn load(
    settings: &Settings,
    shown: &str,
    folder: &Path,
    fence: &Fence,
) -> Result<BTreeMap<String, Arc<Schema>>, ConfigError> {
    let trouble = |at: &Placed, message: Message| ConfigError {
        file: shown.to_owned(),
        place: at.place,
        message,
        suggestion: None,
    };
    let mut schemas = BTreeMap::new();
    let of_overrides = settings.overrides.iter().filter_map(|over| over.schema.as_ref());
    for named in settings.schema.iter().chain(of_overrides) {
        let name = &named.text;
        if schemas.contains_key(name) {
            continue;
        }
        let path = folder.join(name);
        if !fence.holds(&path) {
            return Err(trouble(named, beyond(name)));
        }
        let bytes = read::bytes(&path, MOST).map_err(|error| {
            trouble(
                named,
                say!(
                    "the schema `{name}` cannot be read: {error}",
                    name,
                    error = error.said()
                ),
            )
        })?;
        let text = String::from_utf8_lossy(&bytes);
        let made = Schema::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text));
        schema::Check::of(&made).map_err(|reason| {
            trouble(
                named,
                say!("the schema `{name}` cannot be used: {reason}", name, reason),
            )
        })?;
        schemas.insert(name.clone(), Arc::new(made));
    }
    Ok(schemas)
}

//! Reads the filter lists that a configuration names, and tries the selectors in it.

use super::fence::{Fence, beyond};
use super::read;
use crate::config::{AdFilters, AdList, ConfigError, Placed, Settings};
use crate::message::Message;
use crate::rules::filters;
use crate::say;
use std::path::Path;
use std::sync::Arc;

/// Bytes of the longest filter list that is read; EasyList has two million.
const MOST: u64 = 64 << 20;

/// The user's own marks of ads as `settings` of the configuration `shown` name them; lists are relative to `folder` and lie
/// inside `fence`.
pub(super) fn load(
    settings: &Settings,
    shown: &str,
    folder: &Path,
    fence: &Fence,
) -> Result<Arc<AdFilters>, ConfigError> {
    let trouble = |at: &Placed, message: Message| ConfigError {
        file: shown.to_owned(),
        place: at.place,
        message,
        suggestion: None,
    };
    for selector in &settings.ad_selectors {
        if !filters::is_selector(&selector.text) {
            return Err(trouble(
                selector,
                say!(
                    "`{selector}` is no CSS selector that can be matched on a post",
                    selector = selector.text
                ),
            ));
        }
    }
    let mut lists = Vec::new();
    for list in &settings.ad_lists {
        if !filters::READS_LISTS {
            return Err(trouble(list, say!("this build of postlint reads no filter lists")));
        }
        if !fence.holds(&folder.join(&list.text)) {
            return Err(trouble(list, beyond(&list.text)));
        }
        let text = read::bytes(&folder.join(&list.text), MOST).map_err(|error| {
            trouble(
                list,
                say!(
                    "the filter list `{name}` cannot be read: {error}",
                    name = list.text,
                    error = error.said()
                ),
            )
        })?;
        lists.push(AdList {
            name: list.text.clone(),
            text: String::from_utf8_lossy(&text).into_owned(),
        });
    }
    let selectors = settings.ad_selectors.iter().map(|selector| selector.text.clone());
    Ok(Arc::new(AdFilters::new(selectors.collect(), lists)))
}

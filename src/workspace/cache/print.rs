//! Hashes of what a finding depends on.

use crate::config::{AdFilters, Config};
use crate::site::Site;
use crate::text::Source;
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

pub(super) fn text(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

/// The hash (XXH3, 128 bits, hexadecimal) by which a text is known again.
pub fn content_hash(content: &str) -> String {
    format!("{:032x}", text(content))
}

/// Of a text as the rules see it.
pub(super) fn content(source: &Source) -> u128 {
    let text = text(source.text());
    match source.first_bad_byte() {
        None => text,
        Some(at) => both(text, at as u128 + 1),
    }
}

pub(super) fn both(one: u128, other: u128) -> u128 {
    xxh3_128(&[one.to_le_bytes(), other.to_le_bytes()].concat())
}

pub(super) fn numbers(numbers: impl Iterator<Item = u64>) -> u64 {
    let bytes: Vec<u8> = numbers.flat_map(u64::to_le_bytes).collect();
    xxh3_64(&bytes)
}

/// Of the settings of a file, without the clock.
pub(super) fn config(config: &Config, max_file_size: u64) -> u128 {
    let mut state = Xxh3::new();
    // With its length in front, so that no two sequences of texts read the same.
    let mut feed = |text: &str| {
        state.update(&(text.len() as u64).to_le_bytes());
        state.update(text.as_bytes());
    };
    // These show no more than their names.
    let AdFilters { selectors, lists, .. } = &*config.ads;
    let lists = lists.iter().flat_map(|list| [&list.name, &list.text]);
    let schema = config.schema.iter().flat_map(|schema| [&schema.name, &schema.text]);
    for text in selectors.iter().chain(lists).chain(schema) {
        feed(text);
    }
    let plain = Config {
        ads: Arc::default(),
        schema: None,
        now: None,
        ..config.clone()
    };
    let (lists, schema) = (config.ads.lists.len(), config.schema.is_some());
    feed(&format!(
        "{plain:?} {lists} {schema} {} {max_file_size}",
        config.now.is_some()
    ));
    state.digest128()
}

/// Of a site without its posts.
pub(super) fn site(site: &Site) -> u128 {
    let assets = site.assets.as_ref().map(|assets| {
        // In no order.
        let sum = |sum: u128, path: &String| sum.wrapping_add(text(path));
        (assets.len(), assets.iter().fold(0, sum))
    });
    text(&format!("{:?} {:?} {assets:?}", site.generator, site.settings))
}

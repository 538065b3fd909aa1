//! `field-unknown`: a key that is a slip of a known one.

use crate::diagnostic::Fix;
use crate::generator::{Generator, keys, slip};
use crate::post::Entry;
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// A key that is a slip of a known one.
    ///
    /// # Why
    ///
    /// Generators ignore keys they do not know, so `catagories` costs the post its categories and `Tags` its tags
    /// (Hexo and Jekyll tell capitals apart) without a message. Any key may be meant for a theme; therefore postlint only
    /// speaks where a key is a letter or two away from one that the generator reads itself, the post does not
    /// have that one, and no well-known theme reads the key as it stands. Add your own keys to `known-fields`.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// catagories: Kitchen
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories: Kitchen
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// Tags: [kitchen]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags: [kitchen]
    /// ---
    /// ```
    ///
    /// Keys of themes, and keys of your own:
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// top: 10
    /// swiper_index: 3
    /// toc: true
    /// steeping_minutes: 4
    /// ---
    /// ```
    "field-unknown", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let front_matter = &context.post.front_matter;
    if front_matter.error.is_some() {
        return;
    }
    let generator = context.generator();
    for entry in front_matter.entries() {
        let Some(key) = entry.name() else { continue };
        let Some(meant) = meant(context, key, entry) else {
            continue;
        };
        // Two keys of one name would be an error, and a post that has both means both.
        if has(context, meant) {
            continue;
        }
        let name = generator.name();
        let effect = if keys::own(generator).contains(&meant) {
            say!(
                "{name} ignores `{key}` without a message; it reads `{meant}`",
                name,
                key,
                meant
            )
        } else {
            say!("no theme we know reads `{key}`; did you mean `{meant}`?", key, meant)
        };
        reporter.report(entry.key.range, effect).fix(Fix::risky(
            say!("Rename `{key}` to `{meant}`", key, meant),
            rename(context, entry, key, meant),
        ));
    }
}

fn rename(context: &Context<'_>, entry: &Entry, key: &str, meant: &str) -> Vec<Edit> {
    let written = context.post.source.slice(entry.key.range);
    vec![Edit::replace(entry.key.range, written.replacen(key, meant, 1))]
}

fn has(context: &Context<'_>, key: &str) -> bool {
    let front_matter = &context.post.front_matter;
    let also = match key {
        "tags" => Some("tag"),
        "categories" => Some("category"),
        "tag" => Some("tags"),
        "category" => Some("categories"),
        "updated" => Some("lastmod"),
        _ => None,
    };
    front_matter.get(key).is_some() || also.is_some_and(|also| front_matter.get(also).is_some())
}

/// The key that `key` is a slip of.
fn meant<'a>(context: &Context<'a>, key: &str, entry: &Entry) -> Option<&'a str> {
    let generator = context.generator();
    let own = keys::own(generator);
    let config = context.config;
    let configured = || {
        config
            .known_fields
            .iter()
            .chain(config.required_fields.iter().flatten())
    };
    if own.contains(&key) || configured().any(|known| known == key) {
        return None;
    }
    if generator != Generator::Hugo
        && let Some(&meant) = own.iter().find(|known| known.eq_ignore_ascii_case(key))
    {
        return Some(meant);
    }
    if keys::is_known_anywhere(key) && !slip::is_misnamed_date(key, entry) {
        return None;
    }
    let own = own.iter().copied().chain(configured().map(String::as_str));
    slip::closest(key, own.filter(|known| slip::is_slip(key, known, entry))).or_else(|| {
        let themes = keys::of_themes();
        slip::closest(
            key,
            themes.filter(|known| known.len() >= 8 && slip::is_one_edit_inside(key, known)),
        )
    })
}

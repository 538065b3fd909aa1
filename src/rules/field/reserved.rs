//! `field-reserved`: a key that the generator needs for itself.

use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::message::Part;
use crate::post::{Entry, Value};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};

rule! {
    /// A key that the generator needs for itself.
    ///
    /// # Why
    ///
    /// Hexo stores the front matter on the same object as its own methods and data. `save` stops the whole build; with
    /// `toObject`, `setTags`, `setCategories`, `notPublished` or `_id` the post is dropped or loses its tags, while the build
    /// succeeds; `content` is published in place of the body. `source`, `raw`, `slug`, `path`, `full_source` and `asset_dir`
    /// are overwritten: no theme ever sees what you wrote.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// save: 10 EUR
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// post_save: 10 EUR
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// source: https://tea.example/rain
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// source_url: https://tea.example/rain
    /// ---
    /// ```
    "field-reserved", Error, On, check, HEAD | SITE
}

/// What a key does in Hexo.
fn effect(key: &str) -> Option<(Part, Severity)> {
    const ALL: [(&[&str], Part, Severity); 5] = [
        (
            &["save"],
            part!("hides a method of Hexo's and stops the whole build"),
            Severity::Error,
        ),
        (
            &["toObject", "_id", "__proto__"],
            part!("makes Hexo drop the post; the build still succeeds"),
            Severity::Error,
        ),
        (
            &["setTags", "setCategories", "notPublished"],
            part!("hides a method of Hexo's: the post loses tags and categories"),
            Severity::Error,
        ),
        (
            &["content"],
            part!("is published in place of the body, which no reader will see"),
            Severity::Error,
        ),
        (
            &["source", "raw", "slug", "path", "full_source", "asset_dir"],
            part!("is overwritten by Hexo; nothing will see this value"),
            Severity::Warning,
        ),
    ];
    ALL.iter()
        .find(|(keys, ..)| keys.contains(&key))
        .map(|&(_, effect, severity)| (effect, severity))
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let front_matter = &context.post.front_matter;
    if context.generator() != Generator::Hexo || front_matter.error.is_some() {
        return;
    }
    for entry in front_matter.entries() {
        let Some(key) = entry.name() else { continue };
        let Some((effect, severity)) = effect(key) else {
            continue;
        };
        if is_empty(entry) {
            continue;
        }
        let new = format!("post_{}", key.trim_start_matches('_'));
        let is_free = front_matter.get(&new).is_none();
        let finding = reporter
            .report(entry.key.range, say!("`{key}` {effect}", key, effect))
            .at_most(severity);
        let written = context.post.source.slice(entry.key.range);
        if severity == Severity::Error && is_free && written == key {
            finding.fix(Fix::risky(
                say!("Rename `{key}` to `{new}`", key, new),
                vec![Edit::replace(entry.key.range, new)],
            ));
        }
    }
}

/// An empty `content` is another matter (`field-type`); the other keys do no harm without a value.
fn is_empty(entry: &Entry) -> bool {
    match &entry.value.value {
        Value::Scalar(scalar) => scalar.is_null() || scalar.text.is_empty(),
        Value::List(_) | Value::Map(_) => false,
    }
}

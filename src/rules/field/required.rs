//! `field-required`: a field that every post needs is absent or empty.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::{Dialect, Entry, Envelope, Post, Value, notation, title};
use crate::rule::{Context, Reads, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// A field that every post needs is absent or empty.
    ///
    /// # Why
    ///
    /// Themes print these fields without asking whether they are there. Hexo publishes a post without `title` under
    /// an empty heading, with an empty link on the index, and says nothing; Hugo does the same. Jekyll makes a title
    /// from the file name, so there a title that is left out is no finding.
    ///
    /// Which fields are needed is yours to say (`required-fields`); without a word it is `title`.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// date: 2024-05-01
    /// ---
    ///
    /// # Tea in the rain
    ///
    /// It rained.
    /// ```
    ///
    /// The fix takes the title from the first heading, or else from the file name.
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea in the rain
    /// date: 2024-05-01
    /// ---
    ///
    /// # Tea in the rain
    ///
    /// It rained.
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: ''
    /// ---
    /// It rained.
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea in the rain
    /// ---
    /// It rained.
    /// ```
    "field-required", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    if post.front_matter.error.is_some() || post.front_matter.root.is_none() || is_section(post) {
        return;
    }
    let default = [String::from("title")];
    let asked = context.config.required_fields.as_deref();
    for key in asked.unwrap_or(&default) {
        let entry = post.front_matter.get(key);
        if entry.is_some_and(|entry| !is_empty(entry)) {
            continue;
        }
        if asked.is_none() && context.generator() == Generator::Jekyll {
            continue;
        }
        let name = context.generator().name();
        let effect = match key.as_str() {
            "title" => say!("{name} publishes the post without a heading", name),
            _ => say!("your configuration requires it"),
        };
        let (range, what) = match entry {
            Some(entry) => (entry.range, part!("is empty")),
            None => (place(envelope), part!("is missing")),
        };
        let finding = reporter.report(range, say!("`{key}` {what}; {effect}", key, what, effect));
        // `tltle: …` is another rule's to mend; a second title would break the block.
        let is_slip = post.front_matter.entries().iter().any(|entry| {
            entry
                .name()
                .is_some_and(|name| name != key && strsim::damerau_levenshtein(&name.to_lowercase(), key) <= 1)
        });
        if key == "title"
            && !is_slip
            && let Some(edit) = title_edit(post, envelope, entry)
        {
            finding.fix(Fix::risky(
                say!("Set `title` to `{guessed}`", guessed = title::guessed(post)),
                vec![edit],
            ));
        }
    }
    if !reporter.has_found() {
        reporter.rests_on(Reads::HEAD.and(Reads::SITE));
    }
}

/// A list page of Hugo (`_index.md`) takes its title from its directory.
fn is_section(post: &Post) -> bool {
    post.file_name().starts_with("_index.")
}

fn is_empty(entry: &Entry) -> bool {
    match &entry.value.value {
        Value::Scalar(scalar) => scalar.is_null() || scalar.text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
    }
}

/// Where a missing field is missing: at the opening fence, or at the start of the block where there is none.
fn place(envelope: &Envelope) -> TextRange {
    if envelope.open.is_empty() {
        TextRange::at(envelope.block.start)
    } else {
        envelope.open
    }
}

fn title_edit(post: &Post, envelope: &Envelope, entry: Option<&Entry>) -> Option<Edit> {
    let text = notation::written(envelope.dialect, &title::guessed(post));
    match (entry, envelope.dialect) {
        (Some(entry), _) if entry.value.range.is_empty() => {
            let colon = post.text().get(entry.key.range.end..entry.value.range.start)?;
            let space = if colon.ends_with([' ', '\t']) { "" } else { " " };
            Some(Edit::insert(entry.value.range.start, format!("{space}{text}")))
        }
        (Some(entry), _) => Some(Edit::replace(entry.value.range, text)),
        (None, Dialect::Yaml) => Some(Edit::insert(
            envelope.block.start,
            format!("title: {text}{}", post.source.eol()),
        )),
        (None, Dialect::Toml) => Some(Edit::insert(
            envelope.block.start,
            format!("title = {text}{}", post.source.eol()),
        )),
        (None, Dialect::Json | Dialect::JsonSemicolons) => None,
    }
}

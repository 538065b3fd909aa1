//! `yaml-template-value`: a template's placeholder that YAML takes for a map.

use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::post::{Dialect, Node, Value, notation};
use crate::rule::{Context, Reporter};
use crate::{part, rule, say};

rule! {
    /// A placeholder without quotes.
    ///
    /// # Why
    ///
    /// To YAML `{{ title }}` is a map whose only key is a map. Hexo prints `[object Object]` for it, Jekyll loses the text, Hugo
    /// stops the build. Most often it is a template that nobody filled in. In quotes it is the text that stands there, which
    /// no generator replaces in front matter.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: {{ title }}
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '{{ title }}'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - {{ tag }}
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - '{{ tag }}'
    /// ---
    /// ```
    ///
    /// With text after it the reader refuses all of the front matter, which `yaml-unquoted` tells. A map that is meant has
    /// values:
    ///
    /// ```markdown,good
    /// ---
    /// title: The {{ title }} of tea
    /// author: { name: Mei, links: { home: https://tea.example } }
    /// ---
    /// ```
    ///
    /// The generator fills in its own templates before it reads them:
    ///
    /// ```markdown,good file=scaffolds/post.md
    /// ---
    /// title: {{ title }}
    /// ---
    /// ```
    "yaml-template-value", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let front_matter = &post.front_matter;
    let is_yaml = post
        .envelope
        .as_ref()
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml);
    if !is_yaml || front_matter.error.is_some() || super::is_template(post) {
        return;
    }
    for entry in front_matter.entries() {
        visit(&entry.value, context, reporter);
    }
}

fn visit(node: &Node, context: &Context<'_>, reporter: &mut Reporter<'_>) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| visit(item, context, reporter)),
        Value::Map(_) if is_placeholder(node) => report(node, context, reporter),
        Value::Map(entries) => entries.iter().for_each(|entry| visit(&entry.value, context, reporter)),
    }
}

/// Whether the only key of a map is a map, and nothing is its value.
fn is_placeholder(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    matches!(entries.as_slice(), [only] if matches!(only.key.value, Value::Map(_))
        && only.value.scalar().is_some_and(|scalar| scalar.is_null()))
}

fn report(node: &Node, context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let written = context.post.source.slice(node.range);
    if !(written.starts_with("{{") && written.ends_with("}}")) || written.contains(['\n', '\r']) {
        return;
    }
    let (effect, severity) = match context.generator() {
        Generator::Hexo => (part!("Hexo prints `[object Object]` for it"), Severity::Warning),
        Generator::Jekyll => (part!("Jekyll makes a map of it and loses the text"), Severity::Warning),
        Generator::Hugo => (part!("Hugo cannot read it and stops the build"), Severity::Error),
    };
    let edit = crate::text::Edit::replace(node.range, notation::quoted(Dialect::Yaml, written));
    reporter
        .report(node.range, say!("this placeholder has no quotes; {effect}", effect))
        .at_most(severity)
        .fix(Fix::safe(say!("Quote the placeholder"), vec![edit]));
}

//! `taxonomy-comma`: several terms in one text.

use crate::diagnostic::Fix;
use crate::generator::{Generator, Taxonomy, terms};
use crate::post::{Dialect, Envelope, Node, notation};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// Several tags or categories in one text.
    ///
    /// # Why
    ///
    /// No generator splits a text at commas. `tags: tea, rain` is *one* tag `tea, rain` in Hexo and Hugo; Jekyll splits it at
    /// the blank and keeps the comma: `tea,` and `rain`. A list says what is meant.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags: tea, rain
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags: [tea, rain]
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - tea、rain
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - tea
    ///   - rain
    /// ---
    /// ```
    ///
    /// A flat list of categories would be a chain in Hexo (`category-nesting`), so each gets a list of its own:
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories: Kitchen，Garden
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories: [[Kitchen], [Garden]]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// tags: [tea, rain]
    /// ---
    /// ```
    "taxonomy-comma", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    for (taxonomy, entry) in terms::entries(post) {
        let (node, is_item) = match terms::items(&entry.value) {
            [only] => (only, true),
            _ => (&entry.value, false),
        };
        let Some(parts) = node.text().and_then(terms::enumerated) else {
            continue;
        };
        let text = node.text().unwrap_or("");
        let generator = context.generator();
        let word = taxonomy.said();
        let message = if generator == Generator::Jekyll && !is_item && text.trim().contains(char::is_whitespace) {
            let split: Vec<String> = text.split_whitespace().map(|part| format!("`{part}`")).collect();
            say!(
                "Jekyll splits this at its blanks and keeps the commas: {parts}",
                parts = split.join(", ")
            )
        } else {
            say!("{generator} makes one {word} of this, `{text}`", generator, word, text)
        };
        let finding = reporter.report(node.range, message);
        let is_chain = generator == Generator::Hexo && taxonomy == Taxonomy::Category;
        let Some(edit) = edit(
            context,
            envelope,
            node,
            is_item.then_some(&entry.value),
            &parts,
            is_chain,
        ) else {
            continue;
        };
        let count = parts.len();
        let title = match taxonomy {
            Taxonomy::Tag => say!("Make them {count} tags", count),
            Taxonomy::Category => say!("Make them {count} categories", count),
        };
        finding.fix(match taxonomy {
            Taxonomy::Tag => Fix::safe(title, vec![edit]),
            Taxonomy::Category => Fix::risky(title, vec![edit]),
        });
    }
}

fn edit(
    context: &Context<'_>,
    envelope: &Envelope,
    node: &Node,
    list: Option<&Node>,
    parts: &[&str],
    is_chain: bool,
) -> Option<Edit> {
    let source = &context.post.source;
    if node.scalar()?.tag.is_some() || source.slice(node.range).contains(['\n', '\r']) {
        return None;
    }
    let each = |part: &&str| {
        let written = notation::written(envelope.dialect, part);
        if is_chain { format!("[{written}]") } else { written }
    };
    let written: Vec<String> = parts.iter().map(each).collect();
    let Some(list) = list else {
        return Some(Edit::replace(node.range, format!("[{}]", written.join(", "))));
    };
    if envelope.dialect != Dialect::Yaml || notation::is_flow(source, list) {
        return Some(Edit::replace(node.range, written.join(", ")));
    }
    let line = source.text().get(..node.range.start)?.rsplit('\n').next()?;
    let indent: String = line.chars().take_while(|character| character.is_whitespace()).collect();
    let between = format!("{}{indent}- ", source.eol());
    // `- a, b` on the key's own line is no list; only a dash right before the item can be repeated below it.
    (line.trim() == "-").then(|| Edit::replace(node.range, written.join(&between)))
}

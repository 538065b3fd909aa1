//! Values that a `#` cuts short although it was hardly meant to begin a comment.

use crate::generator::keys;
use crate::post::split::{Line, lines};
use crate::post::{Dialect, Entry, Node, Post, Style, Value};
use crate::text::TextRange;

/// A value that ends at a `#`. Ranges count bytes of the file.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    /// Its field, as written.
    pub name: &'a str,
    /// What is read; empty when the `#` begins the value.
    pub value: TextRange,
    /// What was written, to the end of the line.
    pub whole: TextRange,
    /// Whether the `#` is written as no comment is: no blank after it.
    pub is_sure: bool,
}

/// The values of fields for prose and for terms that a `#` cuts, in order of place.
pub fn find(post: &Post) -> Vec<Cut<'_>> {
    let Some(envelope) = post.envelope.as_ref() else {
        return Vec::new();
    };
    if envelope.dialect != Dialect::Yaml || post.front_matter.error.is_some() {
        return Vec::new();
    }
    let block = envelope.block;
    let mut cuts: Vec<Cut<'_>> = Vec::new();
    for entry in post.front_matter.entries() {
        cuts.extend(of_entry(post, entry, block));
    }
    if cuts.is_empty() {
        return cuts;
    }
    // Whoever comments on other lines, in the same manner, does so here.
    let others: Vec<bool> = lines(post.text(), block.start, block.end)
        .filter(|line| !cuts.iter().any(|cut| line.range().contains(cut.whole.start)))
        .filter_map(manner)
        .collect();
    cuts.retain(|cut| !others.contains(&cut.is_sure));
    cuts
}

fn of_entry<'a>(post: &'a Post, entry: &'a Entry, block: TextRange) -> Vec<Cut<'a>> {
    let Some(name) = entry.name() else { return Vec::new() };
    let is_prose = keys::is_prose(name);
    match &entry.value.value {
        Value::Scalar(_) if is_prose => of_node(post, name, &entry.value, block)
            .filter(|cut| !cut.value.is_empty() || (keys::folded(name) == "title" && cut.is_sure))
            .into_iter()
            .collect(),
        Value::Scalar(_) if keys::are_terms(name) => of_terms(post, name, &entry.value, block).into_iter().collect(),
        Value::List(items) if keys::are_terms(name) => {
            let items = items.iter().filter(|item| item.scalar().is_some());
            items.filter_map(|item| of_terms(post, name, item, block)).collect()
        }
        _ => Vec::new(),
    }
}

/// A comment beside a term is common, so only a `#` that is written unlike one counts.
fn of_terms<'a>(post: &'a Post, name: &'a str, node: &Node, block: TextRange) -> Option<Cut<'a>> {
    let cut = of_node(post, name, node, block)?;
    let text = post.source.slice(cut.whole);
    let after = text.get(cut.value.len()..)?.trim_start().trim_start_matches('#');
    let is_word = after.is_empty() || after.starts_with(char::is_alphanumeric);
    (cut.is_sure && is_word).then_some(cut)
}

/// The cut behind the plain scalar `node`, if it stands on one line and nothing but one blank is before the `#`.
fn of_node<'a>(post: &'a Post, name: &'a str, node: &Node, block: TextRange) -> Option<Cut<'a>> {
    let scalar = node.scalar()?;
    let value = node.range;
    let kept = post.source.slice(value);
    if scalar.style != Style::Plain
        || scalar.tag.is_some()
        || kept.contains(['\n', '\r'])
        || kept.starts_with(['&', '*'])
    {
        return None;
    }
    let rest = post.text().get(value.end..block.end)?;
    let rest = rest.split(['\n', '\r']).next()?.trim_end();
    let comment = rest.strip_prefix(' ').filter(|comment| comment.starts_with('#'))?;
    let start = if value.is_empty() { value.end + 1 } else { value.start };
    Some(Cut {
        name,
        value,
        whole: TextRange::new(start, value.end + rest.len()),
        is_sure: is_glued(comment),
    })
}

/// Whether no blank follows the number signs that `comment` begins with; a lone `#` is no comment, either.
fn is_glued(comment: &str) -> bool {
    !comment.trim_start_matches('#').starts_with([' ', '\t'])
}

/// Whether the comment on `line` is glued to its `#`; `None` when there is none.
fn manner(line: Line<'_>) -> Option<bool> {
    let text = line.text.trim_end();
    let at = match text.trim_start().strip_prefix('#') {
        Some(_) => text.len() - text.trim_start().len(),
        None => text.find(" #").or_else(|| text.find("\t#"))? + 1,
    };
    let (before, comment) = text.split_at_checked(at)?;
    (!before.contains(['"', '\''])).then(|| is_glued(comment))
}

//! The comments that speak to the linter: HTML comments of the body, `#` comments of the front matter.

use super::Scope;
use crate::post::html::HtmlKind;
use crate::post::{Dialect, Entry, Envelope, FrontMatter, Html, Memory, Node, Value};
use crate::text::{Source, TextRange};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// How each of our words begins. Looked for in every post, so it is made ready once.
static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("postlint-"));

/// A comment that begins with one of our words.
pub struct Comment {
    /// The whole comment.
    pub range: TextRange,
    /// `None` for `postlint-enable`.
    pub scope: Option<Scope>,
    /// What follows the word, inside the comment.
    pub rest: TextRange,
}

/// Whether one may stand in `source`: hardly any post speaks to the linter.
pub fn may_stand_in(source: &Source, memory: Option<&Memory>) -> bool {
    let holds = |text: &str| MARK.find(text.as_bytes()).is_some();
    let whole = TextRange::new(0, source.text().len());
    match memory {
        Some(memory) => memory.holds("directive", (source, whole), holds, || holds(source.text())),
        None => holds(source.text()),
    }
}

/// All of them, in order of place.
pub fn find(source: &Source, envelope: Option<&Envelope>, front_matter: &FrontMatter, html: &Html) -> Vec<Comment> {
    let mut found = Vec::new();
    if let Some(envelope) = envelope.filter(|envelope| matches!(envelope.dialect, Dialect::Yaml | Dialect::Toml)) {
        in_block(source, envelope, front_matter, &mut found);
    }
    for id in html.ids() {
        let node = html.node(id);
        if matches!(node.kind, HtmlKind::Comment) && !html.in_code(id) {
            let inside = source.slice(node.range).strip_prefix("<!--");
            let text = inside.map(|text| text.strip_suffix("-->").unwrap_or(text));
            if let Some(text) = text {
                found.extend(comment(node.range, node.range.start + "<!--".len(), text));
            }
        }
    }
    found
}

/// A `#` begins a comment after white space, unless it stands in quotes or in a block scalar.
fn in_block(source: &Source, envelope: &Envelope, front_matter: &FrontMatter, found: &mut Vec<Comment>) {
    let block = source.slice(envelope.block);
    let mut scalars = Vec::new();
    // A block that cannot be read has no places to trust.
    if let Some(root) = front_matter.root.as_ref().filter(|_| front_matter.error.is_none()) {
        collect(root, &mut scalars);
        scalars.sort_unstable();
    }
    for at in MARK.find_iter(block.as_bytes()) {
        let before = block.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
        let Some(lead) = before.strip_suffix('#') else { continue };
        let line = block.get(at..).and_then(|rest| rest.split(['\n', '\r']).next());
        let text = line.unwrap_or_default().trim_end();
        let start = envelope.block.start + lead.len();
        let before_start = scalars.partition_point(|range: &TextRange| range.start <= start);
        let in_scalar = before_start > 0 && scalars[before_start - 1].contains(start);
        let after_blank = lead.is_empty() || lead.ends_with([' ', '\t', '\n', '\r']);
        if after_blank && !in_scalar {
            let begin = envelope.block.start + at;
            found.extend(comment(TextRange::new(start, begin + text.len()), begin, text));
        }
    }
}

/// The comment at `range` whose text, from byte `start` on, is `text`; `None` when it begins with no word of ours.
fn comment(range: TextRange, start: usize, text: &str) -> Option<Comment> {
    let begun = text.trim_start();
    let word = begun.split(char::is_whitespace).next()?;
    let scope = match word {
        "postlint-disable-line" => Some(Scope::Line),
        "postlint-disable-next-line" => Some(Scope::NextLine),
        "postlint-disable" => Some(Scope::Region),
        "postlint-disable-file" => Some(Scope::File),
        "postlint-enable" => None,
        _ => return None,
    };
    let rest = start + (text.len() - begun.len()) + word.len();
    Some(Comment {
        range,
        scope,
        rest: TextRange::new(rest, start + text.len()),
    })
}

/// The places of all scalars in `node`. The parser bounds its depth.
fn collect(node: &Node, out: &mut Vec<TextRange>) {
    match &node.value {
        Value::Scalar(_) => out.push(node.range),
        Value::List(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Map(entries) => entries.iter().for_each(|Entry { key, value, .. }| {
            collect(key, out);
            collect(value, out);
        }),
    }
}

//! What Hugo reads from a file: its front matter's data, or why the build stops.

use super::envelope::{Seen, seen};
use super::value::{self, Go};
use crate::message::Message;
use crate::post::{Dialect, Envelope, FrontMatter, Post};
use crate::say;
use crate::text::{Source, TextRange};
use jiff::tz::TimeZone;

/// What came of the front matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// There is none: a plain page.
    Nothing,
    /// Its data, always a map.
    Data(Go, Dialect),
    /// It cannot be read, for this reason, and the build stops.
    Refused(Message),
}

/// Read `source` for a site in `zone`.
pub fn read(source: &Source, zone: &TimeZone) -> Reading {
    read_with(source, None, zone)
}

/// Read the source of `post`, whose fields are taken over where the writer meant the same block as Hugo sees.
pub fn read_post(post: &Post, zone: &TimeZone) -> Reading {
    read_with(&post.source, Some(post), zone)
}

fn read_with(source: &Source, post: Option<&Post>, zone: &TimeZone) -> Reading {
    let (block, dialect) = match seen(source.text()) {
        Seen::Nothing => return Reading::Nothing,
        Seen::Broken => return Reading::Refused(say!("the front matter begins and does not end")),
        Seen::Block(block, dialect) => (block, dialect),
    };
    if dialect == Dialect::Yaml && source.slice(block).contains(is_hidden) {
        return with_hidden(source.slice(block), zone);
    }
    let meant = post.filter(|post| is_meant(post, block, dialect));
    match meant {
        Some(post) => data(&post.front_matter, dialect, zone),
        None => data(
            &FrontMatter::parse(source, &envelope(source, block, dialect)),
            dialect,
            zone,
        ),
    }
}

/// Whether the writer of `post` meant the block that Hugo sees, which begins right after the fence's mark.
pub fn is_meant(post: &Post, block: TextRange, dialect: Dialect) -> bool {
    post.envelope.as_ref().is_some_and(|envelope| {
        let between = post.text().get(block.start..envelope.block.start);
        envelope.dialect == dialect
            && envelope.block.end == block.end
            && between.is_some_and(|between| between.trim().is_empty())
    })
}

fn envelope(source: &Source, block: TextRange, dialect: Dialect) -> Envelope {
    Envelope {
        dialect,
        lead: TextRange::new(source.bom_len(), source.bom_len().min(block.start)),
        open: TextRange::at(block.start),
        block,
        close: Some(TextRange::at(block.end)),
        body: TextRange::new(block.end, source.text().len()),
    }
}

/// Characters that libyaml refuses, or takes for a line break or a byte-order mark, and that goccy/go-yaml takes for text.
fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'
        | '\u{feff}' | '\u{fffe}')
}

/// Where hidden characters go while the block is parsed: a plane that nobody writes in.
const PLANE: u32 = 0x10_0000;

fn with_hidden(block: &str, zone: &TimeZone) -> Reading {
    let moved: String = block
        .chars()
        .map(|c| match c {
            c if is_hidden(c) => char::from_u32(low(c) + PLANE).unwrap_or(c),
            c => c,
        })
        .collect();
    let source = Source::new(moved);
    let whole = TextRange::new(0, source.text().len());
    match data(
        &FrontMatter::parse(&source, &envelope(&source, whole, Dialect::Yaml)),
        Dialect::Yaml,
        zone,
    ) {
        Reading::Data(value, dialect) => Reading::Data(moved_back(value), dialect),
        other => other,
    }
}

/// A number below the end of a plane: its last two are no characters.
fn low(c: char) -> u32 {
    match u32::from(c) {
        0xfffe => 0xfefe,
        other => other,
    }
}

fn moved_back(value: Go) -> Go {
    let back = |text: String| -> String {
        let one = |c: char| match u32::from(c).checked_sub(PLANE) {
            Some(low @ 0xfefe) => char::from_u32(low + 0x100).unwrap_or(c),
            Some(low) => char::from_u32(low).unwrap_or(c),
            None => c,
        };
        text.chars().map(one).collect()
    };
    match value {
        Go::Text(text) => Go::Text(back(text)),
        Go::List(items) => Go::List(items.into_iter().map(moved_back).collect()),
        Go::Map(entries) => Go::Map(
            entries
                .into_iter()
                .map(|(key, value)| (back(key), moved_back(value)))
                .collect(),
        ),
        other => other,
    }
}

fn data(front_matter: &FrontMatter, dialect: Dialect, zone: &TimeZone) -> Reading {
    if let Some(error) = &front_matter.error {
        return Reading::Refused(say!(
            "the front matter cannot be read: {message}",
            message = error.message
        ));
    }
    let Some(root) = &front_matter.root else {
        return Reading::Data(Go::Map(Vec::new()), dialect);
    };
    match value::value(root, dialect, zone) {
        Ok(map @ Go::Map(_)) => Reading::Data(map, dialect),
        Ok(Go::Nil) => Reading::Data(Go::Map(Vec::new()), dialect),
        Ok(_) => Reading::Refused(say!("the front matter is no mapping")),
        Err(reason) => Reading::Refused(reason),
    }
}

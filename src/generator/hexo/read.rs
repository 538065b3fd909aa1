//! What hexo-front-matter 4.2.1 makes of a file: which part is front matter, and its data or why there are none.

use super::split::{self, Parts};
use super::value::{Js, Object};
use super::yaml::{self, YamlError};
use crate::generator::date;
use crate::post::Dialect;
use crate::text::TextRange;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// A file as Hexo reads it. Ranges and offsets count bytes of the file itself.
#[derive(Debug)]
pub struct Reading {
    /// The block that Hexo takes for front matter, and its language; `None`: the whole file is body.
    pub block: Option<(TextRange, Dialect)>,
    /// Whether the line before the block was matched as its opening line.
    pub has_opening: bool,
    /// What came of the block.
    pub outcome: ReadOutcome,
}

/// What came of the block.
#[derive(Clone, Debug)]
pub enum ReadOutcome {
    /// There is no block, so there are no data.
    NoBlock,
    /// It means nothing to Hexo, which prints it as part of the body without a message: a bare word, a comment, JSON with
    /// an error in it.
    Ignored,
    /// js-yaml refuses it: the post is missing from the site.
    Refused(YamlError),
    /// A list: the post is missing from the site.
    List,
    /// The data; empty where the block is a lone date.
    Data(Rc<Object>),
}

/// Hexo's own reading of a file's text: `\r\n` becomes `\n`, and a byte-order mark goes.
fn normalised(text: &str) -> (usize, Cow<'_, str>) {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let text = text.get(bom..).unwrap_or_default();
    if memchr::memchr(b'\r', text.as_bytes()).is_some_and(|at| text[at..].contains("\r\n")) {
        (bom, Cow::Owned(text.replace("\r\n", "\n")))
    } else {
        (bom, Cow::Borrowed(text))
    }
}

/// The place in the file of the byte at `offset` of its normalised text.
fn in_file(text: &str, bom: usize, offset: usize) -> usize {
    let bytes = text.as_bytes();
    if memchr::memchr(b'\r', bytes.get(bom..bom + offset).unwrap_or_default()).is_none() {
        return bom + offset;
    }
    let (mut at, mut left) = (bom, offset);
    while left > 0 && at < bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
            at += 1;
        }
        at += 1;
        left -= 1;
    }
    at
}

/// Tabs at the start of a line become two spaces each; the first line has none to lose.
fn without_tabs(block: &str) -> Cow<'_, str> {
    let starts_line = |at: usize| at > 0 && block.as_bytes()[at - 1] == b'\n';
    if !memchr::memchr_iter(b'\t', block.as_bytes()).any(starts_line) {
        return Cow::Borrowed(block);
    }
    let mut out = String::with_capacity(block.len() + 16);
    for (at, line) in block.split('\n').enumerate() {
        let rest = if at == 0 { line } else { line.trim_start_matches('\t') };
        if at > 0 {
            out.push('\n');
        }
        for _ in 0..line.len() - rest.len() {
            out.push_str("  ");
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// What js-yaml makes of a block with `\n` line ends, its tabs rewritten as Hexo does it.
pub fn load_block(block: &str) -> Result<Js, YamlError> {
    yaml::load(&without_tabs(block))
}

/// The place in `block` of the byte at `offset` of its text without tabs.
fn before_tabs(block: &str, offset: usize) -> usize {
    let (mut at, mut seen, mut indenting) = (0, 0, false);
    for byte in block.bytes() {
        let width = if indenting && byte == b'\t' { 2 } else { 1 };
        if seen + width > offset {
            return at;
        }
        indenting = byte == b'\n' || (indenting && byte == b'\t');
        seen += width;
        at += 1;
    }
    at
}

/// Read `text` on a machine in the zone `machine_zone`.
pub fn read(text: &str, machine_zone: &str) -> Reading {
    let (bom, normal) = normalised(text);
    let Some(parts) = split::split(&normal) else {
        return Reading {
            block: None,
            has_opening: false,
            outcome: ReadOutcome::NoBlock,
        };
    };
    let block = normal.get(parts.start..parts.end).unwrap_or_default();
    let start = in_file(text, bom, parts.start);
    let outcome = match dialect(&parts) {
        Dialect::JsonSemicolons => super::json::object(block).map_or(ReadOutcome::Ignored, ReadOutcome::Data),
        _ => match loaded(block, machine_zone) {
            ReadOutcome::Refused(mut error) => {
                error.offset = error
                    .offset
                    .map(|offset| in_file(text, bom, parts.start + before_tabs(block, offset)));
                ReadOutcome::Refused(error)
            }
            outcome => outcome,
        },
    };
    Reading {
        block: Some((
            TextRange::new(start, in_file(text, bom, parts.end).max(start)),
            dialect(&parts),
        )),
        has_opening: parts.has_opening,
        outcome,
    }
}

/// A block that was read on this thread, and what js-yaml made of it.
type Last = (String, Result<Js, YamlError>);

thread_local! {
    /// What was read last: a dozen questions in a row are about the same post.
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

/// Longer blocks are not kept.
const KEPT: usize = 16 * 1024;

/// What comes of a block of YAML; an error's place counts from the start of the block without its tabs.
fn loaded(block: &str, machine_zone: &str) -> ReadOutcome {
    let known = LAST.with_borrow(|last| {
        let (text, result) = last.as_ref()?;
        (text == block).then(|| result.clone())
    });
    let result = known.unwrap_or_else(|| {
        let result = load_block(block);
        if block.len() <= KEPT {
            LAST.set(Some((block.to_owned(), result.clone())));
        }
        result
    });
    match result {
        Ok(value) => data(value, machine_zone),
        Err(error) => ReadOutcome::Refused(error),
    }
}

fn dialect(parts: &Parts) -> Dialect {
    if parts.mark == b';' {
        Dialect::JsonSemicolons
    } else {
        Dialect::Yaml
    }
}

fn data(value: Js, machine_zone: &str) -> ReadOutcome {
    match value {
        Js::Map(object) => ReadOutcome::Data(shifted(object, machine_zone)),
        Js::List(_) | Js::Cycle(true) => ReadOutcome::List,
        Js::Date(_) | Js::Bytes(_) | Js::Cycle(false) => ReadOutcome::Data(Rc::default()),
        Js::Null | Js::Bool(_) | Js::Number(_) | Js::Text(_) => ReadOutcome::Ignored,
    }
}

/// The written digits of a timestamp, which YAML takes for UTC, become the machine's wall clock.
fn shifted(mut object: Rc<Object>, machine_zone: &str) -> Rc<Object> {
    let dates: Vec<(String, i64)> = object
        .iter()
        .filter_map(|(key, value)| match value {
            Js::Date(instant) => Some((key.to_owned(), *instant)),
            _ => None,
        })
        .collect();
    if !dates.is_empty() {
        let zone = date::zone(machine_zone);
        let object = Rc::make_mut(&mut object);
        for (key, instant) in dates {
            object.set(&key, Js::Date(instant + date::js_offset(instant, &zone) * 60_000));
        }
    }
    object
}

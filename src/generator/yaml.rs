//! Why a generator's YAML reader refuses a front matter, told slip by slip in the writer's words.
//!
//! The verdict is always the reader's. The block is taken apart into its top-level fields; a field that the reader refuses on its
//! own is looked at line by line for the slips that writers make, and a slip counts only if the reader goes on once it is mended.
//! So nothing is reported that the reader does not mind, and a mend is offered only where the whole block, with all mends in it,
//! really reads and every other field keeps its value.

mod anatomy;
mod bench;
mod chunk;
pub mod cut;
mod reader;
mod suspect;
mod twice;
mod words;

use super::hexo::{self, ReadOutcome};
use super::{Generator, hugo, jekyll};
use crate::diagnostic::Fix;
use crate::message::{Message, Part};
use crate::part;
use crate::post::{Dialect, Envelope, Post};
use crate::text::TextRange;
use jiff::tz::TimeZone;
pub use twice::{Twin, in_node as twins};

/// What kind of slip a fault is; each has a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Anything that has no rule of its own.
    Syntax,
    /// A value that needs quotes, or other ones.
    Unquoted,
    /// No blank after a colon or a dash.
    MissingSpace,
    /// A character that only looks like one of YAML's.
    Fullwidth,
    /// A key that is there already.
    DuplicateKey,
    /// A tab where YAML wants spaces.
    Tab,
}

/// One slip that the reader stumbles over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub kind: Kind,
    /// The culprit, in bytes of the file.
    pub range: TextRange,
    /// What is wrong; no full stop, and not what comes of it.
    pub message: Message,
    /// Another place that belongs to it, and what is to be seen there.
    pub related: Option<(TextRange, Part)>,
    /// How to mend it; `None` where that cannot be told, or where the block would not read afterwards.
    pub fix: Option<Fix>,
}

/// Largest block that is taken apart, in bytes; of a larger one only the reader's own words are told.
const MAX_BYTES: usize = 64 * 1024;

/// What `generator` stumbles over in the front matter of `post`, in order of place; empty when it reads the block, and when what
/// it takes for the block is not the one that the writer meant (the fences are at fault then).
pub fn faults(generator: Generator, post: &Post) -> Vec<Fault> {
    let Some(envelope) = refused(generator, post) else {
        return Vec::new();
    };
    let text = post.text();
    let mut faults = if envelope.block.len() > MAX_BYTES {
        Vec::new()
    } else {
        examined(generator, post, envelope.block)
    };
    // Several mended slips on one line can leave a later place where the file has none.
    faults.retain(|fault| envelope.block.covers(fault.range) && text.get(fault.range.as_range()).is_some());
    if faults.is_empty() {
        let block = text.get(envelope.block.as_range()).unwrap_or_default();
        if let Err(refusal) = reader::load(generator, block) {
            let line = chunk::line(text, envelope.block, refusal.line);
            faults.push(Fault {
                kind: Kind::Syntax,
                range: line,
                message: words::plain(&refusal.message),
                related: None,
                fix: None,
            });
        }
    }
    faults.sort_by_key(|fault| fault.range);
    faults
}

/// What was found in a block, which takes many readings of parts of it.
struct Examined {
    generator: Generator,
    block: String,
    /// Where it starts.
    start: usize,
    faults: Vec<Fault>,
}

/// See [`bench::examine`]; while a writer types elsewhere, the block is examined once.
fn examined(generator: Generator, post: &Post, range: TextRange) -> Vec<Fault> {
    let examine = || bench::examine(generator, post.text(), range);
    let Some(memory) = &post.memory else {
        return examine();
    };
    let block = post.source.slice(range);
    let is_same = |known: &Examined| (known.generator, known.start, &*known.block) == (generator, range.start, block);
    let known = memory.take().filter(is_same).unwrap_or_else(|| Examined {
        generator,
        block: block.to_owned(),
        start: range.start,
        faults: examine(),
    });
    let faults = known.faults.clone();
    memory.keep(known);
    faults
}

/// What becomes of a post whose front matter `generator` refuses; follows a semicolon.
pub fn effect(generator: Generator) -> Part {
    match generator {
        Generator::Hexo => part!("Hexo drops this post, and the build still succeeds"),
        Generator::Jekyll => part!("Jekyll publishes this post without its metadata"),
        Generator::Hugo => part!("Hugo stops the build"),
    }
}

/// The envelope of a YAML block that `generator` takes for front matter, too, but cannot read.
fn refused(generator: Generator, post: &Post) -> Option<&Envelope> {
    let envelope = post.envelope.as_ref()?;
    if envelope.dialect != Dialect::Yaml || envelope.close.is_none() {
        return None;
    }
    let is_refused = match generator {
        Generator::Hexo => {
            // The zone only moves dates.
            let reading = hexo::read(post.text(), "UTC");
            let (block, _) = reading.block?;
            matches!(reading.outcome, ReadOutcome::Refused(_)) && is_same(post.text(), envelope.block, block)
        }
        Generator::Jekyll => {
            post.front_matter.error.is_some() && {
                let reading = jekyll::read(&post.source);
                matches!(reading.outcome, jekyll::ReadOutcome::Refused(_))
                    && reading
                        .block
                        .is_some_and(|block| is_same(post.text(), envelope.block, block))
            }
        }
        Generator::Hugo => {
            let root = post.front_matter.root.as_ref();
            let is_suspect = post.front_matter.error.is_some() || root.is_some_and(|root| !twins(root).is_empty());
            is_suspect && matches!(hugo::read(&post.source, &TimeZone::UTC), hugo::Reading::Refused(_))
        }
    };
    is_refused.then_some(envelope)
}

/// Whether the block that was `seen` holds the lines of the one that was `meant` and no others.
fn is_same(text: &str, meant: TextRange, seen: TextRange) -> bool {
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let before = slice(seen.start, meant.start.max(seen.start));
    seen.start <= meant.start
        && before.chars().all(|c| c.is_whitespace() || c == '-')
        && slice(meant.end.min(seen.end), meant.end.max(seen.end))
            .trim()
            .is_empty()
}

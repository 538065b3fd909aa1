//! Where the front matter that the writer meant begins and ends.
//!
//! This is more lenient than any generator: what one of them makes of the same bytes is the generator room's verdict,
//! and the rules of the group `front-matter` tell the writer about the difference.

mod fault;
mod fenced;
mod lead;
mod lines;
mod mend;
mod object;
mod shape;

use crate::text::{Source, TextRange};
pub use fault::{FenceFault, envelope_faults};
pub use lines::{Line, line_at, lines};

/// The language of a front matter block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// A `{ … }` object at the start of the file.
    Json,
    /// Between `;;;` lines, without the outer braces (Hexo).
    JsonSemicolons,
}

/// The parts of a file with front matter, in order: lead, open, block, close, body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The language of the block.
    pub dialect: Dialect,
    /// What stands before the opening fence (after a byte-order mark): blank lines, spaces (also those that indent the
    /// fence), a comment, rarely a line of text. Often empty.
    pub lead: TextRange,
    /// The opening fence's line without its line end, the fence alone where text follows it on its line; empty for
    /// `Json`, and where the fence is missing.
    pub open: TextRange,
    /// The block between the fences, line end of its last line included; for `Json` from `{` to `}`.
    pub block: TextRange,
    /// The closing fence's line without its line end, indentation included, the fence alone where text follows it;
    /// for `Json` the empty range after `}`. `None` when it is missing.
    pub close: Option<TextRange>,
    /// Everything after the closing fence's line.
    pub body: TextRange,
}

/// Find the front matter that the writer of `source` meant; `None` when nothing looks like it.
///
/// A file that only starts with a thematic break or a setext heading has none. Time is linear in the text.
pub fn split(source: &Source) -> Option<Envelope> {
    let text = source.text();
    let bom = source.bom_len();
    let start = lead::skip(text, bom);
    let rest = text.get(start..)?;
    if rest.starts_with('{') {
        return object::split(text, bom, start);
    }
    let first = fenced::split(text, bom, start);
    // An empty pair of fences right before the real block was not meant as the front matter.
    if let Some(envelope) = &first
        && !text.get(envelope.block.as_range())?.trim().is_empty()
    {
        return first;
    }
    lead::after_text(text, bom, start)
        .or(first)
        .or_else(|| fenced::without_open(text, bom, start))
}

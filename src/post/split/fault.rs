//! In which ways a fence differs from three marks alone on their line.

use super::Envelope;
use crate::message::Part;
use crate::part;
use crate::text::{Source, TextRange};

/// One thing that is odd about a fence. Whether it matters is the generator's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FenceFault {
    /// Where it is.
    pub range: TextRange,
    /// In the words of a finding.
    pub what: Part,
    /// Whether the opening fence has a part in it.
    pub is_in_open: bool,
    /// Whether the closing fence has a part in it.
    pub is_in_close: bool,
}

/// Everything odd about the fences of `envelope`, the likeliest culprit first.
pub fn envelope_faults(source: &Source, envelope: &Envelope) -> Vec<FenceFault> {
    let mut faults = Vec::new();
    let mut add = |is_odd: bool, range, what, (is_in_open, is_in_close)| {
        if is_odd {
            faults.push(FenceFault {
                range,
                what,
                is_in_open,
                is_in_close,
            });
        }
    };
    let (open, close) = (envelope.open, envelope.close.unwrap_or_default());
    let (opening, closing) = (source.slice(open), source.slice(close));
    let glued = source.slice(TextRange::new(open.end, envelope.block.start));
    let (in_open, in_close) = ((true, false), (false, true));
    let indent = envelope.indent(source);
    let visible = TextRange::new(indent.start, open.end);
    add(
        !indent.is_empty(),
        visible,
        part!("the opening fence is indented"),
        in_open,
    );
    add(
        open.is_empty(),
        first_line(source, envelope),
        part!("the opening fence is missing"),
        in_open,
    );
    add(
        !open.is_empty() && !glued.starts_with(['\n', '\r']),
        open,
        part!("a field stands on the line of the opening fence"),
        in_open,
    );
    add(
        opening.ends_with([' ', '\t']),
        open,
        part!("blanks follow the opening fence"),
        in_open,
    );
    add(
        closing.trim() == "...",
        close,
        part!("`...` is no closing fence"),
        in_close,
    );
    add(
        closing.starts_with([' ', '\t']),
        close,
        part!("the closing fence is indented"),
        in_close,
    );
    let same = opening.trim().len() == closing.trim().len();
    add(
        !same && !open.is_empty() && opening.trim().len() > 3,
        open,
        part!("the opening fence is longer than the closing one"),
        (true, true),
    );
    add(
        !same && !open.is_empty(),
        close,
        part!("the fences differ in length"),
        (true, true),
    );
    add(
        opening.trim().len() > 3,
        open,
        part!("the fences have more than three marks"),
        (true, true),
    );
    add(
        closing.ends_with([' ', '\t']),
        close,
        part!("blanks follow the closing fence"),
        in_close,
    );
    let follows = source.text().get(close.end..envelope.body.start);
    add(
        follows.is_some_and(str::is_empty) && close.end < source.text().len(),
        close,
        part!("text follows the closing fence on its line"),
        in_close,
    );
    faults
}

fn first_line(source: &Source, envelope: &Envelope) -> TextRange {
    let block = source.slice(envelope.block);
    let line = block.split(['\n', '\r']).next().unwrap_or_default();
    TextRange::new(envelope.block.start, envelope.block.start + line.len())
}

//! Front matter between fences: `---`, `+++`, `;;;`.

use super::lines::{Line, line_at, lines};
use super::shape;
use super::{Dialect, Envelope, TextRange};
use crate::post::yaml;

/// Front matter whose opening fence starts at byte `start`; white space may stand before it on its line.
pub fn split(text: &str, bom: usize, start: usize) -> Option<Envelope> {
    let line = line_at(text, start, text.len())?;
    let (dialect, mark) = match line.text.as_bytes().first()? {
        b'-' => (Dialect::Yaml, b'-'),
        b'+' => (Dialect::Toml, b'+'),
        b';' => (Dialect::JsonSemicolons, b';'),
        _ => return None,
    };
    let run = shape::fence_run(line.text, mark)?;
    let glued = line.text.get(run..)?.trim_start();
    let (open, from) = if glued.is_empty() {
        (line.range(), line.next)
    } else if shape::strict_key(glued).is_some() || glued.starts_with('#') {
        (TextRange::new(start, start + run), line.end - glued.len())
    } else {
        return None;
    };
    let block = Block {
        text,
        dialect,
        mark,
        from,
    };
    let (end, close, body) = match block.close() {
        Some((line, fence)) => (line.start, Some(fence), after_fence(line, fence)),
        None => {
            let end = block.end_of_fields()?;
            (end, None, end)
        }
    };
    Some(Envelope {
        dialect,
        lead: TextRange::new(bom, start),
        open,
        block: TextRange::new(from, end),
        close,
        body: TextRange::new(body, text.len()),
    })
}

/// Front matter without an opening fence: nothing but fields, one of them a usual one, up to a `---` line.
pub fn without_open(text: &str, bom: usize, start: usize) -> Option<Envelope> {
    let mut known = false;
    for line in lines(text, start, text.len()) {
        if shape::is_fence(line.text, b'-') {
            return known.then(|| Envelope {
                dialect: Dialect::Yaml,
                lead: TextRange::new(bom, start),
                open: TextRange::at(start),
                block: TextRange::new(start, line.start),
                close: Some(line.range()),
                body: TextRange::new(line.next, text.len()),
            });
        }
        let key = shape::strict_key(line.text);
        known |= key.is_some_and(shape::is_known);
        if line.is_blank() || (line.start == start && key.is_none()) || !shape::belongs(line.text) {
            return None;
        }
    }
    None
}

/// Where the body starts: after the line end, or right after the fence where text follows it.
fn after_fence(line: Line<'_>, fence: TextRange) -> usize {
    if fence.end < line.end { fence.end } else { line.next }
}

/// A block that was opened.
#[derive(Clone, Copy)]
struct Block<'a> {
    text: &'a str,
    dialect: Dialect,
    mark: u8,
    /// First byte of the block.
    from: usize,
}

impl<'a> Block<'a> {
    /// The line of the closing fence and the fence on it; `None` when there is none or the block is no metadata.
    fn close(self) -> Option<(Line<'a>, TextRange)> {
        let mut indented = None;
        let mut after_blank = false;
        let mut body_seen = false;
        for line in lines(self.text, self.from, self.text.len()) {
            if let Some(fence) = self.fence_on(line) {
                return if body_seen && !self.reads(line.start) {
                    None
                } else {
                    Some((line, fence)).filter(|_| self.is_metadata(line.start))
                };
            }
            if body_seen && indented.is_some() {
                break;
            }
            if indented.is_none() && line.indent() > 0 && shape::is_fence(line.text.trim_start(), self.mark) {
                indented = Some((line, line.range()));
            }
            body_seen |= after_blank && !self.continues(line);
            after_blank = line.is_blank();
        }
        indented.filter(|(line, _)| self.is_metadata(line.start))
    }

    /// The closing fence on `line`, at column 0: the run of marks and the blanks after it, or the run alone before text.
    fn fence_on(self, line: Line<'a>) -> Option<TextRange> {
        if self.dialect == Dialect::Yaml && line.text.trim_end() == "..." {
            return Some(line.range());
        }
        let run = shape::fence_run(line.text, self.mark)?;
        let rest = line.text.get(run..)?;
        if rest.trim().is_empty() {
            return Some(line.range());
        }
        // `---|---` is a table's second row, `--->` an arrow.
        let is_text = self.dialect == Dialect::Yaml && !rest.contains('|') && !rest.starts_with('>');
        is_text.then(|| TextRange::new(line.start, line.start + run))
    }

    /// Whether a line after a blank one can still be metadata. Prose at column 0 cannot.
    fn continues(self, line: Line<'_>) -> bool {
        match self.dialect {
            Dialect::Yaml => line.is_blank() || line.indent() > 0 || shape::belongs(line.text),
            Dialect::Toml => line.is_blank() || line.indent() > 0 || toml_line(line.text),
            Dialect::JsonSemicolons | Dialect::Json => true,
        }
    }

    /// Whether the bytes up to `end` are a YAML mapping: then prose in them is part of a value.
    fn reads(self, end: usize) -> bool {
        self.dialect == Dialect::Yaml && self.text.get(self.from..end).is_some_and(yaml::is_mapping)
    }

    /// Whether a closed block holds fields rather than the text between two thematic breaks.
    fn is_metadata(self, end: usize) -> bool {
        let content = || lines(self.text, self.from, end).filter(|line| !line.is_blank());
        let Some(first) = content().next() else {
            return true;
        };
        let first = first.text.trim_start();
        match self.dialect {
            Dialect::Toml => content().any(|line| toml_line(line.text)),
            Dialect::JsonSemicolons | Dialect::Json => {
                first.starts_with(['"', '\'', '{'])
                    || content().any(|line| shape::key(line.text.trim_start()).is_some())
            }
            Dialect::Yaml => {
                shape::key(first).is_some()
                    || content().all(|line| line.text.trim_start().starts_with('#'))
                    || content().any(|line| shape::strict_key(line.text).is_some_and(shape::is_known))
                    || self.text.get(self.from..end).is_some_and(yaml::is_collection)
            }
        }
    }

    /// One past the fields of a block that nothing closes; `None` when there are none beyond doubt.
    fn end_of_fields(self) -> Option<usize> {
        let mut end = self.from;
        let mut fields = 0;
        let mut known = false;
        let mut after_blank = false;
        for line in lines(self.text, self.from, self.text.len()) {
            let key = match self.dialect {
                Dialect::Yaml => shape::key(line.text),
                Dialect::Toml => shape::toml_key(line.text),
                Dialect::JsonSemicolons | Dialect::Json => shape::key(line.text.trim_start()),
            };
            let strict = self.dialect != Dialect::Yaml || shape::strict_key(line.text).is_some();
            if line.is_blank() {
                after_blank = true;
                continue;
            }
            let goes_on = if after_blank {
                key.is_some() && strict
            } else {
                shape::belongs(line.text) || key.is_some()
            };
            if !goes_on {
                break;
            }
            fields += usize::from(key.is_some());
            known |= key.is_some_and(shape::is_known);
            after_blank = false;
            end = line.next;
        }
        (known || fields >= 2).then_some(end)
    }
}

fn toml_line(line: &str) -> bool {
    line.starts_with(['#', ']']) || shape::toml_key(line).is_some()
}

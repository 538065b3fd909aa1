//! The top-level `key: value` lines of YAML that cannot be parsed, good enough for completion and hover.

use crate::post::front_matter::{Entry, Node, Scalar, Style, Value};
use crate::post::split::{Line, lines};
use crate::text::TextRange;

/// The top-level entries of `block`; a nested value is the plain text of its lines.
pub fn scan(text: &str, block: TextRange) -> Node {
    let mut entries: Vec<Entry> = Vec::new();
    // Where the value of the last entry stands that goes on behind its first line: its text is taken once, at its end.
    let mut grown: Option<TextRange> = None;
    for line in lines(text, block.start, block.end) {
        match entry(line) {
            Some(next) => {
                extend(entries.last_mut(), text, grown.take());
                entries.push(next);
            }
            None if line.is_blank() || line.text.trim_start().starts_with('#') => {}
            None => {
                if let Some(last) = entries.last() {
                    grown = Some(with_line(grown.unwrap_or(last.value.range), line));
                }
            }
        }
    }
    extend(entries.last_mut(), text, grown);
    Node {
        range: block,
        value: Value::Map(entries),
    }
}

/// The entry that starts on `line`.
fn entry(line: Line<'_>) -> Option<Entry> {
    if line.text.starts_with([' ', '\t', '#']) || line.text.starts_with("- ") {
        return None;
    }
    let colon = line.text.find(':')?;
    let (key, rest) = line.text.split_at_checked(colon)?;
    let value = rest.get(1..)?;
    if !(value.is_empty() || value.starts_with([' ', '\t'])) {
        return None;
    }
    let (key, quote) = unquoted(key.trim_end());
    let key_range = TextRange::new(line.start, line.start + line.text.get(..colon)?.trim_end().len());
    let after_colon = line.start + colon + 1;
    let trimmed = value.trim();
    let value_range = if trimmed.is_empty() {
        TextRange::at(after_colon)
    } else {
        let start = after_colon + (value.len() - value.trim_start().len());
        TextRange::new(start, start + trimmed.len())
    };
    let (trimmed, style) = unquoted(trimmed);
    Some(Entry {
        range: key_range.hull(value_range),
        key: node(key_range, key, quote),
        value: node(value_range, trimmed, style),
    })
}

/// `value` with a further line.
fn with_line(value: TextRange, line: Line<'_>) -> TextRange {
    let end = line.start + line.text.trim_end().len();
    let start = if value.is_empty() {
        line.start + line.indent()
    } else {
        value.start
    };
    TextRange::new(start, end.max(start))
}

/// Give `entry` the value at `grown`.
fn extend(entry: Option<&mut Entry>, text: &str, grown: Option<TextRange>) {
    let (Some(entry), Some(range)) = (entry, grown) else {
        return;
    };
    let slice = text.get(range.as_range()).unwrap_or("");
    entry.value = node(range, slice, Style::Plain);
    entry.range = entry.range.hull(range);
}

fn node(range: TextRange, text: &str, style: Style) -> Node {
    let text = text.to_owned();
    Node {
        range,
        value: Value::Scalar(Scalar { text, style, tag: None }),
    }
}

/// `text` without the quotes around it; escapes are left as they are.
fn unquoted(text: &str) -> (&str, Style) {
    for (quote, style) in [('"', Style::DoubleQuoted), ('\'', Style::SingleQuoted)] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return (inner, style);
        }
    }
    (text, Style::Plain)
}

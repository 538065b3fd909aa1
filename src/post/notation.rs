//! How a value is written: its text inside its bytes, and quotes for a new text.

use super::front_matter::{Entry, Node, Style, Value};
use super::split::Dialect;
use crate::text::{Source, TextRange};

/// Where the text of a scalar stands without its quotes, when those bytes are the text itself: on one line, nothing
/// escaped, doubled or folded. `None` for lists, maps and everything else, which is not to be edited in part.
pub fn verbatim(source: &Source, node: &Node) -> Option<TextRange> {
    let scalar = node.scalar()?;
    let quotes = match scalar.style {
        Style::Plain => 0,
        Style::SingleQuoted | Style::DoubleQuoted => 1,
        Style::Literal | Style::Folded => return None,
    };
    let inner = (node.range.start + quotes)..node.range.end.checked_sub(quotes)?;
    if inner.start > inner.end {
        return None;
    }
    let written = source.text().get(inner.clone())?;
    (written == scalar.text).then(|| inner.into())
}

/// Whether a list or map is written in brackets.
pub fn is_flow(source: &Source, node: &Node) -> bool {
    matches!(node.value, Value::List(_) | Value::Map(_))
        && source
            .text()
            .get(node.range.as_range())
            .is_some_and(|written| written.starts_with(['[', '{']))
}

/// `text` in quotes, as a string in every reading of `dialect`.
pub fn quoted(dialect: Dialect, text: &str) -> String {
    let single = dialect == Dialect::Yaml && !text.chars().any(char::is_control);
    if single {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        in_double_quotes(text)
    }
}

/// `text` in double quotes, as YAML, TOML and JSON all read them.
pub fn in_double_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// `text` as a value of `dialect`, in quotes only where it needs them.
pub fn written(dialect: Dialect, text: &str) -> String {
    if dialect == Dialect::Yaml && is_plain_safe(text) {
        text.to_owned()
    } else {
        quoted(dialect, text)
    }
}

/// Whether unquoted `text` is the same text in every YAML reader, in a block and in brackets.
fn is_plain_safe(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    first.is_alphabetic()
        && !text.ends_with(char::is_whitespace)
        && !text
            .chars()
            .any(|character| character.is_control() || ",[]{}:#\"'`&*!|>%@\\".contains(character))
        && !is_word_with_meaning(text)
}

/// Words that some YAML reader takes for a boolean, a number or nothing.
fn is_word_with_meaning(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "infinity", "none",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A mapping as the lines of a YAML block, each ended by `\n`; `None` for anything else. Values keep their type, as far as the
/// generators agree on one.
pub fn block_yaml(node: &Node) -> Option<String> {
    let Value::Map(entries) = &node.value else { return None };
    let mut out = String::new();
    write_map(entries, "", &mut out);
    Some(out)
}

/// The parsers bound the depth.
fn write_map(entries: &[Entry], indent: &str, out: &mut String) {
    for entry in entries {
        let key = entry.key.text().unwrap_or_default();
        out.push_str(&format!("{indent}{}:", written(Dialect::Yaml, key)));
        write_value(&entry.value, &format!("{indent}  "), out);
    }
}

/// A value behind `:` or `-`.
fn write_value(node: &Node, indent: &str, out: &mut String) {
    match &node.value {
        Value::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            write_map(entries, indent, out);
        }
        Value::List(items) if items.iter().any(|item| item.scalar().is_none()) => {
            out.push('\n');
            for item in items {
                out.push_str(&format!("{indent}-"));
                write_value(item, &format!("{indent}  "), out);
            }
        }
        _ => out.push_str(&format!(" {}\n", flow(node))),
    }
}

/// A scalar, a list of scalars or something empty, on one line.
fn flow(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) if scalar.style == Style::Plain => plain(&scalar.text),
        Value::Scalar(scalar) => written(Dialect::Yaml, &scalar.text),
        Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(_) => "{}".to_owned(),
    }
}

/// A number, date, boolean or null of TOML or JSON: YAML knows no `1_000` and writes infinity otherwise.
fn plain(text: &str) -> String {
    match text.trim_start_matches(['+', '-']) {
        "inf" | "nan" => text.replacen(['i', 'n'], if text.ends_with("inf") { ".i" } else { ".n" }, 1),
        _ => text.replace('_', ""),
    }
}

/// The whole lines that `range` stands on, final line end included, when nothing else stands on them; else `None`.
pub fn whole_lines(text: &str, range: TextRange) -> Option<TextRange> {
    let before = text.get(..range.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(range.end..)?;
    let end = after.find('\n').map_or(after.len(), |at| at + 1);
    let is_alone = before[start..].trim().is_empty() && after[..end].trim().is_empty();
    is_alone.then(|| TextRange::new(start, range.end + end))
}

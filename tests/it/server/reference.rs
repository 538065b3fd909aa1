//! Incremental changes the slow way, which a child could check.

use postlint::text::Encoding;
use tower_lsp::lsp_types::{Position, TextDocumentContentChangeEvent};

/// Byte offset of a position, counted the slow way.
pub fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        let rest = &text[start..];
        let Some(at) = rest.find(['\n', '\r']) else {
            return text.len();
        };
        start += at + if rest[at..].starts_with("\r\n") { 2 } else { 1 };
    }
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    let mut column = 0;
    for (at, character) in text[start..end].char_indices() {
        column += match encoding {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if column > position.character as usize {
            return start + at;
        }
    }
    end
}

/// Change `text` as an editor says.
pub fn apply(text: &mut String, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
    match change.range {
        None => text.clone_from(&change.text),
        Some(range) => {
            let start = offset(text, range.start, encoding);
            let end = offset(text, range.end, encoding).max(start);
            text.replace_range(start..end, &change.text);
        }
    }
}

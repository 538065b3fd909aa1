//! What may stand before front matter: blanks, comments, a stray fence, a line of text.

use super::fenced;
use super::lines::lines;
use super::shape;
use super::{Envelope, TextRange};

/// Lines of foreign text before a fence that are forgiven.
const LINES_OF_TEXT: usize = 4;

/// The first byte from `from` on that is neither white space nor part of an HTML comment.
pub fn skip(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let Some(rest) = text.get(at..) else { return at };
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        at += rest.len() - trimmed.len();
        match trimmed.strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
            Some(end) => at += "<!--".len() + end + "-->".len(),
            None => return at,
        }
    }
}

/// Front matter that a few lines of text (or a YAML comment, or an empty pair of fences) stand before. Only where what
/// follows is beyond doubt: a closed block with two fields or more, one of them a usual one.
pub fn after_text(text: &str, bom: usize, start: usize) -> Option<Envelope> {
    let mut fences = lines(text, start, text.len())
        .take(LINES_OF_TEXT + 1)
        .skip(1)
        .filter(|line| shape::is_fence(line.text, b'-'));
    fences.find_map(|line| {
        fenced::split(text, bom, line.start)
            .filter(|envelope| envelope.close.is_some() && is_beyond_doubt(text, envelope.block))
    })
}

/// Whether `block` has two fields or more, one of them a usual one, and nothing else at column 0.
pub fn is_beyond_doubt(text: &str, block: TextRange) -> bool {
    let mut keys = 0;
    let mut known = 0;
    for line in lines(text, block.start, block.end) {
        if line.is_blank() || !shape::belongs(line.text) {
            return false;
        }
        if let Some(key) = shape::strict_key(line.text) {
            keys += 1;
            known += usize::from(shape::is_known(key));
        }
    }
    keys >= 2 && known >= 1
}

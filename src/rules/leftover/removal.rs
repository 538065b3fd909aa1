//! Turns what goes into ranges and edits that leave no rubbish behind.

use crate::post::Post;
use crate::text::{Edit, TextRange};

/// `ranges` (sorted) as few pieces: those with only blanks between them are joined.
pub fn pieces(post: &Post, ranges: &[TextRange]) -> Vec<TextRange> {
    let mut pieces: Vec<TextRange> = Vec::new();
    for &range in ranges {
        match pieces.last_mut() {
            Some(last) if range.start <= last.end => *last = last.hull(range),
            Some(last)
                if post
                    .text()
                    .get(last.end..range.start)
                    .is_some_and(|gap| gap.trim().is_empty()) =>
            {
                *last = last.hull(range)
            }
            _ => pieces.push(range),
        }
    }
    pieces
}

/// Edits that delete `pieces`; a line of which nothing is left goes too, with the marks of a list item or quote that held
/// nothing else, and one of two blank lines that would meet.
pub fn deletion(post: &Post, pieces: &[TextRange]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (index, &piece) in pieces.iter().enumerate() {
        let limit = pieces.get(index + 1).map_or(post.text().len(), |next| next.start);
        let floor = edits.last().map_or(post.body.start, |edit: &Edit| edit.range.end);
        edits.push(Edit::delete(widen(post, piece, floor, limit)));
    }
    edits
}

fn widen(post: &Post, piece: TextRange, floor: usize, limit: usize) -> TextRange {
    let text = post.text();
    let before = text.get(floor..piece.start).unwrap_or("");
    let after = text.get(piece.end..limit).unwrap_or("");
    // Behind more than this nothing is left of the line but the piece, and a long line holds many of them.
    let near = before.len().saturating_sub(4096);
    let line = match memchr::memrchr(b'\n', &before.as_bytes()[near..]) {
        Some(found) => near + found + 1,
        None if near > 0 => return piece,
        None => 0,
    };
    let lead = &before[line..];
    let trail = after.len() - after.trim_start_matches([' ', '\t']).len();
    let Some(eol) = line_end(&after[trail..]) else {
        return piece;
    };
    let mut end = piece.end + trail + eol;
    let start = piece.start - lead.len();
    let whole = lead.trim_matches([' ', '\t']).is_empty() || holds_only(post, TextRange::new(start, piece.start), end);
    if !whole {
        return piece;
    }
    if previous_line_is_blank(&before[..line]) {
        let rest = text.get(end..limit).unwrap_or("");
        let indent = rest.len() - rest.trim_start_matches([' ', '\t', '>']).len();
        if let Some(eol) = line_end(&rest[indent..]) {
            end += indent + eol;
        }
    }
    TextRange::new(start, end)
}

/// Whether `lead`, what stands before a piece on its line, is nothing but the marks of list items and quotes of which
/// nothing is left when the text goes on at `end`.
fn holds_only(post: &Post, lead: TextRange, end: usize) -> bool {
    let text = post.source.slice(lead);
    let Some(item) = marks(text) else { return false };
    let first = lead.start + (text.len() - text.trim_start().len());
    let prose = &post.markdown.prose;
    let near = prose.get(prose.partition_point(|prose| prose.end <= first));
    if near.is_some_and(|prose| prose.contains(first)) || post.markdown.is_html(first) || post.markdown.is_code(first) {
        return false;
    }
    // What is indented as far as the item's content belongs to the item.
    let rest = post.text().get(end..).unwrap_or("");
    let next = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    item == Marks::Quote || next.len() - next.trim_start_matches([' ', '\t', '>']).len() < text.trim_end().len()
}

/// What the marks before a text mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// Quotes only.
    Quote,
    /// A list item among them.
    Item,
}

/// What `lead` marks; `None` when it is not all marks.
fn marks(lead: &str) -> Option<Marks> {
    let mut found = None;
    for word in lead.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(['.', ')']);
        let number = word.len() == digits.len() + 1 && digits.len() <= 9 && digits.bytes().all(|c| c.is_ascii_digit());
        if word.bytes().all(|c| c == b'>') {
            found = found.or(Some(Marks::Quote));
        } else if matches!(word, "-" | "*" | "+") || (number && !digits.is_empty()) {
            found = Some(Marks::Item);
        } else {
            return None;
        }
    }
    found
}

/// Length of the line ending that `text` begins with; `None` when it begins with something else.
fn line_end(text: &str) -> Option<usize> {
    if text.starts_with("\r\n") {
        Some(2)
    } else if text.starts_with('\n') {
        Some(1)
    } else {
        None
    }
}

/// Whether the last whole line of `text`, which ends with a line ending, is blank but for the marks of quotes.
fn previous_line_is_blank(text: &str) -> bool {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.rsplit('\n').next().unwrap_or(line);
    line.trim_matches(['>', ' ', '\t', '\r']).is_empty()
}

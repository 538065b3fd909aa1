//! Scripts and style sheets that begin in the middle of a line: what stands in them is theirs, blank lines or not.
//!
//! CommonMark knows raw text only where a line begins with `<script`. Behind another tag (`<div><script>`) the HTML block
//! ends at the first blank line, and the rest of the script is read as paragraphs and indented code. A browser still reads
//! everything up to the end tag as the script: the reader sees none of it, and neither prose nor code stands there.

use super::layout::{Piece, PieceKind};
use crate::post::html::scan::{self, SelfClosing, TokenKind};
use crate::post::memory::Memory;
use crate::text::{Source, TextRange, holder};

/// Whether something in `text` looks like the start tag of a script or a style sheet.
fn may_open(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let begins = |name: &str| {
            let written = bytes.get(at + 1..=at + name.len());
            written.is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
        };
        begins("script") || begins("style")
    })
}

/// What each such script or style sheet swallows: from behind its start tag to its end tag, which is in a later piece.
/// A fenced block in between is taken for the writer's code, and then nothing is swallowed. Linear in the text.
pub(super) fn swallowed(
    source: &Source,
    body: TextRange,
    pieces: &[Piece],
    accidental: &[bool],
    memory: Option<&Memory>,
) -> Vec<TextRange> {
    let may_swallow = || may_open(source.slice(body));
    let may_swallow = memory.is_none_or(|memory| memory.holds("raw text", (source, body), may_open, may_swallow));
    if !may_swallow {
        return Vec::new();
    }
    let mut pass = Pass {
        text: source.text(),
        hopeless: Vec::new(),
        out: Vec::new(),
    };
    let mut first = 0;
    // Every round but the last finds one of two names hopeless.
    while let Some((opened_in, name)) = pass.read(pieces, accidental, first) {
        pass.hopeless.push(name);
        first = opened_in;
    }
    pass.out
}

struct Pass<'a> {
    text: &'a str,
    /// Names that some start tag leaves open for good: from there on nothing is swallowed by them.
    hopeless: Vec<&'static str>,
    out: Vec<TextRange>,
}

/// A start tag without end tag in its own piece.
#[derive(Clone, Copy)]
struct Open {
    name: &'static str,
    /// Where its content begins.
    from: usize,
    /// Index of its piece.
    piece: usize,
}

impl Pass<'_> {
    /// Read from the piece `first` on; the piece and name of a start tag that never ends, if there is one.
    fn read(&mut self, pieces: &[Piece], accidental: &[bool], first: usize) -> Option<(usize, &'static str)> {
        let mut open: Option<Open> = None;
        let html =
            |at: usize| accidental[at] || matches!(pieces[at].kind, PieceKind::HtmlBlock | PieceKind::InlineHtml);
        for (at, piece) in pieces.iter().enumerate().skip(first) {
            if piece.kind == PieceKind::Code && self.is_fence(piece.range) {
                open = None;
            }
            if !html(at) {
                continue;
            }
            let mut from = piece.range.start.max(self.out.last().map_or(0, |last| last.end));
            if let Some(start) = open {
                let end = scan::raw_text_end(self.text.as_bytes(), from, piece.range.end, start.name);
                if end >= piece.range.end {
                    continue;
                }
                self.out.push(TextRange::new(start.from, end));
                from = end;
            }
            open = self
                .left_open(from, piece.range.end)
                .map(|(name, from)| Open { name, from, piece: at });
        }
        open.map(|open| (open.piece, open.name))
    }

    fn is_fence(&self, range: TextRange) -> bool {
        let code = self.text.get(range.as_range()).unwrap_or_default();
        code.contains('\n') && (code.starts_with("```") || code.starts_with("~~~"))
    }

    /// The script or style sheet between `from` and `end` that has no end tag there, and where its content begins.
    fn left_open(&self, from: usize, end: usize) -> Option<(&'static str, usize)> {
        let bytes = self.text.as_bytes();
        // Most HTML holds neither, and need not be read as tags to be sure.
        if !may_open(self.text.get(from..end).unwrap_or_default()) {
            return None;
        }
        let mut at = from;
        while let Some(token) = scan::next(bytes, at, end) {
            at = token.range.end;
            let opens = token.kind
                == TokenKind::Open {
                    self_closing: SelfClosing::No,
                };
            let written = &self.text[token.name.as_range()];
            let name = ["script", "style"]
                .into_iter()
                .find(|name| opens && written.eq_ignore_ascii_case(name) && !self.hopeless.contains(name));
            let Some(name) = name else { continue };
            let close = scan::raw_text_end(bytes, at, end, name);
            if close >= end {
                return Some((name, at));
            }
            at = close;
        }
        None
    }
}

/// `ranges` without those that begin in what is swallowed (`swallowed` is sorted and disjoint).
pub(super) fn outside<T>(items: &mut Vec<T>, swallowed: &[TextRange], start: impl Fn(&T) -> usize) {
    items.retain(|item| holder(swallowed, start(item)).is_none());
}

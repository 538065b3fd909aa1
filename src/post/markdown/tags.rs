//! The tags in pieces of HTML that open or close an element whose end tag must be written.

use super::layout::{Piece, PieceKind};
use crate::post::html::names;
use crate::post::html::scan::{self, SelfClosing, TokenKind};
use crate::text::{Source, TextRange};
use smol_str::{SmolStr, StrExt};

/// A tag that opens or closes an element whose end tag must be written.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: SmolStr,
    pub(super) start: usize,
    pub(super) is_end: bool,
}

/// All of a text, piece by piece.
#[derive(Debug)]
pub(super) struct Tags {
    source: Source,
    pieces: Vec<Piece>,
    /// How many there are in each piece and all before it.
    ends: Vec<usize>,
    all: Vec<Tag>,
}

impl Tags {
    /// Those in `pieces` of `source`; what is the same as in another text, of which they are `known`, is not read again.
    pub(super) fn of(source: &Source, pieces: &[Piece], known: Option<Self>) -> Self {
        let mut out = Self {
            source: source.clone(),
            pieces: pieces.to_vec(),
            ends: Vec::with_capacity(pieces.len()),
            all: Vec::new(),
        };
        let mut known = known.map(|known| Same::of(known, source));
        for piece in pieces {
            if matches!(piece.kind, PieceKind::HtmlBlock | PieceKind::InlineHtml) {
                match known.as_mut().and_then(|known| known.find(piece)) {
                    Some(same) => out.all.extend(same),
                    None => out.all.extend(tags(source.text(), piece.range)),
                }
            }
            out.ends.push(out.all.len());
        }
        out
    }

    /// Those in the piece numbered `at`.
    pub(super) fn in_piece(&self, at: usize) -> &[Tag] {
        &self.all[at.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[at]]
    }
}

/// What of a text is the same in another one.
struct Same {
    known: Tags,
    /// Up to here in both.
    before: usize,
    /// From here on in the other one.
    behind: usize,
    /// How far what is behind has moved, in bytes.
    moved: isize,
    /// The first piece that may be asked for.
    next: usize,
}

impl Same {
    fn of(known: Tags, new: &Source) -> Self {
        let same = new.same_as(&known.source);
        let [old, new] = [&known.source, new].map(|source| source.text().len());
        Self {
            before: same.before,
            behind: new - same.behind,
            moved: new.cast_signed() - old.cast_signed(),
            next: 0,
            known,
        }
    }

    /// The tags in `piece` of the other text, which are asked for in order; `None` where it is not the same.
    fn find(&mut self, piece: &Piece) -> Option<impl Iterator<Item = Tag>> {
        let moved = match piece.range {
            range if range.end <= self.before => 0,
            range if range.start >= self.behind => self.moved,
            _ => return None,
        };
        let [start, end] = [piece.range.start, piece.range.end].map(|at| at.saturating_add_signed(-moved));
        let was = Piece {
            kind: piece.kind,
            range: TextRange::new(start, end),
        };
        let pieces = &self.known.pieces;
        self.next += pieces[self.next..].partition_point(|other| other.range.start < start);
        let there = pieces[self.next..]
            .iter()
            .take_while(|other| other.range.start == start);
        let at = self.next + there.into_iter().position(|other| *other == was)?;
        let place = move |tag: &Tag| Tag {
            start: tag.start.saturating_add_signed(moved),
            ..tag.clone()
        };
        Some(self.known.in_piece(at).iter().map(place))
    }
}

/// Whether `name` (lower case) can be a real element: pseudo tags such as `<T>` open nothing.
pub(super) fn is_element_name(name: &str) -> bool {
    name.contains('-') || names::is_html(name)
}

/// The tags in `range` that open or close an element whose end tag must be written.
pub(super) fn tags(text: &str, range: TextRange) -> impl Iterator<Item = Tag> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        loop {
            let token = scan::next(text.as_bytes(), at, range.end)?;
            at = token.range.end;
            let name = text[token.name.as_range()].to_ascii_lowercase_smolstr();
            let self_closed = token.kind
                == TokenKind::Open {
                    self_closing: SelfClosing::Yes,
                };
            if matches!(token.kind, TokenKind::Open { .. }) && !self_closed && scan::is_raw_text(&name) {
                at = scan::raw_text_end(text.as_bytes(), at, range.end, &name);
            }
            if token.kind != TokenKind::Comment && !self_closed && must_be_closed(&name) {
                return Some(Tag {
                    name,
                    start: token.range.start,
                    is_end: token.kind == TokenKind::Close,
                });
            }
        }
    })
}

fn must_be_closed(name: &str) -> bool {
    is_element_name(name) && !scan::is_void(name) && !names::may_omit_end(name)
}

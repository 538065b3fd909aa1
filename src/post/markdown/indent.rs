//! Which indented code blocks are code, and which are HTML that a blank line has cut off from its element.
//!
//! CommonMark ends an HTML block at a blank line; lines indented by four or more after it are an indented code block.
//! That is what a writer of a tutorial wants, and what a writer of HTML never wants. An indented block is taken for HTML
//! only on evidence that it is a piece of the HTML around it:
//!
//! * it *crosses*: one of its end tags closes an element that an HTML block has opened before, or one of its start
//!   tags is closed by an HTML block behind it; or
//! * it is *enclosed*: it starts with a tag, follows HTML (not prose), and an element opened by an HTML block before
//!   it is still open: closed behind it, or left open by the very HTML block before it; or
//! * the body holds *nothing but* HTML and indented blocks that start with tags.
//!
//! A sample after a sentence, a sample that stands alone, and indented text without tags in `<details>` stay code.

use super::layout::{Piece, PieceKind};
use super::silent::Silent;
use super::tags::{Tag, Tags, is_element_name, tags};
use crate::post::html::scan::{self, TokenKind};
use crate::post::memory::Memory;
use crate::text::{Source, Tally, TextRange};
use foldhash::HashMap;
use smol_str::{SmolStr, StrExt};

/// For each piece of `source`, in order: whether it is an indented block that is really HTML. `memory` knows the tags of a text like it.
pub(super) fn accidental(source: &Source, pieces: &[Piece], memory: Option<&Memory>) -> Vec<bool> {
    let text = source.text();
    let mut out = vec![false; pieces.len()];
    if !pieces.iter().any(|piece| piece.kind == PieceKind::Indented) {
        return out;
    }
    if nothing_but_html(text, pieces) {
        for (verdict, piece) in out.iter_mut().zip(pieces) {
            *verdict = piece.kind == PieceKind::Indented;
        }
        return out;
    }
    // Most code holds no tags of HTML, and then nothing is evidence.
    let speaks = |range: TextRange| starts_with_tag(text, range) || tags(text, range).next().is_some();
    let mut silent = Silent::after(source, memory.and_then(Memory::take));
    let mut indented = pieces.iter().filter(|piece| piece.kind == PieceKind::Indented);
    let is_evidence =
        indented.any(|piece| !silent.holds(piece.range) && (speaks(piece.range) || silent.add(piece.range)));
    if let Some(memory) = memory {
        memory.keep(silent.kept(source));
    }
    if !is_evidence {
        return out;
    }
    // Every piece of HTML is read once, and gone through twice.
    let known = memory.and_then(Memory::take::<Tags>);
    let found = Tags::of(source, pieces, known);
    let mut judge = Judge::new(text);
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            PieceKind::HtmlBlock => judge.html(found.in_piece(at), Opens::Counted),
            PieceKind::InlineHtml => judge.html(found.in_piece(at), Opens::Ignored),
            PieceKind::Indented | PieceKind::Code | PieceKind::Prose => {}
        }
    }
    judge.turn_back();
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            PieceKind::HtmlBlock => judge.html(found.in_piece(at), Opens::Counted),
            PieceKind::InlineHtml => judge.html(found.in_piece(at), Opens::Ignored),
            PieceKind::Indented if judge.is_html(piece.range) => {
                out[at] = true;
                let inside: Vec<Tag> = tags(text, piece.range).collect();
                judge.html(&inside, Opens::Counted);
            }
            PieceKind::Indented | PieceKind::Code | PieceKind::Prose => judge.before = Before::Other,
        }
    }
    if let Some(memory) = memory {
        memory.keep(found);
    }
    out
}

fn starts_with_tag(text: &str, range: TextRange) -> bool {
    let block = text.get(range.as_range()).unwrap_or_default();
    let start = range.end - block.trim_start().len();
    scan::token_at(text.as_bytes(), start, range.end).is_some_and(|token| {
        // An autolink is no tag.
        token.kind == TokenKind::Comment || is_element_name(&text[token.name.as_range()].to_ascii_lowercase_smolstr())
    })
}

fn nothing_but_html(text: &str, pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece.kind {
        PieceKind::HtmlBlock => true,
        PieceKind::Indented => starts_with_tag(text, piece.range),
        PieceKind::InlineHtml | PieceKind::Code | PieceKind::Prose => false,
    })
}

/// Whether start tags of a piece open elements: those in running text end with their paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Counted,
    Ignored,
}

/// What stands right before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Html,
    Other,
}

/// Elements that are open, outermost first.
#[derive(Default)]
struct Open {
    elements: Vec<OpenElement>,
    names: Tally<SmolStr>,
}

struct OpenElement {
    name: SmolStr,
    start: usize,
    /// The farthest end tag of it and those around it; 0 where none of them has one.
    reach: usize,
}

impl Open {
    /// Open an element whose end tag is at `end`.
    fn push(&mut self, name: SmolStr, start: usize, end: Option<usize>) {
        self.names.add(name.clone());
        let reach = self.reach().max(end.unwrap_or(0));
        self.elements.push(OpenElement { name, start, reach });
    }

    fn has(&self, name: &str) -> bool {
        self.names.has(name)
    }

    /// The farthest end tag of all that is open; 0 where there is none.
    fn reach(&self) -> usize {
        self.elements.last().map_or(0, |element| element.reach)
    }

    /// Close the innermost element `name` and all in it; returns where it starts.
    fn close(&mut self, name: &str) -> Option<usize> {
        if !self.has(name) {
            return None;
        }
        while let Some(element) = self.elements.pop() {
            self.names.remove(&element.name);
            if element.name == name {
                return Some(element.start);
            }
        }
        None
    }

    fn clear(&mut self) {
        self.elements.clear();
        self.names.clear();
    }

    fn len(&self) -> usize {
        self.elements.len()
    }
}

struct Judge<'a> {
    text: &'a str,
    /// For each start tag in HTML blocks that is closed: where its end tag starts.
    closed_at: HashMap<usize, usize>,
    /// End tags in HTML that close nothing there: name and place, last one first.
    strays: HashMap<SmolStr, Vec<usize>>,
    open: Open,
    /// How many of `open` the piece before has left open.
    fresh: usize,
    before: Before,
}

impl<'a> Judge<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            closed_at: HashMap::default(),
            strays: HashMap::default(),
            open: Open::default(),
            fresh: 0,
            before: Before::Other,
        }
    }

    /// From the end of the body to its start again, with what was learned on the way.
    fn turn_back(&mut self) {
        for places in self.strays.values_mut() {
            places.reverse();
        }
        self.open.clear();
        self.before = Before::Other;
    }

    /// Take the tags of HTML into account.
    fn html(&mut self, tags: &[Tag], opens: Opens) {
        let depth = self.open.len();
        for tag in tags {
            if tag.is_end {
                self.close(&tag.name, tag.start);
            } else if opens == Opens::Counted {
                let end = self.closed_at.get(&tag.start).copied();
                self.open.push(tag.name.clone(), tag.start, end);
            }
        }
        self.fresh = self.open.len().saturating_sub(depth);
        self.before = Before::Html;
    }

    fn close(&mut self, name: &str, at: usize) {
        match self.open.close(name) {
            Some(start) => {
                self.closed_at.insert(start, at);
            }
            None => self.strays.entry(SmolStr::new(name)).or_default().push(at),
        }
    }

    fn is_html(&mut self, range: TextRange) -> bool {
        if self.crosses(range) {
            return true;
        }
        let is_closed_behind = self.open.reach() >= range.end;
        let is_fresh = self.fresh.min(self.open.len()) > 0;
        self.before == Before::Html && starts_with_tag(self.text, range) && (is_closed_behind || is_fresh)
    }

    /// Whether the block opens what HTML behind closes, or closes what HTML before has opened.
    fn crosses(&mut self, range: TextRange) -> bool {
        let mut inside = Open::default();
        for tag in tags(self.text, range) {
            if !tag.is_end {
                inside.push(tag.name, tag.start, None);
            } else if inside.close(&tag.name).is_none() && self.open.has(&tag.name) {
                return true;
            }
        }
        inside.elements.iter().any(|element| {
            let places = self.strays.get(&element.name).map_or(&[][..], Vec::as_slice);
            places.first().is_some_and(|&last| last >= range.end)
        })
    }
}

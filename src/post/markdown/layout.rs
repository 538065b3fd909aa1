//! One pass of pulldown-cmark over a body: which bytes are code, HTML and text.

use super::{Link, LinkKind};
use crate::text::TextRange;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What CommonMark makes of a stretch of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// An HTML block, with what quotes and lists put before its lines.
    HtmlBlock,
    /// A tag or comment in running text.
    InlineHtml,
    /// A fenced block or code span.
    Code,
    /// An indented code block.
    Indented,
    /// A paragraph, heading or table cell; its inline HTML and code spans are pieces that follow it.
    Prose,
}

/// A stretch of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: PieceKind,
    pub range: TextRange,
}

/// The pieces in order of their start, and what else the pass has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub pieces: Vec<Piece>,
    /// The marks of quotes before the lines of HTML.
    pub marks: Vec<TextRange>,
    pub headings: Vec<(u8, TextRange)>,
    pub links: Vec<Link>,
    /// Where the blocks begin that stand in no other.
    pub blocks: Vec<usize>,
    /// The definitions of links (`[name]: address`) that count, which change what is a link elsewhere.
    pub definitions: Vec<TextRange>,
    /// The starts of footnotes (`[^name]:`), which change what is a link elsewhere.
    pub footnotes: Vec<TextRange>,
}

/// Read `text` (the body, template constructs masked), which begins at `base` in the file.
pub(super) fn read(text: &str, base: usize) -> Layout {
    // Tables and footnotes change what is code; nothing else does.
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut pass = Pass {
        text,
        base,
        out: Layout::default(),
        in_leaf: false,
        run: None,
        html: None,
        depth: 0,
    };
    let parser = Parser::new_ext(text, options);
    let definitions = parser.reference_definitions().iter();
    pass.out.definitions = definitions
        .map(|(_, definition)| pass.place(&definition.span))
        .collect();
    pass.out.definitions.sort();
    for (event, range) in parser.into_offset_iter() {
        pass.event(&event, range);
    }
    pass.out
}

struct Pass<'a> {
    text: &'a str,
    base: usize,
    out: Layout,
    /// Inside a block that holds text and is a piece of its own.
    in_leaf: bool,
    /// The piece of the text outside of such blocks that may still grow.
    run: Option<usize>,
    /// The piece of the HTML block that is being read.
    html: Option<usize>,
    /// How many blocks and spans are open.
    depth: usize,
}

impl Pass<'_> {
    fn place(&self, range: &Range<usize>) -> TextRange {
        TextRange::new(self.base + range.start, self.base + range.end.max(range.start))
    }

    fn piece(&mut self, kind: PieceKind, range: &Range<usize>) {
        let range = self.place(range);
        self.out.pieces.push(Piece { kind, range });
    }

    /// A line of an HTML block, or its end. The parser leaves out what quotes and lists put before it, and the first half of a line
    /// end of two. Blocks that touch are one piece.
    fn html_block(&mut self, range: &Range<usize>) {
        let (start, end) = (self.base + range.start, self.base + range.end);
        let touches = |piece: &Piece| piece.kind == PieceKind::HtmlBlock && piece.range.end == start;
        let next = self.out.pieces.len();
        let before = match self.html {
            Some(at) => self.out.pieces[at].range.end - self.base,
            None => self.text[..range.start].trim_end_matches(['>', ' ', '\t']).len(),
        };
        self.mark(before..range.start);
        let at = self
            .html
            .unwrap_or(next - usize::from(self.out.pieces.last().is_some_and(touches)));
        self.html = Some(at);
        match self.out.pieces.get_mut(at) {
            Some(piece) => piece.range.end = end,
            None => self.piece(PieceKind::HtmlBlock, range),
        }
    }

    /// A tag or comment in a paragraph, which the parser shows as `seen`: without what stands before its lines.
    fn inline_html(&mut self, seen: &str, range: &Range<usize>) {
        self.piece(PieceKind::InlineHtml, range);
        let Some(written) = self.text.get(range.clone()).filter(|written| *written != seen) else {
            return;
        };
        let mut at = range.start;
        for (line, seen) in written.split_inclusive('\n').zip(seen.split_inclusive('\n')) {
            let [written, shown] = [line, seen].map(|line| line.trim_end_matches(['\r', '\n']).len());
            self.mark(at..at + written.saturating_sub(shown));
            at += line.len();
        }
    }

    /// What stands before a line of HTML, which may be the mark of a quote.
    fn mark(&mut self, range: Range<usize>) {
        if self.text.get(range.clone()).is_some_and(|before| before.contains('>')) {
            let mark = self.place(&range);
            self.out.marks.push(mark);
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if self.depth == 0 {
                    self.out.blocks.push(self.base + range.start);
                }
                self.depth += 1;
                if matches!(tag, Tag::FootnoteDefinition(_)) {
                    self.footnote(range.start);
                }
                if is_inline(tag) {
                    self.run_of_text(&range);
                } else {
                    self.run = None;
                    self.in_leaf = is_leaf(tag);
                }
                self.start(tag, &range);
            }
            Event::End(end) => {
                self.depth -= 1;
                if !is_inline_end(*end) {
                    self.run = None;
                    self.in_leaf = false;
                }
            }
            Event::Html(_) => self.html_block(&range),
            Event::InlineHtml(seen) => {
                self.run_of_text(&range);
                self.inline_html(seen, &range);
            }
            Event::Code(_) => {
                self.run_of_text(&range);
                self.piece(PieceKind::Code, &range);
            }
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => self.run_of_text(&range),
            _ => {}
        }
    }

    /// Text straight in a tight list item has no paragraph around it; it is prose all the same, up to the next block.
    fn run_of_text(&mut self, range: &Range<usize>) {
        if self.in_leaf {
            return;
        }
        let place = self.place(range);
        match self.run {
            Some(run) => {
                let end = &mut self.out.pieces[run].range.end;
                *end = place.end.max(*end);
            }
            None => {
                self.run = Some(self.out.pieces.len());
                self.out.pieces.push(Piece {
                    kind: PieceKind::Prose,
                    range: place,
                });
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.piece(PieceKind::Code, range),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.piece(PieceKind::Indented, range),
            Tag::HtmlBlock => self.html = None,
            Tag::Paragraph | Tag::TableCell => self.piece(PieceKind::Prose, range),
            Tag::Heading { level, .. } => {
                let place = self.place(range);
                self.out.headings.push((*level as u8, place));
                self.piece(PieceKind::Prose, range);
            }
            Tag::Link { dest_url, .. } => self.link(LinkKind::Link, dest_url, range),
            Tag::Image { dest_url, .. } => self.link(LinkKind::Image, dest_url, range),
            _ => {}
        }
    }

    fn footnote(&mut self, start: usize) {
        const NAMED: &str = "]:";
        let length = self.text[start..].find(NAMED).map_or(0, |at| at + NAMED.len());
        self.out.footnotes.push(self.place(&(start..start + length)));
    }

    fn link(&mut self, kind: LinkKind, url: &str, range: &Range<usize>) {
        let target = self.target(range).map(|range| self.place(&range));
        let range = self.place(range);
        self.out.links.push(Link {
            range,
            target,
            url: url.into(),
            kind,
        });
    }

    /// Where the destination of `[text](destination "title")` or `<destination>` stands.
    fn target(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let whole = self.text.get(range.clone())?;
        if let Some(inner) = whole.strip_prefix('<') {
            return Some(range.start + 1..range.start + inner.len());
        }
        let inner = whole.strip_suffix(')')?;
        let open = opening_parenthesis(inner)?;
        let rest = inner[open + 1..].trim_start();
        let start = range.start + inner.len() - rest.len();
        if let Some(angled) = rest.strip_prefix('<') {
            return angled.find('>').map(|length| start + 1..start + 1 + length);
        }
        let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        Some(start..start + length)
    }
}

/// The `(` that pairs with the closing one behind `inner`: the first `](` after which parentheses outside `<…>` and
/// quotes are balanced to the end. Link text may itself hold `](`, in an image.
fn opening_parenthesis(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && bytes.get(at + 1) == Some(&b'(') {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    // Code or HTML in the text may hold odd brackets: then the last `](` is the best guess.
    inner.rfind("](").map(|found| found + 1)
}

fn is_leaf(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::CodeBlock(_) | Tag::HtmlBlock
    )
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

//! What is code and what is HTML, by CommonMark and by the template tags that hold code.

mod blocks;
mod indent;
mod layout;
mod mask;
mod raw;
mod reuse;
mod silent;
mod tags;
mod trial;

use std::borrow::Cow;
use std::sync::Arc;

use super::Kind;
use super::memory::Memory;
use super::template::Template;
use crate::text::{Edit, Source, TextRange, holder, is_blank};
use layout::{Layout, Piece, PieceKind};
use mask::Masked;
pub(super) use mask::plain;
pub(super) use reuse::Reading;
pub(super) use trial::Trials;

/// The body's layout. All ranges are sorted and disjoint.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// Code of every kind (fences, spans, indented blocks that are really code, `{% raw %}`, `{% codeblock %}`,
    /// `{% highlight %}`, Hugo's `{{< highlight >}}`, …): nothing in here is ever flagged or changed.
    pub code: Vec<TextRange>,
    /// HTML blocks and inline HTML; the rest of the body is Markdown text.
    pub html: Vec<TextRange>,
    /// The marks of quotes (`> `) before lines of HTML. Some lie in `html`, and none of them is HTML.
    pub marks: Vec<TextRange>,
    /// Indented code blocks by CommonMark that are *not* in `code`, because an HTML element is open there or they
    /// start with a tag: the writer meant HTML, the reader gets source code.
    pub accidental: Vec<TextRange>,
    /// The ATX and setext headings: level (1 to 6) and the range of the whole heading.
    pub headings: Vec<(u8, TextRange)>,
    /// Targets of links and images written in Markdown.
    pub links: Vec<Link>,
    /// Paragraphs, headings, table cells and the text of tight list items: an element opened by a tag in one ends with it, unless it is a block.
    /// Not disjoint from `html` and `code`, which lie within.
    pub prose: Vec<TextRange>,
    /// Template constructs outside code.
    pub template: Template,
    /// The whole body.
    pub body: TextRange,
    /// What CommonMark makes of the body.
    layout: Arc<Layout>,
    /// What trials of edits said of this text and those before it.
    trials: Trials,
}

/// A Markdown link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The whole construct.
    pub range: TextRange,
    /// The destination as written, without `<…>`; `None` for reference links.
    pub target: Option<TextRange>,
    /// The destination with escapes and entities undone.
    pub url: Arc<str>,
    /// Whether it is an image.
    pub kind: LinkKind,
}

/// Link or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](url)`, `<url>`.
    Link,
    /// `![alt](url)`.
    Image,
}

impl Markdown {
    /// Read the layout of `body`; what does not differ from what `memory` holds is not read again. Never fails; linear in the
    /// body's length.
    pub(super) fn parse(source: &Source, body: TextRange, kind: Kind, memory: Option<&Memory>) -> Self {
        let template = match memory {
            Some(memory) => Template::parse_after(source, body, memory),
            None => Template::parse(source, body),
        };
        let mut out = match kind {
            Kind::Html => Self {
                code: template.opaque.clone(),
                html: gaps(body, &template.opaque),
                ..Self::default()
            },
            Kind::Markdown => Self::of_markdown(source, body, &template, memory),
        };
        out.template = template;
        out.body = body;
        out.trials = memory.map(Memory::trials).unwrap_or_default();
        out
    }

    fn of_markdown(source: &Source, body: TextRange, template: &Template, memory: Option<&Memory>) -> Self {
        let masked = Masked::of(source, body, template, memory);
        let layout = match memory {
            None => Arc::new(layout::read(masked.text(), body.start)),
            Some(memory) => {
                let reading = Reading::after(memory.take_markdown(), masked, body.start);
                let layout = reading.layout();
                memory.put_markdown(reading);
                layout
            }
        };
        let accidental = indent::accidental(source, &layout.pieces, memory);
        let swallowed = raw::swallowed(source, body, &layout.pieces, &accidental, memory);
        let mut links = layout.links.clone();
        for link in &mut links {
            // A destination written by a template tag is given as written, not as masked.
            if let Some(target) = link.target.filter(|target| template.touches(*target)) {
                link.url = source.slice(target).into();
            }
        }
        let room = layout.pieces.len();
        let mut out = Self {
            headings: layout.headings.clone(),
            marks: layout.marks.clone(),
            links,
            code: Vec::with_capacity(template.opaque.len() + room),
            html: Vec::with_capacity(room),
            prose: Vec::with_capacity(room),
            ..Self::default()
        };
        out.code.extend_from_slice(&template.opaque);
        for (&Piece { kind, range }, accidental) in layout.pieces.iter().zip(accidental) {
            match kind {
                PieceKind::HtmlBlock | PieceKind::InlineHtml => out.html.push(range),
                PieceKind::Indented if accidental => {
                    out.accidental.push(range);
                    out.html.push(with_blanks(source.text(), range, body.start));
                }
                PieceKind::Indented | PieceKind::Code => out.code.push(range),
                PieceKind::Prose => out.prose.push(range),
            }
        }
        out.layout = layout;
        out.swallow(source.text(), &swallowed);
        join(&mut out.code);
        join(&mut out.html);
        let html = without(&out.html, &out.code);
        if html != out.html {
            // The line end behind a template block is all that is left of the comment it was masked as.
            out.html = html;
            out.html.retain(|&range| !is_blank(source.slice(range)));
        }
        out
    }

    /// Give to scripts and style sheets what is theirs: see [`raw`].
    fn swallow(&mut self, text: &str, swallowed: &[TextRange]) {
        if swallowed.is_empty() {
            return;
        }
        raw::outside(&mut self.code, swallowed, |range| range.start);
        raw::outside(&mut self.links, swallowed, |link| link.range.start);
        raw::outside(&mut self.headings, swallowed, |(_, range)| range.start);
        // A block that holds the end tag is still shown as code, and with it the end tag is lost.
        self.accidental
            .retain(|range| holder(swallowed, range.start).is_none_or(|held| held.end < range.end));
        for prose in &mut self.prose {
            let behind = |held: TextRange| held.end + text[held.end..].find('>').map_or(0, |at| at + 1);
            if let Some(held) = holder(swallowed, prose.start) {
                prose.start = behind(held);
            } else if let Some(held) = holder(swallowed, prose.end) {
                prose.end = behind(held);
            }
        }
        self.prose.retain(|prose| prose.start < prose.end);
        self.html.extend(swallowed);
    }

    /// What of `text`, the file's, stands in `range`, with a blank for every byte of the marks of quotes in it.
    pub(super) fn without_marks<'t>(&self, text: &'t str, range: TextRange) -> Cow<'t, str> {
        let first = self.marks.partition_point(|mark| mark.end <= range.start);
        let marks = self.marks[first..].iter().take_while(|mark| mark.start < range.end);
        let mut out = String::new();
        let mut at = range.start;
        for mark in marks {
            let (start, end) = (mark.start.max(at), mark.end.min(range.end));
            out.push_str(&text[at..start]);
            out.extend(std::iter::repeat_n(' ', end - start));
            at = end;
        }
        match at == range.start {
            true => Cow::Borrowed(&text[range.as_range()]),
            false => Cow::Owned(out + &text[at..range.end]),
        }
    }

    /// Whether after `edits` (sorted and disjoint, in the body of `text`, the file's) the indented blocks `freed`, in order, are HTML, and
    /// all else of the body is to CommonMark what it was, blanks aside. Only the blocks around the edits are read.
    pub fn frees(&self, text: &str, freed: &[TextRange], edits: &[Edit]) -> bool {
        trial::frees(self, text, freed, edits)
    }

    /// Whether the byte at `offset` is HTML; the mark of a quote before a line of it is none.
    pub fn is_html(&self, offset: usize) -> bool {
        holder(&self.html, offset).is_some() && holder(&self.marks, offset).is_none()
    }

    /// Whether the byte at `offset` is code.
    pub fn is_code(&self, offset: usize) -> bool {
        holder(&self.code, offset).is_some()
    }
}

/// `range` with the blanks around it, so that a comment which goes on in the HTML block behind is read as one.
fn with_blanks(text: &str, range: TextRange, floor: usize) -> TextRange {
    let before = floor + text[floor..range.start].trim_end().len();
    let after = text.len() - text[range.end..].trim_start().len();
    TextRange::new(before, after)
}

/// Sort and merge.
fn join(ranges: &mut Vec<TextRange>) {
    if ranges.is_sorted_by(|before, next| before.end < next.start) && !ranges.iter().any(|range| range.is_empty()) {
        return;
    }
    ranges.retain(|range| !range.is_empty());
    ranges.sort();
    ranges.dedup_by(|next, last| {
        let joined = next.start <= last.end;
        if joined {
            last.end = last.end.max(next.end);
        }
        joined
    });
}

/// What is left of `ranges` when `holes` are taken out; both sorted and disjoint.
pub(super) fn without(ranges: &[TextRange], holes: &[TextRange]) -> Vec<TextRange> {
    let mut out = Vec::with_capacity(ranges.len());
    let mut first = 0;
    for &range in ranges {
        first += holes[first..].iter().take_while(|hole| hole.end <= range.start).count();
        let inside = holes[first..].iter().take_while(|hole| hole.start < range.end);
        let mut at = range.start;
        for hole in inside {
            if at < hole.start {
                out.push(TextRange::new(at, hole.start));
            }
            at = at.max(hole.end);
        }
        if at < range.end {
            out.push(TextRange::new(at, range.end));
        }
    }
    out
}

/// What of `body` no range covers.
fn gaps(body: TextRange, ranges: &[TextRange]) -> Vec<TextRange> {
    without(&[body], ranges)
}

//! What an edit makes of the blocks around it, tried on a copy of these blocks alone.

use super::blocks::{Blocks, Stop, ends_before};
use super::layout::{self, Piece, PieceKind};
use super::{Markdown, mask};
use crate::text::{Edit, TextRange, apply};

/// See [`Markdown::frees`].
pub(super) fn frees(markdown: &Markdown, text: &str, freed: &[TextRange], edits: &[Edit]) -> bool {
    let touched = || edits.iter().map(|edit| edit.range).chain(freed.iter().copied());
    let first = touched().map(|range| range.start).min();
    let last = touched().map(|range| range.end).max();
    let (Some(first), Some(last)) = (first, last) else {
        return true;
    };
    let trial = Trial {
        markdown,
        text,
        freed,
        edits,
    };
    let blocks = Blocks::of(text, &markdown.blocks);
    let body = markdown.body;
    let start = blocks.before(first).unwrap_or(body.start);
    for Stop { end, shown } in blocks.stops(last) {
        let [end, shown] = [end, shown].map(|at| at.unwrap_or(body.end));
        if [start, end, shown].iter().any(|&at| trial.cuts_template(at)) {
            break;
        }
        if let Some(verdict) = trial.run(TextRange::new(start, end), shown) {
            return verdict;
        }
    }
    trial.run(body, body.end).unwrap_or(false)
}

struct Trial<'a> {
    markdown: &'a Markdown,
    /// The file's.
    text: &'a str,
    /// The indented blocks that are to be HTML, in order.
    freed: &'a [TextRange],
    edits: &'a [Edit],
}

impl Trial<'_> {
    /// Whether a template construct begins before `at` and ends behind it.
    fn cuts_template(&self, at: usize) -> bool {
        let template = &self.markdown.template;
        let tags = template.tags.iter().map(|tag| tag.range);
        tags.chain(template.opaque.iter().copied())
            .any(|range| range.start < at && at < range.end)
    }

    /// Whether what is read between the start of `window` and `shown` after the edits is what was to be; `None` when this says
    /// nothing of what stands behind `window`.
    fn run(&self, window: TextRange, shown: usize) -> Option<bool> {
        let base = window.start;
        let old = mask(&self.text[base..shown], base, &self.markdown.template);
        let edits: Vec<Edit> = self.edits.iter().map(|edit| moved(edit, base)).collect();
        let new = apply(&old, &edits);
        let layout = layout::read(&new, 0);
        let end = window.end - base + new.len() - old.len();
        let is_apart = layout.blocks.binary_search(&end).is_ok() && ends_before(&layout.pieces, end);
        if window.end < self.markdown.body.end && !is_apart {
            return None;
        }
        let pieces = &self.markdown.pieces;
        let first = pieces.partition_point(|piece| piece.range.start < base);
        let before = pieces[first..].iter();
        let before = before
            .take_while(|piece| piece.range.start < window.end)
            .map(|piece| self.meant(piece));
        let after = layout.pieces.iter().copied();
        let after = after.take_while(|piece| piece.range.start < end);
        Some(stretches(&old, base, before) == stretches(&new, 0, after))
    }

    /// `piece` as it is to be after the edits.
    fn meant(&self, piece: &Piece) -> Piece {
        let mut piece = *piece;
        if self.freed.binary_search(&piece.range).is_ok() {
            piece.kind = PieceKind::HtmlBlock;
        }
        piece
    }
}

fn moved(edit: &Edit, base: usize) -> Edit {
    let range = TextRange::new(edit.range.start - base, edit.range.end - base);
    Edit {
        range,
        text: edit.text.clone(),
    }
}

/// What `pieces` say of `text`, which begins at `base`; HTML that only blanks part is one.
fn stretches(text: &str, base: usize, pieces: impl Iterator<Item = Piece>) -> Vec<Stretch<'_>> {
    let mut out: Vec<Stretch<'_>> = Vec::new();
    for Piece { kind, range } in pieces {
        let written = text[range.start - base..range.end - base].trim();
        match out.last_mut() {
            _ if written.is_empty() => {}
            Some(last) if (last.kind, kind) == (PieceKind::HtmlBlock, PieceKind::HtmlBlock) => last.parts.push(written),
            _ => out.push(Stretch {
                kind,
                parts: vec![written],
            }),
        }
    }
    out
}

/// A stretch of the body. Blanks make no difference.
struct Stretch<'a> {
    kind: PieceKind,
    parts: Vec<&'a str>,
}

impl PartialEq for Stretch<'_> {
    fn eq(&self, other: &Self) -> bool {
        let [ours, theirs] = [self, other].map(|stretch| stretch.parts.iter().flat_map(|part| part.chars()));
        let letters = |c: &char| !c.is_whitespace();
        self.kind == other.kind && (self.parts == other.parts || ours.filter(letters).eq(theirs.filter(letters)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Trial, frees};
    use crate::post::Post;
    use crate::text::{Edit, Source, TextRange};
    use proptest::prelude::*;

    const LINES: [&str; 32] = [
        "",
        "",
        "",
        "",
        "",
        "",
        "<div>",
        "<div>",
        "</div>",
        "</div>",
        "    <p>x</p>",
        "    <p>x</p>",
        "    </div>",
        "        <b>y</b>",
        "    <div>",
        "    code",
        "words",
        "words <b>x",
        "# head",
        "- item",
        "  more",
        "> quote",
        "```",
        "<pre>",
        "</pre>",
        "<!-- x",
        "-->",
        "{% raw %}",
        "{% endraw %}",
        "{{ x",
        "}}",
        "[^1]: note",
    ];

    proptest! {
        /// What the blocks around say is what all of the body says.
        #[test]
        fn a_part_says_what_the_whole_does(
            lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..24),
            around in (0..2_usize, 0..2_usize),
            kept in prop::collection::vec(any::<bool>(), 24),
        ) {
            let rest = |times: usize| "Words of *some* kind.\n\n".repeat(8).repeat(times);
            let inner = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
            let text = format!("{}{inner}\n{}", rest(around.0), rest(around.1));
            let post = Post::parse(Source::new(&*text), "a.md");
            let mut at = rest(around.0).len();
            let mut edits = Vec::new();
            for (line, kept) in lines.iter().zip(kept) {
                if line.is_empty() && !kept && at >= post.body.start {
                    edits.push(Edit::delete(TextRange::new(at, at + 1)));
                }
                at += line.len() + 1;
            }
            if edits.is_empty() {
                return Ok(());
            }
            let freed = &post.markdown.accidental;
            let trial = Trial { markdown: &post.markdown, text: &text, freed, edits: &edits };
            let whole = trial.run(post.body, post.body.end);
            prop_assert_eq!(Some(frees(&post.markdown, &text, freed, &edits)), whole);
        }
    }
}

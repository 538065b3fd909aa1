//! The layout of a text that differs from one read before in a single place: only the blocks around it are read again.
//!
//! A block that begins after a blank line, outside of every other, is read the same whatever stands before it, and the blocks
//! before the one in front of a change are read the same whatever the change is. Only definitions reach further: those of links
//! and footnotes that stand elsewhere are put before what is read again, and where one is changed, all is read anew.

use super::Link;
use super::blocks::{Blocks, Stop, ends_before};
use super::layout::{self, Layout, Piece};
use super::mask::Masked;
use crate::text::{Same, TextRange};
use std::sync::Arc;

/// A text and its layout.
#[derive(Debug)]
pub(in crate::post) struct Reading {
    /// The body, template constructs masked.
    text: Masked,
    /// Where the body begins in the file.
    base: usize,
    /// Counted from the start of the file, and shared with whoever asked for it.
    layout: Arc<Layout>,
}

/// Which part of an old layout is replaced: from `start` to `end`, behind which all is now at `moved` and later.
#[derive(Clone, Copy)]
struct Cut {
    start: usize,
    end: usize,
    moved: usize,
}

/// What stands in a text.
trait Placed {
    fn start(&self) -> usize;
    /// What stood at `from` now stands at `to`, and so this has moved, too.
    fn shift(&mut self, from: usize, to: usize);
}

impl Placed for TextRange {
    fn start(&self) -> usize {
        self.start
    }

    fn shift(&mut self, from: usize, to: usize) {
        *self = TextRange::new(self.start - from + to, self.end - from + to);
    }
}

impl Placed for usize {
    fn start(&self) -> usize {
        *self
    }

    fn shift(&mut self, from: usize, to: usize) {
        *self = *self - from + to;
    }
}

impl Placed for Piece {
    fn start(&self) -> usize {
        self.range.start
    }

    fn shift(&mut self, from: usize, to: usize) {
        self.range.shift(from, to);
    }
}

impl Placed for (u8, TextRange) {
    fn start(&self) -> usize {
        self.1.start
    }

    fn shift(&mut self, from: usize, to: usize) {
        self.1.shift(from, to);
    }
}

impl Placed for Link {
    fn start(&self) -> usize {
        self.range.start
    }

    fn shift(&mut self, from: usize, to: usize) {
        self.range.shift(from, to);
        if let Some(target) = &mut self.target {
            target.shift(from, to);
        }
    }
}

impl Layout {
    fn shift(&mut self, from: usize, to: usize) {
        let Layout {
            pieces,
            marks,
            headings,
            links,
            blocks,
            definitions,
            footnotes,
        } = self;
        pieces.iter_mut().for_each(|piece| piece.shift(from, to));
        marks.iter_mut().for_each(|mark| mark.shift(from, to));
        headings.iter_mut().for_each(|heading| heading.shift(from, to));
        links.iter_mut().for_each(|link| link.shift(from, to));
        blocks.iter_mut().for_each(|block| block.shift(from, to));
        definitions.iter_mut().for_each(|definition| definition.shift(from, to));
        footnotes.iter_mut().for_each(|footnote| footnote.shift(from, to));
    }
}

impl Reading {
    /// The layout of `text`, which begins at `base` in its file. What was read `before` may be of any other.
    pub(super) fn after(before: Option<Self>, text: Masked, base: usize) -> Self {
        let layout = before.and_then(|before| before.at(base).changed(&text));
        let layout = layout.unwrap_or_else(|| Arc::new(layout::read(text.text(), base)));
        Self { text, base, layout }
    }

    /// The layout.
    pub(super) fn layout(&self) -> Arc<Layout> {
        Arc::clone(&self.layout)
    }

    /// The same, in a file in which the body begins at `base`.
    fn at(mut self, base: usize) -> Self {
        if self.base != base {
            Arc::make_mut(&mut self.layout).shift(self.base, base);
            self.base = base;
        }
        self
    }

    /// The layout of `new`, which begins where this one does; `None` where it is simpler to read all of it.
    fn changed(self, new: &Masked) -> Option<Arc<Layout>> {
        let Same { before, behind } = self.text.same(new);
        let (base, old, new) = (self.base, self.text.text(), new.text());
        // Most of what is typed outside of the body, in the front matter, leaves it as it was.
        if before == old.len() && before == new.len() {
            return Some(self.layout);
        }
        let blocks = Blocks::of(old, base, &self.layout.blocks);
        let start = blocks.before(base + before).unwrap_or(base);
        let (old_end, new_end) = (base + old.len(), base + new.len());
        let stops = blocks.stops(old_end - behind);
        let to_new = |at: usize| at + new_end - old_end;
        for Stop { end, shown } in stops {
            let shown = shown.unwrap_or(old_end);
            // What is as long as all of it is better read as a whole, and once.
            if to_new(shown) - start > new.len() / 4 {
                return None;
            }
            let text = &new[start - base..to_new(shown) - base];
            let middle = self.middle(text, start, end.unwrap_or(shown))?;
            let Some(end) = end else {
                // Up to the end of the text, where nothing is left to be joined.
                let (end, moved) = (usize::MAX, usize::MAX);
                return joined(&self.layout, &middle, Cut { start, end, moved });
            };
            let moved = to_new(end);
            if middle.blocks.binary_search(&moved).is_ok() {
                return joined(&self.layout, &middle, Cut { start, end, moved });
            }
        }
        None
    }

    /// The layout of `text`, which begins at `start`, where before everything from `start` to `end` was; `None` where definitions
    /// of links or footnotes stand in it, stood there, or cannot be put before it.
    fn middle(&self, text: &str, start: usize, end: usize) -> Option<Layout> {
        let Layout {
            definitions, footnotes, ..
        } = &*self.layout;
        // Of two definitions of one name the first counts, so each stays on its side of the text.
        let (mut whole, mut behind) = (String::new(), String::new());
        for definition in definitions.iter().chain(footnotes) {
            let written = &self.text.text()[definition.start - self.base..definition.end - self.base];
            let is_inside = definition.end > start && definition.start < end;
            if is_inside || written.contains('\n') || whole.len() + behind.len() > MOST_DEFINITIONS {
                return None;
            }
            let side = if definition.start < start {
                &mut whole
            } else {
                &mut behind
            };
            side.push_str("\n\n");
            side.push_str(written);
        }
        whole.push_str("\n\n");
        let before = whole.len();
        whole.push_str(text);
        let after = whole.len();
        whole.push_str(&behind);
        let mut layout = layout::read(&whole, 0);
        let is_inside = |at: usize| (before..after).contains(&at);
        let are_the_same = |now: &[TextRange], known: &[TextRange]| {
            now.len() == known.len() && !now.iter().any(|definition| is_inside(definition.start))
        };
        if !are_the_same(&layout.definitions, definitions) || !are_the_same(&layout.footnotes, footnotes) {
            return None;
        }
        // What was put there besides leaves nothing but the blocks that footnotes are.
        layout.blocks.retain(|&at| is_inside(at));
        layout.definitions.clear();
        layout.footnotes.clear();
        layout.shift(before, start);
        Some(layout)
    }
}

/// The old layout before `cut.start` and from `cut.end` on, with `middle` between them; `None` where the parts would not join.
fn joined(old: &Layout, middle: &Layout, cut: Cut) -> Option<Arc<Layout>> {
    let is_apart = ends_before(&old.pieces, cut.start)
        && ends_before(&old.pieces, cut.end)
        && ends_before(&middle.pieces, cut.moved);
    let joined = || Layout {
        pieces: spliced(&old.pieces, &middle.pieces, cut),
        marks: spliced(&old.marks, &middle.marks, cut),
        headings: spliced(&old.headings, &middle.headings, cut),
        links: spliced(&old.links, &middle.links, cut),
        blocks: spliced(&old.blocks, &middle.blocks, cut),
        definitions: spliced(&old.definitions, &middle.definitions, cut),
        footnotes: spliced(&old.footnotes, &middle.footnotes, cut),
    };
    is_apart.then(|| Arc::new(joined()))
}

fn spliced<T: Placed + Clone>(old: &[T], middle: &[T], cut: Cut) -> Vec<T> {
    let before = &old[..old.partition_point(|item| item.start() < cut.start)];
    let tail = &old[old.partition_point(|item| item.start() < cut.end)..];
    let mut out = Vec::with_capacity(before.len() + middle.len() + tail.len());
    out.extend_from_slice(before);
    out.extend(middle.iter().take_while(|item| item.start() < cut.moved).cloned());
    let shifted = out.len();
    out.extend_from_slice(tail);
    out[shifted..]
        .iter_mut()
        .for_each(|item| item.shift(cut.end, cut.moved));
    out
}

/// Bytes of definitions that are put before what is read again; where there are more, all is read.
const MOST_DEFINITIONS: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::{Masked, Reading, layout};
    use proptest::prelude::*;

    /// Pieces of Markdown that reach across lines, end each other, or only look as if they did.
    const PIECES: [&str; 49] = [
        "words",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "\n\n\n",
        "# head",
        "\n---\n",
        "\n===\n",
        "- item",
        "\n- item\n- item\n",
        "1. one",
        "\n  more",
        "\n    code",
        "\n\n    code\n",
        "> quote",
        "\n> quote\n",
        "```\n",
        "\n```rust\n",
        "~~~\n",
        "`span`",
        "``",
        "`",
        "<div>",
        "</div>",
        "<div>\n",
        "\n</div>\n",
        "<b>x</b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<pre>\n",
        "</pre>",
        "[text](/to)",
        "[text][ref]",
        "[ref]",
        "![a](/b.png)",
        "\n[ref]: /to\n",
        "[^1]",
        "\n[^1]: note\n",
        "[^2]",
        "\n[^2]:\n",
        "\n[^3]: long\n\n    more\n\n",
        "| a | b |\n",
        "|---|---|\n",
        "| 1 | 2 |\n",
        "\r\n",
        "雨",
    ];

    fn texts() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// Change after change, what is read in part is what is read as a whole, wherever the body begins.
        #[test]
        fn parts_read_again_join_the_rest(
            text in texts(),
            around in (0..2_usize, 0..2_usize),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(&PIECES[..]), 0_usize..3), 1..6),
        ) {
            // Much that stays as it is, before or behind: of a short text all is read again.
            let rest = |times: usize| {
                format!("{}[ref]: /else\n\n[^2]: else\n\n", "Words of *some* kind.[^2]\n\n".repeat(60)).repeat(times)
            };
            let mut text = format!("{}{text}\n\n{}", rest(around.0), rest(around.1));
            let middle = (rest(around.0).len(), text.len() - rest(around.1).len());
            let mut reading = Reading::after(None, Masked::Copied(text.clone()), 1);
            for (at, length, put, base) in changes {
                let place = |mut at: usize| {
                    while !text.is_char_boundary(at) {
                        at -= 1;
                    }
                    at
                };
                let start = place((middle.0 + at.index(middle.1 - middle.0 + 1)).min(text.len()));
                let end = place((start + length).min(text.len())).max(start);
                text.replace_range(start..end, put);
                reading = Reading::after(Some(reading), Masked::Copied(text.clone()), base);
                prop_assert_eq!(&*reading.layout, &layout::read(&text, base));
            }
        }
    }

    #[test]
    fn of_a_long_text_little_is_read_again() {
        let block = "Some *words*[^1] and [a link](/to).\n\n<div>\n<b>x</b>\n</div>\n\n";
        let note = "[^1]: It has a note.\n\n    Of two paragraphs.\n\n";
        let old = format!("{}{note}{}", block.repeat(20), block.repeat(30));
        let typed = [
            (old.len() / 2, "x"),
            (old.len(), "x"),
            (old.len(), "<div>\n"),
            (old.len() - 2, " x"),
            (0, "x"),
            (0, ""),
        ];
        for (at, word) in typed {
            let mut new = old.clone();
            new.insert_str(at, word);
            let reading = Reading::after(None, Masked::Copied(old.clone()), 0);
            let layout = reading
                .changed(&Masked::Copied(new.clone()))
                .expect("only one paragraph differs");
            assert_eq!(*layout, layout::read(&new, 0), "{word:?} at {at}");
        }
    }

    #[test]
    fn of_two_definitions_the_first_counts_whichever_was_typed_first() {
        let words = "Some *words*.\n\n".repeat(50);
        let old = format!("{words}See [this][ref].\n\n{words}[ref]: /old\n");
        let new = format!("{words}See [this][ref].\n\n[ref]: /new\n\n{words}[ref]: /old\n");
        let old = Reading::after(None, Masked::Copied(old), 0);
        let reading = Reading::after(Some(old), Masked::Copied(new.clone()), 0);
        assert_eq!(*reading.layout, layout::read(&new, 0));
        assert_eq!(&*reading.layout.links[0].url, "/new");
    }
}

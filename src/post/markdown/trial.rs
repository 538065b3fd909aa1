//! What an edit makes of the blocks around it, tried on a copy of these blocks alone.

use super::Markdown;
use super::blocks::{Blocks, Stop, ends_before};
use super::layout::{self, Piece, PieceKind};
use super::mask::masked;
use crate::text::{Edit, TextRange, apply};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

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
    let blocks = Blocks::of(text, 0, &markdown.layout.blocks);
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
        let pieces = &self.markdown.layout.pieces;
        let first = pieces.partition_point(|piece| piece.range.start < base);
        let meant = pieces[first..].iter();
        let meant = meant
            .take_while(|piece| piece.range.start < window.end)
            .map(|piece| self.meant(piece, base));
        let tried = Tried {
            text: masked(&self.text[base..shown], base, &self.markdown.template),
            edits: self.edits.iter().map(|edit| moved(edit, base)).collect(),
            meant: meant.collect(),
            end: (window.end < self.markdown.body.end).then_some(window.end - base),
        };
        self.markdown.trials.says(tried)
    }

    /// `piece` as it is to be after the edits, counted from `base`.
    fn meant(&self, piece: &Piece, base: usize) -> Piece {
        let Piece { kind, range } = *piece;
        let is_freed = self.freed.binary_search(&range).is_ok();
        Piece {
            kind: if is_freed { PieceKind::HtmlBlock } else { kind },
            range: TextRange::new(range.start - base, range.end - base),
        }
    }
}

/// What trials of edits said, of one text and of those that it came from; clones share it. It changes how long a trial takes and
/// nothing else.
#[derive(Clone, Default)]
pub(in crate::post) struct Trials(Option<Arc<Mutex<Said>>>);

/// The one asked for last is the last.
type Said = VecDeque<(Tried, Option<bool>)>;

/// Bytes of all texts that edits were tried on which are kept; what is kept of them may take a few times as many.
const MOST_TRIED: usize = 1 << 20;

impl Trials {
    /// That keep what is said.
    pub(in crate::post) fn kept() -> Self {
        Self(Some(Arc::default()))
    }

    /// See [`Tried::says`].
    fn says(&self, tried: Tried) -> Option<bool> {
        let Some(said) = &self.0 else {
            return tried.says();
        };
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        let known = said.iter().rposition(|(known, _)| *known == tried);
        let (tried, verdict) = known.and_then(|at| said.remove(at)).unwrap_or_else(|| {
            let verdict = tried.says();
            (tried, verdict)
        });
        said.push_back((tried, verdict));
        let mut length: usize = said.iter().map(|(tried, _)| tried.text.len()).sum();
        while length > MOST_TRIED
            && let Some((oldest, _)) = said.pop_front()
        {
            length -= oldest.text.len();
        }
        verdict
    }
}

impl fmt::Debug for Trials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trials")
    }
}

/// What is tried on a part of a body; all that the verdict depends on. Places count from the start of the part.
#[derive(Debug, PartialEq, Eq)]
struct Tried {
    /// The part, template constructs masked.
    text: String,
    edits: Vec<Edit>,
    /// What it is to be after the edits.
    meant: Vec<Piece>,
    /// Where what was meant ends and what shows that it does begins; `None` when it is the end of the body.
    end: Option<usize>,
}

impl Tried {
    /// See [`Trial::run`].
    fn says(&self) -> Option<bool> {
        let new = apply(&self.text, &self.edits);
        let layout = layout::read(&new, 0);
        let end = self.end.unwrap_or(self.text.len()) + new.len() - self.text.len();
        let is_apart = layout.blocks.binary_search(&end).is_ok() && ends_before(&layout.pieces, end);
        if self.end.is_some() && !is_apart {
            return None;
        }
        let after = layout.pieces.iter().copied();
        let after = after.take_while(|piece| piece.range.start < end);
        Some(stretches(&self.text, self.meant.iter().copied()) == stretches(&new, after))
    }
}

fn moved(edit: &Edit, base: usize) -> Edit {
    let range = TextRange::new(edit.range.start - base, edit.range.end - base);
    Edit {
        range,
        text: edit.text.clone(),
    }
}

/// What `pieces` say of `text`; HTML that only blanks part is one.
fn stretches(text: &str, pieces: impl Iterator<Item = Piece>) -> Vec<Stretch<'_>> {
    let mut out: Vec<Stretch<'_>> = Vec::new();
    for Piece { kind, range } in pieces {
        let written = text[range.as_range()].trim();
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

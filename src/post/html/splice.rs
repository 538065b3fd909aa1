//! The HTML of a text that differs from one read before in a single place: what stands around it is read again, the nodes before
//! stay, and those behind it move.
//!
//! Reading goes on from a place before the change, a tag or comment where nothing counts but the text from there on and the elements
//! that are open; and it stops at such a place behind the change where the same elements are open as before. What reading
//! looks at has to be the same before and behind: the text, and what Markdown says of it.

mod change;
mod same;
mod split;

use super::feed::{Part, feed};
use super::nest::{Calm, Nest};
use super::tokens::NESTED;
use super::{Html, NodeId, tokens};
use crate::post::Lazy;
use crate::post::markdown::Markdown;
use crate::post::markup::{Markup, is_between, is_same_layout};
use crate::text::{Moved, Source, TextRange};
use change::Change;
use split::{Split, split};
use std::borrow::Cow;
use std::sync::Arc;

/// HTML and what it was read from.
#[derive(Debug)]
pub(in crate::post) struct Known {
    source: Source,
    markdown: Arc<Lazy<Markdown>>,
    html: Arc<Html>,
    /// See [`Markup`].
    number: u64,
    reading: u64,
}

/// The HTML of a text that was read after another one.
pub(super) struct Changed {
    pub(super) html: Html,
    /// The number of the markup of both, where only words differ.
    pub(super) number: Option<u64>,
}

/// Places that are looked at, before and behind a change: beyond, it is simpler to read all.
const MOST_PLACES: usize = 32;

/// What of the old nodes stays.
struct Cut {
    /// The number of nodes before what is read again, and the elements that are open there.
    before: (usize, Vec<NodeId>),
    /// Where reading begins; `None` is the start of the body.
    start: Option<usize>,
    /// Where it stops in the old text, the first node behind, and the elements that are open there; `None` is the end of the body.
    end: Option<(usize, usize, Vec<NodeId>)>,
}

impl Known {
    pub(super) fn new(source: &Source, markdown: &Arc<Lazy<Markdown>>, html: &Arc<Html>, numbers: (u64, u64)) -> Self {
        let (number, reading) = numbers;
        Self {
            source: source.clone(),
            markdown: Arc::clone(markdown),
            html: Arc::clone(html),
            number,
            reading,
        }
    }

    /// The markup of `source`, whose layout is `markdown`; `None` where its HTML has to be read to know.
    pub(in crate::post) fn markup(&self, source: &Source, markdown: &Markdown) -> Option<Markup> {
        let Self { number, reading, .. } = *self;
        if Arc::ptr_eq(&self.source.shared(), &source.shared()) {
            return Some(Markup {
                number,
                reading,
                is_outside: true,
            });
        }
        let moved = Moved::between(&self.source, source);
        self.has_same_words_between(moved, source, markdown).then(|| Markup {
            number,
            reading,
            is_outside: self.html.innermost(moved.was().start).is_none(),
        })
    }

    fn has_same_words_between(&self, moved: Moved, source: &Source, markdown: &Markdown) -> bool {
        self.html.gave_up_at.is_none()
            && is_same_layout(moved, &self.markdown, markdown)
            && is_between(moved, (&self.source, &self.markdown), (source, markdown))
    }

    /// The HTML of `source`, whose layout is `markdown`; `None` where all has to be read.
    pub(super) fn changed(self, source: &Source, markdown: &Markdown) -> Option<Changed> {
        if markdown.html.is_empty() && self.html.nodes.is_empty() {
            let moved = Moved::between(&self.source, source);
            let is_same = self.has_same_words_between(moved, source, markdown);
            let number = is_same.then_some(self.number);
            return Some(Changed {
                html: Html::default(),
                number,
            });
        }
        if markdown.html.is_empty() || self.html.calm.is_empty() || self.html.gave_up_at.is_some() {
            return None;
        }
        let change = Change::between((&self.source, &self.markdown), (source, markdown));
        let cut = Cut::around(&self.html, &change);
        let start = cut.start.unwrap_or(markdown.body.start);
        let end = cut.end.as_ref().map(|&(end, ..)| change.to_new(end));
        let part = part(markdown, TextRange::new(start, end.unwrap_or(markdown.body.end)));
        let stretches = whole_stretches(markdown, part.range);
        let reading = tokens::read(source.text(), markdown, &stretches, end.unwrap_or(usize::MAX));
        if !reading.unsure.is_empty() || !reading.has_met {
            return None;
        }
        // Nobody looks at the last text any more, and then nothing is copied.
        let old = Arc::try_unwrap(self.html).unwrap_or_else(|shared| (*shared).clone());
        let Split { html, middle, tail } = split(old, &cut);
        let (_, stack) = cut.before;
        let mut nest = Nest::new(source.text(), markdown, html, stack, reading.tokens.len()).noting_calm(Vec::new());
        feed(&mut nest, source, &part, reading.tokens);
        let read = match &cut.end {
            Some((.., stack)) => nest.pause(stack)?,
            None => nest.finish(markdown.body.end),
        };
        let moved = Moved::between(&self.source, source);
        let is_same = (tail.is_some() || middle.has_same_ends(&read, moved))
            && middle.is_in(&read, moved, [&self.source, source])
            && is_same_layout(moved, &self.markdown, markdown);
        let html = match (tail, cut.end) {
            (Some(tail), Some((.., stack))) => tail.behind(read, &change, &stack),
            _ => read,
        };
        html.gave_up_at.is_none().then(|| Changed {
            html: html.joined(),
            number: is_same.then_some(self.number),
        })
    }
}

impl Cut {
    /// What of `html` stays after `change`.
    fn around(html: &Html, change: &Change) -> Self {
        let calm = &html.calm;
        let first = calm.partition_point(|calm| calm.at < change.start);
        // The tag before the last one is as it was: only then does text end there.
        let mut before = calm[..first].iter().rev().skip(1).take(MOST_PLACES);
        let start = before.find_map(|calm| Some((calm, html.open_at(calm)?)));
        let (start, before) = match start {
            Some((calm, open)) => (Some(calm.at), (calm.nodes as usize, open)),
            None => (None, (0, Vec::new())),
        };
        let is_before = |id: &NodeId| (id.0 as usize) < before.0;
        let last = calm.partition_point(|calm| calm.at < change.end);
        let end = calm[last..].iter().take(MOST_PLACES).find_map(|calm| {
            let open = html.open_at(calm)?;
            open.iter()
                .all(is_before)
                .then_some((calm.at, calm.nodes as usize, open))
        });
        Self { before, start, end }
    }
}

impl Html {
    /// The innermost element that `at`, a place between tags, stands in; `None` at the top.
    fn innermost(&self, at: usize) -> Option<NodeId> {
        let before = self
            .nodes
            .partition_point(|node| node.range.start < at)
            .checked_sub(1)?;
        let last = NodeId(u32::try_from(before).ok()?);
        let around = std::iter::successors(Some(last), |&id| self.node(id).parent);
        let mut elements = around.filter(|&id| self.node(id).element().is_some());
        elements.find(|&id| self.node(id).range.end > at)
    }

    /// The elements that are open at `calm`, outermost first; `None` where they were moved later, and where they are very many.
    fn open_at(&self, calm: &Calm) -> Option<Vec<NodeId>> {
        if calm.depth as usize > NESTED {
            return None;
        }
        let mut open: Vec<NodeId> = std::iter::successors(calm.innermost, |&id| self.node(id).parent).collect();
        open.reverse();
        (open.len() == calm.depth as usize).then_some(open)
    }
}

/// What of `markdown` lies in `range`.
fn part(markdown: &Markdown, range: TextRange) -> Part<'_> {
    let mut html = whole_stretches(markdown, range);
    if let Some(last) = html.last_mut() {
        last.end = last.end.min(range.end);
    }
    Part {
        range,
        html: Cow::Owned(html),
        code: inside(&markdown.code, range),
        prose: inside(&markdown.prose, range),
    }
}

/// The stretches of HTML in `range`; the first from its start on, the last as far as it goes.
fn whole_stretches(markdown: &Markdown, range: TextRange) -> Vec<TextRange> {
    let html = &markdown.html;
    let first = html.partition_point(|html| html.end <= range.start);
    let last = html.partition_point(|html| html.start < range.end).max(first);
    let mut out = html[first..last].to_vec();
    if let Some(first) = out.first_mut() {
        first.start = first.start.max(range.start);
    }
    out
}

/// Those of `ranges` that begin in `range`.
fn inside(ranges: &[TextRange], range: TextRange) -> &[TextRange] {
    let first = ranges.partition_point(|other| other.start < range.start);
    let last = ranges.partition_point(|other| other.start < range.end).max(first);
    &ranges[first..last]
}

#[cfg(test)]
mod tests {
    use super::{Html, Known};
    use crate::post::{Memory, Post};
    use crate::text::Source;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// Pieces of HTML and Markdown that open, close, end each other across blocks, or only look as if they did.
    const PIECES: [&str; 56] = [
        "<div>",
        "<div>\n",
        "</div>",
        "\n</div>\n\n",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i class='x y'>",
        "</i>",
        "<li>",
        "</ul>",
        "<table><tr><td>",
        "</table>",
        "<br>",
        "<img src=a.png alt=\"&amp;\">",
        "<a href=\"/to\">",
        "</a>",
        "<pre>",
        "</pre>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<!-- x",
        "<!-- x -->",
        "-->",
        "<h2>",
        "</h3>",
        "<svg>",
        "</svg>",
        "<p",
        ">",
        "<",
        "\"",
        "'",
        "=",
        "word",
        "words of *some* kind",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "\n\n",
        "    ",
        "- item\n",
        "> ",
        "```\n",
        "`code`",
        "# head\n",
        "{{ x > y }}",
        "{% raw %}",
        "{% endraw %}",
        "{% if",
        "\r\n",
        "雨",
    ];

    fn texts(most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..most).prop_map(|pieces| pieces.concat())
    }

    fn fresh(post: &Post) -> Html {
        Html::of_all(&post.source, &post.markdown, true)
    }

    proptest! {
        /// Change after change, what is read in part is what is read as a whole.
        #[test]
        fn parts_read_again_join_the_rest(
            text in texts(40),
            front in prop::sample::select(&["", "---\ntitle: x\n---\n", "<div>\n", "<p><b>\n"][..]),
            around in (0..3_usize, 0..3_usize),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, texts(3)), 1..8),
        ) {
            let memory = Memory::default();
            let rest = |times: usize| "<p>One <b>two</b>.</p>\n\nThree.\n\n<ul>\n<li>four\n</ul>\n".repeat(times);
            let mut text = format!("{front}{}{text}{}", rest(around.0), rest(around.1));
            let _ = Post::parse_after(Source::new(&*text), "a.md", &memory).html.nodes.len();
            for (at, length, put) in changes {
                let place = |mut at: usize| {
                    while !text.is_char_boundary(at) {
                        at -= 1;
                    }
                    at
                };
                let start = place(at.index(text.len() + 1));
                let end = place((start + length).min(text.len())).max(start);
                text.replace_range(start..end, &put);
                let post = Post::parse_after(Source::new(&*text), "a.md", &memory);
                prop_assert_eq!(&***post.html, &fresh(&post), "{:?}", text);
            }
        }
    }

    #[test]
    fn of_a_long_text_little_is_read_again() {
        let block =
            "<div class=\"a\">\n<p>Some <b>words</b>.</p>\n<p>More.</p>\n</div>\n\nAnd *others*, <i>too</i>.\n\n";
        let texts = [
            block.repeat(40),
            format!("<div>\n{}</div>\n", block.repeat(40).replace("\n\n", "\n")),
        ];
        for text in texts {
            for at in [0, text.len() / 2, text.len() / 2 + 30, text.len() / 2 + 70, text.len()] {
                let old = Post::parse(Source::new(&*text), "a.md");
                let mut new = text.clone();
                new.insert(at, 'x');
                let new = Post::parse(Source::new(new), "a.md");
                let known = Known::new(&old.source, &old.markdown, &Arc::new(fresh(&old)), (0, 0));
                let changed = known.changed(&new.source, &new.markdown);
                let html = changed.expect("only one letter differs").html;
                assert_eq!(html, fresh(&new), "at {at}");
            }
        }
    }
}

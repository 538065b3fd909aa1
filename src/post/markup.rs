//! Whether of two texts that differ in a single place only words differ: most keys that a writer types change no tag, no link and
//! no block of code, and what was found by these alone is still so.

use super::markdown::{Link, LinkKind, Markdown};
use super::{Memory, Post};
use crate::text::{Moved, Source, TextRange};
use std::sync::LazyLock;

/// What is written in a body, words left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Markup {
    /// The same for texts that have it in common; equal texts may have different ones.
    pub number: u64,
    /// Tells the last reading of the HTML from all others.
    pub reading: u64,
    /// Whether it is known that nothing in an element has changed since that.
    pub is_outside: bool,
}

impl Markup {
    /// Whether it is known that what differs between the texts of the two stands in no element.
    pub fn differs_outside(self, other: Self) -> bool {
        self.reading == other.reading && self.is_outside && other.is_outside
    }
}

impl Post {
    /// What is written in the body, words left out: tags and comments, scripts and style sheets, links, template
    /// constructs, what is code and what are paragraphs and headings. Of the texts that were read with one memory those with the same
    /// number have all that in common, in the same order, and in each element and between two there are words or there are
    /// none, as before. `None` for a text that is looked at once.
    pub fn markup(&self) -> Option<Markup> {
        let memory = self.memory.as_ref()?;
        *self.known_markup.get_or_init(|| {
            memory.markup(&self.source, &self.markdown).or_else(|| {
                LazyLock::force(&self.html);
                memory.markup(&self.source, &self.markdown)
            })
        })
    }
}

/// Whether the layout `old` became the layout `new` as the text was `moved`: the same of everything, and only words differ.
pub(super) fn is_same_layout(moved: Moved, old: &Markdown, new: &Markdown) -> bool {
    let held = |old: &[TextRange], new: &[TextRange]| all(old, new, |old, new| moved.can_be(*old, *new));
    let is_untouched = |old: &TextRange, new: &TextRange| moved.untouched(*old) == Some(*new);
    let is_link = |old: &Link, new: &Link| {
        let is_target = match (old.target, new.target) {
            (Some(old), Some(new)) => is_untouched(&old, &new),
            (old, new) => old == new,
        };
        // What an image says in its place is none of the words.
        let is_range = match old.kind {
            LinkKind::Link => moved.can_be(old.range, new.range),
            LinkKind::Image => is_untouched(&old.range, &new.range),
        };
        is_target && is_range && old.kind == new.kind && old.url == new.url
    };
    let [tags, new_tags] = [old, new].map(|markdown| &markdown.template);
    held(&old.code, &new.code)
        && held(&old.html, &new.html)
        && held(&old.prose, &new.prose)
        && held(&old.accidental, &new.accidental)
        && held(&tags.opaque, &new_tags.opaque)
        && all(&old.marks, &new.marks, is_untouched)
        && all(&old.links, &new.links, is_link)
        && all(&tags.tags, &new_tags.tags, |old, new| {
            old.kind == new.kind && is_untouched(&old.range, &new.range) && moved.can_be(old.name, new.name)
        })
        && all(&old.headings, &new.headings, |old, new| {
            old.0 == new.0 && moved.can_be(old.1, new.1)
        })
}

/// Whether the two have as many, and each in its place is the same.
pub(super) fn all<T>(old: &[T], new: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new))
}

/// Whether the change lies between two stretches of HTML, where there were words, or none, and it is so still.
pub(super) fn is_between(moved: Moved, old: (&Source, &Markdown), new: (&Source, &Markdown)) -> bool {
    let run = |(source, markdown): (&Source, &Markdown), change: TextRange| -> Option<bool> {
        let html = &markdown.html;
        let next = html.partition_point(|html| html.end <= change.start);
        let start = next
            .checked_sub(1)
            .map_or(markdown.body.start, |before| html[before].end);
        let end = html.get(next).map_or(markdown.body.end, |html| html.start);
        let is_inside = markdown.body.start <= change.start && change.end <= end;
        is_inside.then(|| shows(source.slice(TextRange::new(start, end))))?
    };
    let is = |text: (&Source, &Markdown), change: TextRange| {
        // What is the same in front of the body moves all of it, and the same words with it.
        change.end <= text.1.body.start
    };
    match run(old, moved.was()) {
        Some(shown) => run(new, moved.now()) == Some(shown),
        None => is(old, moved.was()) && is(new, moved.now()),
    }
}

/// Whether `text` shows something: `Some(false)` where it is blank, `Some(true)` where a letter or digit stands in it that belongs to no
/// entity; `None` where that takes a closer look.
pub(super) fn shows(text: &str) -> Option<bool> {
    let mut is_blank = true;
    let mut in_entity = false;
    for c in text.chars() {
        is_blank &= c.is_ascii_whitespace();
        in_entity = match c {
            '&' => true,
            ';' => false,
            _ => in_entity && !c.is_whitespace(),
        };
        if c.is_alphanumeric() && !in_entity {
            return Some(true);
        }
    }
    is_blank.then_some(false)
}

impl Memory {
    /// The markup of `source`, whose layout is `markdown`; `None` where its HTML has to be read to know.
    fn markup(&self, source: &Source, markdown: &Markdown) -> Option<Markup> {
        self.known_html(|known| known.markup(source, markdown))
    }
}

//! Books that are searched together: a post is read once for the literals of all of them.

use super::needle::Needles;
use super::{Book, Index};
use crate::post::html::{Element, HtmlKind, NodeId};
use crate::post::{Kind, Memory, Post};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// Books that are mostly asked about the same post one after the other.
pub struct Shelf {
    books: &'static [&'static Book],
    search: OnceLock<Search>,
}

/// One search for the literals of several indexes.
pub(super) struct Search {
    needles: Needles,
    /// Which pattern of which index a needle belongs to, in their order.
    owners: Vec<(usize, usize)>,
    /// Names of elements in which no literal stands.
    mute: Vec<&'static str>,
}

/// What can be found in one post: for each index its patterns whose literals stand in the HTML, in order.
#[derive(Debug, Default)]
pub(super) struct Possible {
    pub(super) patterns: Vec<Vec<Stands>>,
    /// The elements whose start tags may hold literals that are not to be seen in them, in order: in quotes, or written as entities.
    pub(super) veiled: Vec<NodeId>,
}

/// A pattern whose literals stand in a post.
#[derive(Debug)]
pub(super) struct Stands {
    /// Its number in its index.
    pub(super) pattern: usize,
    /// The elements in whose start tags they stand; some may stand here twice.
    pub(super) at: Vec<NodeId>,
}

/// A post that was searched on this thread, and what stands in it. Its text is held, so that no other has its address.
type Last = (Arc<String>, Kind, Rc<Possible>);

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

/// The elements that stand without attributes most often.
const BARE: [&str; 16] = [
    "p", "br", "b", "strong", "li", "code", "td", "tr", "div", "span", "em", "i", "pre", "ul", "tbody", "table",
];

impl Shelf {
    /// A shelf with `books`. There is one for all posts.
    pub const fn new(books: &'static [&'static Book]) -> Self {
        Self {
            books,
            search: OnceLock::new(),
        }
    }

    /// What of `book` can be found in `post`: where the answer has it, and the answer for all books.
    pub(super) fn possible(&self, book: &Book, post: &Post) -> (usize, Rc<Possible>) {
        let place = self.books.iter().position(|&other| std::ptr::eq(other, book));
        let known = LAST.with_borrow(|last| {
            let (text, kind, possible) = last.as_ref()?;
            (Arc::ptr_eq(text, &post.source.shared()) && *kind == post.kind).then(|| Rc::clone(possible))
        });
        let possible = known.unwrap_or_else(|| {
            let possible = Rc::new(self.search().possible(post, self.books.len(), post.memory.as_ref()));
            LAST.set(Some((post.source.shared(), post.kind, Rc::clone(&possible))));
            possible
        });
        (place.unwrap_or(usize::MAX), possible)
    }

    fn search(&self) -> &Search {
        self.search
            .get_or_init(|| Search::new(self.books.iter().map(|book| book.index())))
    }
}

impl Search {
    pub(super) fn new<'a>(indexes: impl Iterator<Item = &'a Index>) -> Self {
        let mut owners = Vec::new();
        let mut needles = Vec::new();
        for (at, index) in indexes.enumerate() {
            for (owner, pattern) in index.patterns().iter().enumerate() {
                for needle in &pattern.entry.needles {
                    owners.push((at, owner));
                    needles.push(needle.to_ascii_lowercase());
                }
            }
        }
        let has_none = |name: &&str| !needles.iter().any(|needle| name.contains(needle.as_str()));
        Self {
            mute: BARE.into_iter().filter(has_none).collect(),
            needles: Needles::new(needles),
            owners,
        }
    }

    /// What of `indexes` indexes can be found in `post`; `memory` knows what was found in texts like it.
    pub(super) fn possible(&self, post: &Post, indexes: usize, memory: Option<&Memory>) -> Possible {
        let mut out = Possible::default();
        let has_marks = !post.markdown.marks.is_empty();
        // One tag in two stands there again.
        let mut numbers = foldhash::HashMap::default();
        let mut texts: Vec<&str> = Vec::new();
        // The last of the elements that each text is the start tag of, and for each element the one before it with the same text.
        let mut last: Vec<Option<usize>> = Vec::new();
        let mut elements: Vec<(NodeId, Option<usize>)> = Vec::new();
        for (id, node) in post.html.ids().zip(&post.html.nodes) {
            let range = match &node.kind {
                HtmlKind::Element(element) if self.says_something(element) => element.open,
                HtmlKind::Comment => node.range,
                HtmlKind::Text if is_script(post, node.parent) => node.range,
                _ => continue,
            };
            let text = post.source.slice(range);
            let number = *numbers.entry(text).or_insert_with(|| {
                texts.push(text);
                last.push(None);
                texts.len() - 1
            });
            if let HtmlKind::Element(element) = &node.kind {
                let before = last[number].replace(elements.len());
                elements.push((id, before));
                if is_veiled(element) || has_marks && text.contains('\n') {
                    out.veiled.push(id);
                }
            }
        }
        let mut stands: Vec<Option<Vec<usize>>> = vec![None; self.owners.len()];
        self.needles.each_again(&texts, memory, |text, needle| {
            let texts = stands[needle].get_or_insert_default();
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        });
        out.patterns.resize_with(indexes, Vec::new);
        for (&(index, pattern), texts) in self.owners.iter().zip(stands) {
            let Some(texts) = texts else { continue };
            let known = &mut out.patterns[index];
            if known.last().is_none_or(|last| last.pattern != pattern) {
                known.push(Stands {
                    pattern,
                    at: Vec::new(),
                });
            }
            let Some(stands) = known.last_mut() else { continue };
            for text in texts {
                let same = std::iter::successors(last[text], |&at| elements[at].1);
                stands.at.extend(same.map(|at| elements[at].0));
            }
        }
        out
    }

    /// Whether the start tag can hold a literal: most are those of paragraphs and line breaks.
    fn says_something(&self, element: &Element) -> bool {
        !element.attributes.is_empty() || !self.mute.contains(&&*element.name)
    }
}

/// Whether the element's values are not what is written: entities stand in them.
fn is_veiled(element: &Element) -> bool {
    let mut attributes = element.attributes.iter();
    attributes.any(|attribute| attribute.value.as_ref().map_or(0, |value| value.len()) != attribute.value_range.len())
}

fn is_script(post: &Post, parent: Option<NodeId>) -> bool {
    parent
        .and_then(|parent| post.html.node(parent).element())
        .is_some_and(|element| &*element.name == "script")
}

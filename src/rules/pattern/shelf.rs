//! Books that are searched together: a post is read once for the literals of all of them.

use super::needle::Needles;
use super::{Book, Index};
use crate::post::html::{Element, HtmlKind, NodeId};
use crate::post::{Kind, Post};
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

/// For each index the numbers of the patterns whose literals stand in a post, in order.
pub(super) type Possible = Vec<Vec<usize>>;

/// A post that was searched on this thread, and what stands in it. Its text is held, so that no other has its address.
type Last = (Arc<str>, Kind, Rc<Possible>);

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

    /// The numbers of the patterns of `book` whose literals stand in the HTML of `post`, in order.
    pub(super) fn possible(&self, book: &Book, post: &Post) -> Vec<usize> {
        let place = self.books.iter().position(|&other| std::ptr::eq(other, book));
        let known = LAST.with_borrow(|last| {
            let (text, kind, possible) = last.as_ref()?;
            (Arc::ptr_eq(text, &post.source.shared()) && *kind == post.kind).then(|| Rc::clone(possible))
        });
        let possible = known.unwrap_or_else(|| {
            let possible = Rc::new(self.search().possible(post, self.books.len()));
            LAST.set(Some((post.source.shared(), post.kind, Rc::clone(&possible))));
            possible
        });
        place.and_then(|place| possible.get(place)).cloned().unwrap_or_default()
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

    pub(super) fn possible(&self, post: &Post, indexes: usize) -> Possible {
        let mut stands = vec![false; self.owners.len()];
        let texts = post.html.nodes.iter().filter_map(|node| {
            let range = match &node.kind {
                HtmlKind::Element(element) if self.says_something(element) => element.open,
                HtmlKind::Comment => node.range,
                HtmlKind::Text if is_script(post, node.parent) => node.range,
                _ => return None,
            };
            Some(post.source.slice(range))
        });
        // One tag in two stands there again.
        let mut seen = foldhash::HashSet::default();
        let texts: Vec<&str> = texts.filter(|text| seen.insert(*text)).collect();
        self.needles
            .each_in(texts.iter().copied(), |needle| stands[needle] = true);
        let mut possible: Possible = vec![Vec::new(); indexes];
        for (&(index, pattern), _) in self.owners.iter().zip(stands).filter(|(_, stands)| *stands) {
            if possible[index].last() != Some(&pattern) {
                possible[index].push(pattern);
            }
        }
        possible
    }

    /// Whether the start tag can hold a literal: most are those of paragraphs and line breaks.
    fn says_something(&self, element: &Element) -> bool {
        !element.attributes.is_empty() || !self.mute.contains(&&*element.name)
    }
}

fn is_script(post: &Post, parent: Option<NodeId>) -> bool {
    parent
        .and_then(|parent| post.html.node(parent).element())
        .is_some_and(|element| &*element.name == "script")
}

//! CSS selectors matched on the flat arena of a post's HTML, through Servo's `selectors`.

mod grammar;
mod view;

use crate::post::html::{Html, NodeId};
use cssparser::Parser as CssParser;
use grammar::{Grammar, Names};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector_list;
use selectors::parser::{ParseRelative, SelectorList};
use view::View;

/// A parsed selector list; `a, b` matches what either matches.
#[derive(Clone, Debug)]
pub struct Selector {
    list: SelectorList<Names>,
}

impl Selector {
    /// Parse `text` by Selectors 4, `:has()`, `:is()` and `:not()` included. The error tells what cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut input = CssParser::new(text);
        SelectorList::parse(&Grammar, &mut input, ParseRelative::No)
            .map(|list| Self { list })
            .map_err(|error| format!("`{text}` is no selector: {error:?}"))
    }
}

/// Matches selectors on one post's HTML; keeps the caches that `:has()` needs.
pub struct Matcher<'a> {
    html: &'a Html,
    caches: SelectorCaches,
}

impl<'a> Matcher<'a> {
    /// A matcher for `html`.
    pub fn new(html: &'a Html) -> Self {
        Self {
            html,
            caches: SelectorCaches::default(),
        }
    }

    /// Whether `selector` matches the element `id`; a node that is no element is never matched.
    pub fn matches(&mut self, selector: &Selector, id: NodeId) -> bool {
        let Some(view) = View::new(self.html, id) else {
            return false;
        };
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut self.caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        matches_selector_list(&selector.list, view, &mut context)
    }
}

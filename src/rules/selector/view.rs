//! An element of the arena as `selectors` wants to see it.

use super::grammar::{Name, Names, Nothing};
use crate::post::html::{Element, Html, HtmlKind, NodeId};
use selectors::OpaqueElement;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};

/// One element in its post.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    html: &'a Html,
    id: NodeId,
    element: &'a Element,
}

impl<'a> View<'a> {
    /// The element `id`; `None` when the node is no element.
    pub(super) fn new(html: &'a Html, id: NodeId) -> Option<Self> {
        let element = html.node(id).element()?;
        Some(Self { html, id, element })
    }

    fn first_element(self, ids: impl Iterator<Item = NodeId>) -> Option<Self> {
        let mut ids = ids;
        ids.find_map(|id| Self::new(self.html, id))
    }
}

impl selectors::Element for View<'_> {
    type Impl = Names;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.html.node(self.id))
    }

    fn parent_element(&self) -> Option<Self> {
        self.first_element(self.html.ancestors(self.id))
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let html = self.html;
        self.first_element(std::iter::successors(html.node(self.id).previous_sibling, |&id| {
            html.node(id).previous_sibling
        }))
    }

    fn next_sibling_element(&self) -> Option<Self> {
        let html = self.html;
        self.first_element(std::iter::successors(html.node(self.id).next_sibling, |&id| {
            html.node(id).next_sibling
        }))
    }

    fn first_element_child(&self) -> Option<Self> {
        self.first_element(self.html.children(self.id))
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, local_name: &str) -> bool {
        &*self.element.name == local_name
    }

    fn has_namespace(&self, _ns: &str) -> bool {
        true
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.name == other.element.name
    }

    fn attr_matches(
        &self,
        _ns: &NamespaceConstraint<&Name>,
        local_name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.element
            .attribute(local_name.as_str())
            .is_some_and(|value| operation.eval_str(value))
    }

    fn match_non_ts_pseudo_class(&self, class: &Nothing, _context: &mut MatchingContext<'_, Names>) -> bool {
        match *class {}
    }

    fn match_pseudo_element(&self, pseudo: &Nothing, _context: &mut MatchingContext<'_, Names>) -> bool {
        match *pseudo {}
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        &*self.element.name == "a" && self.element.attribute("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.element
            .attribute("id")
            .is_some_and(|value| case.eq(value.as_bytes(), id.as_str().as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        self.element.attribute("class").is_some_and(|classes| {
            classes
                .split_ascii_whitespace()
                .any(|class| case.eq(class.as_bytes(), name.as_str().as_bytes()))
        })
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.html
            .children(self.id)
            .all(|child| matches!(self.html.node(child).kind, HtmlKind::Comment))
    }

    fn is_root(&self) -> bool {
        self.parent_element().is_none() && &*self.element.name == "html"
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}

//! What our selectors may say: names are plain strings, there are no states and no pseudo-elements.

use cssparser::ToCss;
use precomputed_hash::PrecomputedHash;
use selectors::parser::{NonTSPseudoClass, Parser, PseudoElement, SelectorImpl, SelectorParseErrorKind};
use std::borrow::Borrow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The kinds of names in a selector.
#[derive(Clone, Debug)]
pub(super) struct Names;

/// A name, identifier or value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Name(Box<str>);

impl Name {
    /// The text of it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(&self.0)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        let hash = hasher.finish().to_le_bytes();
        u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]])
    }
}

impl SelectorImpl for Names {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = str;
    type BorrowedLocalName = str;
    type NonTSPseudoClass = Nothing;
    type PseudoElement = Nothing;
}

/// A post has no states and no pseudo-elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nothing {}

impl ToCss for Nothing {
    fn to_css<W: fmt::Write>(&self, _dest: &mut W) -> fmt::Result {
        match *self {}
    }
}

impl NonTSPseudoClass for Nothing {
    fn is_active_or_hover(&self) -> bool {
        match *self {}
    }

    fn is_user_action_state(&self) -> bool {
        match *self {}
    }
}

impl PseudoElement for Nothing {}

/// The parser's switches.
pub(super) struct Grammar;

/// Why a selector was refused.
#[derive(Debug)]
pub(super) struct Refusal {
    #[allow(dead_code, reason = "read through Debug in the message")]
    kind: SelectorParseErrorKind,
}

impl From<SelectorParseErrorKind> for Refusal {
    fn from(kind: SelectorParseErrorKind) -> Self {
        Self { kind }
    }
}

impl Parser<'_> for Grammar {
    type Impl = Names;
    type Error = Refusal;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }
}

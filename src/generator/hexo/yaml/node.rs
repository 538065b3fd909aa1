//! One node: its properties, its content, its type.

use super::state::{DEEPEST, Kind, Loader, Snapshot, Step};
use super::types;
use crate::generator::hexo::value::Js;
use std::cmp::Ordering;

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The root of a document.
    Document,
    /// After a `-`.
    Item,
    /// Before the colon of a block mapping.
    Key,
    /// After that colon.
    Value,
    /// After a `?`, or after the `:` that answers it.
    Explicit,
    /// In a flow collection.
    Flow,
}

impl Place {
    fn is_block(self) -> bool {
        !matches!(self, Place::Key | Place::Flow)
    }

    /// May begin on a later line.
    fn seeks(self) -> bool {
        matches!(self, Place::Value | Place::Explicit)
    }

    /// A parent's own indentation is enough.
    fn is_outer(self) -> bool {
        matches!(self, Place::Document | Place::Value | Place::Explicit)
    }
}

/// What is known about a node while its beginning is read.
struct Beginning {
    /// The indentation compared with the parent's.
    indent: Ordering,
    at_new_line: bool,
    block_collections: bool,
    /// Before the first tag or anchor.
    properties: Option<Snapshot>,
}

impl Loader {
    /// Read the node here into `result`; whether there was one.
    pub fn compose(&mut self, parent: isize, place: Place) -> Step<bool> {
        if self.depth >= DEEPEST {
            return self.error(format!("nesting exceeded maxDepth ({DEEPEST})"));
        }
        self.depth += 1;
        self.tag = None;
        self.anchor = None;
        self.kind = None;
        self.result = Js::Null;
        let mut beginning = Beginning {
            indent: Ordering::Greater,
            at_new_line: false,
            block_collections: place.is_block(),
            properties: None,
        };
        if place.seeks() && self.skip()? > 0 {
            beginning.at_new_line = true;
            beginning.indent = self.line_indent.cmp(&parent);
        }
        if beginning.indent == Ordering::Greater {
            self.properties(&mut beginning, parent, place)?;
        }
        if beginning.block_collections {
            beginning.block_collections = beginning.at_new_line || place != Place::Value;
        }
        let has_content = match beginning.indent {
            Ordering::Greater => self.content(&beginning, parent, place)?,
            // A sequence may stand at its parent's own indentation.
            Ordering::Equal if place.is_outer() => beginning.block_collections && self.block_sequence(self.column())?,
            _ => false,
        };
        self.give_type()?;
        self.depth -= 1;
        Ok(self.tag.is_some() || self.anchor.is_some() || has_content)
    }

    fn properties(&mut self, beginning: &mut Beginning, parent: isize, place: Place) -> Step<()> {
        loop {
            let before = self.snapshot();
            let byte = self.byte();
            // A second property after a line break belongs to the first key of a mapping.
            let repeats = (byte == b'!' && self.tag.is_some()) || (byte == b'&' && self.anchor.is_some());
            if beginning.at_new_line && repeats {
                return Ok(());
            }
            if !self.tag_property()? && !self.anchor_property()? {
                return Ok(());
            }
            beginning.properties.get_or_insert(before);
            if self.skip()? > 0 {
                beginning.at_new_line = true;
                beginning.block_collections = place.is_block();
                beginning.indent = self.line_indent.cmp(&parent);
            } else {
                beginning.block_collections = false;
            }
        }
    }

    fn content(&mut self, beginning: &Beginning, parent: isize, place: Place) -> Step<bool> {
        let flow_indent = if place.is_block() { parent + 1 } else { parent };
        let block_indent = self.column();
        if beginning.block_collections
            && (self.block_sequence(block_indent)? || self.block_mapping(block_indent, flow_indent)?)
        {
            return Ok(true);
        }
        if self.flow_collection(flow_indent)? {
            return Ok(true);
        }
        let found = self.mapping_from_properties(beginning, flow_indent, place)?
            || (place.is_block() && self.block_scalar(flow_indent)?)
            || self.single_quoted()?
            || self.double_quoted()?
            || self.bare_alias()?
            || self.bare_scalar(flow_indent, place)?;
        self.store_result();
        Ok(found)
    }

    fn bare_alias(&mut self) -> Step<bool> {
        if !self.alias()? {
            return Ok(false);
        }
        if self.tag.is_some() || self.anchor.is_some() {
            return self.error("alias node should not have any properties");
        }
        Ok(true)
    }

    fn bare_scalar(&mut self, flow_indent: isize, place: Place) -> Step<bool> {
        if !self.plain(flow_indent, place)? {
            return Ok(false);
        }
        if self.tag.is_none() {
            self.tag = Some("?".into());
        }
        Ok(true)
    }

    /// Read `&a key: value` again as a mapping whose first key has the properties.
    fn mapping_from_properties(&mut self, beginning: &Beginning, flow_indent: isize, place: Place) -> Step<bool> {
        let Some(properties) = &beginning.properties else {
            return Ok(false);
        };
        if !place.is_block() || beginning.block_collections || matches!(self.byte(), b'|' | b'>') {
            return Ok(false);
        }
        let fallback = self.snapshot();
        self.transactions.push(Default::default());
        self.restore(properties.clone());
        self.tag = None;
        self.anchor = None;
        self.kind = None;
        self.result = Js::Null;
        let indent = self.column();
        if self.block_mapping(indent, flow_indent)? && self.kind == Some(Kind::Mapping) {
            self.commit();
            return Ok(true);
        }
        self.roll_back();
        self.restore(fallback);
        Ok(false)
    }

    fn give_type(&mut self) -> Step<()> {
        let Some(tag) = self.tag.clone() else {
            self.store_result();
            return Ok(());
        };
        match &*tag {
            "?" => self.give_implicit_type()?,
            "!" => {}
            _ => self.result = self.explicit_type(&tag)?,
        }
        self.store_result();
        Ok(())
    }

    fn give_implicit_type(&mut self) -> Step<()> {
        if let (false, Some(kind)) = (matches!(self.result, Js::Null), self.kind)
            && kind != Kind::Scalar
        {
            return self.error(format!(
                "unacceptable node kind for !<?> tag; it should be \"scalar\", not \"{}\"",
                kind.as_str()
            ));
        }
        if let Js::Text(text) = &self.result
            && let Some((tag, value)) = types::implicit(text)
        {
            self.result = value;
            self.tag = Some(tag.into());
        }
        Ok(())
    }

    fn explicit_type(&self, tag: &str) -> Step<Js> {
        let known = types::kind_of(tag);
        let is_null = matches!(self.result, Js::Null);
        let Some(kind) = known.filter(|&kind| self.kind.is_none() || self.kind == Some(kind)) else {
            return self.error(format!("unknown tag !<{tag}>"));
        };
        if !is_null && self.kind != Some(kind) {
            return self.error(format!(
                "unacceptable node kind for !<{tag}> tag; it should be \"{}\", not \"{}\"",
                kind.as_str(),
                self.kind.map_or("null", Kind::as_str)
            ));
        }
        match types::explicit(tag, &self.result) {
            Some(value) => Ok(value),
            None => self.error(format!("cannot resolve a node with !<{tag}> explicit tag")),
        }
    }
}

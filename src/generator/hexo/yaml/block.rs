//! Block sequences and block mappings.

use super::node::Place;
use super::pairs::{Key, Pairs};
use super::state::{Kind, Loader, Step, is_blank, is_blank_or_eol};
use crate::generator::hexo::value::Js;
use std::rc::Rc;

/// What stands where a key of a block mapping may stand.
enum KeyFound {
    /// Nothing: the mapping ends.
    End,
    /// A node that is no key, read into `result`.
    Node,
    /// A key and its colon.
    Key,
}

impl Loader {
    /// Read a block sequence; whether there was one.
    pub fn block_sequence(&mut self, node_indent: isize) -> Step<bool> {
        if self.first_tab.is_some() {
            return Ok(false);
        }
        let (tag, anchor) = (self.tag.clone(), self.anchor.clone());
        if let Some(name) = &anchor {
            self.store_anchor(name, Js::Cycle(true));
        }
        let mut items = Vec::new();
        let mut detected = false;
        while self.byte() != 0 {
            self.refuse_tab()?;
            if self.byte() != b'-' || !is_blank_or_eol(self.following()) {
                break;
            }
            detected = true;
            self.mark.position += 1;
            if self.skip()? > 0 && self.line_indent <= node_indent {
                items.push(Js::Null);
                continue;
            }
            let line = self.mark.line;
            self.compose(node_indent, Place::Item)?;
            items.push(self.result.clone());
            self.skip()?;
            if (self.mark.line == line || self.line_indent > node_indent) && self.byte() != 0 {
                return self.error("bad indentation of a sequence entry");
            }
            if self.line_indent < node_indent {
                break;
            }
        }
        if detected {
            self.tag = tag;
            self.anchor = anchor;
            self.kind = Some(Kind::Sequence);
            self.result = Js::List(Rc::new(items));
        }
        Ok(detected)
    }

    fn refuse_tab(&mut self) -> Step<()> {
        match self.first_tab {
            Some(tab) => {
                self.mark.position = tab;
                self.error("tab characters must not be used in indentation")
            }
            None => Ok(()),
        }
    }

    /// Read a block mapping, or a node that turns out to be none; whether there was one.
    pub fn block_mapping(&mut self, node_indent: isize, flow_indent: isize) -> Step<bool> {
        if self.first_tab.is_some() {
            return Ok(false);
        }
        let (tag, anchor) = (self.tag.clone(), self.anchor.clone());
        if let Some(name) = &anchor {
            self.store_anchor(name, Js::Cycle(false));
        }
        let mut mapping = Mapping::default();
        while self.byte() != 0 {
            if !mapping.at_explicit_key {
                self.refuse_tab()?;
            }
            let line = self.mark.line;
            let place = if matches!(self.byte(), b'?' | b':') && is_blank_or_eol(self.following()) {
                self.explicit_mark(&mut mapping)?;
                Place::Explicit
            } else {
                match self.implicit_key(&mut mapping, flow_indent)? {
                    KeyFound::End => break,
                    KeyFound::Node => {
                        self.tag = tag;
                        self.anchor = anchor;
                        return Ok(true);
                    }
                    KeyFound::Key => Place::Value,
                }
            };
            if self.mark.line == line || self.line_indent > node_indent {
                self.mapping_value(&mut mapping, node_indent, place)?;
            }
            if (self.mark.line == line || self.line_indent > node_indent) && self.byte() != 0 {
                return self.error("bad indentation of a mapping entry");
            }
            if self.line_indent < node_indent {
                break;
            }
        }
        if mapping.at_explicit_key {
            self.store_pair(&mut mapping.pairs, &mapping.key, Js::Null)?;
        }
        if mapping.detected {
            self.tag = tag;
            self.anchor = anchor;
            self.kind = Some(Kind::Mapping);
            self.result = Js::Map(Rc::new(mapping.pairs.object));
        }
        Ok(mapping.detected)
    }

    /// Take the `?` or `:` of an explicit pair.
    fn explicit_mark(&mut self, mapping: &mut Mapping) -> Step<()> {
        if self.byte() == b'?' {
            self.close_explicit_key(mapping)?;
            mapping.detected = true;
            mapping.at_explicit_key = true;
        } else if mapping.at_explicit_key {
            mapping.at_explicit_key = false;
        } else {
            return self.error(
                "incomplete explicit mapping pair; a key node is missed; or followed by a non-tabulated empty line",
            );
        }
        self.mark.position += 1;
        Ok(())
    }

    /// An explicit key without a value gets null.
    fn close_explicit_key(&mut self, mapping: &mut Mapping) -> Step<()> {
        if mapping.at_explicit_key {
            let key = std::mem::take(&mut mapping.key);
            self.store_pair(&mut mapping.pairs, &key, Js::Null)?;
        }
        Ok(())
    }

    fn implicit_key(&mut self, mapping: &mut Mapping, flow_indent: isize) -> Step<KeyFound> {
        let start = self.mark;
        mapping.key.start = start;
        if !self.compose(flow_indent, Place::Key)? {
            return Ok(KeyFound::End);
        }
        if self.mark.line != start.line {
            if mapping.detected {
                return self.error("can not read a block mapping entry; a multiline key may not be an implicit key");
            }
            return Ok(KeyFound::Node);
        }
        while is_blank(self.byte()) {
            self.mark.position += 1;
        }
        if self.byte() != b':' {
            if mapping.detected {
                return self.error("can not read an implicit mapping pair; a colon is missed");
            }
            return Ok(KeyFound::Node);
        }
        if !is_blank_or_eol(self.next()) {
            return self
                .error("a whitespace character is expected after the key-value separator within a block mapping");
        }
        self.close_explicit_key(mapping)?;
        mapping.detected = true;
        mapping.at_explicit_key = false;
        mapping.key = Key {
            tag: self.tag.clone(),
            node: self.result.clone(),
            start,
        };
        Ok(KeyFound::Key)
    }

    /// Read what follows a colon, or an explicit key.
    fn mapping_value(&mut self, mapping: &mut Mapping, node_indent: isize, place: Place) -> Step<()> {
        if mapping.at_explicit_key {
            mapping.key.start = self.mark;
        }
        let found = self.compose(node_indent, place)?;
        let node = if found { self.result.clone() } else { Js::Null };
        if mapping.at_explicit_key {
            if found {
                mapping.key.node = node;
            }
        } else {
            let key = std::mem::take(&mut mapping.key);
            self.store_pair(&mut mapping.pairs, &key, node)?;
        }
        self.skip()?;
        Ok(())
    }
}

/// A block mapping while it is read.
#[derive(Default)]
struct Mapping {
    pairs: Pairs,
    key: Key,
    /// A `?` was read, its `:` was not.
    at_explicit_key: bool,
    /// It is a mapping for certain.
    detected: bool,
}

//! Flow collections.

use super::node::Place;
use super::pairs::{Key, Pairs};
use super::state::{Kind, Loader, Step, is_blank_or_eol};
use crate::generator::hexo::value::Js;
use std::rc::Rc;

/// One entry of a flow collection.
struct Entry {
    key: Key,
    /// `Some` when there was a colon or a `?`.
    value: Option<Js>,
}

impl Loader {
    /// Read a flow collection; whether there was one.
    pub fn flow_collection(&mut self, node_indent: isize) -> Step<bool> {
        let (end, kind) = match self.byte() {
            b'[' => (b']', Kind::Sequence),
            b'{' => (b'}', Kind::Mapping),
            _ => return Ok(false),
        };
        let (tag, anchor) = (self.tag.clone(), self.anchor.clone());
        if let Some(name) = &anchor {
            self.store_anchor(name, Js::Cycle(kind == Kind::Sequence));
        }
        let mut items = Vec::new();
        let mut pairs = Pairs::default();
        let mut may_read = true;
        self.mark.position += 1;
        while self.byte() != 0 {
            self.skip()?;
            if self.byte() == end {
                self.mark.position += 1;
                self.tag = tag;
                self.anchor = anchor;
                self.kind = Some(kind);
                self.result = match kind {
                    Kind::Mapping => Js::Map(Rc::new(pairs.object)),
                    _ => Js::List(Rc::new(items)),
                };
                return Ok(true);
            }
            if !may_read {
                return self.error("missed comma between flow collection entries");
            }
            if self.byte() == b',' {
                return self.error("expected the node content, but found ','");
            }
            let entry = self.flow_entry(node_indent)?;
            if kind == Kind::Mapping {
                self.store_pair(&mut pairs, &entry.key, entry.value.unwrap_or(Js::Null))?;
            } else if let Some(value) = entry.value {
                let mut single = Pairs::default();
                self.store_pair(&mut single, &entry.key, value)?;
                items.push(Js::Map(Rc::new(single.object)));
            } else {
                items.push(entry.key.node);
            }
            self.skip()?;
            may_read = self.byte() == b',';
            if may_read {
                self.mark.position += 1;
            }
        }
        self.error("unexpected end of the stream within a flow collection")
    }

    fn flow_entry(&mut self, node_indent: isize) -> Step<Entry> {
        let is_explicit = self.byte() == b'?' && is_blank_or_eol(self.following());
        if is_explicit {
            self.mark.position += 1;
            self.skip()?;
        }
        let start = self.mark;
        self.compose(node_indent, Place::Flow)?;
        let key = Key {
            tag: self.tag.clone(),
            node: self.result.clone(),
            start,
        };
        self.skip()?;
        let mut value = is_explicit.then_some(Js::Null);
        if (is_explicit || self.mark.line == start.line) && self.byte() == b':' {
            self.mark.position += 1;
            self.skip()?;
            self.compose(node_indent, Place::Flow)?;
            value = Some(self.result.clone());
        }
        Ok(Entry { key, value })
    }
}

//! The tag stack: from tokens to a nested arena by HTML5's rules for implied and misplaced end tags.

use super::scan::{self, Attributes, SelfClosing, Token, TokenKind};
use super::tokens::NESTED;
use super::{Attribute, Element, Ended, Html, HtmlKind, HtmlNode, Misnested, NodeId, entity, names};
use crate::post::Markdown;
use crate::text::{TextRange, holder};
use smol_str::{SmolStr, StrExt};
use std::collections::BTreeMap;

/// Elements open at once beyond which reading stops: nobody nests so deep but to do harm.
pub const DEEPEST: usize = 8_192;

/// What the stack is fed with, in order of place.
#[derive(Debug)]
pub(super) enum Item {
    /// A tag or comment.
    Token(Token),
    /// Text, Markdown or code.
    Leaf(Leaf, TextRange),
    /// A Markdown paragraph, heading or cell begins.
    ProseStart,
    /// It ends here.
    ProseEnd(usize),
}

/// What has no children and is no tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Text,
    Markdown,
    Hole,
}

impl From<Leaf> for HtmlKind {
    fn from(leaf: Leaf) -> Self {
        match leaf {
            Leaf::Text => HtmlKind::Text,
            Leaf::Markdown => HtmlKind::Markdown,
            Leaf::Hole => HtmlKind::Hole,
        }
    }
}

/// Builds the arena.
#[derive(Debug)]
pub(super) struct Nest<'a> {
    text: &'a str,
    markdown: &'a Markdown,
    out: Html,
    /// Open elements, outermost first.
    stack: Vec<NodeId>,
    /// Formatting elements that a block has closed, by name; browsers open them again, so their end tags are not stray.
    lost: BTreeMap<SmolStr, Vec<NodeId>>,
    /// How many of them have not found their end tags.
    lost_left: usize,
    /// Inside a Markdown paragraph: how many elements were open when it began. The paragraph is an implied `<p>`.
    floor: Option<usize>,
    /// How many Markdown paragraphs have begun and not ended.
    in_prose: usize,
    /// Where no places are noted from which reading can go on another time; `None` is everywhere.
    unsure: Option<Vec<TextRange>>,
}

/// A place before a tag or comment at which all that reading depends on is the text from there on and the elements that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calm {
    /// Of the tag or comment.
    pub(super) at: usize,
    /// How many nodes stand before it.
    pub(super) nodes: u32,
    /// How many elements are open.
    pub(super) depth: u32,
    /// The innermost of them.
    pub(super) innermost: Option<NodeId>,
}

impl<'a> Nest<'a> {
    /// Of `text`, whose HTML `markdown` has found, for about `nodes` nodes to come behind those of `html`, of whose elements
    /// `stack` are open.
    pub(super) fn new(text: &'a str, markdown: &'a Markdown, html: Html, stack: Vec<NodeId>, nodes: usize) -> Self {
        let mut out = html;
        out.nodes.reserve(nodes + 1);
        Self {
            text,
            markdown,
            out,
            stack,
            lost: BTreeMap::new(),
            lost_left: 0,
            floor: None,
            in_prose: 0,
            unsure: None,
        }
    }

    /// Note the places outside of `unsure` from which reading can go on another time.
    pub(super) fn noting_calm(mut self, unsure: Vec<TextRange>) -> Self {
        self.unsure = Some(unsure);
        self
    }

    /// Whether all that what follows depends on are the elements that are open.
    fn is_calm(&self) -> bool {
        self.floor.is_none() && self.in_prose == 0 && self.lost_left == 0
    }

    /// What was read, where all that what follows depends on is that the elements `stack` are open.
    pub(super) fn pause(self, stack: &[NodeId]) -> Option<Html> {
        (self.is_calm() && self.stack == stack).then_some(self.out)
    }

    fn attributes(&self, token: &Token) -> Vec<Attribute> {
        let tag = self.markdown.without_marks(self.text, token.range);
        let base = token.range.start;
        let place = |range: TextRange| TextRange::new(base + range.start, base + range.end);
        Attributes::new(tag.as_bytes(), token.name.end - base)
            .map(|found| {
                let name = place(found.name);
                Attribute {
                    name: tag[found.name.as_range()].to_ascii_lowercase_smolstr(),
                    value: found.value.map(|value| entity::decode(&tag[value.as_range()]).into()),
                    value_range: found.value.map_or(TextRange::at(name.end), place),
                    range: place(found.range),
                }
            })
            .collect()
    }

    /// Take the next item; `false` when reading has to stop there.
    pub(super) fn feed(&mut self, item: Item) -> bool {
        match item {
            Item::Leaf(kind, range) => {
                self.push(kind.into(), range);
            }
            Item::ProseStart => {
                self.floor = Some(self.stack.len());
                self.in_prose += 1;
            }
            Item::ProseEnd(at) => {
                self.in_prose = self.in_prose.saturating_sub(1);
                if let Some(floor) = self.floor.take() {
                    self.pop_to(floor, at);
                }
            }
            Item::Token(token) => return self.token(&token),
        }
        true
    }

    fn token(&mut self, token: &Token) -> bool {
        let at = token.range.start;
        let is_sure = |unsure: &Vec<TextRange>| holder(unsure, at).is_none();
        if self.unsure.as_ref().is_some_and(is_sure) && self.is_calm() {
            self.out.calm.push(Calm {
                at,
                nodes: u32::try_from(self.out.nodes.len()).unwrap_or(u32::MAX),
                depth: u32::try_from(self.stack.len()).unwrap_or(u32::MAX),
                innermost: self.stack.last().copied(),
            });
        }
        match token.kind {
            TokenKind::Comment => {
                self.push(HtmlKind::Comment, token.range);
            }
            TokenKind::Close => self.close(token),
            TokenKind::Open { self_closing } => {
                if self.stack.len() >= DEEPEST {
                    self.out.gave_up_at = Some(at);
                    return false;
                }
                self.open(token, self_closing);
            }
        }
        true
    }

    /// End everything at `at`.
    pub(super) fn finish(mut self, at: usize) -> Html {
        self.pop_to(0, at);
        self.out
    }

    #[inline]
    fn push(&mut self, kind: HtmlKind, range: TextRange) -> NodeId {
        let id = NodeId(u32::try_from(self.out.nodes.len()).unwrap_or(u32::MAX));
        self.out.nodes.push(HtmlNode {
            kind,
            range,
            parent: self.stack.last().copied(),
            next_sibling: None,
            previous_sibling: None,
            first_child: None,
        });
        id
    }

    fn name(&self, at: usize) -> &str {
        self.out.name(self.stack[at]).unwrap_or("")
    }

    /// The innermost open element for which `wanted` holds, unless one for which `barrier` holds is nearer. Browsers
    /// nest no deeper than [`NESTED`], and looking no farther keeps deep nesting linear.
    fn innermost(&self, wanted: impl Fn(&str) -> bool, barrier: impl Fn(&str) -> bool) -> Option<usize> {
        for at in (0..self.stack.len()).rev().take(NESTED) {
            let name = self.name(at);
            if wanted(name) {
                return Some(at);
            }
            if barrier(name) {
                return None;
            }
        }
        None
    }

    /// End all elements from index `depth` of the stack on, at `at`, without end tags.
    fn pop_to(&mut self, depth: usize, at: usize) {
        while self.stack.len() > depth {
            let Some(id) = self.stack.pop() else { return };
            self.end_without_tag(id, at);
        }
        self.floor = self.floor.map(|floor| floor.min(self.stack.len()));
    }

    fn end_without_tag(&mut self, id: NodeId, at: usize) {
        let node = &mut self.out.nodes[id.0 as usize];
        node.range.end = at.max(node.range.end);
        if let HtmlKind::Element(element) = &mut node.kind {
            let implied = names::may_omit_end(&element.name);
            element.ended = if implied { Ended::Implied } else { Ended::Missing };
            if names::is_formatting(&element.name) {
                self.lost.entry(element.name.clone()).or_default().push(id);
                self.lost_left += 1;
            }
        }
    }

    fn open(&mut self, token: &Token, self_closing: SelfClosing) {
        let name = self.text[token.name.as_range()].to_ascii_lowercase_smolstr();
        self.imply_ends(&name, token.range.start);
        let void = scan::is_void(&name);
        let closed = self_closing == SelfClosing::Yes;
        let element = Element {
            attributes: self.attributes(token),
            open: token.range,
            close: None,
            ended: match (void, closed) {
                (true, _) => Ended::Void,
                (false, true) => Ended::SelfClosed,
                (false, false) => Ended::Missing,
            },
            name,
        };
        let id = self.push(HtmlKind::Element(element), token.range);
        if !void && !closed {
            self.stack.push(id);
        }
    }

    /// End what a start tag of `name` ends.
    fn imply_ends(&mut self, name: &str, at: usize) {
        let list_barrier = |name: &str| names::is_special(name) && !matches!(name, "address" | "div" | "p");
        let found = match name {
            "li" => self.innermost(|open| open == "li", list_barrier),
            "dd" | "dt" => self.innermost(|open| matches!(open, "dd" | "dt"), list_barrier),
            "option" => self.innermost(|open| open == "option", |_| true),
            "optgroup" => self.innermost(|open| matches!(open, "option" | "optgroup"), |_| true),
            "rp" | "rt" => self.innermost(|open| matches!(open, "rp" | "rt"), |_| true),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.innermost(is_heading, |_| true),
            "a" | "nobr" | "button" => self.innermost(|open| open == name, names::is_scope),
            "td" | "th" => self.innermost(|open| matches!(open, "td" | "th" | "caption" | "colgroup"), is_table),
            "tr" => self.innermost(|open| matches!(open, "tr" | "caption" | "colgroup"), is_table),
            "thead" | "tbody" | "tfoot" | "colgroup" | "caption" => self.innermost(
                |open| matches!(open, "thead" | "tbody" | "tfoot" | "colgroup" | "caption"),
                is_table,
            ),
            _ => None,
        };
        if let Some(depth) = found {
            self.pop_to(depth, at);
        }
        if names::closes_p(name) {
            self.close_paragraph(at);
        }
    }

    fn close_paragraph(&mut self, at: usize) {
        let found = self.innermost(|open| open == "p", names::is_scope);
        match (found, self.floor) {
            // The Markdown paragraph is the nearest `<p>`; once closed, it is no more.
            (found, Some(floor)) if found.is_none_or(|depth| depth < floor) => {
                if self.stack[floor..]
                    .iter()
                    .rev()
                    .take(NESTED)
                    .all(|&id| !self.out.name(id).is_some_and(names::is_scope))
                {
                    self.pop_to(floor, at);
                    self.floor = None;
                }
            }
            (Some(depth), _) => self.pop_to(depth, at),
            (None, _) => {}
        }
    }

    fn close(&mut self, token: &Token) {
        let name = self.text[token.name.as_range()].to_ascii_lowercase_smolstr();
        let wanted = |open: &str| open == name.as_str() || is_heading(open) && is_heading(&name);
        let found = if is_table_part(&name) {
            self.innermost(wanted, is_table)
        } else if names::is_special(&name) || names::is_formatting(&name) {
            self.innermost(wanted, names::is_scope)
        } else {
            self.innermost(wanted, names::is_special)
        };
        match found {
            Some(depth) if names::is_formatting(&name) && self.block_above(depth).is_some() => {
                self.close_around_block(depth, token.range);
            }
            Some(depth) => self.close_at(depth, token.range),
            None if self.find_lost(&name, token.range) => {}
            None => self.out.stray_ends.push(token.range),
        }
    }

    /// Whether a formatting element `name` was lost; then `close` is its end tag.
    fn find_lost(&mut self, name: &str, close: TextRange) -> bool {
        let open = self.lost.get_mut(name).and_then(Vec::pop);
        self.lost_left -= usize::from(open.is_some());
        self.out.late_ends.extend(open.map(|open| Misnested { open, close }));
        open.is_some()
    }

    fn block_above(&self, depth: usize) -> Option<usize> {
        (depth + 1..self.stack.len()).find(|&at| names::is_special(self.name(at)))
    }

    fn close_at(&mut self, depth: usize, close: TextRange) {
        let id = self.stack[depth];
        for &inner in &self.stack[depth + 1..] {
            let name = self.out.name(inner).unwrap_or("");
            if !names::may_omit_end(name) {
                self.out.misnested.push(Misnested { open: inner, close });
            }
        }
        self.pop_to(depth + 1, close.start);
        self.stack.pop();
        self.floor = self.floor.map(|floor| floor.min(self.stack.len()));
        let node = &mut self.out.nodes[id.0 as usize];
        node.range.end = close.end;
        if let HtmlKind::Element(element) = &mut node.kind {
            element.close = Some(close);
            element.ended = Ended::Tag;
        }
    }

    /// `<b>…<p>…</b>…`: HTML5 ends the formatting element before the block and opens it again inside; the block goes on.
    fn close_around_block(&mut self, depth: usize, close: TextRange) {
        let Some(block) = self.block_above(depth) else { return };
        let outer = self.stack[depth];
        let id = self.stack[block];
        let start = self.out.node(id).range.start;
        self.out.misnested.push(Misnested { open: outer, close });
        let parent = self.out.node(outer).parent;
        self.out.nodes[id.0 as usize].parent = parent;
        let ended: Vec<NodeId> = self.stack.drain(depth..block).collect();
        for &id in ended.iter().rev() {
            self.end_without_tag(id, start);
        }
        // The end tag has done its work: only the elements between are opened again.
        let name = self.out.name(outer).unwrap_or("").to_owned();
        self.find_lost(&name, close);
        self.floor = self.floor.map(|floor| floor.min(self.stack.len()));
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_table(name: &str) -> bool {
    matches!(name, "table" | "template" | "html")
}

fn is_table_part(name: &str) -> bool {
    matches!(
        name,
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption" | "colgroup"
    )
}

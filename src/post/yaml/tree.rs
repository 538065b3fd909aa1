//! The events of granit-parser as a tree with places.

use crate::post::front_matter::{Entry, Node, Scalar, Style, SyntaxError, Value};
use crate::text::TextRange;
use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};
use std::collections::HashMap;

/// Most aliases (`*name`) in one block.
const MAX_ALIASES: usize = 32;

/// Most nodes of one block after aliases are replaced by what they stand for.
const MAX_NODES: usize = 20_000;

/// Deepest nesting, as in js-yaml.
const MAX_DEPTH: usize = 100;

/// Why there is no tree.
#[derive(Debug)]
pub struct TreeError {
    /// What to tell.
    pub error: SyntaxError,
    /// Whether a cap was hit, so that no other parser may see the text either.
    pub is_limit: bool,
}

/// The tree of `yaml`, whose first byte is byte `base` of the file; `None` when it holds no value.
pub fn load(yaml: &str, base: usize) -> Result<Option<Node>, TreeError> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.block_nesting_limit = MAX_DEPTH;
    options.flow_nesting_limit = MAX_DEPTH;
    options.emit_anchor_events = true;
    let mut builder = Builder {
        yaml,
        base,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        aliases: 0,
        nodes: 0,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(yaml, options) {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => return Err(builder.refused(&error)),
        }
    }
    Ok(builder.root)
}

struct Builder<'a> {
    yaml: &'a str,
    base: usize,
    open: Vec<Collection>,
    root: Option<Node>,
    anchors: HashMap<usize, Node>,
    aliases: usize,
    nodes: usize,
    documents: usize,
}

struct Collection {
    /// Where it begins, tag included.
    start: usize,
    /// Whether brackets delimit it.
    flow: bool,
    anchor: usize,
    is_map: bool,
    items: Vec<Node>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), TreeError> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(self.error(self.range(span), "a second YAML document starts here", false));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), span);
                self.add(node, anchor)?;
            }
            Event::SequenceStart(style, anchor, _) => self.begin(style, anchor, span, false),
            Event::MappingStart(style, anchor, _) => self.begin(style, anchor, span, true),
            Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
            Event::Alias(id) => self.alias(id, span)?,
            Event::Anchor(..) => self.anchor(span),
            _ => {}
        }
        Ok(())
    }

    fn scalar(&self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let range = self.range(span);
        let style = match style {
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            _ => Style::Plain,
        };
        let range = match style {
            Style::Literal | Style::Folded => self.with_header(range),
            _ => range,
        };
        // For a value left out granit invents `~`.
        let text = if range.is_empty() && style == Style::Plain {
            ""
        } else {
            text
        };
        Node {
            range: self.with_tag(range, span),
            value: Value::Scalar(Scalar {
                text: text.to_owned(),
                style,
                tag: tag.map(Tag::original),
            }),
        }
    }

    fn begin(&mut self, style: StructureStyle, anchor: usize, span: Span, is_map: bool) {
        let range = self.with_tag(self.range(span), span);
        self.open.push(Collection {
            start: range.start,
            flow: style == StructureStyle::Flow,
            anchor,
            is_map,
            items: Vec::new(),
        });
    }

    fn end(&mut self, span: Span) -> Result<(), TreeError> {
        let Some(collection) = self.open.pop() else {
            return Ok(());
        };
        let Collection {
            mut start,
            flow,
            anchor,
            is_map,
            items,
        } = collection;
        if let (false, false, Some(first)) = (flow, is_map, items.first()) {
            start = self.dash_before(first.range.start).unwrap_or(start).min(start);
        }
        let (value, last) = if is_map {
            let entries = self.entries(items);
            let last = entries.last().map_or(start, |entry| entry.range.end);
            (Value::Map(entries), last)
        } else {
            let last = items.last().map_or(start, |node| node.range.end);
            (Value::List(items), last)
        };
        let end = if flow { self.range(span).end } else { last };
        let range = TextRange::new(start, end.max(start));
        self.add(Node { range, value }, anchor)
    }

    fn entries(&self, items: Vec<Node>) -> Vec<Entry> {
        let mut items = items.into_iter();
        let mut entries = Vec::new();
        while let (Some(key), Some(mut value)) = (items.next(), items.next()) {
            if value.range.is_empty() {
                value.range = TextRange::at(self.after_colon(key.range.end));
            }
            let range = key.range.hull(value.range);
            entries.push(Entry { key, value, range });
        }
        entries
    }

    /// The byte after the colon that follows byte `at` of the file; `at` itself when none does.
    fn after_colon(&self, at: usize) -> usize {
        let rest = self.yaml.get(at - self.base..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        match rest.as_bytes().get(blanks) {
            Some(b':') => at + blanks + 1,
            _ => at,
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), TreeError> {
        let range = self.range(span);
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            return Err(self.error(range, "there are more than 32 aliases (`*name`) here", true));
        }
        let Some(target) = self.anchors.get(&id) else {
            return Err(self.error(range, "this alias (`*name`) stands inside its own anchor", true));
        };
        let value = target.value.clone();
        self.nodes += value.size();
        self.add(Node { range, value }, 0)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), TreeError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.error(node.range, "there are too many values here", true));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            Some(collection) => collection.items.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }

    /// The last node begins with the anchor (`&name`) at `span`.
    fn anchor(&mut self, span: Span) {
        let start = self.range(span).start;
        let node = match self.open.last_mut() {
            Some(collection) if collection.items.is_empty() => {
                collection.start = collection.start.min(start);
                return;
            }
            Some(collection) => collection.items.last_mut(),
            None => self.root.as_mut(),
        };
        if let Some(node) = node {
            node.range.start = node.range.start.min(start);
        }
    }

    /// A block scalar's range with its header (`|`, `>-`), which granit leaves out.
    fn with_header(&self, range: TextRange) -> TextRange {
        let before = self.yaml.get(..range.start - self.base).unwrap_or("").trim_end();
        let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let header = before.get(line..).unwrap_or("");
        let mark = header.match_indices(['|', '>']).find(|&(at, _)| {
            let rest = header
                .get(at + 1..)
                .unwrap_or("")
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
            rest.trim().is_empty() || (rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#'))
        });
        match mark {
            Some((at, mark)) => {
                let start = self.base + line + at;
                TextRange::new(start, range.end.max(start + mark.len()))
            }
            None => range,
        }
    }

    /// The dash of a list item that starts at byte `at` of the file.
    fn dash_before(&self, at: usize) -> Option<usize> {
        let before = self.yaml.get(..at - self.base)?.trim_end();
        before.ends_with('-').then(|| self.base + before.len() - 1)
    }

    fn with_tag(&self, range: TextRange, span: Span) -> TextRange {
        match span.tag_start().and_then(|tag| tag.byte_offset()) {
            Some(tag) => TextRange::new((self.base + tag).min(range.start), range.end),
            None => range,
        }
    }

    /// The bytes of `span` in the file, line ends and blanks after it left out.
    fn range(&self, span: Span) -> TextRange {
        let Some(range) = span.byte_range() else {
            return TextRange::at(self.base);
        };
        let len = self.yaml.get(range.clone()).map_or(0, |text| text.trim_end().len());
        TextRange::new(self.base + range.start, self.base + range.start + len)
    }

    fn refused(&self, error: &ScanError) -> TreeError {
        use granit_parser::ErrorKind;
        let at = error.marker().byte_offset().unwrap_or(0).min(self.yaml.len());
        let is_limit = *error.kind() == ErrorKind::RecursionLimitExceeded;
        self.error(TextRange::at(self.base + at), &error.info(), is_limit)
    }

    fn error(&self, range: TextRange, message: &str, is_limit: bool) -> TreeError {
        let error = SyntaxError {
            range,
            message: message.to_owned(),
        };
        TreeError { error, is_limit }
    }
}

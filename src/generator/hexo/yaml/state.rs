//! Where the loader stands in the text, and the small steps that every reader takes.

use super::YamlError;
use crate::generator::hexo::value::Js;
use std::collections::HashMap;
use std::rc::Rc;

/// A step that may end the loading.
pub type Step<T> = Result<T, Box<YamlError>>;

/// Deepest nesting.
pub const DEEPEST: usize = 100;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scalar,
    Sequence,
    Mapping,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Scalar => "scalar",
            Kind::Sequence => "sequence",
            Kind::Mapping => "mapping",
        }
    }
}

/// A place in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    pub position: usize,
    pub line: usize,
    pub line_start: usize,
}

/// What can be taken back.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub mark: Mark,
    line_indent: isize,
    first_tab: Option<usize>,
    tag: Option<Rc<str>>,
    anchor: Option<Rc<str>>,
    kind: Option<Kind>,
    result: Js,
}

/// What anchors named before a transaction began.
type Transaction = HashMap<Rc<str>, Option<Js>>;

/// The loader. `position` counts bytes of `input`, which ends in a line break.
#[derive(Debug)]
pub struct Loader {
    pub input: String,
    pub mark: Mark,
    /// Spaces at the start of the current line.
    pub line_indent: isize,
    pub depth: usize,
    /// The first tab among the white space that led to the current token on its line.
    pub first_tab: Option<usize>,
    pub tag: Option<Rc<str>>,
    pub anchor: Option<Rc<str>>,
    pub kind: Option<Kind>,
    pub result: Js,
    pub anchors: HashMap<Rc<str>, Js>,
    pub transactions: Vec<Transaction>,
    pub tag_handles: HashMap<String, String>,
    /// Keys taken over by merges so far.
    pub merged: usize,
}

pub fn is_eol(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ')
}

pub fn is_blank_or_eol(byte: u8) -> bool {
    is_blank(byte) || is_eol(byte)
}

pub fn is_flow_indicator(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

impl Loader {
    pub fn new(text: &str) -> Self {
        let mut input = text.to_owned();
        if !input.is_empty() && !input.ends_with(['\n', '\r']) {
            input.push('\n');
        }
        Self {
            input,
            mark: Mark::default(),
            line_indent: 0,
            depth: 0,
            first_tab: None,
            tag: None,
            anchor: None,
            kind: None,
            result: Js::Null,
            anchors: HashMap::new(),
            transactions: Vec::new(),
            tag_handles: HashMap::new(),
            merged: 0,
        }
    }

    /// The byte at `position`; 0 beyond the end (a NUL in the text is refused before reading begins).
    pub fn at(&self, position: usize) -> u8 {
        self.input.as_bytes().get(position).copied().unwrap_or(0)
    }

    /// The current byte.
    pub fn byte(&self) -> u8 {
        self.at(self.mark.position)
    }

    /// The byte after the current one.
    pub fn following(&self) -> u8 {
        self.at(self.mark.position + 1)
    }

    /// Go on by one byte and look at it.
    pub fn next(&mut self) -> u8 {
        self.mark.position += 1;
        self.byte()
    }

    /// The text from `start` to `end`, which both stand next to ASCII bytes.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        self.input.get(start..end).unwrap_or_default()
    }

    pub fn column(&self) -> isize {
        isize::try_from(self.mark.position.saturating_sub(self.mark.line_start)).unwrap_or(isize::MAX)
    }

    pub fn error<T>(&self, message: impl Into<String>) -> Step<T> {
        Err(Box::new(YamlError {
            message: message.into(),
            offset: Some(self.mark.position),
            line: self.mark.line,
        }))
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            mark: self.mark,
            line_indent: self.line_indent,
            first_tab: self.first_tab,
            tag: self.tag.clone(),
            anchor: self.anchor.clone(),
            kind: self.kind,
            result: self.result.clone(),
        }
    }

    pub fn restore(&mut self, snapshot: Snapshot) {
        self.mark = snapshot.mark;
        self.line_indent = snapshot.line_indent;
        self.first_tab = snapshot.first_tab;
        self.tag = snapshot.tag;
        self.anchor = snapshot.anchor;
        self.kind = snapshot.kind;
        self.result = snapshot.result;
    }

    pub fn line_break(&mut self) -> Step<()> {
        match self.byte() {
            b'\n' => self.mark.position += 1,
            b'\r' => {
                if self.next() == b'\n' {
                    self.mark.position += 1;
                }
            }
            _ => return self.error("a line break is expected"),
        }
        self.mark.line += 1;
        self.mark.line_start = self.mark.position;
        self.first_tab = None;
        Ok(())
    }

    /// Skip white space, comments and line breaks; how many line breaks there were.
    pub fn skip(&mut self) -> Step<usize> {
        self.skip_over(Some(b'#'))
    }

    /// The same inside a scalar, where `#` begins no comment.
    pub fn skip_in_scalar(&mut self) -> Step<usize> {
        self.skip_over(None)
    }

    fn skip_over(&mut self, comment: Option<u8>) -> Step<usize> {
        let mut breaks = 0;
        let mut byte = self.byte();
        while byte != 0 {
            while is_blank(byte) {
                if byte == b'\t' && self.first_tab.is_none() {
                    self.first_tab = Some(self.mark.position);
                }
                byte = self.next();
            }
            if comment == Some(byte) {
                self.skip_line();
                byte = self.byte();
            }
            if !is_eol(byte) {
                break;
            }
            self.line_break()?;
            breaks += 1;
            self.line_indent = 0;
            byte = self.byte();
            while byte == b' ' {
                self.line_indent += 1;
                byte = self.next();
            }
        }
        Ok(breaks)
    }

    /// Go to the end of the line.
    pub fn skip_line(&mut self) {
        while !is_eol(self.byte()) && self.byte() != 0 {
            self.mark.position += 1;
        }
    }

    /// Whether `---` or `...` and white space stand here.
    pub fn at_separator(&self) -> bool {
        let byte = self.byte();
        let end = self.mark.position + 3;
        matches!(byte, b'-' | b'.')
            && self.following() == byte
            && self.at(self.mark.position + 2) == byte
            && (self.at(end) == 0 || is_blank_or_eol(self.at(end)))
    }

    pub fn store_anchor(&mut self, name: &Rc<str>, value: Js) {
        let before = self.anchors.insert(Rc::clone(name), value);
        if let Some(transaction) = self.transactions.last_mut() {
            transaction.entry(Rc::clone(name)).or_insert(before);
        }
    }

    /// Give the current anchor, if there is one, the value that was read.
    pub fn store_result(&mut self) {
        if let Some(name) = self.anchor.clone() {
            self.store_anchor(&name, self.result.clone());
        }
    }

    pub fn commit(&mut self) {
        let Some(transaction) = self.transactions.pop() else {
            return;
        };
        if let Some(outer) = self.transactions.last_mut() {
            for (name, before) in transaction {
                outer.entry(name).or_insert(before);
            }
        }
    }

    pub fn roll_back(&mut self) {
        for (name, before) in self.transactions.pop().unwrap_or_default() {
            match before {
                Some(value) => self.anchors.insert(name, value),
                None => self.anchors.remove(&name),
            };
        }
    }
}

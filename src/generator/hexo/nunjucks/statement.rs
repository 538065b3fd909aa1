//! Statements and what they enclose: a port of Nunjucks' parser with Hexo's tags; it goes on behind a fault.

use super::expression::{Reader, Refusal, Shape};
use super::frames::{Frame, Frames};
use super::lexer::{Kind, Lexer};
use super::tags::{BLOCKS, INLINE};
use super::{Fault, Problem};
use crate::generator::absent::Absent;
use crate::text::TextRange;

/// Reads a masked body.
pub(super) struct Walk<'a> {
    text: &'a str,
    at: usize,
    frames: Frames,
    /// Names that statements of the post define.
    pub defined: Vec<String>,
    pub faults: Vec<Fault>,
    /// What has been looked for to the end of the post in vain, so that nobody looks again.
    absent: Absent,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self {
            text,
            at,
            frames: Frames::default(),
            defined: Vec::new(),
            faults: Vec::new(),
            absent: Absent::default(),
        }
    }

    /// How far behind `from` the first `what` stands.
    fn find(&mut self, what: &str, from: usize) -> Option<usize> {
        let text = self.text;
        self.absent.or_find(what, || text[from..].find(what))
    }

    /// Read to the end.
    pub(super) fn run(&mut self) {
        while let Some(found) = memchr::memchr2(b'{', b'#', &self.text.as_bytes()[self.at..]) {
            self.at += found;
            let rest = &self.text[self.at..];
            match rest.as_bytes().get(..2).unwrap_or_default() {
                b"{{" => self.output(),
                b"{%" => self.statement(),
                b"{#" => match self.find("#}", self.at + 2) {
                    Some(length) => self.at += length + 4,
                    None => self.sign(Problem::EndlessComment),
                },
                b"#}" => self.sign(Problem::CommentEnd),
                _ => self.at += 1,
            }
        }
        for frame in self.frames.take() {
            self.unclosed(frame);
        }
        self.faults.sort_by_key(|fault| fault.range);
    }

    fn fault(&mut self, range: TextRange, problem: Problem) {
        self.faults.push(Fault { range, problem });
    }

    /// Two characters that Nunjucks cannot take.
    fn sign(&mut self, problem: Problem) {
        let range = TextRange::new(self.at, self.at + 2);
        self.fault(range, problem);
        self.at = range.end;
    }

    fn unclosed(&mut self, frame: Frame) {
        if !frame.foreign {
            self.fault(frame.start, Problem::Unclosed(frame.name));
        }
    }

    /// The construct at hand up to its own end; two characters when it has none.
    fn whole(&mut self, close: &str) -> TextRange {
        let length = self.find(close, self.at + 2).map_or(2, |length| length + 4);
        TextRange::new(self.at, self.at + length)
    }

    fn reader(&self) -> Reader<'a> {
        let inner = self.at + 2;
        let trim = usize::from(self.text[inner..].starts_with('-'));
        Reader::new(Lexer::new(self.text, inner + trim))
    }

    fn output(&mut self) {
        let whole = self.whole("}}");
        let mut reader = self.reader();
        let shape = reader.expression().and_then(|shape| {
            let end = reader.lexer.next();
            match end {
                Some(end) if end.kind == Kind::VariableEnd => Ok((shape, end.end)),
                end => Err(reader.unexpected(end)),
            }
        });
        match shape {
            Ok((shape, end)) => {
                let range = TextRange::new(self.at, end);
                self.at = end;
                self.used(&reader, range, shape);
            }
            Err(refusal) => self.refused(whole, refusal),
        }
    }

    fn refused(&mut self, whole: TextRange, refusal: Refusal) {
        if let Some(why) = refusal {
            self.fault(whole, Problem::Syntax(why));
        }
        self.at = whole.end;
    }

    /// What fails only when it is run: not where it may never run.
    fn used(&mut self, reader: &Reader<'_>, range: TextRange, shape: Shape) {
        if self.frames.choose() {
            return;
        }
        let word = |range: TextRange| self.text[range.as_range()].to_owned();
        let mut found: Vec<Problem> = reader.filters.iter().map(|&name| Problem::Filter(word(name))).collect();
        found.extend(reader.calls.iter().map(|&name| Problem::Call(word(name))));
        if let Shape::Path(root) = shape {
            found.push(Problem::Nothing(word(root)));
        }
        self.faults
            .extend(found.into_iter().map(|problem| Fault { range, problem }));
    }

    fn statement(&mut self) {
        let whole = self.whole("%}");
        let mut reader = self.reader();
        let name = match reader.lexer.next() {
            Some(token) if token.kind == Kind::Symbol => reader.lexer.value(token).to_owned(),
            token => return self.refused(whole, reader.unexpected(token)),
        };
        if name == "raw" || name == "verbatim" {
            return self.raw(&name, whole);
        }
        let done = if self.frames.ends_at(&name) {
            self.divide(&mut reader, &name)
        } else {
            self.begin(&mut reader, &name, whole)
        };
        match done {
            Ok(end) => {
                self.at = end;
                let range = TextRange::new(whole.start, end.max(whole.start));
                self.used(&reader, range, Shape::Other);
            }
            Err(refusal) => self.refused(whole, refusal),
        }
    }

    /// `{% raw %}`: all to its end is text; one that is never closed does nothing.
    fn raw(&mut self, name: &str, whole: TextRange) {
        let end = format!("end{name}");
        let mut level = 1;
        let mut at = whole.end;
        self.at = whole.end;
        while let Some(found) = self.text[at..].find("{%") {
            let start = at + found + 2;
            let Some(length) = self.text[start..].find("%}") else {
                return;
            };
            let word = self.text[start..start + length].trim();
            at = start;
            if word == name {
                level += 1;
            } else if word == end {
                level -= 1;
            }
            if word == name || word == end {
                self.at = start + length + 2;
            }
            if level == 0 {
                return;
            }
        }
    }

    /// An end tag of the innermost frame, or `else` and its kin.
    fn divide(&mut self, reader: &mut Reader<'a>, name: &str) -> Result<usize, Refusal> {
        match name {
            "elif" | "elseif" | "case" => {
                reader.expression()?;
            }
            "else" | "default" => self.frames.decide(),
            _ => {
                self.frames.pop();
                if name == "endblock" {
                    reader.lexer.skip(Kind::Symbol, "");
                }
                if !self.is_own(name) {
                    return arguments(reader);
                }
            }
        }
        block_end(reader)
    }

    fn is_own(&self, end: &str) -> bool {
        let name = end.strip_prefix("end").unwrap_or(end);
        BLOCKS.contains(&name)
            || matches!(
                name,
                "if" | "for" | "each" | "all" | "block" | "set" | "macro" | "call" | "filter" | "switch"
            )
    }

    fn begin(&mut self, reader: &mut Reader<'a>, name: &str, whole: TextRange) -> Result<usize, Refusal> {
        let mut ends: Vec<&str> = Vec::new();
        match name {
            "if" | "ifAsync" => {
                reader.expression()?;
                ends = vec!["elif", "elseif", "else", "endif"];
            }
            "for" | "asyncEach" | "asyncAll" => {
                self.names(reader)?;
                if !reader.word("in") {
                    let found = reader.lexer.peek();
                    return Err(reader.unexpected(found));
                }
                reader.expression()?;
                ends = match name {
                    "for" => vec!["else", "endfor"],
                    "asyncEach" => vec!["else", "endeach"],
                    _ => vec!["else", "endall"],
                };
            }
            "block" => {
                reader.primary()?;
                ends = vec!["endblock"];
            }
            "extends" | "include" | "import" | "from" => {
                self.fault(whole, Problem::NoTemplate(name.to_owned()));
                return Ok(whole.end);
            }
            "set" => {
                self.names(reader)?;
                if reader.lexer.skip(Kind::Operator, "=") {
                    reader.expression()?;
                } else {
                    ends = vec!["endset"];
                }
            }
            "macro" => {
                self.names(reader)?;
                ends = vec!["endmacro"];
            }
            "call" => {
                reader.primary()?;
                ends = vec!["endcall"];
            }
            "filter" => {
                reader.filter()?;
                ends = vec!["endfilter"];
            }
            "switch" => {
                reader.expression()?;
                ends = vec!["case", "default", "endswitch"];
            }
            _ => return self.tag(reader, name, whole),
        }
        let end = block_end(reader)?;
        if !ends.is_empty() {
            self.frames.push(Frame {
                name: name.to_owned(),
                start: whole,
                ends: ends.into_iter().map(String::from).collect(),
                foreign: false,
            });
        }
        Ok(end)
    }

    /// One or more names that the statement defines.
    fn names(&mut self, reader: &mut Reader<'a>) -> Result<(), Refusal> {
        loop {
            if let Shape::Path(name) = reader.primary()? {
                self.defined.push(self.text[name.as_range()].to_owned());
            }
            reader.calls.clear();
            if !reader.lexer.skip(Kind::Comma, "") {
                return Ok(());
            }
        }
    }

    /// A tag of Hexo, of a theme or of a plugin, or an end tag out of place.
    fn tag(&mut self, reader: &mut Reader<'a>, name: &str, whole: TextRange) -> Result<usize, Refusal> {
        if name.starts_with("end") || matches!(name, "else" | "elif" | "elseif" | "default" | "case") {
            self.misplaced(name, whole);
            return Ok(whole.end);
        }
        let own = BLOCKS.contains(&name);
        let end = match arguments(reader) {
            Err(refusal) if own => return Err(refusal),
            Err(refusal) if whole.len() == "{%".len() => return Err(refusal),
            // Markdown makes a typographic sign of an odd quote, so that it opens no string any more.
            end => end.unwrap_or(whole.end),
        };
        let closing = format!("end{name}");
        if own || !INLINE.contains(&name) && self.find(&closing, end).is_some() {
            self.frames.push(Frame {
                name: name.to_owned(),
                start: whole,
                ends: vec![closing],
                foreign: !own,
            });
        }
        Ok(end)
    }

    /// An end tag or `else` that the innermost frame does not know.
    fn misplaced(&mut self, name: &str, whole: TextRange) {
        if self.frames.know(name) {
            while !self.frames.ends_at(name)
                && let Some(inner) = self.frames.pop()
            {
                self.unclosed(inner);
            }
            if name.starts_with("end") {
                self.frames.pop();
            }
        } else if self.is_own(name) || matches!(name, "endraw" | "endverbatim" | "else" | "elif" | "elseif") {
            self.fault(whole, Problem::Misplaced(name.to_owned()));
        }
    }
}

/// Everything to the end of the tag, as Hexo reads arguments.
fn arguments(reader: &mut Reader<'_>) -> Result<usize, Refusal> {
    while let Some(token) = reader.lexer.next() {
        if token.kind == Kind::BlockEnd {
            return Ok(token.end);
        }
    }
    Err(reader.unexpected(None))
}

fn block_end(reader: &mut Reader<'_>) -> Result<usize, Refusal> {
    match reader.lexer.next() {
        Some(end) if end.kind == Kind::BlockEnd => Ok(end.end),
        end => Err(reader.unexpected(end)),
    }
}

//! Template tags of a body (`{% … %}`, `{{ … }}`, `{# … #}`, Hugo's shortcodes) and the blocks that hold code.

mod after;

use crate::text::{Source, TextRange};
use memchr::memmem;

/// What kind of template construct it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `{% name … %}`.
    Statement,
    /// `{{ … }}`.
    Output,
    /// `{# … #}`.
    Comment,
    /// Hugo's `{{< name … >}}` and `{{% name … %}}`.
    Shortcode,
}

/// One construct outside fences, code spans and opaque blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateTag {
    /// Delimiters included.
    pub range: TextRange,
    /// What it is.
    pub kind: TagKind,
    /// The first word of a statement or shortcode (with `/` or `end`); empty for the other kinds.
    pub name: TextRange,
}

/// The template constructs of a body.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// In order; the opening and closing tags of opaque blocks included.
    pub tags: Vec<TemplateTag>,
    /// Blocks whose content is code or is never shown, from the opening tag to the end of the closing tag.
    pub opaque: Vec<TextRange>,
}

/// Blocks whose content no Markdown parser reads: code, raw text, diagrams, comments.
const OPAQUE: [&str; 9] = [
    "raw",
    "verbatim",
    "codeblock",
    "code",
    "highlight",
    "comment",
    "mermaid",
    "math",
    "plantuml",
];

/// A tag is not looked for beyond this many bytes: an unclosed `{{` is plain text to Hexo and to us.
const LONGEST_TAG: usize = 4_096;

/// Whether `{` followed by `%`, `{` or `#` stands in `text`.
pub fn opens_construct(text: &[u8]) -> bool {
    let opens = |at: usize| matches!(text.get(at + 1), Some(b'{' | b'%' | b'#'));
    memchr::memchr_iter(b'{', text).any(opens)
}

/// If a construct begins where `text` does: its kind, how long its opening is, and what ends it.
fn closing(text: &[u8]) -> Option<(TagKind, usize, &'static str)> {
    Some(match text.get(1..3).unwrap_or_default() {
        [b'{', b'<'] => (TagKind::Shortcode, 3, ">}}"),
        [b'{', b'%'] => (TagKind::Shortcode, 3, "%}}"),
        [b'{', _] => (TagKind::Output, 2, "}}"),
        [b'%', _] => (TagKind::Statement, 2, "%}"),
        [b'#', _] => (TagKind::Comment, 2, "#}"),
        _ => return None,
    })
}

impl Template {
    /// Find the constructs of `body`. A body without `{` followed by `%`, `{` or `#` costs one search.
    pub fn parse(source: &Source, body: TextRange) -> Self {
        let text = source.text().get(..body.end).unwrap_or_default();
        let bytes = text.as_bytes().get(body.start..).unwrap_or_default();
        if !opens_construct(bytes) {
            return Self::default();
        }
        let mut scan = Scan {
            text,
            at: body.start,
            out: Self::default(),
            endless: Vec::new(),
            spanless: Vec::new(),
            paragraph: 0,
        };
        scan.run();
        scan.out
    }

    /// Whether a construct shares a byte with `range`.
    pub fn touches(&self, range: TextRange) -> bool {
        let next = self.tags.partition_point(|tag| tag.range.end <= range.start);
        self.tags.get(next).is_some_and(|tag| tag.range.overlaps(range))
    }
}

struct Scan<'a> {
    /// The file up to the end of the body.
    text: &'a str,
    at: usize,
    out: Template,
    /// Names of opaque blocks that have no end tag ahead.
    endless: Vec<&'static str>,
    /// Lengths of backtick runs that have no partner in this paragraph.
    spanless: Vec<usize>,
    /// Where the paragraph ends that was looked at last.
    paragraph: usize,
}

impl<'a> Scan<'a> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut line_start = true;
        // A line may be as long as the file, so its end is looked for once.
        let mut line_end = self.at;
        let mut tildes = memchr::memchr_iter(b'~', bytes).peekable();
        let mut others = memchr::memchr3_iter(b'`', b'{', b'\\', bytes).peekable();
        while self.at < self.text.len() {
            if line_start {
                // Most lines hold nothing that counts.
                while tildes.next_if(|&at| at < self.at).is_some() {}
                while others.next_if(|&at| at < self.at).is_some() {}
                let Some(&mark) = tildes.peek().into_iter().chain(others.peek()).min() else {
                    return;
                };
                self.at = memchr::memrchr(b'\n', &bytes[self.at..mark]).map_or(self.at, |end| self.at + end + 1);
                if self.skip_fence() {
                    continue;
                }
            }
            if line_start || self.at > line_end {
                line_end = next_line_end(bytes, self.at);
            }
            line_start = false;
            let Some(found) = memchr::memchr3(b'`', b'{', b'\\', &bytes[self.at..line_end]) else {
                self.at = line_end + 1;
                line_start = true;
                continue;
            };
            self.at += found;
            let rest = &bytes[self.at..];
            match rest[0] {
                b'`' => self.skip_span(),
                b'{' => self.tag(),
                // An escaped backtick opens no span.
                _ => self.at += if rest.get(1) == Some(&b'`') { 2 } else { 1 },
            }
        }
    }

    /// At a line start: step over a whole fenced block. An unclosed one reaches to the end, as CommonMark has it.
    fn skip_fence(&mut self) -> bool {
        // The lines of a fence begin with a mark, a number or a blank (beyond ASCII, blanks begin with these bytes); few others do.
        let first = self.text.as_bytes().get(self.at);
        let may_be_one = |byte: &u8| {
            matches!(byte, b'`' | b'~' | b'>' | b'-' | b'*' | b'+' | b'0'..=b'9' | 0xc2 | 0xe1..=0xe3)
                || byte.is_ascii_whitespace()
                || *byte == 0x0b
        };
        if !first.is_some_and(may_be_one) {
            return false;
        }
        let Some((mark, count)) = opening_fence(line_at(self.text, self.at)) else {
            return false;
        };
        let mut at = next_line(self.text, self.at);
        // Only a line that holds the mark can close it, and few lines of code do.
        while let Some(found) = self.text[at..].find(mark) {
            let start = memchr::memrchr(b'\n', &self.text.as_bytes()[at..at + found]).map_or(at, |end| at + end + 1);
            at = next_line(self.text, start);
            if closes_fence(line_at(self.text, start), mark, count) {
                self.at = at;
                return true;
            }
        }
        self.at = self.text.len();
        true
    }

    /// At a backtick: step over the code span, or over the run when it opens none.
    fn skip_span(&mut self) {
        let bytes = self.text.as_bytes();
        let count = run_length(bytes, self.at);
        let start = self.at;
        self.at += count;
        if start >= self.paragraph {
            self.paragraph = paragraph_end(self.text, start);
            self.spanless.clear();
        }
        if self.spanless.contains(&count) {
            return;
        }
        let end = self.paragraph;
        let mut at = self.at;
        while let Some(found) = memchr::memchr(b'`', bytes.get(at..end).unwrap_or_default()) {
            let length = run_length(bytes, at + found);
            at += found + length;
            if length == count {
                self.at = at;
                return;
            }
        }
        self.spanless.push(count);
    }

    fn tag(&mut self) {
        let rest = &self.text[self.at..];
        let Some((kind, open, close)) = closing(rest.as_bytes()) else {
            return self.at += 1;
        };
        let window = &rest.as_bytes()[open..rest.len().min(LONGEST_TAG)];
        let Some(length) = memmem::find(window, close.as_bytes()) else {
            return self.at += 2;
        };
        if has_blank_line(&window[..length]) {
            // Two constructs that only look like one.
            return self.at += 2;
        }
        let range = TextRange::new(self.at, self.at + open + length + close.len());
        let inner = &rest[open..open + length];
        let name = match kind {
            TagKind::Statement | TagKind::Shortcode => self.name(open, inner),
            TagKind::Output | TagKind::Comment => TextRange::at(self.at + open),
        };
        self.out.tags.push(TemplateTag { range, kind, name });
        self.at = range.end;
        self.opaque(range, kind, name);
    }

    fn name(&self, open: usize, inner: &str) -> TextRange {
        let trimmed = inner.trim_start_matches('-').trim_start();
        let start = self.at + open + (inner.len() - trimmed.len());
        let length = trimmed.find(|c: char| c.is_whitespace()).unwrap_or(trimmed.len());
        let word = trimmed[..length].trim_end_matches('-');
        // `{{< /highlight >}}` may have blanks after the slash; the name is then the slash alone, which no rule reads.
        TextRange::new(start, start + word.len())
    }

    /// If the tag opens an opaque block that is closed, step over it.
    fn opaque(&mut self, open: TextRange, kind: TagKind, name: TextRange) {
        let word = &self.text[name.as_range()];
        let Some(&word) = OPAQUE.iter().find(|&&opaque| opaque == word) else {
            return;
        };
        if self.endless.contains(&word) {
            return;
        }
        match self.closing(open.end, kind, word) {
            Some(close) => {
                self.out.opaque.push(TextRange::new(open.start, close.range.end));
                self.at = close.range.end;
                self.out.tags.push(close);
            }
            None => self.endless.push(word),
        }
    }

    fn closing(&self, from: usize, kind: TagKind, word: &str) -> Option<TemplateTag> {
        let mark = if kind == TagKind::Shortcode { "{{" } else { "{%" };
        for found in memmem::find_iter(&self.text.as_bytes()[from..], mark.as_bytes()) {
            let start = from + found;
            let after = &self.text[start + mark.len()..];
            let inner = after.trim_start_matches(['-', '<', '%', '/', ' ', '\t']);
            let end_word = if kind == TagKind::Shortcode {
                after[..after.len() - inner.len()]
                    .contains('/')
                    .then(|| inner.strip_prefix(word))
            } else {
                inner.strip_prefix("end").map(|rest| rest.strip_prefix(word))
            };
            let Some(Some(tail)) = end_word else { continue };
            let tail_start = self.text.len() - tail.len();
            let blank = tail.trim_start_matches(['-', ' ', '\t']);
            let close = ["%}}", ">}}", "%}"].iter().find(|close| blank.starts_with(**close));
            if let Some(close) = close {
                let name = self.text.len() - inner.len();
                return Some(TemplateTag {
                    range: TextRange::new(start, tail_start + (tail.len() - blank.len()) + close.len()),
                    kind,
                    name: TextRange::new(name, tail_start),
                });
            }
        }
        None
    }
}

fn next_line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found)
}

fn has_blank_line(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"\n\n").is_some() || memmem::find(bytes, b"\n\r\n").is_some()
}

/// The line that begins at `at`, without its line end.
fn line_at(text: &str, at: usize) -> &str {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
    let line = &text[at..end];
    line.strip_suffix('\r').unwrap_or(line)
}

fn next_line(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found + 1)
}

/// The first blank line's start after `at`.
fn paragraph_end(text: &str, at: usize) -> usize {
    let mut at = next_line(text, at);
    while at < text.len() && !line_at(text, at).trim().is_empty() {
        at = next_line(text, at);
    }
    at
}

fn run_length(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&byte| byte == b'`').count()
}

/// The marker and length of an opening fence, behind quote and list markers as Hexo and CommonMark allow.
fn opening_fence(line: &str) -> Option<(char, usize)> {
    let mut rest = line.trim_start();
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start();
    }
    let bullet = rest.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        (digits.len() < rest.len())
            .then(|| digits.strip_prefix(['.', ')']))
            .flatten()
    });
    if let Some(inner) = bullet.filter(|inner| inner.starts_with([' ', '\t'])) {
        rest = inner.trim_start();
    }
    let mark = rest.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = rest.trim_start_matches(mark);
    let count = rest.len() - info.len();
    (count >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, count))
}

fn closes_fence(line: &str, mark: char, count: usize) -> bool {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let tail = rest.trim_start_matches(mark);
    rest.len() - tail.len() >= count && tail.trim().is_empty()
}

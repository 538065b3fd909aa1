//! A small HTML tokenizer: reads one tag or comment at a place, by HTML5's rules, in linear time.

use crate::text::TextRange;
use memchr::memmem;

/// Elements without content.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track",
];

/// Elements whose content is text up to their end tag.
const RAW: [&str; 10] = [
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "listing",
];

/// Whether `name` (lower case) has no content and no end tag.
#[inline]
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name) || name == "wbr"
}

/// Whether the content of `name` (in any case) is text in which no tag is read.
pub fn is_raw_text(name: &str) -> bool {
    // A `<listing>` holds markup; it is listed with the others only by old browsers.
    RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) && !name.eq_ignore_ascii_case("listing")
}

/// What stands at a `<`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A start tag.
    Open {
        /// Whether it ends in `/>`.
        self_closing: SelfClosing,
    },
    /// An end tag.
    Close,
    /// `<!-- … -->`, or another `<!…>`, or `<?…>`.
    Comment,
}

/// Whether a start tag ends in `/>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfClosing {
    /// `<br/>`.
    Yes,
    /// `<br>`.
    No,
}

/// One tag or comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// All of it.
    pub range: TextRange,
    /// The name as written; empty for comments.
    pub name: TextRange,
}

/// Why no tag or comment stands at a `<`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The `<` is only text.
    Text,
    /// Another tag begins at this place, in no quoted value, before the one here ends: the writer has left it unfinished. HTML5
    /// takes the other one for its attributes, which nobody means.
    Unfinished(usize),
    /// It never ends: as in HTML5, it swallows the rest.
    Endless,
}

/// The next tag or comment in `text` that starts at or after `from` and ends by `end`; what is only text or unfinished is skipped.
/// Behind a tag that never ends there is no next one.
pub fn next(text: &[u8], from: usize, end: usize) -> Option<Token> {
    let mut place = candidate(text, from, end)?;
    loop {
        match read(text, place, end) {
            Ok(token) => return Some(token),
            Err(Fault::Unfinished(inside)) => place = inside,
            Err(Fault::Text | Fault::Endless) => return None,
        }
    }
}

/// Where the next tag or comment seems to start, at or after `from`, whether or not it ends by `end`.
pub fn candidate(text: &[u8], from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'<', text.get(at..end)?)?;
        if looks_like_tag(text.get(at..end)?) {
            return Some(at);
        }
        at += 1;
    }
}

fn looks_like_tag(rest: &[u8]) -> bool {
    matches!(rest, [b'<', b'!' | b'?', ..]) || begins_tag(rest)
}

fn begins_tag(rest: &[u8]) -> bool {
    matches!(rest, [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic())
}

/// The tag or comment at `at`, as [`read`] reads it; `None` where there is none.
pub fn token_at(text: &[u8], at: usize, end: usize) -> Option<Token> {
    read(text, at, end).ok()
}

/// Read the tag or comment at `at`, which has to end by `end`. A comment without end reaches to `end`.
pub fn read(text: &[u8], at: usize, end: usize) -> Result<Token, Fault> {
    let rest = text.get(at..end).ok_or(Fault::Text)?;
    match rest {
        [b'<', b'!' | b'?', ..] => Ok(Token {
            kind: TokenKind::Comment,
            range: TextRange::new(at, at + comment_length(rest)),
            name: TextRange::at(at),
        }),
        [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => tag(rest, at, 2),
        [b'<', letter, ..] if letter.is_ascii_alphabetic() => tag(rest, at, 1),
        _ => Err(Fault::Text),
    }
}

/// Where the raw text of `name` that begins at `from` ends: at its end tag, else at `end`.
pub fn raw_text_end(text: &[u8], from: usize, end: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', text.get(at..end).unwrap_or_default()) {
        at += found;
        let rest = &text[at..end];
        let tag = rest.get(2..2 + name.len());
        let after = rest.get(2 + name.len());
        if rest.get(1) == Some(&b'/')
            && tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            && after.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        {
            return at;
        }
        at += 1;
    }
    end
}

fn comment_length(rest: &[u8]) -> usize {
    if rest.starts_with(b"<!-->") {
        return 5;
    }
    let end = if rest.starts_with(b"<!--") {
        // `<!--->` is a whole comment.
        memmem::find(&rest[2..], b"-->").map(|found| found + 5)
    } else {
        memchr::memchr(b'>', rest).map(|found| found + 1)
    };
    end.unwrap_or(rest.len())
}

fn tag(rest: &[u8], at: usize, name_start: usize) -> Result<Token, Fault> {
    let name_length = rest[name_start..]
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<'))
        .ok_or(Fault::Endless)?;
    let name = TextRange::new(at + name_start, at + name_start + name_length);
    let close = name_start == 2;
    let mut walk = Attributes::new(rest, name_start + name_length);
    while walk.next().is_some() {}
    let Some(length) = walk.tag_end else {
        let unfinished = walk.cut.map(|cut| Fault::Unfinished(at + cut));
        return Err(unfinished.unwrap_or(Fault::Endless));
    };
    let self_closing = if walk.slash { SelfClosing::Yes } else { SelfClosing::No };
    Ok(Token {
        kind: if close {
            TokenKind::Close
        } else {
            TokenKind::Open { self_closing }
        },
        range: TextRange::new(at, at + length),
        name,
    })
}

/// Where an attribute's parts stand, counted from the start of the tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributePlace {
    /// The name.
    pub name: TextRange,
    /// The value without quotes; `None` when there is no `=`.
    pub value: Option<TextRange>,
    /// Name, equals sign, value and quotes.
    pub range: TextRange,
}

/// Walks the attributes of a tag.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    tag: &'a [u8],
    at: usize,
    slash: bool,
    /// One past the `>` once it is reached.
    tag_end: Option<usize>,
    /// Where another tag begins before it.
    cut: Option<usize>,
}

impl<'a> Attributes<'a> {
    /// Attributes of `tag`, which begins with `<`; `at` is where its name ends.
    pub fn new(tag: &'a [u8], at: usize) -> Self {
        Self {
            tag,
            at,
            slash: false,
            tag_end: None,
            cut: None,
        }
    }

    fn blank(&mut self) {
        let rest = self.tag.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    fn value(&mut self) -> Option<(TextRange, usize)> {
        let rest = self.tag.get(self.at..)?;
        if let [quote @ (b'"' | b'\''), inner @ ..] = rest {
            let length = memchr::memchr(*quote, inner)?;
            let start = self.at + 1;
            return Some((TextRange::new(start, start + length), start + length + 1));
        }
        let end = self.unquoted(self.at, |byte| byte == b'>')?;
        Some((TextRange::new(self.at, end), end))
    }

    /// Where what begins at `from` ends, at a blank or at what `is_end` says; `None` when it does not or another tag begins in it.
    fn unquoted(&mut self, from: usize, is_end: impl Fn(u8) -> bool) -> Option<usize> {
        let rest = self.tag.get(from..)?;
        let stop = |at: usize| match rest[at] {
            b'<' => begins_tag(&rest[at..]),
            byte => byte.is_ascii_whitespace() || is_end(byte),
        };
        let at = (0..rest.len()).find(|&at| stop(at))?;
        if rest[at] == b'<' {
            self.cut = Some(from + at);
            return None;
        }
        Some(from + at)
    }
}

impl Iterator for Attributes<'_> {
    type Item = AttributePlace;

    fn next(&mut self) -> Option<AttributePlace> {
        loop {
            self.blank();
            match self.tag.get(self.at)? {
                b'>' => {
                    self.tag_end = Some(self.at + 1);
                    return None;
                }
                b'/' => {
                    self.at += 1;
                    self.slash = self.tag.get(self.at) == Some(&b'>');
                }
                _ => break,
            }
        }
        let start = self.at;
        // HTML5 takes a leading `=` as part of the name.
        let from = start + usize::from(self.tag[start] == b'=');
        let end = self.unquoted(from, |byte| matches!(byte, b'/' | b'>' | b'='))?;
        let name = TextRange::new(start, end);
        self.at = name.end;
        self.blank();
        if self.tag.get(self.at) != Some(&b'=') {
            let range = name;
            return Some(AttributePlace {
                name,
                value: None,
                range,
            });
        }
        self.at += 1;
        self.blank();
        let Some((value, end)) = self.value() else {
            self.at = self.tag.len();
            return None;
        };
        self.at = end;
        Some(AttributePlace {
            name,
            value: Some(value),
            range: TextRange::new(start, end),
        })
    }
}

//! Nunjucks' tokens inside `{{ … }}` and `{% … %}`, a port of its lexer.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string, a number, `true`, `false`, `none`, `null` or a regular expression.
    Literal,
    /// A name.
    Symbol,
    /// An operator of one to three characters, or any other sign.
    Operator,
    /// `(`, `[` or `{`.
    Left,
    /// `)`, `]` or `}`.
    Right,
    /// `,`.
    Comma,
    /// `:`.
    Colon,
    /// `|`.
    Pipe,
    /// `%}` or `-%}`.
    BlockEnd,
    /// `}}` or `-}}`.
    VariableEnd,
}

/// A token; `start` and `end` count bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Reads tokens; blanks are skipped.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    peeked: Option<Option<Token>>,
}

const DELIMITERS: &str = "()[]{}%*-+~/#,:|.<>=!";

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, peeked: None }
    }

    /// The text of a token.
    pub(super) fn value(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    /// The next token, which stays; `None` at the end of the text.
    pub(super) fn peek(&mut self) -> Option<Token> {
        if self.peeked.is_none() {
            self.peeked = Some(self.read());
        }
        self.peeked.flatten()
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token> {
        match self.peeked.take() {
            Some(token) => token,
            None => self.read(),
        }
    }

    /// Take the next token if it is of `kind` and, where `value` is not empty, is just that.
    pub(super) fn skip(&mut self, kind: Kind, value: &str) -> bool {
        let found = self
            .peek()
            .is_some_and(|token| token.kind == kind && (value.is_empty() || self.value(token) == value));
        if found {
            self.peeked = None;
        }
        found
    }

    fn read(&mut self) -> Option<Token> {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}']);
        let start = self.at + (rest.len() - trimmed.len());
        let first = trimmed.chars().next()?;
        let (kind, length) = match first {
            '"' | '\'' => (Kind::Literal, string_length(trimmed, first)),
            _ if trimmed.starts_with("%}") => (Kind::BlockEnd, 2),
            _ if trimmed.starts_with("-%}") => (Kind::BlockEnd, 3),
            _ if trimmed.starts_with("}}") => (Kind::VariableEnd, 2),
            _ if trimmed.starts_with("-}}") => (Kind::VariableEnd, 3),
            _ if trimmed.starts_with("r/") => (Kind::Literal, regex_length(trimmed)),
            _ if DELIMITERS.contains(first) => sign(trimmed, first),
            _ => word(trimmed),
        };
        self.at = start + length;
        Some(Token {
            kind,
            start,
            end: self.at,
        })
    }
}

fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let ends = !escaped && c == quote;
        escaped = !escaped && c == '\\';
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

fn regex_length(text: &str) -> usize {
    let mut before = ' ';
    let end = text.char_indices().skip(2).find(|&(_, c)| {
        let ends = c == '/' && before != '\\';
        before = c;
        ends
    });
    let Some((end, _)) = end else { return text.len() };
    let flags = text[end + 1..].len() - text[end + 1..].trim_start_matches(['g', 'i', 'm', 'y']).len();
    end + 1 + flags
}

fn sign(text: &str, first: char) -> (Kind, usize) {
    const LONG: [&str; 8] = ["===", "!==", "==", "!=", "<=", ">=", "//", "**"];
    if let Some(long) = LONG.iter().find(|long| text.starts_with(**long)) {
        return (Kind::Operator, long.len());
    }
    let kind = match first {
        '(' | '[' | '{' => Kind::Left,
        ')' | ']' | '}' => Kind::Right,
        ',' => Kind::Comma,
        ':' => Kind::Colon,
        '|' => Kind::Pipe,
        _ => Kind::Operator,
    };
    (kind, 1)
}

fn word(text: &str) -> (Kind, usize) {
    let stop = |c: char| DELIMITERS.contains(c) || matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{a0}');
    let length = text.find(stop).unwrap_or(text.len());
    let word = &text[..length];
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let fraction = text[length..].strip_prefix('.').map_or(0, |digits| {
            1 + digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len()
        });
        return (Kind::Literal, length + fraction);
    }
    match word {
        "true" | "false" | "none" | "null" => (Kind::Literal, length),
        _ => (Kind::Symbol, length),
    }
}

//! The parts of a line of YAML as its writer meant them.

use crate::post::split::Line;
use crate::text::TextRange;

/// White space and invisible characters that YAML does not take for blanks.
pub fn is_false_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

/// Whether `text`, a line without its indentation, is a field as far as its writer is concerned: a name and some colon.
pub fn is_field(text: &str) -> bool {
    separator(text).is_some()
}

/// The colon of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separator {
    /// Bytes of the name before it, quotes included.
    pub name: usize,
    /// Its first byte; blanks may stand between the name and it.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// Where the colon of the field `text` stands. `http://…` is none, nor is a sentence with a colon far behind.
pub fn separator(text: &str) -> Option<Separator> {
    let (name, rest) = match text.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = text.get(1..)?.find(quote)? + 2;
            text.split_at_checked(close)?
        }
        '#' | '-' | '[' | '{' | '&' | '*' | '!' | '|' | '>' | '%' => return None,
        _ => text.split_at_checked(text.find([':', '：'])?)?,
    };
    let bare = name.trim_end_matches(|c: char| c.is_whitespace() || is_false_blank(c));
    let is_quoted = name.starts_with(['"', '\'']);
    let after = rest.trim_start_matches([' ', '\t']);
    let start = text.len() - after.len();
    let end = start + after.chars().next().filter(|c| matches!(c, ':' | '：'))?.len_utf8();
    let value = text.get(end..)?;
    let is_name = is_quoted || (bare.len() <= 60 && bare.chars().all(is_name) && bare.contains(char::is_alphabetic));
    (is_name && !value.starts_with("//")).then_some(Separator {
        name: bare.len(),
        start,
        end,
    })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@' | ' ' | '/' | '+')
}

/// A line taken apart. Ranges count bytes of the file.
#[derive(Clone, Copy, Debug)]
pub struct Anatomy<'a> {
    /// The line.
    pub line: Line<'a>,
    /// Where the content begins: behind the white space and the dashes of list items.
    pub content: TextRange,
    /// Whether a dash stands before it.
    pub is_item: bool,
    /// The key without blanks; `None` where the line is no field.
    pub key: Option<TextRange>,
    /// The colon; empty where there is none.
    pub colon: TextRange,
    /// What is written behind the colon, or the whole content; blanks around it and a comment behind it left out.
    pub value: TextRange,
}

impl<'a> Anatomy<'a> {
    /// Take `line` apart.
    pub fn new(line: Line<'a>) -> Self {
        let mut at = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        let mut is_item = false;
        while let Some(rest) = line.text.get(at..)
            && rest.starts_with("- ")
        {
            at += rest.len() - rest.get(1..).unwrap_or_default().trim_start_matches([' ', '\t']).len();
            is_item = true;
        }
        let content = line.text.get(at..).unwrap_or_default();
        let start = line.start + at;
        let found = separator(content);
        let after = found.map_or(0, |colon| colon.end);
        let value = content.get(after..).unwrap_or_default();
        let lead = value.len() - value.trim_start_matches([' ', '\t']).len();
        let value = without_comment(value.get(lead..).unwrap_or_default());
        let from = start + after + lead;
        Self {
            line,
            content: TextRange::new(start, line.end),
            is_item,
            key: found.map(|colon| TextRange::new(start, start + colon.name)),
            colon: found.map_or(TextRange::at(start), |colon| {
                TextRange::new(start + colon.start, start + colon.end)
            }),
            value: TextRange::new(from, from + value.len()),
        }
    }

    /// What is written at `range`, which lies on this line.
    pub fn slice(&self, range: TextRange) -> &'a str {
        let start = range.start.saturating_sub(self.line.start);
        let end = range.end.saturating_sub(self.line.start);
        self.line.text.get(start..end).unwrap_or_default()
    }

    /// The key's name without quotes; empty where there is none.
    pub fn name(&self) -> &'a str {
        self.key.map_or("", |key| self.slice(key)).trim_matches(['"', '\''])
    }
}

/// `value` without the comment behind it and the blanks before that.
fn without_comment(value: &str) -> &str {
    let quoted = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => closing(value, quote).unwrap_or(0),
        _ => 0,
    };
    let mut end = value.len();
    for (at, _) in value.match_indices('#') {
        if at > quoted && value.get(..at).is_some_and(|before| before.ends_with([' ', '\t'])) {
            end = at;
            break;
        }
    }
    value.get(..end).unwrap_or(value).trim_end_matches([' ', '\t'])
}

/// One past the quote that closes the one `value` begins with; `None` when none does.
pub fn closing(value: &str, quote: char) -> Option<usize> {
    let bytes = value.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' && quote == '"' {
            at += 2;
        } else if u32::from(byte) != u32::from(quote) {
            at += 1;
        } else if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') {
            at += 2;
        } else {
            return Some(at + 1);
        }
    }
    None
}

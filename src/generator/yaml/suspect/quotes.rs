//! Values that begin with a quote or a bracket and do not end as they should.

use super::value::{Written, quote_all};
use super::{Safety, Suspect, short};
use crate::generator::yaml::Kind;
use crate::generator::yaml::anatomy::closing;
use crate::post::{Dialect, notation};
use crate::text::{Edit, TextRange};
use crate::{part, say};

/// `text` in the quotes that need the fewest changes in it.
pub fn quoted(text: &str) -> String {
    let is_plain_in_double = !text.contains(['"', '\\']) && !text.chars().any(char::is_control);
    if text.contains('\'') && is_plain_in_double {
        format!("\"{text}\"")
    } else {
        notation::quoted(Dialect::Yaml, text)
    }
}

/// A value that begins with `quote`.
pub fn in_quotes(value: Written<'_>, quote: char, out: &mut Vec<Suspect>) {
    let text = value.text;
    let end = closing(text, quote);
    let rest = end.and_then(|end| text.get(end..)).unwrap_or_default();
    match end {
        None => unclosed(value, quote, out),
        Some(_) if rest.is_empty() => escapes(value, quote, out),
        Some(end) => followed(value, quote, end, out),
    }
}

fn unclosed(value: Written<'_>, quote: char, out: &mut Vec<Suspect>) {
    let text = value.text;
    // `'It's'` and `"a "b" c"` end in their quote: those in between are the trouble.
    if text.len() > 1 && text.ends_with(quote) {
        wrapped(value, quote, out);
    }
    out.push(Suspect {
        kind: Kind::Syntax,
        range: value.range,
        message: say!(
            "the quote before `{text}` is never closed",
            text = short(text.get(1..).unwrap_or_default())
        ),
        title: say!("Close the quote"),
        edits: vec![Edit::insert(value.range.end, quote.to_string())],
        safety: Safety::Risky,
    });
    quote_all(
        value,
        say!("a lone `{quote}` opens quotes that nothing closes", quote),
        Safety::Risky,
        out,
    );
}

/// Quotes inside quotes.
fn wrapped(value: Written<'_>, quote: char, out: &mut Vec<Suspect>) {
    let Some(inner) = value.text.get(1..value.text.len() - 1) else {
        return;
    };
    let is_literal = quote == '\'' || !inner.contains('\\');
    let inner = if quote == '\'' {
        inner.replace("''", "'")
    } else {
        inner.to_owned()
    };
    out.push(Suspect {
        kind: Kind::Unquoted,
        range: value.range,
        message: say!("the `{quote}` inside this value ends its quotes too early", quote),
        title: say!("Quote the whole value"),
        edits: vec![Edit::replace(value.range, quoted(&inner))],
        safety: if is_literal { value.safety } else { Safety::Risky },
    });
}

/// Something stands behind the closing quote.
fn followed(value: Written<'_>, quote: char, end: usize, out: &mut Vec<Suspect>) {
    let text = value.text;
    let rest = text.get(end..).unwrap_or_default();
    if is_wrapped(text, quote, end) {
        wrapped(value, quote, out);
    }
    let is_mark = !rest.contains(char::is_alphanumeric) && !rest.contains(quote);
    if is_mark {
        let range = TextRange::new(value.range.start + end, value.range.end);
        out.push(Suspect {
            kind: Kind::Syntax,
            range,
            message: say!("`{text}` stands behind the closing quote", text = short(rest.trim())),
            title: say!("Remove it"),
            edits: vec![Edit::delete(range)],
            safety: Safety::Risky,
        });
    }
    let message = say!("text follows the closing quote: `{text}`", text = short(rest.trim()));
    // `"A" date: 2016-01-22` is two fields on one line rather than one text.
    let safety = if rest.contains(':') {
        Safety::Risky
    } else {
        value.safety
    };
    quote_all(value, message, safety, out);
}

/// Whether the first and the last quote of `text` belong together, so that those between them are part of the text: the first
/// one inside opens (`"a "b" c"`) or is an apostrophe (`'it's'`). In `"a" or "b"` it closes.
fn is_wrapped(text: &str, quote: char, end: usize) -> bool {
    if text.len() <= end || !text.ends_with(quote) {
        return false;
    }
    let before = text.get(..end - 1).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|rest| rest.chars().next());
    let opens = before.is_some_and(|c| c.is_whitespace() || "([{<（《“".contains(c));
    let is_apostrophe = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    opens || is_apostrophe
}

/// Backslashes that begin no escape.
fn escapes(value: Written<'_>, quote: char, out: &mut Vec<Suspect>) {
    let Some(inner) = value.text.get(1..value.text.len() - 1) else {
        return;
    };
    let mut chars = inner.chars();
    let mut bad = None;
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(next) = chars.next()
            && !"0abtnvfre \"/\\N_LPxuU\t".contains(next)
        {
            bad = Some(next);
            break;
        }
    }
    let (Some(bad), '"') = (bad, quote) else { return };
    out.push(Suspect {
        kind: Kind::Unquoted,
        range: value.range,
        message: say!(
            "`\\{bad}` is no escape, and in double quotes every backslash begins one",
            bad
        ),
        title: say!("Use single quotes"),
        edits: vec![Edit::replace(value.range, notation::quoted(Dialect::Yaml, inner))],
        safety: Safety::Risky,
    });
}

/// A value that begins with a bracket or a brace.
pub fn in_brackets(value: Written<'_>, out: &mut Vec<Suspect>) {
    let text = value.text;
    let (open, close, what) = match text.starts_with('[') {
        true => ('[', ']', part!("list")),
        false => ('{', '}', part!("map")),
    };
    let end = matching(text, open, close);
    let rest = end.and_then(|end| text.get(end..)).unwrap_or_default();
    let is_text = value.is_text || open == '{';
    match end {
        None if is_text && !text.contains(close) && open == '{' || value.is_text => {
            quote_all(value, say!("`{open}` begins a {what}", open, what), value.safety, out);
        }
        None => out.push(Suspect {
            kind: Kind::Syntax,
            range: value.range,
            message: say!(
                "the {what} that begins with `{text}` is never closed",
                what,
                text = short(text)
            ),
            title: say!("Close the {what}", what),
            edits: vec![Edit::insert(value.range.end, close.to_string())],
            safety: Safety::Risky,
        }),
        Some(_) if rest.is_empty() => {
            items(value, out);
            if is_text {
                quote_all(value, say!("`{open}` begins a {what}", open, what), value.safety, out);
            }
        }
        Some(end) => {
            let message = say!("`{open}` begins a {what}, and text follows its end", open, what);
            if !rest.contains(char::is_alphanumeric) {
                let range = TextRange::new(value.range.start + end, value.range.end);
                out.push(Suspect {
                    kind: Kind::Syntax,
                    range,
                    message: say!(
                        "`{text}` stands behind the end of the {what}",
                        text = short(rest.trim()),
                        what
                    ),
                    title: say!("Remove it"),
                    edits: vec![Edit::delete(range)],
                    safety: Safety::Risky,
                });
            }
            let safety = if value.is_list { Safety::Risky } else { value.safety };
            quote_all(value, message, safety, out);
        }
    }
}

/// One past the bracket that matches the first one; quotes are respected where they open an item.
fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if matches!(c, '"' | '\'')
            && matches!(before, '[' | '{' | ',' | ':')
            && let Some(end) = text.get(at..).and_then(|rest| closing(rest, c))
        {
            at += end;
            before = c;
            continue;
        }
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + 1);
            }
        }
        if !c.is_whitespace() {
            before = c;
        }
        at += c.len_utf8();
    }
    None
}

/// Items of a list in brackets that need quotes.
fn items(value: Written<'_>, out: &mut Vec<Suspect>) {
    let Some(inner) = value.text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return;
    };
    let mut edits = Vec::new();
    let mut at = value.range.start + 1;
    let mut culprit = None;
    for part in inner.split(',') {
        let item = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let is_quoted = item.starts_with(['"', '\'']);
        let needs = item.starts_with(['@', '`', '%', '*', '&', '!', '|', '>', '#', '?', '-'])
            || item.contains(": ")
            || item.contains(" #")
            || item.ends_with(':')
            || item.contains(['{', '}', '[', ']']);
        if !is_quoted && needs {
            let range = TextRange::new(start, start + item.len());
            culprit.get_or_insert((range, item));
            edits.push(Edit::replace(range, quoted(item)));
        }
    }
    if let Some((range, item)) = culprit {
        out.push(Suspect {
            kind: Kind::Unquoted,
            range,
            message: say!("`{item}` means something else without quotes", item = short(item)),
            title: say!("Quote it"),
            edits,
            safety: value.safety,
        });
    }
}

//! Values that mean something else without quotes.

use super::quotes::{in_brackets, in_quotes, quoted};
use super::{Safety, Suspect, short};
use crate::generator::keys;
use crate::generator::yaml::Kind;
use crate::generator::yaml::anatomy::Anatomy;
use crate::message::Message;
use crate::say;
use crate::text::{Edit, TextRange};

/// A value as it is written on one line.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The text.
    pub text: &'a str,
    /// Its bytes in the file.
    pub range: TextRange,
    /// Whether its field is one for prose.
    pub is_text: bool,
    /// Whether its field is one for terms, one or many.
    pub is_list: bool,
    /// How far quotes may be trusted here: a date or a switch in quotes is another value.
    pub safety: Safety,
}

/// What may be wrong with the value on `line`.
pub fn find(line: &Anatomy<'_>, out: &mut Vec<Suspect>) {
    let text = line.slice(line.value);
    let Some(first) = text.chars().next() else { return };
    let name = keys::folded(line.name());
    let value = Written {
        text,
        range: line.value,
        is_text: keys::is_prose(&name),
        is_list: keys::are_terms(&name),
        safety: if is_typed(&name) { Safety::Risky } else { Safety::Safe },
    };
    match first {
        '"' | '\'' => in_quotes(value, first, out),
        '[' | '{' => in_brackets(value, out),
        '“' | '‘' | '”' | '’' | '＂' | '＇' | '「' => {
            full_width_quotes(value, out);
            plain(line, value, out);
        }
        '*' => quote_all(
            value,
            say!("`*` begins a reference to another value"),
            value.safety,
            out,
        ),
        '&' => quote_all(value, say!("`&` begins a name for this value"), value.safety, out),
        '!' => quote_all(value, say!("`!` begins a tag, the type of a value"), value.safety, out),
        '|' | '>' => quote_all(
            value,
            say!("`{first}` begins a text of several lines, which stands below it", first),
            value.safety,
            out,
        ),
        '%' | '@' | '`' => quote_all(
            value,
            say!("no value may begin with `{first}`", first),
            value.safety,
            out,
        ),
        '-' | '?'
            if text
                .get(1..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) =>
        {
            item(value, first, out);
        }
        _ => plain(line, value, out),
    }
}

/// Put quotes around all of the value.
pub fn quote_all(value: Written<'_>, message: Message, safety: Safety, out: &mut Vec<Suspect>) {
    out.push(Suspect {
        kind: Kind::Unquoted,
        range: value.range,
        message,
        title: say!("Quote the value"),
        edits: vec![Edit::replace(value.range, quoted(value.text))],
        safety,
    });
}

/// `tags: - a`: a list cannot begin on the line of its key.
fn item(value: Written<'_>, first: char, out: &mut Vec<Suspect>) {
    let message = say!(
        "`{first}` begins a list item, and none can stand on the line of its key",
        first
    );
    // A list may have been meant as well as a text.
    quote_all(value, message, Safety::Risky, out);
}

/// `“a: b”`: were these meant as quotes or as part of the text?
fn full_width_quotes(value: Written<'_>, out: &mut Vec<Suspect>) {
    let text = value.text;
    let inner = text
        .trim_start_matches(is_full_width_quote)
        .trim_end_matches(is_full_width_quote);
    if inner.is_empty() || !text.ends_with(is_full_width_quote) || inner.contains(is_full_width_quote) {
        return;
    }
    out.push(Suspect {
        kind: Kind::Fullwidth,
        range: value.range,
        message: say!("these quotes are part of the text to YAML, which knows only `\"` and `'`"),
        title: say!("Write ASCII quotes"),
        edits: vec![Edit::replace(value.range, quoted(inner))],
        safety: Safety::Risky,
    });
}

fn is_full_width_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '＂' | '＇')
}

/// A value without any mark at its beginning: a colon and a blank in it, or a colon at its end.
fn plain(line: &Anatomy<'_>, value: Written<'_>, out: &mut Vec<Suspect>) {
    let text = value.text;
    let has_colon = text.contains(": ") || text.contains(":\t") || text.ends_with(':');
    if !has_colon || (line.key.is_none() && !line.is_item) {
        return;
    }
    let second = second_field(text);
    if let Some((at, name)) = second
        && !value.is_text
    {
        out.push(Suspect {
            kind: Kind::Syntax,
            range: TextRange::new(value.range.start + at, value.range.end),
            message: say!("`{name}` is a field of its own and needs a line of its own", name),
            title: say!("Begin a new line"),
            edits: vec![Edit::replace(
                TextRange::new(
                    value.range.start + text.get(..at).map_or(at, |head| head.trim_end().len()),
                    value.range.start + at,
                ),
                format!("\n{}", " ".repeat(line.line.indent())),
            )],
            safety: Safety::Risky,
        });
        return;
    }
    if text.len() > 1 && text.ends_with(['"', '\'']) && line.key.is_some() {
        opening_lost(value, out);
    }
    // `author: nick: A` may have been meant as a map; only in prose is a colon sure to be a text's.
    let is_sure = second.is_none() && value.is_text;
    let safety = if is_sure { value.safety } else { Safety::Risky };
    let message = match text.find(": ").or_else(|| text.find(":\t")) {
        Some(_) => say!(
            "there is a colon and a blank in `{text}`, which makes it a field to YAML",
            text = short(text)
        ),
        None => say!(
            "`{text}` ends in a colon, which makes it a field to YAML",
            text = short(text)
        ),
    };
    quote_all(value, message, safety, out);
}

/// `a: b"`: the quote that should open the value is missing.
fn opening_lost(value: Written<'_>, out: &mut Vec<Suspect>) {
    let Some(quote) = value.text.chars().next_back() else {
        return;
    };
    if value.text.matches(quote).count() == 1 {
        out.push(Suspect {
            kind: Kind::Unquoted,
            range: value.range,
            message: say!("the `{quote}` at the end of this value is never opened", quote),
            title: say!("Open the quote"),
            edits: vec![Edit::insert(value.range.start, quote.to_string())],
            safety: Safety::Risky,
        });
    }
}

/// A known key with a colon inside `text`, and where it begins.
fn second_field(text: &str) -> Option<(usize, &str)> {
    text.match_indices(':').find_map(|(colon, _)| {
        let head = text.get(..colon)?;
        let at = head.rfind([' ', '\t'])? + 1;
        let name = head.get(at..)?;
        let rest = text.get(colon + 1..)?;
        let is_field = rest.is_empty() || rest.starts_with(' ');
        (is_field && keys::is_known_anywhere(name) && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .then_some((at, name))
    })
}

/// Fields whose values are dates or switches: in quotes they would be texts.
fn is_typed(name: &str) -> bool {
    matches!(
        name,
        "date"
            | "updated"
            | "lastmod"
            | "lastmodifiedat"
            | "publishdate"
            | "expirydate"
            | "published"
            | "draft"
            | "comments"
            | "toc"
            | "mathjax"
            | "top"
            | "sticky"
            | "weight"
            | "layout"
    )
}

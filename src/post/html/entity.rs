//! Character references in attribute values and text, as far as posts use them.

use std::borrow::Cow;

/// The named references that a value or a text may need; the rest of HTML5's 2,231 stay as written.
const NAMED: [(&str, char); 12] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
];

/// `text` with its character references undone.
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of the reference that `text` begins with, and the reference's length in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let length = body
        .bytes()
        .take(10)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let name = &body[..length];
    let closed = usize::from(body[length..].starts_with(';'));
    let character = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None if closed == 1 => NAMED.iter().find(|(known, _)| *known == name)?.1,
        None => return None,
    };
    Some((character, 1 + length + closed))
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // HTML5 shows U+FFFD for what is no character.
    Some(char::from_u32(code).filter(|&c| c != '\0').unwrap_or('\u{fffd}'))
}

//! Names turned into parts of a URL.

mod diacritics;

/// hexo-util's `slugize`: letters lose their marks, runs of white space and punctuation become one hyphen, and hyphens at
/// either end go.
pub fn hexo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    let mut push = |plain: &str| {
        for c in plain.chars() {
            if c < ' ' {
                continue;
            }
            if is_special(c) {
                pending = true;
                continue;
            }
            if std::mem::take(&mut pending) && !out.is_empty() {
                out.push('-');
            }
            out.push(c);
        }
    };
    let mut buffer = [0; 4];
    for c in text.chars() {
        match diacritics::base(c) {
            Some(base) => push(base),
            None => push(c.encode_utf8(&mut buffer)),
        }
    }
    out
}

/// `[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]`
fn is_special(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c,
            ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
                ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
        )
}

/// hexo-util's `slugize` with the site's `filename_case`: 1 lower case, 2 upper case.
pub fn hexo_cased(text: &str, case: Option<i64>) -> String {
    let slug = hexo(text);
    match case {
        Some(1) => slug.to_lowercase(),
        Some(2) => slug.to_uppercase(),
        _ => slug,
    }
}

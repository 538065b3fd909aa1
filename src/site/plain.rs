//! Names without what people write now one way, now another.

/// The first letter, case ignored.
pub(super) fn start(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_lowercase).collect()
}

/// A name without what people write now one way, now another: case, full width, spaces, hyphens, underscores and a plural `s`.
pub(super) fn plain_form(name: &str) -> String {
    // What a name begins with is a part of it: `__get` is not `get`.
    let (head, rest) = name.split_at(name.len() - name.trim_start_matches(['-', '_']).len());
    let letters: String = rest
        .chars()
        .map(half_width)
        .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '_' | '\u{2010}'..='\u{2014}'))
        .flat_map(char::to_lowercase)
        .collect();
    let mut plain = head.to_owned() + &letters;
    // Short words in `s`, those in `ss`, `is` and `us` and those without a vowel (`https`) are no plurals.
    let is_plural = plain.len() > LONGEST_SINGULAR
        && plain.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        && plain.ends_with('s')
        && plain.is_ascii()
        && !["ss", "is", "us", "js", "os"].iter().any(|end| plain.ends_with(end));
    if is_plural {
        plain.pop();
    }
    plain
}

/// A name this short is taken as it is.
const LONGEST_SINGULAR: usize = 4;

/// The ASCII character that a full-width one stands for.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        other => other,
    }
}

//! Takes the power from control characters: a post must not be able to command the writer's terminal.

use std::borrow::Cow;

/// `text` with every control character (but line feed and tab), and every character that turns the direction of writing,
/// shown as a picture of itself.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_powerful) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| if is_powerful(c) { picture(c) } else { c })
            .collect(),
    )
}

/// The same for what must stay on one line, such as the name of a file.
pub fn neutral_line(text: &str) -> Cow<'_, str> {
    match text.contains(['\n', '\t']) {
        true => Cow::Owned(neutral(text).replace('\n', "␊").replace('\t', "␉")),
        false => neutral(text),
    }
}

fn is_powerful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_pictures() {
        assert_eq!(
            neutral("a\u{1b}[2Jb\u{9b}1m\t汉\u{202e}"),
            "a␛[2Jb\u{fffd}1m\t汉\u{fffd}"
        );
        assert_eq!(neutral_line("a\nb\tc\r"), "a␊b␉c␍");
        assert!(matches!(neutral("汉字\n"), Cow::Borrowed(_)));
    }
}

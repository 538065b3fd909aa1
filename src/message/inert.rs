//! Text that means nothing in Markdown.

/// Put `text` behind `out`, Markdown of our own so far, so that it shows as it is.
pub(super) fn push(text: &str, out: &mut String) {
    // Code and addresses end on their lines, and of a long list not all lines are gone through for each.
    let line = &out[out.rfind('\n').map_or(0, |end| end + 1)..];
    let is_code = !line.bytes().filter(|byte| *byte == b'`').count().is_multiple_of(2);
    let is_address = line.rfind('<').is_some_and(|at| !line[at..].contains(['>', ' ']));
    for c in text.chars() {
        match c {
            // There is no way to write one in code without knowing all of it.
            '`' if is_code => out.push('\''),
            c if is_code => out.push(if c.is_control() { ' ' } else { c }),
            // Without a scheme it would be no address but words between two signs.
            '<' | '>' | '`' | '[' | ']' | '(' | ')' | '!' | '*' | '\\' if is_address => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c if is_address && (c.is_whitespace() || c.is_control()) => out.push_str("%20"),
            c if is_address => out.push(c),
            // The two signs by which the beginning is judged stay out of it.
            '<' => out.push_str("&lt;"),
            '`' => out.push_str("&#96;"),
            '&' => out.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '|' | '~' | '!' | '$' | '>' => out.extend(['\\', c]),
            c => out.push(if c.is_control() { ' ' } else { c }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::message::Language;
    use crate::say;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    proptest! {
        #[test]
        fn nothing_in_a_blank_is_markdown(text in "(`|``|<img src=x>|!\\[|\\]\\(|\\)|http://a\\.b|\n|\n\n|<|>|\\*|_|#| |&lt;|\\\\|\\||字|~~|\r|- |1\\. |</a>|<!--){0,12}") {
            let shapes = [say!("Tags: {names}", names = text), say!("Address: `{path}`", path = text), say!("<https://a.b/{url}>", url = text), say!("<{url}>", url = text)];
            for shape in shapes {
                let markdown = shape.markdown(Language::English);
                for event in Parser::new_ext(&markdown, Options::all()) {
                    let is_ours = match &event {
                        Event::Start(Tag::Link { .. }) => markdown.starts_with("<h"),
                        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Subscript) => !markdown.starts_with("<h") && markdown.starts_with('<'),
                        Event::Start(Tag::Paragraph) | Event::End(_) | Event::Text(_) | Event::Code(_) => true,
                        _ => false,
                    };
                    prop_assert!(is_ours, "{event:?} in {markdown:?}");
                }
            }
        }
    }

    #[test]
    fn a_blank_shows_what_fills_it() {
        let shown = say!("Tags: {names}", names = "C#, a_b*c, <b>, `x`").markdown(Language::English);
        let mut text = String::new();
        for event in Parser::new(&shown) {
            if let Event::Text(part) = event {
                text.push_str(&part);
            }
        }
        assert_eq!(text, "Tags: C#, a_b*c, <b>, `x`");
        assert_eq!(
            say!("Address: `{path}`", path = "/a_b/").markdown(Language::English),
            "Address: `/a_b/`"
        );
    }
}

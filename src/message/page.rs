//! Markdown of our own in the reader's language: each heading, paragraph and item of a list is an entry, code stays as it is.

use super::Language;
use super::catalogue::translated;

enum Block<'a> {
    /// What stands before the text (`# `, `* `), and the text on one line.
    Said(&'a str, String),
    /// A line of code, a fence, or nothing.
    Line(&'a str),
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut is_open = false;
    for line in page.lines() {
        // A doc comment has a blank before each line.
        let line = line.strip_prefix(' ').unwrap_or(line);
        let text = line.trim();
        let ticks = &text[..text.len() - text.trim_start_matches('`').len()];
        match fence {
            Some(open) if text == ticks && ticks.len() >= open.len() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None if text.is_empty() => {}
            None => {
                let mark = ["# ", "* "]
                    .into_iter()
                    .find(|mark| line.starts_with(mark))
                    .unwrap_or("");
                match blocks.last_mut() {
                    Some(Block::Said(_, before)) if is_open && mark.is_empty() => {
                        before.push(' ');
                        before.push_str(text);
                    }
                    _ => blocks.push(Block::Said(mark, text[mark.len()..].to_owned())),
                }
                is_open = mark != "# ";
                continue;
            }
        }
        is_open = false;
        blocks.push(Block::Line(line));
    }
    blocks
}

/// What a page says by itself, as the catalogues know it.
pub fn paragraphs(page: &str) -> Vec<String> {
    let said = |block| match block {
        Block::Said(_, text) => Some(text),
        Block::Line(_) => None,
    };
    blocks(page).into_iter().filter_map(said).collect()
}

/// `page` in `language`.
pub(super) fn page_in(language: Language, page: &str) -> String {
    if language == Language::English {
        return page.to_owned();
    }
    let lines = blocks(page).into_iter().map(|block| match block {
        Block::Said(mark, text) => format!("{mark}{}", translated(language, &text)),
        Block::Line(line) => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = " One line\n and more.\n\n # Why\n\n * an item\n   goes on\n * another\n\n ````md,bad\n # code\n ```\n text\n ````\n The end.";

    #[test]
    fn a_page_is_taken_apart_and_code_is_none_of_it() {
        let said = ["One line and more.", "Why", "an item goes on", "another", "The end."];
        assert_eq!(paragraphs(PAGE), said);
    }

    #[test]
    fn what_is_not_known_stays() {
        let page = page_in(Language::Chinese, PAGE);
        assert_eq!(
            page,
            "One line and more.\n\n# 原因\n\n* an item goes on\n* another\n\n````md,bad\n# code\n```\ntext\n````\nThe end."
        );
    }
}

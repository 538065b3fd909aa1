//! Formatting of the front matter alone: it changes no value, no comment and nothing of the body.

use super::Checked;
use crate::post::{Dialect, Entry, Node, Post, Scalar, Style, Value, order};
use crate::text::{self, Edit, Source, TextRange};

/// The edits that give the front matter one blank behind each key's colon and none at the ends of lines, and put its fields in
/// `order` (keys that are not in it stay behind those that are, as they were); an empty `order` moves nothing. Nothing at
/// all where that would change a value.
pub fn front_matter(checked: &Checked, order: &[String]) -> Vec<Edit> {
    let post = &checked.post;
    let is_yaml = post
        .envelope
        .as_ref()
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml);
    if !is_yaml || post.front_matter.error.is_some() {
        return Vec::new();
    }
    let tidy = checked_edits(post, tidied(post));
    if order.is_empty() {
        return tidy;
    }
    let neat = Post::parse(Source::new(text::apply(post.text(), &tidy)), post.path.as_str());
    match order::sorted(&neat, order) {
        None => tidy,
        Some(edit) => {
            let after = text::apply(neat.text(), &[edit]);
            super::action::difference(post.text(), &after).into_iter().collect()
        }
    }
}

/// What to write when a new line was just begun at the byte `offset`: the dash of the next item of a list. A line that is
/// only a dash ends the list instead.
pub fn new_line(post: &Post, offset: usize) -> Vec<Edit> {
    let Some(envelope) = post
        .envelope
        .as_ref()
        .filter(|envelope| envelope.dialect == Dialect::Yaml)
    else {
        return Vec::new();
    };
    let lines = post.source.lines();
    let line = lines.line_of(offset);
    let content = |line: usize| Some(TextRange::from(lines.content_of(post.text(), line)?));
    let (Some(above), Some(own)) = (line.checked_sub(1).and_then(content), content(line)) else {
        return Vec::new();
    };
    let text = |range: TextRange| post.text().get(range.as_range()).unwrap_or_default();
    let item = text(above).trim_start_matches([' ', '\t']);
    let is_inside = envelope.block.start <= above.start && own.end <= envelope.block.end;
    if !is_inside || !text(own).trim().is_empty() || !(item.starts_with("- ") || item == "-") {
        return Vec::new();
    }
    let indent = text(above).len() - item.len();
    if item.trim_end() == "-" {
        return vec![Edit::delete(above)];
    }
    let dash = text(above).get(..indent).unwrap_or_default();
    vec![Edit::replace(own, format!("{dash}- "))]
}

fn keeps_values(post: &Post, edits: &[Edit]) -> bool {
    let after = Post::parse(Source::new(text::apply(post.text(), edits)), post.path.as_str());
    after.front_matter.error.is_none() && order::same_fields(post, &after)
}

fn checked_edits(post: &Post, edits: Vec<Edit>) -> Vec<Edit> {
    if keeps_values(post, &edits) { edits } else { Vec::new() }
}

fn tidied(post: &Post) -> Vec<Edit> {
    let Some(envelope) = &post.envelope else {
        return Vec::new();
    };
    let text = post.text();
    let mut kept = Vec::new();
    if let Some(root) = &post.front_matter.root {
        long_texts(root, &mut kept);
    }
    let mut edits = Vec::new();
    let mut start = envelope.block.start;
    for line in text
        .get(envelope.block.as_range())
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        let content = line.trim_end_matches(['\n', '\r']);
        let range = TextRange::new(start + content.trim_end().len(), start + content.len());
        if !range.is_empty() && !kept.iter().any(|kept: &TextRange| kept.overlaps(range)) {
            edits.push(Edit::delete(range));
        }
        start += line.len();
    }
    for entry in post.front_matter.entries() {
        edits.extend(gap(text, entry));
    }
    edits.sort();
    edits.dedup();
    // A key without a value has its gap at the end of its line.
    let mut end = 0;
    edits.retain(|edit| {
        let is_free = edit.range.start >= end;
        end = end.max(edit.range.end);
        is_free
    });
    edits
}

/// One blank between a colon and a value on the same line.
fn gap(text: &str, entry: &Entry) -> Option<Edit> {
    let between = text.get(entry.key.range.end..entry.value.range.start)?;
    let blanks = between.trim_start_matches(' ').strip_prefix(':')?;
    let is_blank = !blanks.is_empty() && blanks.chars().all(|character| character == ' ');
    let start = entry.value.range.start - blanks.len();
    (is_blank && blanks.len() > 1 && !entry.value.range.is_empty())
        .then(|| Edit::replace(TextRange::new(start, entry.value.range.start), " "))
}

/// Texts over several lines, in which blanks may mean something.
fn long_texts(node: &Node, found: &mut Vec<TextRange>) {
    match &node.value {
        Value::Scalar(Scalar { style, .. }) => {
            if matches!(
                style,
                Style::Literal | Style::Folded | Style::SingleQuoted | Style::DoubleQuoted
            ) {
                found.push(node.range);
            }
        }
        Value::List(items) => items.iter().for_each(|item| long_texts(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| long_texts(&entry.value, found)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{front_matter, new_line};
    use crate::ide::Checked;
    use crate::post::Post;
    use crate::text::{self, Source};
    use crate::workspace::Stage;

    fn formatted(text: &str, order: &[&str]) -> String {
        let stage = Arc::new(Stage {
            path: "source/_posts/a.md".to_owned(),
            ..Stage::default()
        });
        let checked = Checked::unasked(Source::new(text), stage);
        let order: Vec<String> = order.iter().map(|&key| key.to_owned()).collect();
        text::apply(text, &front_matter(&checked, &order))
    }

    #[test]
    fn blanks_go_and_values_stay() {
        let text =
            "---\r\ntitle:   标题 \r\ntext: |\r\n  a  \r\n  b\r\nempty:   \r\nx: 'a  '   # why  \r\n---\r\n正文  \r\n";
        let after = "---\r\ntitle: 标题\r\ntext: |\r\n  a  \r\n  b\r\nempty:\r\nx: 'a  '   # why\r\n---\r\n正文  \r\n";
        assert_eq!(formatted(text, &[]), after);
        assert_eq!(formatted(after, &[]), after);
    }

    #[test]
    fn fields_move_with_their_comments_and_only_when_asked() {
        let text = "---\ntags:\n  - a\n# when\ndate: 2024-01-01\ntitle: x\n---\n";
        assert_eq!(formatted(text, &[]), text);
        let after = "---\ntitle: x\n# when\ndate: 2024-01-01\ntags:\n  - a\n---\n";
        assert_eq!(formatted(text, &["title", "date"]), after);
        let tied = "---\nb: &x 1\na: *x\n---\n";
        assert_eq!(formatted(tied, &["a", "b"]), tied);
    }

    #[test]
    fn a_list_goes_on_until_an_empty_item() {
        for (text, expected) in [
            ("---\ntags:\n  - 一\n|\n---\n", "---\ntags:\n  - 一\n  - \n---\n"),
            ("---\ntags:\n  - 一\n  - \n|\n---\n", "---\ntags:\n  - 一\n\n\n---\n"),
            ("---\ntitle: a\n|\n---\n", "---\ntitle: a\n\n---\n"),
            ("---\na: b\n---\n- x\n|\n", "---\na: b\n---\n- x\n\n"),
        ] {
            let offset = text.find('|').unwrap();
            let text = text.replace('|', "");
            let post = Post::parse(Source::new(text.as_str()), "a.md");
            assert_eq!(text::apply(&text, &new_line(&post, offset)), expected);
        }
    }
}

//! The lines that hold a word of a footer.

use super::footers::MARKS;
use crate::post::Post;
use crate::post::earlier::Earlier;
use crate::text::TextRange;

/// The lines of a body that hold a mark, in order, with their ends. A writer types, and what they were before is looked at again
/// only where something changed.
#[derive(Debug)]
pub(super) struct Marked {
    body: Earlier,
    lines: Vec<TextRange>,
}

impl Marked {
    /// The lines of `post` with a mark.
    pub(super) fn lines(post: &Post) -> Vec<TextRange> {
        let Some(memory) = &post.memory else {
            return marked(post.text(), post.body);
        };
        let known = memory.take::<Self>().and_then(|known| known.changed(post));
        let lines = known.unwrap_or_else(|| marked(post.text(), post.body));
        memory.keep(Self {
            body: Earlier::new(&post.source, post.body),
            lines: lines.clone(),
        });
        lines
    }

    /// The lines of `post`, a later text; `None` where its body does not begin and end where this one did.
    fn changed(self, post: &Post) -> Option<Vec<TextRange>> {
        let (old, new) = self.body.changed(&post.source, post.body)?;
        let moved = |at: usize| at - old.end + new.end;
        let mut lines = self.lines;
        let tail = lines.split_off(lines.partition_point(|line| line.start < old.end));
        lines.truncate(lines.partition_point(|line| line.end <= old.start));
        lines.extend(marked(post.text(), new));
        lines.extend(
            tail.iter()
                .map(|line| TextRange::new(moved(line.start), moved(line.end))),
        );
        Some(lines)
    }
}

/// Whether a mark stands in `line`.
pub(super) fn is_marked(line: &str) -> bool {
    MARKS.is_match(line)
}

/// The lines with a mark in `part` of a text, whole lines.
fn marked(text: &str, part: TextRange) -> Vec<TextRange> {
    let body = &text[part.as_range()];
    let mut behind = 0;
    let lines = MARKS.find_iter(body).filter_map(|mark| {
        // A line with two marks is one line.
        let start = (mark.start() >= behind).then(|| body[..mark.start()].rfind('\n').map_or(0, |end| end + 1))?;
        let end = body[mark.start()..].find('\n');
        behind = end.map_or(body.len(), |end| mark.start() + end + 1);
        Some(TextRange::new(part.start + start, part.start + behind))
    });
    lines.collect()
}

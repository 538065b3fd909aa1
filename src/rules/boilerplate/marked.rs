//! The lines that hold a word of a footer.

use super::footers::MARKS;
use crate::post::Post;
use crate::text::{Same, Source, TextRange};

/// The lines of a body that hold a mark, in order, with their ends. A writer types, and what they were before is looked at again
/// only where something changed.
#[derive(Debug)]
pub(super) struct Marked {
    source: Source,
    body: TextRange,
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
            source: post.source.clone(),
            body: post.body,
            lines: lines.clone(),
        });
        lines
    }

    /// The lines of `post`, a later text; `None` where its body does not begin and end where this one did.
    fn changed(self, post: &Post) -> Option<Vec<TextRange>> {
        let (text, body) = (post.text(), post.body);
        let Same { before, behind } = post.source.same_as(&self.source);
        let (old, new) = (self.source.text().len(), text.len());
        let to_new = |at: usize| at + new - old;
        let moved = |line: TextRange| TextRange::new(to_new(line.start), to_new(line.end));
        let end = old - behind;
        if end <= self.body.start {
            // What changed is in the front matter.
            return (moved(self.body) == body).then(|| self.lines.into_iter().map(moved).collect());
        }
        if before < body.start
            || self.body.start != body.start
            || end > self.body.end
            || to_new(self.body.end) != body.end
        {
            return None;
        }
        let bytes = text.as_bytes();
        let from = memchr::memrchr(b'\n', &bytes[body.start..before]).map_or(body.start, |at| body.start + at + 1);
        let to = memchr::memchr(b'\n', &bytes[to_new(end)..body.end]).map_or(body.end, |at| to_new(end) + at + 1);
        let mut lines = self.lines;
        let tail = lines.split_off(lines.partition_point(|line| line.start < to + old - new));
        lines.truncate(lines.partition_point(|line| line.end <= from));
        lines.extend(marked(text, TextRange::new(from, to)));
        lines.extend(tail.into_iter().map(moved));
        Some(lines)
    }
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

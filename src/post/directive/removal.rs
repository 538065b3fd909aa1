//! Taking a suppression comment away, whole or in part, without a trace in what is published.

use super::Directive;
use crate::post::{Kind, Post, notation};
use crate::text::{Edit, TextRange};

impl Directive {
    /// The edit that takes the name at `index` out of the comment; `None` when it is the only one.
    pub fn without(&self, index: usize) -> Option<Edit> {
        let name = self.rules.get(index)?;
        let range = match (self.rules.get(index + 1), index.checked_sub(1)) {
            (Some(next), _) => TextRange::new(name.start, next.start),
            (None, Some(before)) => TextRange::new(self.rules.get(before)?.end, name.end),
            (None, None) => return None,
        };
        Some(Edit::delete(range))
    }

    /// The edit that takes the whole comment away, and its line where nothing else stands on it; `None` where that would
    /// change what is published.
    pub fn removal(&self, post: &Post) -> Option<Edit> {
        match notation::whole_lines(post.text(), self.range) {
            Some(lines) => self.line(post, lines),
            None => self.inline(post),
        }
    }

    /// The comment alone on `lines`.
    fn line(&self, post: &Post, lines: TextRange) -> Option<Edit> {
        let text = post.text();
        if self.range.end <= post.body.start || post.kind == Kind::Html {
            return Some(Edit::delete(lines));
        }
        let above = last_line(text.get(post.body.start..lines.start)?);
        let below = text.get(lines.end..)?;
        let next = below.split(['\n', '\r']).next().unwrap_or_default();
        let is_blank = |line: &str| line.trim().is_empty();
        if is_blank(above) || is_blank(next) {
            // Of two blank lines around it one is enough.
            let extra = match is_blank(above) && is_blank(next) && !below.is_empty() {
                true => next.len() + eol_len(below.get(next.len()..)?),
                false => 0,
            };
            return Some(Edit::delete(TextRange::new(lines.start, lines.end + extra)));
        }
        let inside = post.markdown.is_html(lines.start.checked_sub(above.len() + 1)?);
        if inside {
            return Some(Edit::delete(lines));
        }
        // It parts two paragraphs; a blank line does the same, but not in a list, a quote or a table.
        let is_plain = |line: &str| !line.starts_with(|c: char| c.is_ascii_digit() || " \t>|*+-<#`~".contains(c));
        let end = self.range.end.max(lines.start);
        (is_plain(above) && is_plain(next)).then(|| Edit::delete(TextRange::new(lines.start, end)))
    }

    /// The comment between other things on its line.
    fn inline(&self, post: &Post) -> Option<Edit> {
        let text = post.text();
        let above = text.get(..self.range.start)?;
        let line = above.get(above.rfind(['\n', '\r']).map_or(0, |at| at + 1)..)?;
        let in_body = self.range.start >= post.body.start;
        // What follows on the line is HTML because of the comment.
        if in_body && line.trim().is_empty() && post.kind == Kind::Markdown {
            return None;
        }
        let after = text.get(self.range.end..)?;
        let blanks = match after.is_empty() || after.starts_with([' ', '\t', '\n', '\r', '\\']) {
            true => line.len() - line.trim_end_matches([' ', '\t']).len(),
            false => 0,
        };
        Some(Edit::delete(TextRange::new(self.range.start - blanks, self.range.end)))
    }
}

/// The last line of `text`, which ends with a line end; empty when there is none.
fn last_line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.rsplit(['\n', '\r']).next().unwrap_or_default()
}

fn eol_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

//! What Nunjucks gets to see of a body: everything but code and comments, which Hexo takes out first.

use super::fence;
use crate::post::Post;
use crate::text::TextRange;
use memchr::memmem;
use std::collections::HashSet;

/// A copy of the file up to the end of the body, equal in length, in which all that Hexo hides from Nunjucks is blank;
/// `None` when there is nothing that would make Hexo run it.
pub(super) fn mask(post: &Post) -> Option<String> {
    let text = post.text().get(..post.body.end)?;
    let body = text.get(post.body.start..)?;
    let body = body.as_bytes();
    let opens = |at: usize| matches!(body.get(at + 1), Some(b'{' | b'%' | b'#'));
    if !memchr::memchr_iter(b'{', body).any(opens) {
        return None;
    }
    let mut hidden = vec![TextRange::new(0, post.body.start)];
    hidden.extend(fence::fences(text, post.body.start));
    let out = blanked(text, &hidden);
    if !runs(&out) {
        return None;
    }
    let opaque = &post.markdown.template.opaque;
    let is_shown =
        |code: &TextRange| is_opaque(opaque, *code) || is_span(&out, *code) && starts_with_construct(&out, code.start);
    let mut hidden: Vec<TextRange> = post
        .markdown
        .code
        .iter()
        .copied()
        .filter(|code| !is_shown(code))
        .collect();
    hidden.extend(elements(&out, "<code", "</code>"));
    let blocks = blocks(&out);
    hidden.retain(|code| !code.is_covered_by(&blocks) || out[code.as_range()].starts_with("<code"));
    // In a link's destination the comment that Hexo puts in a construct's place is escaped and never found again.
    hidden.extend(post.markdown.links.iter().filter_map(|link| link.target));
    hidden.extend(elements(&out, "<!--", "-->"));
    Some(blanked(&out, &hidden))
}

/// A code range that is, or holds, a block of a template tag.
fn is_opaque(opaque: &[TextRange], code: TextRange) -> bool {
    let next = opaque.partition_point(|block| block.end <= code.start);
    opaque.get(next).is_some_and(|block| block.overlaps(code))
}

fn is_span(text: &str, code: TextRange) -> bool {
    text[code.as_range()].starts_with('`') && !text[code.as_range()].contains('\n')
}

/// Whether the line on which `at` stands begins with a construct. Hexo puts a comment in its place, so to Markdown the line
/// is a block of HTML, and what looks like a code span in it is none.
fn starts_with_construct(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let head = text[line..at].trim_start_matches(' ');
    text[line..at].len() - head.len() <= 3 && (head.starts_with("{{") || head.starts_with("{%"))
}

/// Whether Hexo hands the body to Nunjucks: only where a whole construct stands.
fn runs(text: &str) -> bool {
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].iter().any(|(open, close)| {
        let inner = find(text, open).and_then(|at| {
            text[at + open.len()..]
                .char_indices()
                .nth(1)
                .map(|(next, _)| at + open.len() + next)
        });
        inner.is_some_and(|inner| find(&text[inner..], close).is_some())
    })
}

/// From `open` to `close`; an unclosed one reaches to the end for comments and counts for nothing else.
fn elements(text: &str, open: &str, close: &str) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = find(&text[at..], open) {
        let start = at + found;
        let Some(length) = find(&text[start..], close) else {
            if open == "<!--" {
                out.push(TextRange::new(start, text.len()));
            }
            break;
        };
        at = start + length + close.len();
        // A `{% raw %}` in it keeps Hexo from escaping the braces.
        if find(&text[start..at], "{% raw %}").is_none() {
            out.push(TextRange::new(start, at));
        }
    }
    out
}

/// Whole tags with their ends: what stands between is not rendered before Nunjucks reads it, so code spans in it are no
/// protection.
fn blocks(text: &str) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut endless = HashSet::new();
    let mut at = 0;
    while let Some((start, close)) = statement(text, at) {
        at = close;
        let name = text[start + 2..close - 2]
            .trim_start_matches('-')
            .split_whitespace()
            .next()
            .unwrap_or("");
        if name.is_empty() || endless.contains(name) {
            continue;
        }
        let end = format!("end{name}");
        let mut next = close;
        let found = std::iter::from_fn(|| {
            let (start, close) = statement(text, next)?;
            next = close;
            Some((start, close))
        })
        .find(|&(from, to)| text[from..to].contains(&end));
        match found {
            Some((_, to)) => {
                out.push(TextRange::new(start, to));
                at = to;
            }
            None => {
                endless.insert(name);
            }
        }
    }
    out
}

/// The next `{% … %}` at or behind `at`: where it starts and where it ends.
fn statement(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = at + find(&text[at..], "{%")?;
    let inner = start + 2;
    Some((start, inner + find(&text[inner..], "%}")? + 2))
}

/// `text` with `ranges` blank, line ends kept.
fn blanked(text: &str, ranges: &[TextRange]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        for line in bytes[range.as_range()].split_mut(|&byte| byte == b'\n') {
            line.fill(b' ');
        }
    }
    // Ranges lie on char boundaries, so nothing is ever torn.
    String::from_utf8(bytes).unwrap_or_default()
}

fn find(text: &str, word: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), word.as_bytes())
}

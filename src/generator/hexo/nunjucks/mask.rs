//! What Nunjucks gets to see of a body: everything but code and comments, which Hexo takes out first.

use crate::post::Post;
use crate::post::template::opens_construct;
use crate::text::{TextRange, holder};
use memchr::memmem;
use std::collections::HashSet;

/// A copy of the file up to the end of the body, equal in length, in which all that Hexo hides from Nunjucks is blank;
/// `None` when there is nothing that would make Hexo run it. Only where there may be, `fenced` is asked for Hexo's fences.
pub(super) fn mask<'f>(post: &Post, fenced: impl FnOnce() -> &'f [TextRange]) -> Option<String> {
    let text = post.text().get(..post.body.end)?;
    let body = text.get(post.body.start..)?;
    // What stands in no part of the body stands in none that is left of it.
    if !opens_construct(body.as_bytes()) || !runs(body) {
        return None;
    }
    // Most of what looks like a construct stands in code.
    let mut fences = None;
    let opens = || opens_outside(text, post.body.start, fences.insert(fenced()));
    let is_shown = match &post.memory {
        Some(memory) => memory.holds("construct", (&post.source, post.body), has_mark, opens),
        None => opens(),
    };
    if !is_shown {
        return None;
    }
    let mut hidden = vec![TextRange::new(0, post.body.start)];
    hidden.extend(fences.into_iter().flatten());
    let out = blanked(text, &hidden);
    if !runs(&out) {
        return None;
    }
    let opaque = &post.markdown.template.opaque;
    let mut line = 0;
    let mut seen = 0;
    let mut is_shown = |code: &TextRange| {
        // A line may be as long as the file, so its start is not looked for once a span.
        line = text[seen..code.start].rfind('\n').map_or(line, |end| seen + end + 1);
        seen = code.start;
        is_opaque(opaque, *code) || is_span(&out, *code) && begins_with_construct(&out[line..code.start])
    };
    let code = post.markdown.code.iter().copied();
    let mut hidden: Vec<TextRange> = code.filter(|code| !is_shown(code)).collect();
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

/// Whether a line that begins with `start` begins with a construct. Hexo puts a comment in its place, so to Markdown the line
/// is a block of HTML, and what looks like a code span in it is none.
fn begins_with_construct(start: &str) -> bool {
    let head = start.trim_start_matches(' ');
    start.len() - head.len() <= 3 && (head.starts_with("{{") || head.starts_with("{%"))
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
    // Where there is HTML, `<` is too common to look at each.
    let bytes = text.as_bytes();
    let [opens, closes] = [open, close].map(memmem::Finder::new);
    let mut at = 0;
    while let Some(found) = opens.find(&bytes[at..]) {
        let start = at + found;
        let Some(length) = closes.find(&bytes[start..]) else {
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

/// Whether something stands in `lines` that begins or ends a construct or a fence of Hexo's.
pub fn has_mark(lines: &str) -> bool {
    let bytes = lines.as_bytes();
    let closes = |at: usize| at > 0 && matches!(bytes[at - 1], b'}' | b'%' | b'#');
    // Most lines hold no mark at all, and a line with a code span or two no run of them.
    let has_run = |mark: u8| memchr::memchr_iter(mark, bytes).any(|at| bytes[at..].starts_with(&[mark; 3]));
    opens_construct(bytes) || memchr::memchr_iter(b'}', bytes).any(closes) || has_run(b'`') || has_run(b'~')
}

/// Whether a character stands in `lines` that begins or ends a construct, or what hides one from Nunjucks.
pub fn may_stir(lines: &str) -> bool {
    lines
        .bytes()
        .any(|byte| matches!(byte, b'`' | b'~' | b'{' | b'}' | b'<' | b'>'))
}

/// The constructs in `seen`, and what looks like the beginning of one; what has no end reaches to that of the text.
pub fn constructs(seen: &str, from: usize) -> impl Iterator<Item = TextRange> {
    let bytes = seen.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'{', &bytes[at..])?;
            let close: &[u8] = match bytes.get(start + 1) {
                Some(b'{') => b"}}",
                Some(b'%') => b"%}",
                Some(b'#') => b"#}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            at = memmem::find(&bytes[start..], close).map_or(bytes.len(), |end| start + end + close.len());
            return Some(TextRange::new(start, at));
        }
    })
}

/// Whether a construct may begin behind `from` outside of `hidden`, which is sorted and disjoint.
fn opens_outside(text: &str, from: usize, hidden: &[TextRange]) -> bool {
    let bytes = text.as_bytes();
    let mut openers = memchr::memchr_iter(b'{', &bytes[from..]).map(|at| from + at);
    openers.any(|at| opens_construct(&bytes[at..bytes.len().min(at + 2)]) && holder(hidden, at).is_none())
}

/// `text` with `ranges` blank.
fn blanked(text: &str, ranges: &[TextRange]) -> String {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    let mut out = String::with_capacity(text.len());
    for range in sorted {
        let start = range.start.max(out.len());
        if range.end > start {
            out.push_str(&text[out.len()..start]);
            blank(&mut out, range.end);
        }
    }
    out.push_str(&text[out.len()..]);
    out
}

/// Fill `out` up to `length` bytes.
fn blank(out: &mut String, length: usize) {
    const BLANK: &str = match std::str::from_utf8(&[b' '; 1024]) {
        Ok(blank) => blank,
        Err(_) => panic!("blanks are characters"),
    };
    while let Some(left) = length.checked_sub(out.len()).filter(|left| *left > 0) {
        out.push_str(&BLANK[..left.min(BLANK.len())]);
    }
}

/// The words begin with what is rare in text and mostly stand near: a search that is made ready first would take longer.
fn find(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    memchr::memchr_iter(*word.first()?, text).find(|&at| text[at..].starts_with(word))
}

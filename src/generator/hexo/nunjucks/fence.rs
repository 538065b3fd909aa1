//! Where Hexo itself takes out fenced code before anything else reads the body (`backtick_code_block.js`).

use crate::text::TextRange;
use memchr::memmem;
use std::collections::HashSet;

/// A line that may open or close a fence.
struct Mark<'a> {
    /// The run of backticks or tildes.
    run: &'a str,
    /// What stands behind it.
    rest: &'a str,
}

/// The fences of `text` from `from` on, in order, whole lines. Hexo closes a fence only with the very run that opened it,
/// with one blank behind it at the most.
pub(super) fn fences(text: &str, from: usize) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut endless: HashSet<&str> = HashSet::new();
    let mut at = from;
    // Only a line that holds such a run can open one, and few do.
    let [ticks, tildes] = [b"```", b"~~~"].map(|run| memmem::find_iter(&text.as_bytes()[from..], run));
    let (mut ticks, mut tildes) = (ticks.peekable(), tildes.peekable());
    loop {
        while ticks.next_if(|found| from + found < at).is_some() {}
        while tildes.next_if(|found| from + found < at).is_some() {}
        let Some(run) = ticks.peek().into_iter().chain(tildes.peek()).min() else {
            return out;
        };
        let start = text[at..from + run].rfind('\n').map_or(at, |end| at + end + 1);
        let line = line_at(text, start);
        let next = start + line.len();
        let opened = opening(line).filter(|mark| !endless.contains(mark.run));
        at = match opened.map(|mark| (mark.run, end(text, next, mark.run))) {
            Some((_, Some(end))) => {
                out.push(TextRange::new(start, end));
                end
            }
            Some((run, None)) => {
                endless.insert(run);
                next
            }
            None => next,
        };
    }
}

/// The line at `at` with its line end.
fn line_at(text: &str, at: usize) -> &str {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]);
    &text[at..end.map_or(text.len(), |end| at + end + 1)]
}

/// Where the fence ends whose content begins at `from`.
fn end(text: &str, from: usize, run: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = memmem::find(&text.as_bytes()[at..], run.as_bytes()) {
        let start = text[at..at + found].rfind('\n').map_or(at, |end| at + end + 1);
        let line = line_at(text, start);
        at = start + line.len();
        let bare = quoted(line).strip_prefix(run);
        if bare.is_some_and(|rest| matches!(rest.trim_end_matches(['\r', '\n']), "" | " " | "\t")) {
            return Some(at);
        }
    }
    None
}

fn opening(line: &str) -> Option<Mark<'_>> {
    let inner = quoted(line);
    let inner = match inner.strip_prefix(['-', '*', '+']) {
        Some(item) => item.trim_start_matches([' ', '\t']),
        None => numbered(inner).unwrap_or(inner),
    };
    let first = inner.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let rest = inner.trim_start_matches(first);
    let mark = Mark {
        run: &inner[..inner.len() - rest.len()],
        rest: rest.trim_end(),
    };
    (mark.run.len() >= 3 && !mark.rest.ends_with('`') && line.ends_with('\n')).then_some(mark)
}

/// `line` behind up to three marks of a quotation and blanks.
fn quoted(line: &str) -> &str {
    let mut rest = line.trim_start_matches([' ', '\t']);
    for _ in 0..3 {
        let Some(inner) = rest.strip_prefix('>') else { break };
        rest = inner.trim_start_matches([' ', '\t']);
    }
    rest
}

/// `line` behind the number of a list item.
fn numbered(line: &str) -> Option<&str> {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = digits.strip_prefix('.').filter(|_| digits.len() < line.len())?;
    Some(item.trim_start_matches([' ', '\t']))
}

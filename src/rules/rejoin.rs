//! Makes HTML that blank lines have cut into pieces one block again; what it would change is tried on a copy first.

use crate::post::Post;
use crate::post::html::HtmlKind;
use crate::text::{Edit, TextRange, is_blank};

/// Edits after which none of `blocks` (indented blocks that are really HTML, in order) is code any more and all else of
/// the post is what it was: the blank lines before and inside them go, else their indentation goes too. `None` when
/// neither helps, or when a blank line belongs to something that a reader sees as it is written.
pub fn rejoin(post: &Post, blocks: &[TextRange]) -> Option<Vec<Edit>> {
    let mut before = Vec::new();
    let mut inside = Vec::new();
    for &block in blocks {
        before.extend(blank_lines_before(post, block));
        inside.extend(blank_lines_inside(post, block));
    }
    if before.iter().chain(&inside).any(|edit| is_verbatim(post, edit.range)) {
        return None;
    }
    let mut blanks: Vec<Edit> = before.into_iter().chain(inside.iter().cloned()).collect();
    blanks.sort();
    let mends = |edits: &[Edit]| post.markdown.frees(post.text(), blocks, edits);
    if mends(&blanks) {
        return Some(blanks);
    }
    // The blank line before a block stays: it is where the block begins.
    let mut both: Vec<Edit> = blocks.iter().flat_map(|&block| indentation(post, block)).collect();
    both.extend(inside);
    both.sort();
    mends(&both).then_some(both)
}

/// The start of the line of the block's first byte that is not blank, or that of the body where it begins on that line.
fn first_line(post: &Post, block: TextRange) -> usize {
    let text = post.source.slice(block);
    let start = block.start + (text.len() - text.trim_start().len());
    line_start(post.text(), start).max(post.body.start)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// Deletes the blank lines before `block`, unless the body begins with them.
fn blank_lines_before(post: &Post, block: TextRange) -> Option<Edit> {
    let text = post.text();
    let first = first_line(post, block);
    let head = text[post.body.start..first].trim_end();
    let start = post.body.start + head.len();
    let kept = text[start..first].find('\n').map_or(first, |found| start + found + 1);
    (!head.is_empty() && kept < first).then(|| Edit::delete(TextRange::new(kept, first)))
}

/// Deletes the blank lines inside `block`.
fn blank_lines_inside(post: &Post, block: TextRange) -> Vec<Edit> {
    let first = first_line(post, block);
    let end = block.start + post.source.slice(block).trim_end().len();
    let mut at = first;
    let mut edits = Vec::new();
    for line in post.text()[first..end.max(first)].split_inclusive('\n') {
        if is_blank(line) {
            edits.push(Edit::delete(TextRange::new(at, at + line.len())));
        }
        at += line.len();
    }
    edits
}

/// Deletes what `block` is indented by.
fn indentation(post: &Post, block: TextRange) -> Vec<Edit> {
    let first = first_line(post, block);
    let mut at = first;
    let mut edits = Vec::new();
    for line in post.text()[first..block.end.max(first)].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if indent > 0 && !is_blank(line) {
            edits.push(Edit::delete(TextRange::new(at, at + indent)));
        }
        at += line.len();
    }
    edits
}

/// Whether a blank line at `range` is seen or read: in `<pre>`, in a script, inside a tag.
fn is_verbatim(post: &Post, range: TextRange) -> bool {
    let html = &post.html;
    if html.is_code(range.start) {
        return true;
    }
    let next = html.nodes.partition_point(|node| node.range.start < range.start);
    let Some(before) = html.nodes[..next].last() else {
        return false;
    };
    match &before.kind {
        HtmlKind::Element(element) => element.open.overlaps(range),
        HtmlKind::Text => {
            let holder = before.parent.and_then(|parent| html.name(parent));
            before.range.overlaps(range) && holder.is_some_and(|name| matches!(name, "script" | "style"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::rejoin;
    use crate::post::Post;
    use crate::text::Source;

    #[test]
    fn a_body_may_begin_behind_its_fence_on_the_same_line() {
        let rest = "      <table>\n\t<tr><td>a</td></tr>\n\n    <tr><td>b</td></tr>\n</table>\n";
        let text = format!("---\ntitle: x\n---{rest}");
        let post = Post::parse(Source::new(text), "source/_posts/a.md");
        let blocks = &post.markdown.accidental;
        assert_eq!(
            post.source.slice(blocks[0]).trim(),
            rest.trim().trim_end_matches("\n</table>")
        );
        let edits = rejoin(&post, blocks).unwrap_or_default();
        assert!(edits.iter().all(|edit| edit.range.start >= post.body.start));
    }
}

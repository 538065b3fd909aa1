//! Suppression comments, written where they are comments and change nothing else.
//!
//! Where that is depends on everything around the place (a block scalar, a fence, a tag that spans lines), so no place
//! is trusted: each candidate is tried out on a copy, and taken only when the finding is gone and the rest is as before.

use std::collections::BTreeMap;

use super::Checked;
use crate::diagnostic::{Diagnostic, RuleCode};
use crate::post::order::same_value;
use crate::post::{Dialect, Kind, Post};
use crate::text::{self, Edit};

/// The edit that silences `finding` on its line; `None` where no comment can do that.
pub fn line(checked: &Checked, finding: &Diagnostic) -> Option<Edit> {
    let post = &checked.post;
    let code = finding.code;
    let lines = post.source.lines();
    let line = lines.line_of(finding.range.start);
    let content = lines.content_of(post.text(), line)?;
    let text = post.text().get(content.clone())?;
    let indent = text.get(..text.len() - text.trim_start_matches([' ', '\t']).len())?;
    let eol = post.source.eol();

    let in_yaml = is_in_yaml(post, finding.range.start);
    let (open, close) = if in_yaml { ("#", "") } else { ("<!--", " -->") };
    let before = Edit::insert(
        content.start,
        format!("{indent}{open} postlint-disable-next-line {code}{close}{eol}"),
    );
    // Two spaces or a backslash at the end of a line are a line break: they must stay the last.
    let end = text.trim_end_matches([' ', '\t', '\\']).len();
    let after = Edit::insert(
        content.start + end,
        format!(" {open} postlint-disable-line {code}{close}"),
    );
    let block_begins = line == 0
        || lines
            .content_of(post.text(), line - 1)
            .is_none_or(|above| above.is_empty());
    let candidates = if in_yaml || post.kind == Kind::Html || (block_begins && indent.is_empty()) {
        [before, after]
    } else {
        // A line of its own would end the paragraph, the list or the table that it stands in.
        [after, before]
    };
    candidates.into_iter().find(|edit| works(checked, code, 1, edit))
}

/// The edit that silences the rule `code` in the whole file; `None` where no comment can do that.
pub fn file(checked: &Checked, code: RuleCode) -> Option<Edit> {
    let post = &checked.post;
    let eol = post.source.eol();
    let all = checked.findings.iter().filter(|finding| finding.code == code).count();
    let block = post
        .envelope
        .as_ref()
        .filter(|envelope| envelope.dialect == Dialect::Yaml)
        .map(|envelope| Edit::insert(envelope.block.start, format!("# postlint-disable-file {code}{eol}")));
    let comment = format!("<!-- postlint-disable-file {code} -->");
    let top = Edit::insert(post.body.start, format!("{comment}{eol}{eol}"));
    let bottom = Edit::insert(post.body.end, format!("{eol}{eol}{comment}{eol}"));
    block
        .into_iter()
        .chain([top, bottom])
        .find(|edit| works(checked, code, all, edit))
}

fn is_in_yaml(post: &Post, offset: usize) -> bool {
    post.envelope
        .as_ref()
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml && envelope.block.contains(offset))
}

/// Whether `edit` takes away at least `least` findings of `code`, brings no other, and changes nothing of the post.
fn works(checked: &Checked, code: RuleCode, least: usize, edit: &Edit) -> bool {
    let Ok(after) = checked.instead(text::apply(checked.post.text(), std::slice::from_ref(edit))) else {
        return false;
    };
    let (before, now) = (count(&checked.findings), count(&after.findings));
    let of_code = |counts: &BTreeMap<RuleCode, usize>| counts.get(&code).copied().unwrap_or(0);
    of_code(&now) + least <= of_code(&before)
        && now
            .iter()
            .all(|(code, number)| before.get(code).is_some_and(|before| number <= before))
        && shape(&checked.post) == shape(&after.post)
        && same_fields(&checked.post, &after.post)
}

fn count(findings: &[Diagnostic]) -> BTreeMap<RuleCode, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

/// What a comment in the wrong place would change.
fn shape(post: &Post) -> (usize, usize, usize, usize) {
    (
        post.markdown.headings.len(),
        post.markdown.code.iter().map(|code| code.len()).sum(),
        post.markdown.links.len(),
        post.html.elements().count(),
    )
}

fn same_fields(a: &Post, b: &Post) -> bool {
    match (&a.front_matter.root, &b.front_matter.root) {
        (Some(a), Some(b)) => same_value(a, b),
        (None, None) => true,
        _ => false,
    }
}

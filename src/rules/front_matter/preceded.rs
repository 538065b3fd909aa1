//! `front-matter-preceded`: something stands before the front matter.

use crate::diagnostic::{Fix, Severity};
use crate::generator::{Generator, envelope::Parts, envelope::reads};
use crate::post::{Envelope, Post};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// Something stands before the front matter.
    ///
    /// # Why
    ///
    /// Jekyll reads front matter only if the file begins with it. Hexo forgives one blank line; with two, or a comment or a word,
    /// it sees none: the post has no title, no tags and the wrong date, and readers find the metadata at the top of the article.
    /// Editors and previews mostly side with Jekyll. Hugo forgives any number of blank lines, and nothing else.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    ///
    /// ---
    /// title: Low water
    /// ---
    /// The boats lie on their sides.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Low water
    /// ---
    /// The boats lie on their sides.
    /// ```
    ///
    /// A comment keeps its place before the article; only the front matter goes first.
    ///
    /// ```markdown,bad
    /// <!-- written on the pier -->
    /// ---
    /// title: Low water
    /// ---
    /// The boats lie on their sides.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Low water
    /// ---
    /// <!-- written on the pier -->
    /// The boats lie on their sides.
    /// ```
    ///
    /// ```markdown,bad
    /// Low water
    /// ---
    /// title: Low water
    /// date: 2023-04-04
    /// ---
    /// The boats lie on their sides.
    /// ```
    ///
    /// ```markdown,good generator=hugo file=content/posts/low.md
    ///
    ///
    /// ---
    /// title: Low water
    /// ---
    /// ```
    "front-matter-preceded", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    let generator = context.generator();
    // An indented fence is another rule's.
    let lead = TextRange::new(envelope.lead.start, envelope.indent(&post.source).start);
    let text = post.source.slice(lead);
    let parts = Parts::of(post, envelope);
    let Some(mended) = parts.mended(envelope.dialect) else {
        return;
    };
    if text.is_empty() || !reads(generator, envelope.dialect) {
        return;
    }
    let good = mended.fate(generator);
    let fate = Parts { lead: text, ..mended }.fate(generator);
    let is_blank = visible(text).is_empty();
    if fate == good && generator == Generator::Hugo && is_blank {
        return;
    }
    let what = match () {
        () if is_blank && text.contains('\u{feff}') => part!("a second byte-order mark stands"),
        () if text.lines().count() > 1 && is_blank => part!("blank lines stand"),
        () if is_blank => part!("a blank line stands"),
        () if text.trim_start().starts_with("<!--") => part!("a comment stands"),
        () => part!("text stands"),
    };
    let effect = match fate == good {
        true => part!("reads it all the same, most other readers do not"),
        false => fate.effect(),
    };
    let shown = TextRange::new(lead.start, lead.start + text.trim_end().len());
    let stands = say!("{what} before the front matter", what);
    let message = say!("{stands}; {generator} {effect}", stands, generator, effect);
    let finding = reporter
        .report(if shown.is_empty() { lead } else { shown }, message)
        .at_most(if fate == good {
            Severity::Warning
        } else {
            Severity::Error
        });
    let is_read_without = Parts { lead: "", ..parts }.fate(generator) == good;
    if let Some(fix) = fix(post, envelope, is_read_without) {
        finding.fix(fix);
    }
}

fn visible(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Take the lead away; what a reader could see of it goes behind the front matter. Fences that nothing but the lead made
/// readable are set right with it.
fn fix(post: &Post, envelope: &Envelope, is_read_without: bool) -> Option<Fix> {
    let fences = match is_read_without {
        true => Vec::new(),
        false => envelope.fence_edits(&post.source),
    };
    let opening = fences.first().filter(|edit| edit.range.end == envelope.block.start);
    let end = opening.map_or(envelope.open.start, |edit| edit.range.start);
    let lead = TextRange::new(envelope.lead.start, end);
    let mut edits = vec![Edit::delete(lead)];
    edits.extend(fences);
    let text = visible(post.source.slice(lead));
    if text.lines().all(|line| line.trim_matches('-').trim().is_empty()) {
        return Some(Fix::safe(say!("Put the front matter first"), edits));
    }
    // Without a closing fence there is no place to go to.
    envelope.close?;
    let eol = post.source.eol();
    let is_comment = text.starts_with("<!--") && text.ends_with("-->");
    let gap = if is_comment { "" } else { eol };
    let begins_line = post.text().get(..envelope.body.start)?.ends_with(['\n', '\r']);
    let before = if begins_line { "" } else { eol };
    edits.push(Edit::insert(envelope.body.start, format!("{before}{text}{eol}{gap}")));
    let kind = if is_comment { Fix::safe } else { Fix::risky };
    Some(kind(say!("Put the front matter first and this after it"), edits))
}

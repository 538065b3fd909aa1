//! `front-matter-swallows-body`: Hexo takes the beginning of the article for front matter.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::generator::hexo::{self, ReadOutcome};
use crate::post::split::{line_at, lines};
use crate::post::{Kind, Post};
use crate::rule::{Context, Reads, Reporter};
use crate::rules::scaffold;
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// Hexo takes the beginning of the article for front matter.
    ///
    /// # Why
    ///
    /// To Hexo front matter needs no opening fence: in a post without any, everything above the first line that begins with
    /// `---` is read as YAML, be that line a rule between two sections or the underline of a heading. A line with a colon in it
    /// becomes a field and is gone from the page; a list, or what is no YAML, makes Hexo drop the post, while the build succeeds.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// Chapter: one
    /// ------------
    ///
    /// It was a dark night.
    /// ```
    ///
    /// ```markdown,fixed
    /// ## Chapter: one
    ///
    /// It was a dark night.
    /// ```
    ///
    /// ```markdown,bad
    /// - rain
    /// - wind
    ///
    /// ---
    ///
    /// It was a dark night.
    /// ```
    ///
    /// ```markdown,fixed
    /// - rain
    /// - wind
    ///
    /// ***
    ///
    /// It was a dark night.
    /// ```
    ///
    /// Prose that YAML takes for a mere text is left in the article.
    ///
    /// ```markdown,good
    /// It was a dark night.
    ///
    /// ---
    ///
    /// The wind had dropped.
    /// ```
    ///
    /// ```markdown,good generator=jekyll file=_posts/2023-01-01-night.md
    /// Chapter: one
    /// ------------
    /// ```
    "front-matter-swallows-body", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if post.envelope.is_some() {
        return reporter.rests_on(Reads::HEAD);
    }
    let is_bare = post.kind == Kind::Markdown;
    if !is_bare || context.generator() != Generator::Hexo || !context.is_post() {
        return;
    }
    let reading = hexo::read(post.text(), "UTC");
    let effect = match reading.outcome {
        ReadOutcome::NoBlock | ReadOutcome::Ignored => return,
        ReadOutcome::Data(_) => part!("; readers never see it"),
        ReadOutcome::Refused(_) => part!(", cannot read it and drops the post; the build still succeeds"),
        ReadOutcome::List => part!(", finds no fields in it and drops the post; the build still succeeds"),
    };
    let Some((block, _)) = reading.block else { return };
    let closing = lines(post.text(), block.end, post.text().len()).find(|line| !line.is_blank());
    let Some(closing) = closing else { return };
    let message = say!("Hexo takes everything above this line for front matter{effect}", effect);
    let effect_of_fix = mended(post, closing.start);
    reporter
        .report(
            TextRange::new(closing.start, closing.start + closing.text.trim_end().len()),
            message,
        )
        .related(TextRange::at(block.start), part!("from here on"))
        .fix(match effect_of_fix {
            Some(edits) => Fix::safe(say!("Write it so that Hexo does not take it for a fence"), edits),
            None => scaffold::fix(context),
        });
}

/// Another notation for every rule and every underlined heading that Hexo could take for a fence; `None` when the one at byte
/// `culprit` is neither.
fn mended(post: &Post, culprit: usize) -> Option<Vec<Edit>> {
    let text = post.text();
    let mut edits = Vec::new();
    let mut is_mended = false;
    let mut above = TextRange::at(post.body.start);
    for line in lines(text, post.body.start, post.body.end) {
        let is_dashes = line.text.starts_with("---") && line.text.trim_end().bytes().all(|byte| byte == b'-');
        if is_dashes && !post.markdown.is_code(line.start) && !post.markdown.is_html(line.start) {
            let heading = post
                .markdown
                .headings
                .iter()
                .find(|(_, range)| range.contains(line.start));
            let before = edits.len();
            match heading {
                None => edits.push(Edit::replace(line.range(), "***")),
                Some((2, range))
                    if line_at(text, range.start, text.len()).is_some_and(|first| first.next == line.start) =>
                {
                    edits.push(Edit::insert(range.start, "## "));
                    edits.push(Edit::delete(TextRange::new(above.end, line.end)));
                }
                Some(_) => {}
            }
            is_mended |= line.start == culprit && edits.len() > before;
        }
        above = line.range();
    }
    is_mended.then_some(edits)
}

//! `front-matter-fence`: a fence that the generator does not take for one.

use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::generator::envelope::{Fate, Parts, reads};
use crate::post::Post;
use crate::post::split::envelope_faults;
use crate::rule::{Context, Reads, Reporter};
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// A fence that the generator does not take for one, or only in part.
    ///
    /// # Why
    ///
    /// To Hexo a blank after the opening `---` is enough: there is no front matter any more, the post has no title, no date and
    /// no tags, and readers find the metadata in the article; not a word is said. The same goes for an opening fence of another
    /// length than the closing one, for a field on the fence's own line, for an indented fence and for `...` as the end. What follows
    /// the closing dashes on their line is published as the beginning of the article. Jekyll and Hugo forgive other slips than Hexo.
    ///
    /// # Examples
    ///
    /// ```markdown,bad escaped
    /// ---\s
    /// title: Rowan
    /// ---
    /// Red in September.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Rowan
    /// ---
    /// Red in September.
    /// ```
    ///
    /// ```markdown,bad
    /// ----
    /// title: Rowan
    /// ...
    /// Red in September.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Rowan
    /// ---
    /// Red in September.
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2023-09-01-rowan.md
    /// ---
    /// title: Rowan
    /// ----
    /// Red in September.
    /// ```
    ///
    /// Fences of one length are good, whichever it is, and so are blanks where they do no harm.
    ///
    /// ```markdown,good
    /// -----
    /// title: Rowan
    /// -----
    /// ```
    ///
    /// ```markdown,good generator=jekyll file=_posts/2023-09-01-rowan.md escaped
    /// ---\s
    /// title: Rowan
    /// ...
    /// ```
    "front-matter-fence", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    let generator = context.generator();
    let parts = Parts::of(post, envelope);
    let Some(mended) = parts.mended(envelope.dialect) else {
        return;
    };
    if envelope.close.is_none() || !reads(generator, envelope.dialect) {
        return;
    }
    let edits = envelope.fence_edits(&post.source);
    if edits.is_empty() {
        return reporter.rests_on(Reads::HEAD.and(Reads::SITE));
    }
    let good = mended.fate(generator);
    let indent = post.source.slice(envelope.indent(&post.source));
    let alone = Parts { lead: indent, ..parts }.fate(generator);
    // A blank line before the front matter makes Hexo blind to some slips.
    let is_read = parts.fate(generator) == good;
    // Fields behind `...` would be left in the article.
    let is_cut = parts.close.starts_with('.') && parts.body.lines().next().is_some_and(|line| line.contains(':'));
    let kind = if is_cut { Fix::risky } else { Fix::safe };
    let title = say!("Write both fences as three marks, alone on their lines");
    let fix = || kind(title.clone(), edits.clone());
    if alone != good && !is_read {
        let faults = envelope_faults(&post.source, envelope);
        let culprit = faults.iter().find(|fault| {
            let open = if fault.is_in_open { parts.open } else { mended.open };
            let close = if fault.is_in_close { parts.close } else { mended.close };
            let lead = if fault.is_in_open { indent } else { "" };
            Parts {
                lead,
                open,
                close,
                ..parts
            }
            .fate(generator)
                != good
        });
        let Some(fault) = culprit.or(faults.first()) else {
            return;
        };
        let (what, effect) = (fault.what, alone.effect());
        let message = say!("{what}; {generator} {effect}", what, generator, effect);
        reporter.report(fault.range, message).fix(fix());
    } else if let Some(rest) = rest(post, generator).filter(|_| good == Fate::Read) {
        let message = say!(
            "what follows the closing fence on its line is no part of it; {generator} publishes `{text}` as the beginning of the article",
            generator,
            text = post.source.slice(rest).chars().take(20).collect::<String>()
        );
        reporter.report(rest, message).at_most(Severity::Warning).fix(fix());
    }
}

/// What the generator takes for the first text of the article, on the closing fence's own line.
fn rest(post: &Post, generator: Generator) -> Option<TextRange> {
    let envelope = post.envelope.as_ref()?;
    let close = envelope.close?;
    let marks = match generator {
        Generator::Hexo if !envelope.open.is_empty() => post.source.slice(envelope.open).trim().len(),
        Generator::Hexo => post.source.slice(close).trim().len(),
        Generator::Jekyll => return None,
        Generator::Hugo => 3,
    };
    let from = close.start + marks;
    let line = post.text().get(from..)?.split(['\n', '\r']).next()?;
    let start = from + (line.len() - line.trim_start().len());
    let text = line.trim();
    (!text.is_empty()).then(|| TextRange::new(start, start + text.len()))
}

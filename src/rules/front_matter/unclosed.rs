//! `front-matter-unclosed`: nothing ends the front matter.

use crate::diagnostic::Fix;
use crate::generator::envelope::{fate, has_fields, reads};
use crate::post::Dialect;
use crate::rule::{Context, Reads, Reporter};
use crate::text::TextRange;
use crate::{part, rule, say};

rule! {
    /// Nothing ends the front matter.
    ///
    /// # Why
    ///
    /// Without a closing fence Hexo and Jekyll see no front matter at all: the post has no title, no date and no tags, and
    /// readers find the metadata at the top of the article. If a line further down begins with `---` (a rule between two
    /// sections), Hexo takes everything above it for YAML, cannot read it and drops the post, while the build succeeds. Hugo stops
    /// the build.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: A quiet street
    /// date: 2023-10-10 10:10:10
    ///
    /// Nothing happened there.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: A quiet street
    /// date: 2023-10-10 10:10:10
    /// ---
    ///
    /// Nothing happened there.
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: A quiet street
    /// tags: [streets]
    /// - --
    /// Nothing happened there.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: A quiet street
    /// tags: [streets]
    /// ---
    /// Nothing happened there.
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/posts/street.md
    /// +++
    /// title = "A quiet street"
    /// draft = false
    ///
    /// Nothing happened there.
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: A quiet street
    /// ---
    ///
    /// Nothing happened there.
    /// ```
    ///
    /// A file that only begins with a thematic break has no front matter.
    ///
    /// ```markdown,good
    /// ---
    ///
    /// Nothing happened there.
    /// ```
    "front-matter-unclosed", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    let generator = context.generator();
    if envelope.close.is_some() {
        return reporter.rests_on(Reads::HEAD);
    }
    if !reads(generator, envelope.dialect) {
        return;
    }
    let effect = fate(generator, post.text(), envelope.block).effect();
    let (what, range) = match envelope.dialect {
        Dialect::Json => (
            part!("the object is never closed"),
            TextRange::new(envelope.block.start, envelope.block.start + 1),
        ),
        _ => (part!("nothing closes the front matter"), envelope.open),
    };
    let finding = reporter.report(range, say!("{what}; {generator} {effect}", what, generator, effect));
    // A cut through a text in quotes would make it worse.
    let is_sound = |fields| match envelope.dialect {
        Dialect::Yaml => has_fields(post.text(), fields),
        _ => post.front_matter.error.is_none(),
    };
    if let Some((_, edit)) = envelope.closing(&post.source).filter(|(fields, _)| is_sound(*fields)) {
        finding.fix(Fix::risky(
            say!("Close the front matter after its last field"),
            vec![edit],
        ));
    }
}

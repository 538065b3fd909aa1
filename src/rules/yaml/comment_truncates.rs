//! `yaml-comment-truncates`: a `#` that ends a value before its end.

use crate::diagnostic::Fix;
use crate::generator::keys;
use crate::generator::yaml::cut::{self, Cut};
use crate::post::{Dialect, notation};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};

rule! {
    /// A value that ends at a `#`.
    ///
    /// # Why
    ///
    /// A `#` after a blank begins a comment in YAML, wherever on the line it stands. What was meant as part of a title is
    /// never published, and no generator says a word. Quotes keep it.
    ///
    /// Comments are meant far more often than not, so this looks only at values that are prose or terms, and believes in a
    /// comment wherever one is likely: where other lines of the front matter have comments of the same kind, where two blanks
    /// or a tab stand before the `#`, and, but for titles, where nothing stands before it.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea notes #1
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: 'Tea notes #1'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: #tea, rain and hills
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '#tea, rain and hills'
    /// ---
    /// ```
    ///
    /// A blank after the `#` is how comments are written, so here the fix asks first:
    ///
    /// ```markdown,bad
    /// ---
    /// title: Playing C # on the flute
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: 'Playing C # on the flute'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - flush #2
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - 'flush #2'
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: C# for tea  # a working title
    /// description: # to be written
    /// date: 2024-05-01 # the day of the harvest
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// # What readers see
    /// title: Tea # at most 60 characters
    /// ---
    /// ```
    "yaml-comment-truncates", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if super::is_template(post) {
        return;
    }
    for Cut {
        name,
        value,
        whole,
        is_sure,
    } in cut::find(post)
    {
        let text = post.source.slice(whole);
        let kept = post.source.slice(value);
        let effect = if kept.is_empty() {
            say!("so `{name}` is empty", name)
        } else {
            say!("so only `{kept}` is read of `{name}`", kept, name)
        };
        let generator = context.generator();
        let finding = reporter.report(
            whole,
            say!(
                "` #` begins a comment, {effect}; {generator} never sees the rest",
                effect,
                generator
            ),
        );
        let edit = Edit::replace(whole, notation::quoted(Dialect::Yaml, text));
        let (title, edits) = (part!("Quote the value"), vec![edit]);
        let fix = if is_sure {
            Fix::safe(title, edits)
        } else {
            Fix::risky(title, edits)
        };
        // In quotes several tags would be one.
        if !(kept.is_empty() && keys::are_terms(name)) {
            finding.fix(fix);
        }
    }
}

//! `field-type`: a value that the generator takes for something else.

use crate::diagnostic::Fix;
use crate::generator::misread::{self, Mend};
use crate::post::{Entry, notation};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// A value that the generator takes for something else.
    ///
    /// # Why
    ///
    /// * Hexo knows only `true` and `false`: `published: no` and `comments: off` are texts, and a text counts as *true*,
    ///   so the post is published, with comments. (In Jekyll `no` works and `"false"` does not.)
    /// * Hexo drops a post whose `permalink` is a number, a date or a list, and one whose `excerpt`, `more`, `content` or
    ///   `id` is there but empty; the build still succeeds.
    /// * A `title` that looks like a date, a number, a list or a map is printed as JavaScript prints it.
    /// * Hugo reads `published` as a date, so `published: true` stops the build.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// published: no
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// published: false
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: 1.10 # the release
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '1.10' # the release
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// permalink: 20220101
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// permalink: '20220101'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// excerpt:
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/posts/tea.md
    /// ---
    /// title: Tea
    /// published: false
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// draft: true
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: 42
    /// ---
    /// ```
    "field-type", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let front_matter = &context.post.front_matter;
    if front_matter.error.is_some() {
        return;
    }
    for entry in front_matter.entries() {
        let Some(misread) = misread::misread(context.generator(), entry) else {
            continue;
        };
        // `{{ title }}` is a template that nobody filled in: `yaml-template-value` speaks of it.
        if written(context, entry).starts_with("{{") {
            continue;
        }
        let value = entry.value.range;
        let range = if value.is_empty() { entry.range } else { value };
        let finding = reporter.report(range, misread.message).at_most(misread.severity);
        if let Some(fix) = fix(context, entry, &misread.mend) {
            finding.fix(fix);
        }
    }
}

fn written<'a>(context: &Context<'a>, entry: &Entry) -> &'a str {
    context.post.text().get(entry.value.range.as_range()).unwrap_or("")
}

fn fix(context: &Context<'_>, entry: &Entry, mend: &Mend) -> Option<Fix> {
    let value = entry.value.range;
    let write = |text: &str| vec![Edit::replace(value, text)];
    match *mend {
        Mend::Quote => {
            let text = written(context, entry);
            let is_line = !text.is_empty() && !text.contains(['\n', '\r']);
            let dialect = context.post.envelope.as_ref().filter(|_| is_line)?.dialect;
            let quoted = write(&notation::quoted(dialect, text));
            Some(Fix::safe(say!("Quote the value"), quoted))
        }
        Mend::Write(text) => Some(Fix::safe(say!("Write `{text}`", text), write(text))),
        Mend::Suggest(text) => Some(Fix::risky(say!("Write `{text}`", text), write(text))),
        Mend::Remove => {
            let lines = notation::whole_lines(context.post.text(), entry.range)?;
            let title = say!("Remove the empty `{key}`", key = entry.name()?);
            Some(Fix::safe(title, vec![Edit::delete(lines)]))
        }
        Mend::Rename(key, text) => Some(Fix::risky(
            say!("Write `{key}: {text}`", key, text),
            vec![Edit::replace(entry.key.range, key), Edit::replace(value, text)],
        )),
    }
}

//! `field-permalink`: a permalink that gives the page no usable address.

use crate::diagnostic::Fix;
use crate::generator::{Generator, casts};
use crate::post::{address, notation};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{rule, say};

rule! {
    /// A permalink that gives the page no usable address.
    ///
    /// # Why
    ///
    /// Hexo writes the page to exactly the path in `permalink`. `permalink: tea` is a file `tea` without an extension, which
    /// most servers offer as a download; a path must end in `/` (Hexo then writes `tea/index.html`) or in `.html`. A whole
    /// address becomes a directory named `http:`, and placeholders such as `:year` are filled in only in `_config.yml`.
    /// With `post_asset_folder` Hexo adds the slash itself.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// permalink: kitchen/tea
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// permalink: kitchen/tea/
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// permalink: https://tea.example/kitchen/
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// permalink: /kitchen/
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// permalink: kitchen/tea.html
    /// ---
    /// ```
    "field-permalink", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if context.generator() != Generator::Hexo || post.front_matter.error.is_some() {
        return;
    }
    let Some(entry) = post.front_matter.get("permalink") else {
        return;
    };
    let Some(scalar) = entry.value.scalar().filter(|scalar| casts::is_text_in_hexo(scalar)) else {
        return;
    };
    let path = scalar.text.as_str();
    let inner = notation::verbatim(&post.source, &entry.value);
    if path.is_empty() || path.contains("{{") {
        return;
    }
    if let Some(rest) = address::after_scheme(path).filter(|_| !path.starts_with("//")) {
        let at = rest.find('/').unwrap_or(rest.len());
        let finding = reporter.report(
            entry.value.range,
            say!("Hexo takes the whole of `{path}` for a path below your site", path),
        );
        if let Some(inner) = inner.filter(|_| rest[at..].len() > 1) {
            let host = TextRange::new(inner.start, inner.end - (rest.len() - at));
            finding.fix(Fix::risky(say!("Keep only the path"), vec![Edit::delete(host)]));
        }
        return;
    }
    if let Some(placeholder) = placeholder(path) {
        reporter.report(
            entry.value.range,
            say!(
                "Hexo fills in `{placeholder}` only in `_config.yml`; here it becomes part of the address",
                placeholder
            ),
        );
        return;
    }
    let adds_slash = context.site.and_then(|site| site.settings.post_asset_folder) == Some(true);
    if adds_slash || path.ends_with('/') || has_extension(path) {
        return;
    }
    let finding = reporter.report(
        entry.value.range,
        say!(
            "Hexo writes this page to a file `{path}` without an extension, which servers offer as a download",
            path
        ),
    );
    if let Some(inner) = inner {
        finding.fix(Fix::safe(
            say!("End the path with `/`"),
            vec![Edit::insert(inner.end, "/")],
        ));
    }
}

/// The first `:year`-like placeholder of Hexo's.
fn placeholder(path: &str) -> Option<&'static str> {
    const ALL: [&str; 12] = [
        ":year",
        ":month",
        ":i_month",
        ":day",
        ":i_day",
        ":hour",
        ":minute",
        ":second",
        ":title",
        ":name",
        ":category",
        ":hash",
    ];
    ALL.into_iter()
        .find(|placeholder| path.split('/').any(|segment| segment.starts_with(placeholder)))
}

fn has_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

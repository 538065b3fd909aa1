//! `image-lazy`: an image whose real address a script was to fill in.

use crate::diagnostic::{Fix, Severity};
use crate::post::html::Attribute;
use crate::post::{Post, lazy};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// An image whose real address a script was to fill in.
    ///
    /// # Why
    ///
    /// Pages that load images late put the address into `data-src`, `data-original` or the like and leave `src` empty, or
    /// give it a blank picture. Copied into a post without the page's script, the image stays blank for
    /// every reader and every feed.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-original="https://tea.example/rain.jpg" alt="Rain">
    /// ```
    ///
    /// ```markdown,fixed
    /// <img src="https://tea.example/rain.jpg" alt="Rain">
    /// ```
    ///
    /// ```markdown,bad
    /// <img data-src='/images/rain.jpg' width="300">
    /// ```
    ///
    /// ```markdown,fixed
    /// <img src='/images/rain.jpg' width="300">
    /// ```
    ///
    /// ```markdown,good
    /// <img src="/images/rain.jpg" data-original="https://tea.example/rain.jpg" loading="lazy">
    /// ```
    "image-lazy", Error, On, check, MARKUP
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if has_loader(post) {
        return;
    }
    for (_, element) in post.html.elements() {
        if &*element.name != "img" {
            continue;
        }
        let source = element.attributes.iter().find(|attribute| &*attribute.name == "src");
        if source.is_some_and(|source| !lazy::is_blank(source.value.as_deref().unwrap_or(""))) {
            continue;
        }
        let Some(real) = lazy::real(element) else { continue };
        let url = real.value.as_deref().unwrap_or("");
        let start = if source.is_some() {
            part!("the `src` is blank")
        } else {
            part!("there is no `src`")
        };
        // lazysizes and its kin are told by this class; a theme may bring the script.
        let severity = if element.has_class("lazyload") || element.has_class("lazy") {
            Severity::Warning
        } else {
            Severity::Error
        };
        let finding = reporter
            .report(
                element.open,
                say!(
                    "{start} and the picture is in `{real}`; without a script readers see nothing",
                    start,
                    real = real.name
                ),
            )
            .at_most(severity);
        if let Some(edits) = swap(post, source, real, url) {
            finding.fix(Fix::safe(say!("Move `{real}` to `src`", real = real.name), edits));
        }
    }
}

/// A script in the post itself that reads such attributes.
fn has_loader(post: &Post) -> bool {
    post.html.elements().any(|(_, element)| {
        &*element.name == "script" && element.attribute("src").is_some_and(|src| src.contains("lazy"))
    })
}

/// Puts the real address into `src` and takes its old attribute away.
fn swap(post: &Post, source: Option<&Attribute>, real: &Attribute, url: &str) -> Option<Vec<Edit>> {
    let written = post.text().get(real.value_range.as_range())?;
    let name = TextRange::new(real.range.start, real.range.start + real.name.len());
    let Some(source) = source else {
        return Some(vec![Edit::replace(name, "src")]);
    };
    // The old attribute goes with the blanks before it.
    let before = post.text().get(..real.range.start)?;
    let gap = before.len() - before.trim_end().len();
    let removed = Edit::delete(TextRange::new(real.range.start - gap, real.range.end));
    let value = source.value_range;
    let is_quoted = post
        .text()
        .get(..value.start)
        .is_some_and(|head| head.ends_with(['"', '\'']));
    let is_simple = !written.contains(['"', '\'', '<', '>']) && written.trim() == url.trim();
    if is_quoted && is_simple {
        return Some(vec![Edit::replace(value, written.trim()), removed]);
    }
    let has_both = url.contains('"');
    (!has_both).then(|| {
        vec![
            Edit::replace(source.range, format!("src=\"{}\"", written.trim())),
            removed,
        ]
    })
}

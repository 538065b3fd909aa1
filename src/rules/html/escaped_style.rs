//! `html-escaped-style`: character references where none are read.

use crate::diagnostic::Fix;
use crate::post::html::{HtmlKind, entity};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{rule, say};
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// Character references in a style sheet or script.
    ///
    /// # Why
    ///
    /// Inside `<style>` and `<script>` browsers take `&#123;` as it is written: it is no brace there. A tool that escapes the
    /// braces of a copied page, to save them from a template engine, breaks its style sheets and scripts: browsers skip every
    /// rule of them. In a style sheet `&gt;` is reported as well; in a script other references may be meant, inside a text.
    ///
    /// The fix undoes the references. It is not offered where two braces would meet that Hexo or Jekyll take for a
    /// template.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <style>
    /// .note &gt; p &#123; color: green; &#125;
    /// </style>
    /// ```
    ///
    /// ```markdown,fixed
    /// <style>
    /// .note > p { color: green; }
    /// </style>
    /// ```
    ///
    /// ```markdown,good
    /// <style>.note > p { color: green; }</style>
    /// <script>show("a &lt; b")</script>
    ///
    /// Braces are written as &#123; and &#125;.
    /// ```
    "html-escaped-style", Warning, On, check, MARKUP
}

static BRACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)&(#0*12[35]|#x0*7[bd]|lcub|rcub|lbrace|rbrace);").expect("a constant pattern"));

static ANY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)&(#0*12[35]|#x0*7[bd]|lcub|rcub|lbrace|rbrace|gt|lt|amp|quot|apos|#0*39|#0*34);")
        .expect("a constant pattern")
});

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    for (id, element) in post.html.elements() {
        let is_style = &*element.name == "style";
        if !is_style && &*element.name != "script" || post.html.in_code(id) {
            continue;
        }
        let texts: Vec<TextRange> = post
            .html
            .children(id)
            .map(|child| post.html.node(child))
            .filter(|node| matches!(node.kind, HtmlKind::Text))
            .map(|node| node.range)
            .collect();
        let broken = |text: &str| BRACE.is_match(text) || is_style && text.contains("&gt;");
        let Some(first) = texts.iter().copied().find(|&text| broken(post.source.slice(text))) else {
            continue;
        };
        let references: Vec<(TextRange, String)> = texts
            .iter()
            .flat_map(|&text| references(post.source.slice(text), text.start))
            .collect();
        let Some((place, _)) = references.iter().find(|(place, _)| place.start >= first.start) else {
            continue;
        };
        let message = say!(
            "`{sign}` is not read as a sign inside `<{name}>`: browsers skip what it stands in",
            sign = post.source.slice(*place),
            name = element.name
        );
        let finding = reporter.report(*place, message);
        let edits: Vec<Edit> = references
            .iter()
            .map(|(place, sign)| Edit::replace(*place, sign.as_str()))
            .collect();
        if !texts.iter().any(|&text| becomes_template(post.source.slice(text))) {
            finding.fix(Fix::risky(say!("Write the signs themselves"), edits));
        }
    }
}

/// The references in `text`, which begins at `base`, and the signs that they stand for.
fn references(text: &str, base: usize) -> impl Iterator<Item = (TextRange, String)> {
    ANY.find_iter(text).map(move |found| {
        let sign = match found.as_str().to_ascii_lowercase().as_str() {
            "&lcub;" | "&lbrace;" => "{".to_owned(),
            "&rcub;" | "&rbrace;" => "}".to_owned(),
            reference => entity::decode(reference).into_owned(),
        };
        (TextRange::new(base + found.start(), base + found.end()), sign)
    })
}

/// Whether `text` with its references undone holds what opens a template construct.
fn becomes_template(text: &str) -> bool {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (place, sign) in references(text, 0) {
        out.push_str(&text[at..place.start]);
        out.push_str(&sign);
        at = place.end;
    }
    out.push_str(&text[at..]);
    ["{{", "{%", "{#"].iter().any(|open| out.contains(open))
}

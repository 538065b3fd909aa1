//! `taxonomy-not-text`: a term that is no text.

use crate::diagnostic::Fix;
use crate::generator::{term_fault, terms};
use crate::post::Value;
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// A tag or category that is no text.
    ///
    /// # Why
    ///
    /// Hexo prints what it finds: a map becomes the tag `[object Object]`, `1.0` becomes `1`, a date its long English form,
    /// and a list inside `tags` one tag with commas. One list or map among Hugo's terms loses *all* of them. Quotes make
    /// any of them a text.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - 'tea'
    ///   - brewing: green
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - 'tea'
    ///   - 'brewing: green'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags: [tea, 1.0]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags: [tea, '1.0']
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags: [[tea, rain]]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags: [tea, rain]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// tags: [tea, 2024, C#]
    /// categories: [[Kitchen, Tea]]
    /// ---
    /// ```
    "taxonomy-not-text", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    for (taxonomy, entry) in terms::entries(post) {
        let items = match terms::items(&entry.value) {
            [] => std::slice::from_ref(&entry.value),
            items => items,
        };
        for item in items {
            // An empty list is no term, and `{{ tag }}` a template that nobody filled in.
            let is_empty = std::ptr::eq(item, &entry.value) && matches!(item.value, Value::List(_));
            if is_empty || post.source.slice(item.range).starts_with("{{") {
                continue;
            }
            for fault in term_fault::faults(context.generator(), taxonomy, item) {
                let finding = reporter.report(fault.node.range, fault.message).at_most(fault.severity);
                if fault.is_list {
                    if let Some(edits) = terms::unbracketed(post, fault.node) {
                        finding.fix(Fix::risky(say!("Take the inner brackets away"), edits));
                    }
                } else if let Some(edit) = terms::quoted(post, fault.node) {
                    finding.fix(Fix::safe(say!("Quote it"), vec![edit]));
                }
            }
        }
    }
}

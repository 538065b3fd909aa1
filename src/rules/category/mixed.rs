//! `category-mixed`: a name before a list of names.

use crate::diagnostic::Fix;
use crate::generator::{Generator, Taxonomy, terms};
use crate::post::{Node, Value};
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// Categories that start with plain names and go on with lists.
    ///
    /// # Why
    ///
    /// As soon as one item of `categories` is a list, Hexo takes *every* item for a path of its own. In `[A, [B, C]]` `A` is no
    /// longer the parent of anything, and two names before a list, `[A, B, [C]]`, which alone were a chain `A › B`, are two
    /// categories. Lists first and single names after them, as in Hexo's own documentation, read as they are
    /// written and are never reported.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories:
    ///   - Kitchen
    ///   - [Tea, Green tea]
    /// ---
    /// ```
    ///
    /// The fix writes down what Hexo does now:
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories:
    ///   - [Kitchen]
    ///   - [Tea, Green tea]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// categories:
    ///   - [Kitchen, Tea]
    ///   - [Kitchen, Green tea]
    ///   - Rain
    /// ---
    /// ```
    "category-mixed", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    if context.generator() != Generator::Hexo {
        return;
    }
    let post = context.post;
    for (taxonomy, entry) in terms::entries(post) {
        let items = terms::items(&entry.value);
        let Some(list) = items.iter().position(is_list) else {
            continue;
        };
        let plain: Vec<&Node> = items[..list].iter().filter(|item| terms::is_term(item)).collect();
        let Some(first) = plain.first().filter(|_| taxonomy == Taxonomy::Category) else {
            continue;
        };
        let name = first.text().unwrap_or("");
        let finding = reporter.report(
            entry.value.range,
            say!(
                "lists and plain names are mixed, so Hexo makes `{name}` a category of its own and a parent of nothing",
                name
            ),
        );
        let edits: Option<Vec<_>> = plain.iter().map(|item| terms::bracketed(post, item)).collect();
        if let Some(edits) = edits {
            finding.fix(Fix::risky(
                say!("Write every category as a list"),
                edits.into_iter().flatten().collect(),
            ));
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(&node.value, Value::List(items) if !items.is_empty())
}

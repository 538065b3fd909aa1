//! `taxonomy-duplicate`: the same term twice.

use crate::diagnostic::Fix;
use crate::generator::{Generator, Taxonomy, terms};
use crate::post::{Node, notation};
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};
use std::collections::HashMap;

rule! {
    /// The same tag or category twice.
    ///
    /// # Why
    ///
    /// In a flat list of categories Hexo makes the second one a child of the first: `[tea, tea]` is `tea › tea`. Tags that come
    /// twice are counted once, so the second is only noise.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - tea
    ///   - rain
    ///   - tea
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - tea
    ///   - rain
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories: [tea, tea]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories: [tea]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// tags: [Tea, tea]
    /// ---
    /// ```
    "taxonomy-duplicate", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for (taxonomy, entry) in terms::entries(context.post) {
        let items = terms::items(&entry.value);
        let is_chain = context.generator() == Generator::Hexo
            && taxonomy == Taxonomy::Category
            && items.iter().all(|item| item.scalar().is_some());
        let mut seen: HashMap<&str, TextRange> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            let Some(text) = item.text().filter(|_| terms::is_term(item)) else {
                continue;
            };
            let Some(&first) = seen.get(text) else {
                seen.insert(text, item.range);
                continue;
            };
            let message = if is_chain {
                say!(
                    "`{text}` comes twice; in a flat list Hexo makes the second a child of the first",
                    text
                )
            } else {
                say!("`{text}` comes twice; once is enough", text)
            };
            let finding = reporter
                .report(item.range, message)
                .related(first, part!("the first one"));
            if let Some(edit) = removal(context, &entry.value, items, at) {
                finding.fix(Fix::safe(say!("Remove the second `{text}`", text), vec![edit]));
            }
        }
    }
}

/// Takes out the item at `at` (never the first) with its comma or its line.
fn removal(context: &Context<'_>, list: &Node, items: &[Node], at: usize) -> Option<Edit> {
    let text = context.post.text();
    let item = items.get(at)?;
    let before = items.get(at.checked_sub(1)?)?;
    if notation::is_flow(&context.post.source, list) {
        let gap = TextRange::new(before.range.end, item.range.start);
        let between = text.get(gap.as_range())?;
        let is_comma = between.trim_matches(|character: char| character.is_whitespace()) == ",";
        return is_comma.then(|| Edit::delete(gap.hull(item.range)));
    }
    let start = text.get(..item.range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let head = text.get(start..item.range.start)?;
    let tail = text.get(item.range.end..)?;
    let line = tail.find('\n').map_or(tail.len(), |at| at + 1);
    // Another item, a comment or quotes on the line: somebody else's to judge.
    (head.trim() == "-" && tail.get(..line)?.trim().is_empty())
        .then(|| Edit::delete(TextRange::new(start, item.range.end + line)))
}

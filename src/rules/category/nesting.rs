//! `category-nesting`: a flat list of categories that Hexo turns into a chain.

use crate::diagnostic::Fix;
use crate::generator::{Generator, Taxonomy, terms};
use crate::rule::{Context, Reporter};
use crate::{rule, say};
use std::collections::HashSet;

rule! {
    /// A flat list of categories that Hexo turns into a chain.
    ///
    /// # Why
    ///
    /// In Hexo `categories: [A, B, C]` is *one* category, `C` inside `B` inside `A`: the post is filed under `A › B › C`, and
    /// `/categories/B/` does not exist. Exports from WordPress and from feeds mean three categories and lose them this way.
    /// A list for each says so: `[[A], [B], [C]]`. Where the chain is meant, write it as `[[A, B, C]]`, which
    /// says the same to Hexo and is never reported. A chain that three posts of the site use, and that nearly all posts with
    /// those categories use, is taken for meant as well; `chain-share` in `postlint.toml` says how many per cent "nearly all" are
    /// (80).
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories:
    ///   - Kitchen # the room
    ///   - 'Rainy days'
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories:
    ///   - [Kitchen] # the room
    ///   - ['Rainy days']
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// categories: [Kitchen, Garden]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// categories: [[Kitchen], [Garden]]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// categories:
    ///   - [Kitchen, Tea]
    ///   - [Garden]
    /// ---
    /// ```
    ///
    /// Jekyll and Hugo know no chains:
    ///
    /// ```markdown,good generator=jekyll file=_posts/2024-05-01-tea.md
    /// ---
    /// title: Tea
    /// categories: [Kitchen, Garden]
    /// ---
    /// ```
    "category-nesting", Warning, On, check, HEAD | SITE
}

/// Per cent of the posts with a category that must file it under the same chain.
const CHAIN_SHARE: usize = 80;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    if context.generator() != Generator::Hexo {
        return;
    }
    let post = context.post;
    for (taxonomy, entry) in terms::entries(post) {
        let items = terms::items(&entry.value);
        if taxonomy != Taxonomy::Category || items.iter().any(|item| item.scalar().is_none()) {
            continue;
        }
        let meant: Vec<_> = items.iter().filter(|item| terms::is_term(item)).collect();
        let names: Vec<&str> = meant.iter().filter_map(|item| item.text()).collect();
        // One name twice is a slip of its own (`taxonomy-duplicate`).
        if names.iter().collect::<HashSet<_>>().len() < 2 {
            continue;
        }
        let is_meant = context.among_posts().is_some_and(|(site, _)| {
            let chain: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let share = context.config.chain_share.unwrap_or(CHAIN_SHARE);
            site.posts.is_chain(&chain, share)
        });
        if is_meant {
            continue;
        }
        let chain = names.join(" › ");
        let last = names.last().copied().unwrap_or("");
        let before = names.get(names.len() - 2).copied().unwrap_or("");
        let finding = reporter.report(
            entry.value.range,
            say!("Hexo files this post under one chain, `{chain}`: `{last}` becomes a child of `{before}`, not a category of its own", chain, last, before),
        );
        let edits: Option<Vec<_>> = meant.iter().map(|item| terms::bracketed(post, item)).collect();
        if let Some(edits) = edits {
            finding.fix(Fix::risky(
                say!("Make them {count} categories side by side", count = names.len()),
                edits.into_iter().flatten().collect(),
            ));
        }
    }
}

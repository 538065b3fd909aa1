//! `post-duplicate`: the same text is in another post.

use crate::rule::{Context, Reads, Reporter};
use crate::rules::others::{MOST_TOLD, and_more};
use crate::site::PostFacts;
use crate::{part, rule, say};

rule! {
    /// The same text is in another post.
    ///
    /// # Why
    ///
    /// A post that was imported twice, or copied to begin the next one, is twice in the archive, in the feed and in search
    /// engines. White space does not count. Nearly the same is a text of which nine lines in ten stand in the other as well; short posts are never
    /// compared.
    ///
    /// # Examples
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// title: Rain
    /// ---
    ///
    /// The rain began on Monday and did not end before the week did. We sat in the kitchen and read old newspapers aloud. Nobody
    /// went to the canal, nobody looked after the boat, and when the sun came back the boat had gone down the river by itself, with
    /// all our apples in it.
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Rain again
    /// ---
    ///
    /// The rain began on Monday and did not end before the week did. We sat in the kitchen and read old newspapers aloud. Nobody
    /// went to the canal, nobody looked after the boat, and when the sun came back the boat had gone down the river by itself, with
    /// all our apples in it.
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// title: Rain
    /// ---
    ///
    /// The rain began on Monday.
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Rain again
    /// ---
    ///
    /// The rain began on Monday.
    /// ```
    "post-duplicate", Warning, On, check
}

/// Per cent of the lines that two posts must share to be nearly the same.
const SHARE: usize = 90;
/// Other posts that are named.
const NAMED: usize = 3;
/// Posts with the same text that are looked at, drafts among them.
const MOST_LOOKED_AT: usize = 1_000;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    if context.among_posts().is_none() {
        return reporter.rests_on(Reads::SITE);
    }
    let Some((site, facts)) = context.among_posts().filter(|(_, facts)| !is_draft(facts)) else {
        return;
    };
    let same = site.posts.same_body(facts).take(MOST_LOOKED_AT);
    let same: Vec<_> = same.filter(|other| !is_draft(other)).take(MOST_TOLD + 1).collect();
    let (others, word) = match same.is_empty() {
        false => (same, part!("the same")),
        true => {
            let mut near = site.posts.near_body(facts, SHARE);
            near.retain(|other| !is_draft(other));
            (near, part!("nearly the same"))
        }
    };
    let Some(first) = others.first() else { return };
    let more = and_more(others.len());
    let mut finding = reporter.report(
        facts.place,
        say!("the text is {word} as in `{path}`{more}", word, path = first.path, more),
    );
    for other in others.iter().take(NAMED) {
        finding = finding.related_in(&*other.path, other.place, part!("the other post"));
    }
}

/// A draft may well be the beginning of the post.
fn is_draft(facts: &PostFacts) -> bool {
    facts.path.split('/').any(|part| part == "_drafts")
}

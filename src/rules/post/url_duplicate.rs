//! `post-url-duplicate`: two posts, one address.

use crate::diagnostic::Severity;
use crate::rule::{Context, Reporter};
use crate::rules::others::{MOST_TOLD, and_more};
use crate::{part, rule, say};

rule! {
    /// Two posts have one address.
    ///
    /// # Why
    ///
    /// The generator writes both to the same file without a message, and one of the two is gone. Addresses that differ in case
    /// only are one file on the disks of Windows and macOS.
    ///
    /// # Examples
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// date: 2022-07-06
    /// permalink: harvest/
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 2023-01-01
    /// permalink: harvest/
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/2022/harvest.md
    /// ---
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,good file=source/_posts/2023/harvest.md
    /// ---
    /// title: Harvest
    /// date: 2023-07-06
    /// ---
    /// ```
    "post-url-duplicate", Error, On, check, HEAD | SITE
}

/// Other posts that are named.
const NAMED: usize = 3;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some((site, facts)) = context.among_posts() else {
        return;
    };
    let Some(url) = &facts.url else { return };
    let others: Vec<_> = site.posts.same_url(facts).take(MOST_TOLD + 1).collect();
    let Some(first) = others.first() else { return };
    let is_same = others.iter().any(|other| other.url.as_ref() == Some(url));
    let more = and_more(others.len());
    let message = if is_same {
        say!(
            "`{path}`{more} and this post have the same address, `{url}`; {generator} keeps only one of them",
            path = first.path,
            more,
            url,
            generator = context.generator()
        )
    } else {
        say!(
            "the address of this post, `{url}`, differs only in case from that of `{path}`{more}; on a disk that ignores case one of them is gone",
            url,
            path = first.path,
            more
        )
    };
    let mut finding = reporter.report(facts.place, message);
    for other in others.iter().take(NAMED) {
        finding = finding.related_in(&*other.path, other.place, part!("the other post"));
    }
    if !is_same {
        finding.at_most(Severity::Warning);
    }
}

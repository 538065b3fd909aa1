//! `taxonomy-case`: one term, written with other capitals elsewhere on the site.

use crate::diagnostic::Fix;
use crate::generator::{Generator, term_place};
use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::rival;
use crate::{part, say};

rule! {
    /// One term, written with other capitals elsewhere on the site.
    ///
    /// # Why
    ///
    /// For Hexo and Jekyll `Java` and `java` are two tags with two pages, and a reader of one misses the posts of the other. On a disk
    /// that ignores case, or with `filename_case`, one page overwrites the other. The form that fewer posts use is reported. Hugo
    /// takes both for one.
    ///
    /// # Examples
    ///
    /// These two posts are on the site as well:
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [Java]
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/second.md
    /// ---
    /// tags: [Java]
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Threads
    /// tags: [java, tea]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Threads
    /// tags: [Java, tea]
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [Java]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Threads
    /// tags: [Java, JavaScript]
    /// ---
    /// ```
    "taxonomy-case", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some((site, facts)) = context.among_posts().filter(|_| context.generator() != Generator::Hugo) else {
        return;
    };
    for (place, term) in rival::terms(context.post, context.generator(), facts) {
        let Some(best) = rival::stronger(&site.posts, term, site.posts.same_but_case(term)) else {
            continue;
        };
        let name = &term.name;
        let posts = rival::posts(best.posts, part!("writes"), part!("write"));
        let finding = reporter.report(
            place.node.range,
            say!(
                "{posts} `{best}`; for {generator} `{name}` is another {taxonomy}",
                posts,
                best = best.name,
                generator = context.generator(),
                name,
                taxonomy = term.taxonomy.said()
            ),
        );
        let finding = rival::pointed(finding, &site.posts, &best);
        if let Some(edit) = term_place::renamed(context.post, place.node, best.name) {
            finding.fix(Fix::risky(say!("Write `{best}`", best = best.name), vec![edit]));
        }
    }
}

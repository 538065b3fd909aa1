//! Whether the other posts of a site matter for what is said of one.

use super::rival;
use crate::generator::Generator;
use crate::site::{PostFacts, Site};

/// Per cent of the lines that two posts must share to be nearly the same.
pub const SHARE: usize = 90;

/// Whether a rule may say something of the post behind `facts` now that the posts of `site` are known that it did not say when
/// they were not: it shares its page, its text, or a term that others write another way, has no date, or is a part of another
/// page. Yes where it cannot be told. A rule that compares posts and is not asked here is not heard in a run over a whole site.
pub fn matter(site: &Site, generator: Generator, facts: &PostFacts) -> bool {
    let index = &site.posts;
    let by_term = || {
        facts.terms.iter().any(|term| {
            term.slug.as_ref().is_some_and(String::is_empty)
                || index.same_but_case(term).next().is_some()
                || index.same_slug(term).next().is_some()
                || index.nearly_same(term).next().is_some()
                || rival::slip(index, term).is_some()
        })
    };
    (facts.date.is_none() && generator == Generator::Hugo)
        || index.same_url(facts).next().is_some()
        || index.same_body(facts).next().is_some()
        || !index.near_body(facts, SHARE).is_empty()
        || by_term()
        || (generator == Generator::Hugo && site.is_bundled(&facts.path))
}

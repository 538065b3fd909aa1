//! Terms of a post and the other names that a site has for them.

use crate::generator::Generator;
use crate::generator::term_place::{self, TermPlace};
use crate::message::{Message, Part};
use crate::post::Post;
use crate::rule::Finding;
use crate::say;
use crate::site::{Index, PostFacts, Rival, Term};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Every term of the post that the generator registers, with the place that names it first.
pub fn terms<'a>(post: &'a Post, generator: Generator, facts: &'a PostFacts) -> Vec<(TermPlace<'a>, &'a Term)> {
    let mut seen = BTreeSet::new();
    term_place::places(post, generator)
        .into_iter()
        .filter_map(|place| {
            let (name, parents) = place.path.split_last()?;
            let term = facts
                .terms
                .iter()
                .map(Arc::as_ref)
                .find(|term| term.taxonomy == place.taxonomy && term.name == *name && term.parents == parents)?;
            seen.insert(term).then_some((place, term))
        })
        .collect()
}

/// The rival that most posts use, when they are more than use `term`; of two that are used alike the first by name wins.
pub fn stronger<'a>(index: &Index, term: &Term, rivals: impl Iterator<Item = Rival<'a>>) -> Option<Rival<'a>> {
    let own = index.uses(term).max(1);
    let best = rivals.max_by(|a, b| (a.posts, b.name).cmp(&(b.posts, a.name)))?;
    (best.posts > own || (best.posts == own && best.name < term.name.as_str())).then_some(best)
}

/// `1 post of the site uses`, `7 posts of the site use`.
pub fn posts(count: usize, one: Part, many: Part) -> Message {
    match count {
        1 => say!("1 post of the site {does}", does = one),
        _ => say!("{count} posts of the site {does}", count, does = many),
    }
}

/// The finding with a pointer to a post that uses the rival.
pub fn pointed<'a>(finding: Finding<'a>, index: &Index, rival: &Rival<'_>) -> Finding<'a> {
    match index.get(rival.example) {
        Some(other) => finding.related_in(
            &*other.path,
            other.place,
            say!("a post that uses `{rival}`", rival = rival.name),
        ),
        None => finding,
    }
}

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

/// A name must be used by so many posts before one next to it counts as a slip.
const FEWEST: usize = 3;
/// Shorter names are too easily next to each other; bytes.
const SHORTEST: usize = 7;

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

/// The name one letter away from one that nobody else uses.
pub fn slip<'a>(index: &'a Index, term: &'a Term) -> Option<Rival<'a>> {
    let name = term.name.as_str();
    if name.len() < SHORTEST || !name.is_ascii() || index.uses(term) > 1 {
        return None;
    }
    let lower = name.to_lowercase();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // The first letter is seldom mistyped; two words that differ there are two words.
    index
        .same_start(term)
        .filter(|rival| rival.posts >= FEWEST && rival.name.len().abs_diff(name.len()) <= 1)
        .filter(|rival| rival.name.is_ascii() && digits(rival.name) == digits(name))
        .find(|rival| {
            let other = rival.name.to_lowercase();
            other != lower && strsim::damerau_levenshtein(&other, &lower) == 1
        })
}

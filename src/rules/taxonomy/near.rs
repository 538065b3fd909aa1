//! `taxonomy-near`: a term that is nearly the same as one that other posts use.

use crate::diagnostic::Fix;
use crate::generator::term_place;
use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::rival;
use crate::site::{Index, Rival, Term};
use crate::{part, say};

rule! {
    /// A term that is nearly the same as one that other posts use.
    ///
    /// # Why
    ///
    /// `Vue 3` and `Vue3`, `plant` and `plants`, full-width letters, a slip of the finger: each is a page of its own, and readers of one
    /// miss the posts of the other. A difference in spaces, hyphens, width or a plural `s` is reported for the form that fewer
    /// posts use; a slip of one letter only for a name that no other post uses, when several use the one next to it.
    ///
    /// # Examples
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [Vue3]
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/second.md
    /// ---
    /// tags: [Vue3]
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Slots
    /// tags:
    ///   - "Vue 3"
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Slots
    /// tags:
    ///   - "Vue3"
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [Vue3, python2]
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Slots
    /// tags: [Vue, python3]
    /// ---
    /// ```
    "taxonomy-near", Info, On, check, HEAD | SITE
}

/// A name must be used by so many posts before one next to it counts as a slip.
const FEWEST: usize = 3;
/// Shorter names are too easily next to each other; bytes.
const SHORTEST: usize = 7;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some((site, facts)) = context.among_posts() else {
        return;
    };
    for (place, term) in rival::terms(context.post, context.generator(), facts) {
        let is_other = |rival: &Rival<'_>| rival.name.to_lowercase() != term.name.to_lowercase();
        let near = site.posts.nearly_same(term).filter(is_other);
        let Some(best) = rival::stronger(&site.posts, term, near).or_else(|| slip(&site.posts, term)) else {
            continue;
        };
        let finding = reporter.report(
            place.node.range,
            say!(
                "`{term}` is nearly the {taxonomy} `{best}` that {used}",
                term = term.name,
                taxonomy = term.taxonomy.said(),
                best = best.name,
                used = rival::posts(best.posts, part!("uses"), part!("use"))
            ),
        );
        let finding = rival::pointed(finding, &site.posts, &best);
        if let Some(edit) = term_place::renamed(context.post, place.node, best.name) {
            finding.fix(Fix::risky(say!("Write `{best}`", best = best.name), vec![edit]));
        }
    }
}

/// The name one letter away from one that nobody else uses.
fn slip<'a>(index: &'a Index, term: &'a Term) -> Option<Rival<'a>> {
    let name = term.name.as_str();
    if name.len() < SHORTEST || !name.is_ascii() || index.uses(term) > 1 {
        return None;
    }
    let lower = name.to_lowercase();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // The first letter is seldom mistyped; two words that differ there are two words.
    index
        .same_start(term, |other| other.len().abs_diff(name.len()) <= 1 && other.is_ascii())
        .filter(|rival| rival.posts >= FEWEST && digits(rival.name) == digits(name))
        .find(|rival| {
            let other = rival.name.to_lowercase();
            other != lower && strsim::damerau_levenshtein(&other, &lower) == 1
        })
}

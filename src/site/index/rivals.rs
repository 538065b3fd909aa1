//! Names of terms that are alike.

use super::trace::note;
use super::{Alike, Index, Question, key};
use crate::site::facts::Term;
use crate::site::plain::{plain_form, start};
use std::sync::Arc;

/// A name of a term and how many posts use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rival<'a> {
    /// The other name.
    pub name: &'a str,
    /// How many posts use it.
    pub posts: usize,
    /// The first of them, by path.
    pub example: &'a str,
}

/// How many names that are alike are looked at. A writer has two or three; where there are thousands, each of which has thousands of
/// others, all of them would take the square of their number.
const MOST_RIVALS: usize = 256;
/// The same of names that only begin alike, and are as many as a site has.
const MOST_NAMES: usize = 4_096;

impl Index {
    /// The other names of the taxonomy of `term` under its parents that begin with the same letter, case ignored, and that `fit`;
    /// by name. Of very many only the first are looked at.
    pub fn same_start<'a>(&'a self, term: &'a Term, fit: impl Fn(&str) -> bool) -> impl Iterator<Item = Rival<'a>> {
        let group = self.group(key(term, Alike::Start, &start(&term.name)), term);
        let near = group.take(MOST_NAMES).filter(move |other| fit(&other.name));
        near.filter_map(|other| self.rival(other))
    }

    /// The other names that differ from that of `term` in case only.
    pub fn same_but_case<'a>(&'a self, term: &'a Term) -> impl Iterator<Item = Rival<'a>> {
        self.rivals(key(term, Alike::Case, &term.name.to_lowercase()), term)
    }

    /// The other names whose page is the page of `term`.
    pub fn same_slug<'a>(&'a self, term: &'a Term) -> impl Iterator<Item = Rival<'a>> {
        let group = term.slug.as_ref().map(|slug| key(term, Alike::Slug, slug));
        group.into_iter().flat_map(move |group| self.rivals(group, term))
    }

    /// The other names that differ from that of `term` in spaces, hyphens, width, case or a plural `s` only.
    pub fn nearly_same<'a>(&'a self, term: &'a Term) -> impl Iterator<Item = Rival<'a>> {
        self.rivals(key(term, Alike::Near, &plain_form(&term.name)), term)
    }

    /// Of very many only the first by name.
    fn rivals<'a>(&'a self, group: u64, term: &'a Term) -> impl Iterator<Item = Rival<'a>> {
        let group = self.group(group, term).take(MOST_RIVALS);
        group.filter_map(|other| self.rival(other))
    }

    fn group<'a>(&'a self, group: u64, term: &'a Term) -> impl Iterator<Item = &'a Arc<Term>> {
        note(|| Question::Group(group));
        let terms = self.groups.get(&group).into_iter().flatten();
        terms.filter(move |other| other.name != term.name)
    }

    fn rival(&self, term: &Term) -> Option<Rival<'_>> {
        let used = self.used(term)?;
        Some(Rival {
            name: &used.term.name,
            posts: used.paths.len(),
            example: used.paths.first()?,
        })
    }
}

//! Which name is meant by one that nobody has: made when the first such name is met, for all that follow.

use foldhash::fast::FixedState;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

/// Names by their pieces. Of three pieces two slips leave one as it was, so a look-up compares a name with few others, however
/// many there are. (Two letters that change places across the end of a piece spoil two: then a name may go unfound.)
#[derive(Debug, Default)]
pub(super) struct Near {
    by_piece: HashMap<u64, Vec<Arc<str>>>,
}

/// Letters that a name may be away from what was meant.
const FARTHEST: usize = 2;

/// Into how many pieces a name is cut.
const PIECES: usize = 3;

/// A piece that more names share leads nowhere, and which name is the nearest cannot be told.
const COMMON: usize = 64;

/// Letters of the longest name that is compared.
const LONGEST: usize = 200;

impl Near {
    /// A book of `names`.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a Arc<str>>) -> Self {
        let mut near = Self::default();
        for name in names {
            let letters: Vec<char> = name.chars().collect();
            if letters.len() > LONGEST {
                continue;
            }
            for (piece, start, end) in pieces(letters.len()) {
                let key = key(letters.len(), piece, letters.get(start..end).unwrap_or_default());
                near.add(key, name);
            }
            if let Some((_, last)) = name.rsplit_once('/') {
                near.add(last_key(last), name);
            }
        }
        near
    }

    fn add(&mut self, key: u64, name: &Arc<str>) {
        let names = self.by_piece.entry(key).or_default();
        // One more than may be looked at tells that there are too many.
        if names.len() <= COMMON {
            names.push(Arc::clone(name));
        }
    }

    /// The name that ends in `/name`, else the one that is at most two letters away and nearer than all others; `None` where
    /// there is none, or more than one.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        if let Some(names) = self.by_piece.get(&last_key(name)) {
            let mut below = names
                .iter()
                .filter(|known| known.rsplit_once('/').is_some_and(|(_, last)| last == name));
            if let Some(only) = below.next() {
                return below.next().is_none().then_some(&**only);
            }
        }
        let letters: Vec<char> = name.chars().collect();
        let mut known = BTreeSet::new();
        for length in letters.len().saturating_sub(FARTHEST).max(PIECES)..=(letters.len() + FARTHEST).min(LONGEST) {
            for (piece, start, end) in pieces(length) {
                for from in start.saturating_sub(FARTHEST)..=start + FARTHEST {
                    let Some(part) = letters.get(from..from + (end - start)) else {
                        continue;
                    };
                    let names = self
                        .by_piece
                        .get(&key(length, piece, part))
                        .map_or(&[][..], Vec::as_slice);
                    if names.len() > COMMON {
                        return None;
                    }
                    known.extend(names);
                }
            }
        }
        let near = known.into_iter().filter_map(|known| {
            let distance = strsim::damerau_levenshtein(name, known);
            (distance <= FARTHEST && distance * PIECES <= known.chars().count()).then_some((distance, &**known))
        });
        let near: BTreeSet<(usize, &str)> = near.collect();
        let mut near = near.into_iter();
        match (near.next()?, near.next()) {
            ((nearest, _), Some((next, _))) if nearest == next => None,
            ((_, name), _) => Some(name),
        }
    }
}

/// Number, start and end of each piece of a name of `length` letters.
fn pieces(length: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let at = move |piece: usize| piece * length / PIECES;
    let is_long = length >= PIECES;
    (0..PIECES)
        .filter(move |_| is_long)
        .map(move |piece| (piece, at(piece), at(piece + 1)))
}

fn key(length: usize, piece: usize, letters: &[char]) -> u64 {
    FixedState::default().hash_one((length, piece, letters))
}

fn last_key(last: &str) -> u64 {
    FixedState::default().hash_one(("/", last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(names: &[&str]) -> Near {
        let names: Vec<Arc<str>> = names.iter().map(|name| Arc::from(*name)).collect();
        Near::of(names.iter())
    }

    #[test]
    fn a_slip_of_two_letters_is_found() {
        let near = book(&["harvest", "tea-in-may", "采茶的日子", "notes/rain"]);
        for (slip, meant) in [
            ("harvset", Some("harvest")),
            ("arvest", Some("harvest")),
            ("haarvesst", Some("harvest")),
            ("tea_in_may", Some("tea-in-may")),
            ("采茶日子", Some("采茶的日子")),
            ("rain", Some("notes/rain")),
            ("snow", None),
            ("hvst", None),
            ("", None),
        ] {
            assert_eq!(near.nearest(slip), meant, "{slip}");
        }
    }

    #[test]
    fn of_two_that_are_as_near_none_is_named() {
        let near = book(&["post-1", "post-2", "a/rain", "b/rain"]);
        assert_eq!(near.nearest("post-3"), None);
        assert_eq!(near.nearest("rain"), None);
        assert_eq!(near.nearest("pots-1"), Some("post-1"));
    }

    #[test]
    fn what_a_look_through_all_finds_is_found() {
        // Every slip of one letter in every place of some names.
        let names = ["reading-list", "abcdef", "2022-07-06-harvest", "茶与水与火"];
        let near = book(&names);
        for name in names {
            let letters: Vec<char> = name.chars().collect();
            for at in 0..letters.len() {
                let (head, tail) = letters.split_at(at);
                let text = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
                for slip in [
                    text([head, &[], &tail[1..]]),
                    text([head, &['~'], tail]),
                    text([head, &['~'], &tail[1..]]),
                ] {
                    assert_eq!(near.nearest(&slip), Some(name), "{slip}");
                }
            }
        }
    }
}

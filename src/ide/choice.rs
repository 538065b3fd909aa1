//! Which of very many proposals are told.

use std::cmp::Ordering;

use memchr::memmem;

use super::completion::{Completion, Proposal};

/// How many proposals are told at once.
pub const MOST: usize = 100;

/// Those of `all`, which come best first, that fit what was typed best, as many as are told at the most; `sought` says by which two
/// texts one is found, in lower case, the better first; `None` leaves one out. It may write them in what it is given, which is empty.
pub fn best<T>(
    all: impl Iterator<Item = T>,
    typed: &str,
    sought: impl for<'a> Fn(&'a T, &'a mut String) -> Option<[&'a str; 2]>,
) -> Vec<T> {
    let wanted = Wanted::new(typed);
    let mut text = String::new();
    let mut fitting: Vec<(Fit, T)> = Vec::new();
    // How many fit in each way: of one way no more than the first `MOST` can be told.
    let (mut beginnings, mut whole, mut scattered) = (0, 0, 0);
    for one in all {
        text.clear();
        let Some(texts) = sought(&one, &mut text) else { continue };
        let Some(fit) = wanted.fit(texts, whole < MOST && scattered < MOST) else {
            continue;
        };
        beginnings += usize::from(fit == Fit::Begins);
        whole += usize::from(fit != Fit::Scattered);
        scattered += usize::from(fit == Fit::Scattered);
        fitting.push((fit, one));
        if beginnings == MOST {
            break;
        }
    }
    fitting.sort_by_key(|(fit, _)| *fit);
    fitting.truncate(MOST);
    fitting.into_iter().map(|(_, one)| one).collect()
}

/// `all` as proposals, when they are too many those that fit what was typed best. `order` says which of two is the better, `sought`
/// by which text one is found, in lower case, and `written` makes it a proposal: only of those that are told, because to write down
/// all of a large site would take longer than a key may.
pub fn chosen<T>(
    all: Vec<T>,
    typed: &str,
    order: impl Fn(&T, &T) -> Ordering,
    sought: impl Fn(&T, &mut String),
    written: impl Fn(T) -> Proposal,
) -> Completion {
    let is_complete = all.len() <= MOST;
    let is_any = is_complete || typed.is_empty();
    let wanted = Wanted::new(typed);
    let mut text = String::new();
    let mut whole = 0;
    let mut told: Vec<(Fit, T)> = Vec::with_capacity(MOST + 1);
    for one in all {
        let fit = match is_any {
            true => Some(Fit::Begins),
            false => {
                text.clear();
                sought(&one, &mut text);
                wanted.fit([&text, ""], whole < MOST)
            }
        };
        let Some(fit) = fit else { continue };
        whole += usize::from(fit != Fit::Scattered);
        let is_better = |other: &(Fit, T)| other.0.cmp(&fit).then_with(|| order(&other.1, &one)).is_lt();
        // Most are not among the best of a long list, and to know that takes one look.
        if told.len() < MOST || !told.last().is_some_and(is_better) {
            let at = told.partition_point(is_better);
            told.insert(at, (fit, one));
            told.truncate(MOST);
        }
    }
    Completion {
        proposals: told.into_iter().map(|(_, one)| written(one)).collect(),
        is_complete,
    }
}

/// What was typed, in lower case.
struct Wanted {
    text: String,
    finder: memmem::Finder<'static>,
}

impl Wanted {
    fn new(typed: &str) -> Self {
        let mut text = String::new();
        push_lower(typed, &mut text);
        let finder = memmem::Finder::new(&text).into_owned();
        Self { text, finder }
    }

    /// How `texts` fit; letters apart from each other only where they count.
    fn fit(&self, texts: [&str; 2], scattered_count: bool) -> Option<Fit> {
        if texts[0].starts_with(&self.text) {
            Some(Fit::Begins)
        } else if texts.iter().any(|text| self.finder.find(text.as_bytes()).is_some()) {
            Some(Fit::Has)
        } else {
            (scattered_count && is_scattered(&self.text, texts)).then_some(Fit::Scattered)
        }
    }
}

/// Write `text` in lower case behind what stands in `out`.
pub fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
}

/// How a text fits what was typed; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Begins,
    Has,
    /// The letters come in this order, others between them: editors show that too.
    Scattered,
}

/// Whether the letters of `typed` stand in `texts` in their order.
fn is_scattered(typed: &str, texts: [&str; 2]) -> bool {
    let [mut rest, mut next] = texts.map(str::as_bytes);
    let mut letter = [0; 4];
    typed.chars().all(|wanted| {
        let wanted = wanted.encode_utf8(&mut letter).as_bytes();
        let find = |text: &[u8]| match wanted {
            [byte] => memchr::memchr(*byte, text),
            _ => memmem::find(text, wanted),
        };
        let found = find(rest).or_else(|| {
            rest = std::mem::take(&mut next);
            find(rest)
        });
        rest = found.map_or(&[][..], |at| &rest[at + wanted.len()..]);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MOST, best, chosen, push_lower};
    use crate::ide::completion::{Docs, Proposal, ProposalKind};
    use crate::message::Message;
    use crate::text::TextRange;

    fn named(name: &str) -> Proposal {
        Proposal {
            label: name.to_owned(),
            insert: name.to_owned(),
            range: TextRange::new(0, 0),
            detail: Message::default(),
            docs: Docs::None,
            kind: ProposalKind::Value,
        }
    }

    proptest! {
        /// Those that are chosen of a heap are those that are best when all of it is sorted.
        #[test]
        fn what_is_chosen_is_the_best(
            mut names in prop::collection::btree_set("[a-cA直播]{1,6}", 0..3 * MOST).prop_map(|names| names.into_iter().collect::<Vec<_>>()),
            typed in "[a-c直播]{0,3}",
            by in any::<u64>(),
        ) {
            let weight = |name: &String| xxhash_rust::xxh3::xxh3_64_with_seed(name.as_bytes(), by) % 3;
            let order = |a: &String, b: &String| (weight(a), a).cmp(&(weight(b), b));
            let told = chosen(names.clone(), &typed, order, |name, out| push_lower(name, out), |name| named(&name));
            names.sort_by(order);
            prop_assert_eq!(told.is_complete, names.len() <= MOST);
            let expected = match told.is_complete {
                true => names,
                false => best(names.into_iter(), &typed, |name, out| {
                    push_lower(name, out);
                    Some([out, ""])
                }),
            };
            let labels: Vec<String> = told.proposals.into_iter().map(|one| one.label).collect();
            prop_assert_eq!(labels, expected);
        }
    }
}

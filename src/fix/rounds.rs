//! A recorded run of fixes, of which some may be left out: every round's edits count bytes of the text that the rounds before
//! made, so what is left out moves what comes later.

use super::collide;
use crate::text::{Edit, TextRange, apply};

/// One fix of a round: its edits, sorted and disjoint, and those of a round are disjoint among each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Bytes of the text that the rounds before made when none of their fixes is left out.
    pub edits: Vec<Edit>,
    /// Whether it is to be applied.
    pub keep: bool,
}

/// What is applied of a recorded run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The edits of each round, sorted and disjoint, in bytes of the text as it is then.
    pub rounds: Vec<Vec<Edit>>,
    /// For each round which of its fixes are applied.
    pub applied: Vec<Vec<bool>>,
}

/// Where the text with all fixes differs from the text with some: the range in the one and the range in the other. Outside of
/// these the two are the same.
#[derive(Clone, Copy, Debug)]
struct Hole {
    all: TextRange,
    some: TextRange,
}

/// The edits that are left when the fixes that are not kept are left out, with those of later rounds that touch what they would
/// have made.
pub fn keep(rounds: &[Vec<Step>]) -> Kept {
    let mut kept = Kept::default();
    let mut holes: Vec<Hole> = Vec::new();
    for steps in rounds {
        let touches = |edit: &Edit| holes.iter().any(|hole| collide(edit.range, hole.all));
        let applied: Vec<bool> = steps
            .iter()
            .map(|step| step.keep && !step.edits.iter().any(touches))
            .collect();
        let mut all: Vec<(&Edit, bool)> = steps
            .iter()
            .zip(&applied)
            .flat_map(|(step, applied)| step.edits.iter().map(move |edit| (edit, *applied)))
            .collect();
        all.sort();
        let edits = all.iter().filter(|(_, applied)| *applied);
        let edits = edits.map(|(edit, _)| Edit {
            range: moved(edit.range, &holes),
            text: edit.text.clone(),
        });
        let edits: Vec<Edit> = edits.collect();
        holes = after(&holes, &all, &edits);
        kept.rounds.push(edits);
        kept.applied.push(applied);
    }
    kept
}

/// `text` after `rounds`; `None` where they do not fit it.
pub fn replay(text: &str, rounds: &[Vec<Edit>]) -> Option<String> {
    let mut text = text.to_owned();
    for edits in rounds {
        fits(&text, edits).then_some(())?;
        text = apply(&text, edits);
    }
    Some(text)
}

/// The edits that take back those of a round, whose edits replaced `before`; in bytes of the text afterwards.
pub fn inverse(edits: &[Edit], before: &[&str]) -> Vec<Edit> {
    let mut back = Vec::with_capacity(edits.len());
    let (mut gone, mut come) = (0, 0);
    for (edit, before) in edits.iter().zip(before) {
        let start = (edit.range.start + come).saturating_sub(gone);
        back.push(Edit::replace(TextRange::new(start, start + edit.text.len()), *before));
        gone += edit.range.len();
        come += edit.text.len();
    }
    back
}

fn fits(text: &str, edits: &[Edit]) -> bool {
    let in_text = |edit: &Edit| text.get(edit.range.as_range()).is_some();
    edits.iter().all(in_text) && edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start)
}

/// Where `range` lies after changes of disjoint ranges to other lengths; none lies across its edges, and those inside and those
/// without a byte at its edges belong to it.
fn carried(range: TextRange, changes: impl Iterator<Item = (TextRange, usize)>) -> TextRange {
    let (mut gone, mut come) = (0, 0);
    let (mut gone_inside, mut come_inside) = (0, 0);
    for (change, length) in changes {
        if range.covers(change) {
            gone_inside += change.len();
            come_inside += length;
        } else if change.end <= range.start {
            gone += change.len();
            come += length;
        }
    }
    let start = (range.start + come).saturating_sub(gone);
    TextRange::new(start, start + (range.len() + come_inside).saturating_sub(gone_inside))
}

/// The holes after a round: the old ones and the edits that were not applied, in bytes of the texts that the round makes.
fn after(holes: &[Hole], all: &[(&Edit, bool)], edits: &[Edit]) -> Vec<Hole> {
    let old = holes.iter().map(|hole| hole.all);
    let skipped = all.iter().filter(|(_, applied)| !applied).map(|(edit, _)| edit.range);
    let mut ranges: Vec<TextRange> = old.chain(skipped).collect();
    ranges.sort();
    let mut joined: Vec<TextRange> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => *last = last.hull(range),
            _ => joined.push(range),
        }
    }
    joined
        .into_iter()
        .map(|range| Hole {
            all: carried(range, all.iter().map(|(edit, _)| (edit.range, edit.text.len()))),
            some: carried(
                moved(range, holes),
                edits.iter().map(|edit| (edit.range, edit.text.len())),
            ),
        })
        .collect()
}

/// A range of the text with all fixes, which no hole lies across, in the text with some.
fn moved(range: TextRange, holes: &[Hole]) -> TextRange {
    carried(range, holes.iter().map(|hole| (hole.all, hole.some.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text whose every byte is known by a number of its own.
    type Marked = Vec<usize>;

    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % limit
        }
    }

    fn marked(text: &Marked, edits: &[(TextRange, Marked)]) -> Marked {
        let (mut made, mut at) = (Vec::new(), 0);
        for (range, new) in edits {
            made.extend(&text[at..range.start]);
            made.extend(new);
            at = range.end;
        }
        made.extend(&text[at..]);
        made
    }

    /// Disjoint edits of a text of this length, one a fix.
    fn round(length: usize, random: &mut Random) -> Vec<Step> {
        let (mut steps, mut at) = (Vec::new(), random.below(3));
        while at < length {
            let end = (at + random.below(4)).min(length);
            let text = "x".repeat(random.below(4));
            if end > at || !text.is_empty() {
                let edits = vec![Edit::replace(TextRange::new(at, end), text)];
                steps.push(Step {
                    edits,
                    keep: random.below(4) > 0,
                });
            }
            at = end + 1 + random.below(6);
        }
        steps
    }

    #[test]
    fn what_is_left_of_a_run_touches_what_it_touched() {
        let mut random = Random(1);
        let mut applied_late = 0;
        for _ in 0..20_000 {
            let start: Marked = (0..random.below(30)).collect();
            let (mut all, mut fresh) = (start.clone(), 1000);
            let mut rounds = Vec::new();
            // What each edit takes away and what it brings, by round and step.
            let mut known: Vec<Vec<(Marked, Marked)>> = Vec::new();
            for _ in 0..=random.below(4) {
                let steps = round(all.len(), &mut random);
                let edits = steps.iter().map(|step| {
                    let edit = &step.edits[0];
                    fresh += 10;
                    (edit.range, (fresh..fresh + edit.text.len()).collect())
                });
                let edits: Vec<(TextRange, Marked)> = edits.collect();
                known.push(
                    edits
                        .iter()
                        .map(|(range, new)| (all[range.as_range()].to_vec(), new.clone()))
                        .collect(),
                );
                all = marked(&all, &edits);
                rounds.push(steps);
            }
            let kept = keep(&rounds);
            let mut some = start;
            for (number, edits) in kept.rounds.iter().enumerate() {
                let applied = kept.applied[number]
                    .iter()
                    .zip(&known[number])
                    .filter(|(applied, _)| **applied);
                let applied: Vec<&(Marked, Marked)> = applied.map(|(_, known)| known).collect();
                assert_eq!(applied.len(), edits.len());
                let texts = edits.iter().zip(&applied).map(|(edit, (gone, new))| {
                    assert_eq!(
                        &some[edit.range.as_range()],
                        &gone[..],
                        "another place, in round {number} of {rounds:?}"
                    );
                    (edit.range, new.clone())
                });
                let texts: Vec<(TextRange, Marked)> = texts.collect();
                some = marked(&some, &texts);
                applied_late += usize::from(number > 0) * edits.len();
            }
            if rounds.iter().flatten().all(|step| step.keep) {
                assert_eq!(some, all);
            }
            // Marks stand in the same order in both, so an insertion is between the right neighbours.
            let both: Vec<usize> = all.iter().filter(|mark| some.contains(mark)).copied().collect();
            let other: Vec<usize> = some.iter().filter(|mark| all.contains(mark)).copied().collect();
            assert_eq!(both, other, "{rounds:?}");
        }
        assert!(applied_late > 10_000);
    }

    #[test]
    fn a_round_is_taken_back() {
        let edits = [
            Edit::delete((0..2).into()),
            Edit::insert(3, "xyz"),
            Edit::replace((5..6).into(), "q"),
        ];
        let made = apply("abcdefg", &edits);
        assert_eq!(made, "cxyzdeqg");
        assert_eq!(apply(&made, &inverse(&edits, &["ab", "", "f"])), "abcdefg");
    }

    #[test]
    fn edits_that_do_not_fit_are_refused() {
        assert_eq!(replay("é", &[vec![Edit::delete((0..1).into())]]), None);
        assert_eq!(replay("a", &[vec![Edit::delete((0..2).into())]]), None);
        assert_eq!(
            replay("ab", &[vec![Edit::insert(1, "x")], vec![Edit::delete((0..3).into())]]),
            Some(String::new())
        );
    }
}

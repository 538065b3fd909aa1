//! Where slips are mended on trial.

use super::anatomy::Anatomy;
use super::chunk::{Block, is_content, trimmed};
use super::reader::{self, Loaded, Refusal};
use super::suspect::{self, Safety, Suspect};
use super::twice::{self, Twin};
use super::{Fault, Kind, chunk, words};
use crate::diagnostic::{Applicability, Fix};
use crate::generator::Generator;
use crate::post::front_matter::Entry;
use crate::post::split;
use crate::text::{Edit, TextRange};
use crate::{part, say};
use std::collections::HashSet;
use std::ops::Range;

/// Most faults told of one block; the writer looks again after mending these.
const MOST_FAULTS: usize = 16;

/// Most trials of one block.
const MOST_TRIALS: usize = 400;

/// How many fields a bracket or quote may run over.
const MOST_JOINED: usize = 6;

/// All faults of the YAML `block` of `text`, which `generator` refuses; empty when none can be told apart.
pub fn examine(generator: Generator, text: &str, block: TextRange) -> Vec<Fault> {
    let mut bench = Bench {
        generator,
        block: Block::new(text, block),
        range: block,
        edits: Vec::new(),
        faults: Vec::new(),
        is_explained: true,
        trials: 0,
    };
    let mut at = 0;
    while at < bench.block.fields.len() && bench.faults.len() < MOST_FAULTS {
        at += bench.field(at).max(1);
    }
    bench.twice();
    bench.whole();
    bench.finish()
}

struct Bench<'a> {
    generator: Generator,
    block: Block<'a>,
    range: TextRange,
    /// All mends so far, those on trial only included; sorted, disjoint.
    edits: Vec<Edit>,
    faults: Vec<Fault>,
    /// Whether every fault so far has a mend that is meant.
    is_explained: bool,
    trials: usize,
}

impl Bench<'_> {
    /// What the reader makes of `range` with the mends in it, and with `more`.
    fn load(&mut self, range: TextRange, more: &[Edit]) -> Result<Loaded, Refusal> {
        self.trials += 1;
        reader::load(self.generator, &mended(self.block.text, range, &self.edits, more))
    }

    /// Look at field `at`; how many fields it turns out to be.
    fn field(&mut self, at: usize) -> usize {
        let lines = self.block.fields[at].clone();
        let range = self.block.bytes(&lines);
        self.out_of_line(&lines);
        let Some(mut refusal) = self.refusal(range) else {
            return 1;
        };
        if let Some(joined) = self.joined(at) {
            return joined;
        }
        for _ in 0..4 {
            match self.best(&lines, &refusal) {
                Some(suspect) => self.accept(suspect),
                None => {
                    self.give_up(&lines, &refusal);
                    return 1;
                }
            }
            match self.refusal(range) {
                Some(next) => refusal = next,
                None => return 1,
            }
        }
        self.give_up(&lines, &refusal);
        1
    }

    /// The first field may stand deeper than the others.
    fn out_of_line(&mut self, lines: &Range<usize>) {
        let Some(line) = self.block.lines.get(lines.start).copied() else {
            return;
        };
        if let Some(suspect) = suspect::out_of_line(line, self.block.base) {
            self.accept(suspect);
        }
    }

    /// Why the field at `range` cannot be read on its own; `None` when it can. Other fields' anchors are not its fault, and
    /// one key twice is looked for in the whole block.
    fn refusal(&mut self, range: TextRange) -> Option<Refusal> {
        match self.load(range, &[]) {
            Ok(Loaded::Map(_)) => None,
            Ok(Loaded::Other) => {
                let lines = split::lines(self.block.text, range.start, range.end);
                let is_field = lines
                    .filter(is_content)
                    .any(|line| super::anatomy::is_field(line.text.trim_start()));
                let line = usize::from(!is_field);
                Some(Refusal {
                    line: line - usize::from(!is_field),
                    message: "a colon is missed".into(),
                })
            }
            Err(refusal) if refusal.message.contains("duplicated mapping key") => None,
            Err(refusal) if refusal.message.contains("alias") && self.has_anchor(range) => None,
            Err(refusal) => Some(refusal),
        }
    }

    /// Whether an alias in `range` names an anchor of the block.
    fn has_anchor(&self, range: TextRange) -> bool {
        let whole = self.block.text.get(self.range.as_range()).unwrap_or_default();
        let own = self.block.text.get(range.as_range()).unwrap_or_default();
        own.split('*').skip(1).any(|rest| {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                .collect();
            !name.is_empty() && whole.contains(&format!("&{name}"))
        })
    }

    /// How many fields from `at` on are one, because a quote or bracket runs over them; `None` when that is not so.
    fn joined(&mut self, at: usize) -> Option<usize> {
        let first = self.block.fields.get(at)?.clone();
        for count in 2..=MOST_JOINED {
            let last = self.block.fields.get(at + count - 1)?.clone();
            let range = self.block.bytes(&(first.start..last.end));
            if let Ok(Loaded::Map(entries)) = self.load(range, &[])
                && entries.len() == 1
            {
                return Some(count);
            }
        }
        None
    }

    /// The slip that is really there: the first whose mend makes the field readable, else the first that lets the reader go on.
    fn best(&mut self, lines: &Range<usize>, refusal: &Refusal) -> Option<Suspect> {
        let range = self.block.bytes(lines);
        let culprit = lines.start + refusal.line.min(lines.len().saturating_sub(1));
        let above = self.block.before(culprit).map_or(lines.start, |(number, _)| number);
        let mut numbers = vec![culprit, above.max(lines.start), lines.start];
        // A word without a colon or dash runs on over the lines below it: the reader stops far behind it.
        numbers.extend((lines.start..culprit).rev());
        let mut seen = HashSet::new();
        numbers.retain(|&number| seen.insert(number));
        let mut further: Option<Suspect> = None;
        for number in numbers {
            for suspect in suspect::all(&self.block, number) {
                if self.trials > MOST_TRIALS || self.collides(&suspect.edits) {
                    continue;
                }
                match self.load(range, &suspect.edits) {
                    Ok(Loaded::Map(_)) => return Some(suspect),
                    Err(next) if next.line > refusal.line && next.line < lines.len() => {
                        further.get_or_insert(suspect);
                    }
                    _ => {}
                }
            }
        }
        further
    }

    fn collides(&self, edits: &[Edit]) -> bool {
        edits.iter().any(|new| {
            let is_same = |old: &&Edit| old.range.overlaps(new.range) || (old.range == new.range);
            self.edits.iter().find(is_same).is_some()
        })
    }

    fn accept(&mut self, suspect: Suspect) {
        self.edits.extend(suspect.edits.iter().cloned());
        self.edits.sort();
        let applicability = match suspect.safety {
            Safety::Safe => Some(Applicability::Safe),
            Safety::Risky => Some(Applicability::Unsafe),
            Safety::Trial => None,
        };
        self.is_explained &= applicability.is_some();
        self.faults.push(Fault {
            kind: suspect.kind,
            range: suspect.range,
            message: suspect.message,
            related: None,
            fix: applicability.map(|applicability| match applicability {
                Applicability::Safe => Fix::safe(suspect.title, suspect.edits),
                Applicability::Unsafe => Fix::risky(suspect.title, suspect.edits),
            }),
        });
    }

    /// Tell of the field in general terms, and leave it out of what follows.
    fn give_up(&mut self, lines: &Range<usize>, refusal: &Refusal) {
        let bytes = self.block.bytes(lines);
        let mut number = lines.start + refusal.line.min(lines.len().saturating_sub(1));
        if refusal.message.contains("quoted scalar") {
            // The reader stops at the end of the text that it took for quoted; the slip is where that begins.
            let opens = |&at: &usize| {
                let line = self.block.lines.get(at).map(|line| Anatomy::new(*line));
                line.is_some_and(|line| line.slice(line.value).starts_with(['"', '\'']))
            };
            number = (lines.start..=number).rev().find(opens).unwrap_or(number);
        }
        let content = self.block.lines.get(number).copied().filter(is_content);
        let line = content.or_else(|| self.block.before(number).map(|(_, line)| line));
        self.is_explained = false;
        self.faults.push(Fault {
            kind: Kind::Syntax,
            range: line.map_or(bytes, trimmed),
            message: words::plain(&refusal.message),
            related: None,
            fix: None,
        });
        let blank = self.block.text.get(bytes.as_range()).unwrap_or_default();
        let ends: String = blank.chars().filter(|c| matches!(c, '\r' | '\n')).collect();
        self.edits.retain(|edit| !bytes.covers(edit.range));
        self.edits.push(Edit::replace(bytes, ends));
        self.edits.sort();
    }

    /// Keys that stand twice: one of each pair is left out on trial.
    fn twice(&mut self) {
        while self.generator != Generator::Jekyll && self.faults.len() < MOST_FAULTS {
            let whole = mended(self.block.text, self.range, &self.edits, &[]);
            let root = reader::parsed(&whole).root;
            let pairs = root.as_ref().map(twice::in_node).unwrap_or_default();
            let is_new = |bench: &Self, again: &Entry| {
                let key = bench.original(again.key.range);
                !bench.faults.iter().any(|fault| fault.range == key)
            };
            let Some((first, again)) = pairs.into_iter().find(|(_, again)| is_new(self, again)) else {
                return;
            };
            let twin = Twin::new(first, again);
            // Before the repetition goes: these places are those of the block that still has it.
            let (key, there) = (self.original(again.key.range), self.original(first.key.range));
            let lines = twin.goes.whole_lines(&whole).map(|lines| self.original(lines));
            let edits: Vec<Edit> = lines.map(Edit::delete).into_iter().collect();
            let fix = (!edits.is_empty() && !self.collides(&edits)).then(|| twin.fix(edits.clone()));
            if fix.is_some() {
                self.edits.extend(edits);
                self.edits.sort();
            }
            self.is_explained &= fix.is_some();
            self.faults.push(Fault {
                kind: Kind::DuplicateKey,
                range: key,
                message: say!("`{key}` is there already", key = again.name().unwrap_or_default()),
                related: Some((there, part!("the first one"))),
                fix,
            });
        }
    }

    /// The bytes of the file that `range` of the mended block stands for.
    fn original(&self, range: TextRange) -> TextRange {
        let start = original(range.start, self.range.start, &self.edits);
        TextRange::new(start, original(range.end, self.range.start, &self.edits).max(start))
    }

    /// What is left when every field reads on its own.
    fn whole(&mut self) {
        let Err(refusal) = self.load(self.range, &[]) else {
            return;
        };
        self.is_explained = false;
        if self.faults.is_empty() || self.faults.len() < MOST_FAULTS && !self.faults.iter().any(|f| f.fix.is_none()) {
            let range = chunk::line(self.block.text, self.range, refusal.line);
            let is_key = refusal.message.contains("duplicated mapping key");
            self.faults.push(Fault {
                kind: if is_key { Kind::DuplicateKey } else { Kind::Syntax },
                range,
                message: words::plain(&refusal.message),
                related: None,
                fix: None,
            });
        }
    }

    /// The faults; their fixes only where the block reads with all of them and the other fields keep their values.
    fn finish(mut self) -> Vec<Fault> {
        if !(self.is_explained && self.keeps_values()) {
            for fault in &mut self.faults {
                fault.fix = None;
            }
        }
        self.faults
    }

    fn keeps_values(&mut self) -> bool {
        let Ok(Loaded::Map(all)) = self.load(self.range, &[]) else {
            return false;
        };
        let fields = self.block.fields.clone();
        fields.iter().all(|lines| {
            let range = self.block.bytes(lines);
            let is_touched = self.edits.iter().any(|edit| range.covers(edit.range));
            match reader::load(
                self.generator,
                self.block.text.get(range.as_range()).unwrap_or_default(),
            ) {
                Ok(Loaded::Map(own)) if !is_touched => own.iter().all(|pair| all.contains(pair)),
                _ => true,
            }
        })
    }
}

/// `range` of `text` after `edits` and `more`, as far as they lie in it.
fn mended(text: &str, range: TextRange, edits: &[Edit], more: &[Edit]) -> String {
    let mut all: Vec<&Edit> = edits
        .iter()
        .chain(more)
        .filter(|edit| range.covers(edit.range))
        .collect();
    all.sort();
    let mut out = String::with_capacity(range.len() + 16);
    let mut at = range.start;
    for edit in all {
        out.push_str(text.get(at..edit.range.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.range.end.max(at);
    }
    out.push_str(text.get(at..range.end).unwrap_or_default());
    out
}

/// The byte of the file that became byte `offset` of the block at `start` by `edits`.
fn original(offset: usize, start: usize, edits: &[Edit]) -> usize {
    let mut at = start;
    let mut left = offset;
    for edit in edits {
        let kept = edit.range.start - at;
        if left < kept {
            break;
        }
        left -= kept;
        at = edit.range.start;
        if left < edit.text.len() {
            return edit.range.start + left.min(edit.range.len());
        }
        left -= edit.text.len();
        at = edit.range.end.max(at);
    }
    at + left
}

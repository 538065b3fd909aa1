//! Literals without which a selector cannot match, so that clean posts cost one scan.

use crate::post::Memory;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use foldhash::HashMap;
use memchr::memmem;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Literals that are searched together, ASCII case ignored.
#[derive(Debug)]
pub(super) struct Needles {
    /// In lower case.
    literals: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
    /// How many texts were searched without it.
    short: AtomicUsize,
}

/// Bytes; shorter texts are searched for one literal after the other, because the automaton takes milliseconds to build. A run
/// over many posts meets a longer one soon.
const SHORT: usize = 1_000;

/// After this many short texts there will be more: a writer types.
const FEW: usize = 2;

impl Needles {
    /// `literals` are in lower case.
    pub(super) fn new(literals: Vec<String>) -> Self {
        Self {
            literals,
            automaton: OnceLock::new(),
            short: AtomicUsize::new(0),
        }
    }

    /// Calls `found` with the index of a text and the number of a literal that stands in it, for all that stand in one of `texts`;
    /// often more than once.
    pub(super) fn each_in(&self, texts: &[&str], mut found: impl FnMut(usize, usize)) {
        let length: usize = texts.iter().map(|text| text.len()).sum();
        if self.automaton.get().is_none() && length <= SHORT && self.short.fetch_add(1, Ordering::Relaxed) < FEW {
            let mut all = Vec::with_capacity(length + texts.len());
            let mut starts = Vec::with_capacity(texts.len());
            for text in texts {
                starts.push(all.len());
                all.extend_from_slice(text.as_bytes());
                all.push(0);
            }
            all.make_ascii_lowercase();
            for (literal, written) in self.literals.iter().enumerate() {
                for at in memmem::find_iter(&all, written.as_bytes()) {
                    found(starts.partition_point(|&start| start <= at) - 1, literal);
                }
            }
            return;
        }
        // Only tags and scripts are searched: a faster automaton would take longer to build than it saves.
        let automaton = self.automaton.get_or_init(|| {
            AhoCorasickBuilder::new()
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .ascii_case_insensitive(true)
                .build(&self.literals)
                .ok()
        });
        for (at, text) in texts.iter().enumerate() {
            let hits = automaton
                .iter()
                .flat_map(|automaton| automaton.find_overlapping_iter(text));
            hits.for_each(|hit| found(at, hit.pattern().as_usize()));
        }
    }
}

/// What literals stand in texts that were searched before.
#[derive(Default)]
struct Known {
    texts: HashMap<Box<str>, Standing>,
    /// How often was searched.
    looks: usize,
}

struct Standing {
    literals: Vec<usize>,
    /// The look that the text was last in.
    look: usize,
}

impl Needles {
    /// The same as [`Self::each_in`] of texts of which most were searched before, as `memory` knows. It has room for one set of
    /// literals.
    pub(super) fn each_again(&self, texts: &[&str], memory: Option<&Memory>, mut found: impl FnMut(usize, usize)) {
        let Some(memory) = memory else {
            return self.each_in(texts, found);
        };
        let mut known: Known = memory.take().unwrap_or_default();
        known.looks += 1;
        let look = known.looks;
        let mut unknown = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match known.texts.get_mut(*text) {
                Some(standing) => {
                    standing.look = look;
                    standing.literals.iter().for_each(|&literal| found(at, literal));
                }
                None => unknown.push(at),
            }
        }
        let new: Vec<&str> = unknown.iter().map(|&at| texts[at]).collect();
        let mut literals = vec![Vec::new(); new.len()];
        self.each_in(&new, |at, literal| literals[at].push(literal));
        for ((at, text), literals) in unknown.into_iter().zip(new).zip(literals) {
            literals.iter().for_each(|&literal| found(at, literal));
            known.texts.insert(text.into(), Standing { literals, look });
        }
        // What was typed over comes back seldom.
        if known.texts.len() > 2 * texts.len() + FORGOTTEN {
            known.texts.retain(|_, standing| standing.look == look);
        }
        memory.keep(known);
    }
}

/// How many texts that no longer stand anywhere are kept at least.
const FORGOTTEN: usize = 64;

/// For each alternative of a selector list the longest name or quoted value that must stand in the HTML.
/// Empty when some alternative has none, for then nothing can be ruled out.
pub(super) fn of_selector(selector: &str) -> Vec<String> {
    let mut needles = Vec::new();
    for alternative in alternatives(selector) {
        match longest_word(&alternative) {
            Some(word) => needles.push(word),
            None => return Vec::new(),
        }
    }
    needles
}

/// Whether one of `needles` stands in the start tag of whatever `selector` matches, and not in one around or beside it: in the names
/// and values that each alternative asks of the element itself.
pub(super) fn are_own(selector: &str, needles: &[String]) -> bool {
    let asks = |name: &str| needles.iter().any(|needle| name.contains(&needle.to_ascii_lowercase()));
    let of_alternative = |alternative: String| {
        own_names(&alternative.to_ascii_lowercase())
            .iter()
            .any(|name| asks(name))
    };
    alternatives(selector).into_iter().all(of_alternative)
}

/// The names and quoted values in the last compound of `alternative`, a selector without what stands in parentheses.
fn own_names(alternative: &str) -> Vec<String> {
    let (mut names, mut name) = (Vec::new(), String::new());
    let (mut quote, mut in_brackets) = (None, false);
    for c in alternative.trim().chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | ']') => in_brackets = c == '[',
            (None, ' ' | '>' | '+' | '~') if !in_brackets => {
                names.clear();
                name.clear();
            }
            (None, _) if !is_of_name(c) => {}
            _ => {
                name.push(c);
                continue;
            }
        }
        names.push(std::mem::take(&mut name));
    }
    names.push(name);
    names
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The alternatives of a selector list as they are written.
pub(super) fn written(selector: &str) -> Vec<&str> {
    let (mut quote, mut depth, mut start) = (None, 0usize, 0);
    let mut parts = Vec::new();
    for (at, c) in selector.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(selector[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(selector[start..].trim());
    parts
}

/// Split at the commas outside brackets and quotes, and leave out what `:not(…)` and its kin hold.
fn alternatives(selector: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut depth = 0usize;
    for c in selector.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if depth == 0
            && let Some(part) = parts.last_mut()
        {
            part.push(c);
        }
    }
    parts
}

fn longest_word(alternative: &str) -> Option<String> {
    alternative
        .split(|c: char| !is_of_name(c))
        .filter(|word| {
            word.len() >= 3
                && !matches!(
                    *word,
                    "class" | "href" | "src" | "div" | "img" | "style" | "script" | "iframe"
                )
        })
        .max_by_key(|word| word.len())
        .map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{Needles, SHORT, are_own, of_selector};

    #[test]
    fn takes_the_longest_word_of_each_alternative() {
        assert_eq!(
            of_selector("ins.adsbygoogle, [data-x^=\"ca-pub-\"]:not(.verylongname)"),
            ["adsbygoogle", "ca-pub-"]
        );
        assert!(of_selector("a, .adsense").is_empty());
    }

    #[test]
    fn a_needle_is_own_where_the_element_itself_must_hold_it() {
        let own = |selector: &str, needle: &str| are_own(selector, &[needle.to_owned()]);
        assert!(own("ins.adsbygoogle", "adsbygoogle"));
        assert!(own("div > .wrap [class^=\"G g-\" i]:has(> img)", "g g-"));
        assert!(own(".adwrap .adwrap", "adwrap"));
        assert!(!own(".adwrap > ins", "adwrap"));
        assert!(!own(".adwrap + ins[data-x='.adwra p']", "adwrap"));
        assert!(!own("ins:has(.adwrap)", "adwrap"));
        assert!(!own("ins.adsbygoogle, .adsbygoogle ins", "adsbygoogle"));
    }

    #[test]
    fn short_and_long_texts_are_searched_alike() {
        let needles = Needles::new(vec![
            "ads".to_owned(),
            "adsense".to_owned(),
            "\u{e9}t".to_owned(),
            "x".to_owned(),
        ]);
        let long = " ".repeat(SHORT);
        let found = |more: &str| {
            let mut found = [const { Vec::new() }; 4];
            needles.each_in(&["<AdSense", "sx\u{e9}", "lads", more], |text, at| found[at].push(text));
            found
        };
        let expected = [vec![0, 2], vec![0], vec![], vec![1]];
        assert_eq!(found(""), expected);
        assert!(needles.automaton.get().is_none());
        assert_eq!(found(&long), expected);
        assert!(needles.automaton.get().is_some());
    }
}

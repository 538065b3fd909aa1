//! What is left of letters that were read in the wrong encoding.

use crate::post::Post;
use crate::rule::Lines;
use crate::text::TextRange;
use memchr::memmem::{FindIter, Finder};
use std::iter::Peekable;
use std::ops::Range;
use std::sync::LazyLock;

/// What became of some letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// UTF-8 that was read as Windows-1252; what it was.
    Decodes(String),
    /// Nothing is left of them.
    Lost,
}

/// UTF-8's mark of what could not be read, and what becomes of two of them read as GBK.
const LOST: [&str; 2] = ["\u{fffd}", "锟斤拷"];
static LOST_FINDERS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| LOST.map(Finder::new));

/// The places of `text` where letters are broken, in order; neighbours of one kind are one place.
pub fn broken(text: &str) -> impl Iterator<Item = (TextRange, Broken)> + '_ {
    let mut at = 0;
    let mut suspects = Suspects::of(text);
    std::iter::from_fn(move || {
        loop {
            let start = suspects.next(at)?;
            let rest = text.get(start..)?;
            let lost = length_of_lost(rest);
            if lost > 0 {
                at = start + lost;
                return Some((TextRange::new(start, at), Broken::Lost));
            }
            let before = text.get(..start).and_then(|before| before.chars().next_back());
            if let Some((length, right)) = decoded(rest, before) {
                at = start + length;
                return Some((TextRange::new(start, at), Broken::Decodes(right)));
            }
            at = start + rest.chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// Whether a look before this one told that nothing in `post` is broken or unseen.
pub fn is_clean(post: &Post) -> bool {
    let whole = TextRange::new(0, post.text().len());
    post.memory.as_ref().is_some_and(|memory| {
        !memory.holds("mojibake", (&post.source, whole), is_strange, || {
            is_strange(post.text())
        })
    })
}

/// Lines with letters that may be broken, or with characters that nobody sees.
pub static STRANGE: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: is_strange,
};

/// Whether something stands in `text` that may be broken or unseen.
fn is_strange(text: &str) -> bool {
    // Letters with accents, of which many posts are full, are asked about first: then nothing else is.
    let has_accents = || Suspects::of(text).latin.peek().is_some();
    let is_lost = || Suspects::of(text).lost.next(0).is_some();
    has_accents() || is_lost() || unseen(text).next().is_some()
}

/// Where what may be broken starts: characters from U+00C0 to U+00FF, and [`LOST`]. Every kind is searched for alone, because most
/// characters of Chinese begin with a byte of one of them.
struct Suspects<'t> {
    latin: Peekable<memchr::Memchr<'t>>,
    lost: Places<'t, 2>,
}

impl<'t> Suspects<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            latin: memchr::memchr_iter(0xc3, text.as_bytes()).peekable(),
            lost: Places::of(text, &LOST_FINDERS),
        }
    }

    fn next(&mut self, from: usize) -> Option<usize> {
        let found = [first(&mut self.latin, from), self.lost.next(from)];
        found.into_iter().flatten().min()
    }
}

/// Where any of some words stands, each searched for alone: what searches is made once, as that takes longer than a search.
struct Places<'t, const N: usize>([Peekable<FindIter<'t, 'static>>; N]);

impl<'t, const N: usize> Places<'t, N> {
    fn of(text: &'t str, words: &'static [Finder<'static>; N]) -> Self {
        Self(words.each_ref().map(|word| word.find_iter(text.as_bytes()).peekable()))
    }

    /// The first place at or behind `from`, which never goes back.
    fn next(&mut self, from: usize) -> Option<usize> {
        self.0.iter_mut().filter_map(|places| first(places, from)).min()
    }
}

fn first(places: &mut Peekable<impl Iterator<Item = usize>>, from: usize) -> Option<usize> {
    while places.next_if(|&at| at < from).is_some() {}
    places.peek().copied()
}

fn length_of_lost(text: &str) -> usize {
    let mut length = 0;
    while let Some(mark) = LOST.iter().find(|mark| text[length..].starts_with(**mark)) {
        length += mark.len();
    }
    length
}

/// What the start of `text` is when it is UTF-8 read as Windows-1252: its length as it stands and what it was. `None` for
/// what people write: `Ã` or `Â` behind a capital, or in front of a character that is no other byte of the same letter.
fn decoded(text: &str, before: Option<char>) -> Option<(usize, String)> {
    let is_first = |byte: u8| matches!(byte, 0xc2 | 0xc3 | 0xe2..=0xe9 | 0xef | 0xf0);
    let mut right = String::new();
    let mut length = 0;
    loop {
        let bytes: Vec<(u8, usize)> = text[length..]
            .chars()
            .take(4)
            .map_while(|c| Some((byte(c)?, c.len_utf8())))
            .collect();
        let Some(&(first, _)) = bytes.first().filter(|(first, _)| is_first(*first)) else {
            break;
        };
        let wanted = match first {
            0xc2 | 0xc3 => 2,
            0xf0 => 4,
            _ => 3,
        };
        let Some(letter) = bytes.get(..wanted) else { break };
        let raw: Vec<u8> = letter.iter().map(|(byte, _)| *byte).collect();
        let Ok(read) = std::str::from_utf8(&raw) else { break };
        // `Â` and a blank that does not break, `Ã` and a quotation mark: two bytes alone are weak evidence beside capitals.
        if wanted == 2 && length == 0 && before.is_some_and(char::is_uppercase) {
            break;
        }
        right.push_str(read);
        length += letter.iter().map(|(_, length)| length).sum::<usize>();
    }
    // `é…»` ends a sentence in French: a single letter needs more than marks behind it.
    let is_prose = right.chars().count() == 1
        && text[..length]
            .chars()
            .skip(1)
            .all(|c| "«»‹›‘’“”„‚–—…\u{a0}".contains(c))
        && !text.starts_with('Ã');
    let is_visible = right.chars().any(|c| !c.is_control());
    (is_visible && !is_prose && length > 0).then_some((length, right))
}

/// The byte that stands for a character beyond ASCII in Windows-1252; the five that it leaves open are those of Latin-1.
fn byte(character: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(character) {
        code @ 0xa0..=0xff => u8::try_from(code).ok(),
        _ => FROM_80
            .chars()
            .position(|other| other == character)
            .and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

/// What nobody sees and no writing system needs: the zero-width space, the word joiner, a byte-order mark.
const UNSEEN: [&str; 3] = ["\u{200b}", "\u{2060}", "\u{feff}"];
static UNSEEN_FINDERS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| UNSEEN.map(Finder::new));

/// The runs of such characters in `text`.
pub fn unseen(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut places = Places::of(text, &UNSEEN_FINDERS);
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = places.next(end)?;
        end = start;
        while let Some(mark) = UNSEEN.iter().find(|mark| text[end..].starts_with(**mark)) {
            end += mark.len();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::{Broken, broken, unseen};

    #[test]
    fn runs_of_what_nobody_sees_are_found_in_order() {
        let text = "\u{feff}a“\u{200b}\u{2060}\u{200b}‌b、\u{feff}";
        let found: Vec<&str> = unseen(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["\u{feff}", "\u{200b}\u{2060}\u{200b}", "\u{feff}"]);
    }

    #[test]
    fn kinds_of_broken_letters_are_found_in_order() {
        let text = "é锟 \u{fffd}\u{fffd}锟斤拷 Ã© 锟锟斤拷 ï»ï¿½ donâ€™t";
        let found: Vec<(&str, Broken)> = broken(text)
            .map(|(range, broken)| (&text[range.as_range()], broken))
            .collect();
        assert_eq!(
            found,
            [
                ("\u{fffd}\u{fffd}锟斤拷", Broken::Lost),
                ("Ã©", Broken::Decodes("é".into())),
                ("锟斤拷", Broken::Lost),
                ("ï¿½", Broken::Decodes("\u{fffd}".into())),
                ("â€™", Broken::Decodes("’".into())),
            ]
        );
    }
}

//! What is left of letters that were read in the wrong encoding.

use crate::text::TextRange;
use memchr::memmem;
use std::iter::Peekable;
use std::ops::Range;

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

/// Where what may be broken starts: characters from U+00C0 to U+00FF, and [`LOST`]. Every kind is searched for alone, because most
/// characters of Chinese begin with a byte of one of them.
struct Suspects<'t> {
    latin: Peekable<memchr::Memchr<'t>>,
    lost: [Peekable<memmem::FindIter<'t, 'static>>; 2],
}

impl<'t> Suspects<'t> {
    fn of(text: &'t str) -> Self {
        let text = text.as_bytes();
        Self {
            latin: memchr::memchr_iter(0xc3, text).peekable(),
            lost: LOST.map(|mark| memmem::find_iter(text, mark).peekable()),
        }
    }

    /// The first one at `from` or behind it, which never goes back.
    fn next(&mut self, from: usize) -> Option<usize> {
        fn first(places: &mut Peekable<impl Iterator<Item = usize>>, from: usize) -> Option<usize> {
            while places.next_if(|&at| at < from).is_some() {}
            places.peek().copied()
        }
        let [one, two] = &mut self.lost;
        let found = [first(&mut self.latin, from), first(one, from), first(two, from)];
        found.into_iter().flatten().min()
    }
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
const UNSEEN: [char; 3] = ['\u{200b}', '\u{2060}', '\u{feff}'];

/// Whether nobody sees the character and no writing system needs it.
pub fn is_unseen(character: char) -> bool {
    UNSEEN.contains(&character)
}

/// Whether such a character stands in `text`; sooner known than [`unseen`] finds the first.
pub fn has_unseen(text: &str) -> bool {
    UNSEEN
        .iter()
        .any(|character| memmem::find(text.as_bytes(), character.encode_utf8(&mut [0; 4]).as_bytes()).is_some())
}

/// The runs of invisible characters in `text`.
pub fn unseen(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_unseen)?;
        let rest = text.get(start..)?;
        at = start + rest.find(|c| !is_unseen(c)).unwrap_or(rest.len());
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::{Broken, broken};

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

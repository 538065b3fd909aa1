//! The plainest front matter, on which every reader of YAML agrees: keys at the start of their lines, words behind them, in
//! lists or behind keys of their own, no indicators but quotes around a whole word and brackets around a list on one line.
//!
//! Most posts have no other, and what it says is seen in one pass. Whatever might be read in two ways is none, however common.

use crate::post::front_matter::{Entry, Node, Scalar, Style, Value};
use crate::text::TextRange;

/// A scalar on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Without its quotes; holds no escapes.
    pub text: &'t str,
    /// Plain or in quotes, in which it is a string whatever it says.
    pub style: Style,
}

/// What stands behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field<'t> {
    /// Nothing: null.
    Nothing,
    /// A scalar.
    Word(Word<'t>),
    /// Scalars, each behind a hyphen or all in brackets, and all that is written of them: from the first hyphen or bracket on.
    List(Vec<Word<'t>>, &'t str),
    /// Keys, each on a line of its own and all as far indented, with what stands behind them, which is no map.
    Map(Vec<(&'t str, Field<'t>)>),
}

/// More values than this are no longer plain: there are caps on what is read.
const MOST: usize = 5_000;

/// The keys below a key, each of which is compared with all others.
const WIDEST: usize = 50;

/// The keys of `yaml` and what stands behind them, in order, a key perhaps twice; `None` where it is not as plain as that.
pub fn read(yaml: &str) -> Option<Vec<(&str, Field<'_>)>> {
    if !is_printed(yaml.as_bytes()) {
        return None;
    }
    let has_returns = memchr::memchr(b'\r', yaml.as_bytes()).is_some();
    let mut fields: Vec<(&str, Field<'_>)> = Vec::new();
    let mut values = 0;
    // How far the items of the last field are indented.
    let mut indent = None;
    let ends = memchr::memchr_iter(b'\n', yaml.as_bytes()).chain([yaml.len()]);
    let mut start = 0;
    for end in ends {
        let line = yaml.get(start..end)?;
        start = end + 1;
        let line = without_spaces(line.strip_suffix('\r').unwrap_or(line));
        let inner = behind_spaces(line);
        if inner.is_empty() {
            continue;
        }
        // A lone one is a line's end, too.
        if has_returns && memchr::memchr(b'\r', inner.as_bytes()).is_some() {
            return None;
        }
        if line.starts_with('#') {
            continue;
        }
        values += 1;
        let spaces = line.len() - inner.len();
        if let Some(item) = inner.strip_prefix("- ") {
            let (_, field) = fields.last_mut()?;
            let item = word(behind_spaces(item))?;
            match field {
                Field::Nothing => *field = Field::List(vec![item], inner),
                Field::List(items, whole) if indent == Some(spaces) => {
                    items.push(item);
                    let start = place(yaml, whole);
                    *whole = &yaml[start..place(yaml, inner) + inner.len()];
                }
                _ => return None,
            }
            indent = Some(spaces);
        } else {
            let (key, rest) = inner.split_once(':').filter(|(key, _)| is_key(key))?;
            let value = behind_spaces(rest);
            let field = match value {
                "" => Field::Nothing,
                _ if value.len() == rest.len() => return None,
                _ => list(value).or_else(|| word(value).map(Field::Word))?,
            };
            if let Field::List(items, _) = &field {
                values += items.len();
            }
            if spaces == 0 {
                fields.push((key, field));
                indent = None;
                continue;
            }
            match &mut fields.last_mut()?.1 {
                above @ Field::Nothing => *above = Field::Map(vec![(key, field)]),
                // A key that stands twice is no mistake to all readers.
                Field::Map(inner)
                    if indent == Some(spaces)
                        && inner.len() < WIDEST
                        && inner.iter().all(|(other, _)| *other != key) =>
                {
                    inner.push((key, field));
                }
                _ => return None,
            }
            indent = Some(spaces);
        }
    }
    (values <= MOST && !fields.is_empty()).then_some(fields)
}

/// Where `piece`, which is a part of `yaml`, begins in it.
fn place(yaml: &str, piece: &str) -> usize {
    piece.as_ptr().addr() - yaml.as_ptr().addr()
}

/// The tree of `yaml`, whose first byte is byte `base` of the file; `None` where it is not plain.
pub(super) fn tree(yaml: &str, base: usize) -> Option<Node> {
    Some(Planter { yaml, base }.map(read(yaml)?))
}

/// Makes nodes of the parts of `yaml`, whose first byte is byte `base` of the file.
struct Planter<'t> {
    yaml: &'t str,
    base: usize,
}

impl<'t> Planter<'t> {
    fn at(&self, piece: &str) -> TextRange {
        let start = self.base + place(self.yaml, piece);
        TextRange::new(start, start + piece.len())
    }

    fn map(&self, fields: Vec<(&'t str, Field<'t>)>) -> Node {
        let entries = fields.into_iter().map(|(key, field)| {
            let key = scalar(self.at(key), key, Style::Plain);
            let value = self.field(field, key.range.end + 1);
            let range = key.range.hull(value.range);
            Entry { key, value, range }
        });
        let entries: Vec<Entry> = entries.collect();
        let ends = entries.first().zip(entries.last());
        Node {
            range: ends.map_or(TextRange::at(self.base), |(first, last)| first.range.hull(last.range)),
            value: Value::Map(entries),
        }
    }

    /// `field`, behind a colon that ends at byte `behind`.
    fn field(&self, field: Field<'t>, behind: usize) -> Node {
        match field {
            Field::Nothing => scalar(TextRange::at(behind), "", Style::Plain),
            Field::Word(word) => self.word(word),
            Field::List(words, whole) => Node {
                range: self.at(whole),
                value: Value::List(words.into_iter().map(|word| self.word(word)).collect()),
            },
            Field::Map(fields) => self.map(fields),
        }
    }

    fn word(&self, word: Word<'t>) -> Node {
        let inner = self.at(word.text);
        let range = match word.style {
            Style::Plain => inner,
            _ => TextRange::new(inner.start - 1, inner.end + 1),
        };
        scalar(range, word.text, word.style)
    }
}

fn scalar(range: TextRange, text: &str, style: Style) -> Node {
    Node {
        range,
        value: Value::Scalar(Scalar {
            text: text.to_owned(),
            style,
            tag: None,
        }),
    }
}

/// A name that no reader takes for anything but a string.
fn is_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    let is_name = bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    const OTHER: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_other = || key.len() <= 5 && OTHER.iter().any(|word| key.eq_ignore_ascii_case(word));
    is_name && !is_other() && key.len() <= 100
}

/// Whether all of `text` is what all readers allow, without a doubt: no control characters but line ends, no other line ends, no
/// byte order mark, no noncharacters.
fn is_printed(text: &[u8]) -> bool {
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n' && *byte != b'\r') || *byte == 0x7f;
    let (words, rest) = text.as_chunks();
    if words
        .iter()
        .any(|word| may_hold_control(word) && word.iter().any(is_control))
        || rest.iter().any(is_control)
    {
        return false;
    }
    memchr::memchr3_iter(0xc2, 0xe2, 0xef, text).all(|at| {
        !matches!(
            text[at..],
            [0xc2, 0x80..=0x9f, ..]
                | [0xe2, 0x80, 0xa8 | 0xa9, ..]
                | [0xef, 0xbb, 0xbf, ..]
                | [0xef, 0xbf, 0xbe | 0xbf, ..]
        )
    })
}

/// Whether a byte of `word` is below a space, as those of line ends are, or DEL: all eight at once.
fn may_hold_control(word: &[u8; 8]) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let word = u64::from_ne_bytes(*word);
    let below = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word & (EACH << 7);
    below(word, 0x20) | below(word ^ (EACH * 0x7f), 1) != 0
}

/// `text` without the spaces at its start.
fn behind_spaces(text: &str) -> &str {
    let start = text.bytes().position(|byte| byte != b' ').unwrap_or(text.len());
    &text[start..]
}

/// `line` without the spaces at its end.
fn without_spaces(line: &str) -> &str {
    let end = line.bytes().rposition(|byte| byte != b' ').map_or(0, |at| at + 1);
    &line[..end]
}

/// A scalar that fills its line.
fn word(text: &str) -> Option<Word<'_>> {
    if let Some(word) = quoted(text) {
        return Some(word);
    }
    let bytes = text.as_bytes();
    let is_whole = memchr::memchr2_iter(b':', b'#', bytes).all(|at| match bytes[at] {
        b':' => bytes.get(at + 1).is_some_and(|&next| next != b' '),
        _ => at > 0 && bytes[at - 1] != b' ',
    });
    let style = Style::Plain;
    (is_whole && begins_word(text.chars().next()?)).then_some(Word { text, style })
}

/// Whether no reader takes `first` for an indicator.
fn begins_word(first: char) -> bool {
    match first.is_ascii() {
        true => first.is_ascii_alphanumeric() || matches!(first, '/' | '.' | '_' | '(' | '<' | '+'),
        false => !first.is_whitespace(),
    }
}

/// A scalar in quotes that needs no thought.
fn quoted(text: &str) -> Option<Word<'_>> {
    let (quote, style) = match text.as_bytes().first()? {
        b'"' => ('"', Style::DoubleQuoted),
        b'\'' => ('\'', Style::SingleQuoted),
        _ => return None,
    };
    let text = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!text.contains([quote, '\\'])).then_some(Word { text, style })
}

/// A list in brackets.
fn list(text: &str) -> Option<Field<'_>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?.trim_matches(' ');
    if inner.is_empty() {
        return Some(Field::List(Vec::new(), text));
    }
    let items = inner.split(',').map(|item| {
        let item = item.trim_matches(' ');
        quoted(item).or_else(|| {
            // In brackets more characters mean something, and not the same to all readers.
            let is_simple = |c: char| c.is_ascii_alphanumeric() || " -_./+".contains(c) || !c.is_ascii();
            let is_plain = item.chars().next()?.is_alphanumeric() && item.chars().all(is_simple);
            is_plain.then_some(Word {
                text: item,
                style: Style::Plain,
            })
        })
    });
    let items: Option<Vec<_>> = items.collect();
    items.map(|items| Field::List(items, text))
}

#[cfg(test)]
pub mod random;

#[cfg(test)]
mod tests {
    use super::random::texts;
    use super::{Field, Word, read, tree};
    use proptest::prelude::*;

    fn told(yaml: &str) -> Vec<String> {
        let fields = read(yaml).unwrap_or_default().into_iter();
        fields.map(field).collect()
    }

    fn field((key, field): (&str, Field<'_>)) -> String {
        let word = |word: Word<'_>| format!("{:?} {}", word.style, word.text);
        match field {
            Field::Nothing => format!("{key}: nothing"),
            Field::Word(one) => format!("{key}: {}", word(one)),
            Field::List(words, whole) => {
                let words: Vec<String> = words.into_iter().map(word).collect();
                format!("{key}: {words:?} in {whole:?}")
            }
            Field::Map(fields) => format!("{key}: {:?}", fields.into_iter().map(self::field).collect::<Vec<_>>()),
        }
    }

    #[test]
    fn words_lists_and_comments_are_read() {
        let yaml = "# about\r\ntitle:   Rain or \"shine\"  \r\ndate: 2021-01-02 10:00:00\ntags:\n\n  - a#b\n  - 'x, y'\ncategories: [雨, \"b\", c++]\nempty: []\nauthor:\n  name: /me\n  links: [a]\n  site:\nlast:";
        assert_eq!(
            told(yaml),
            [
                "title: Plain Rain or \"shine\"",
                "date: Plain 2021-01-02 10:00:00",
                "tags: [\"Plain a#b\", \"SingleQuoted x, y\"] in \"- a#b\\n  - 'x, y'\"",
                "categories: [\"Plain 雨\", \"DoubleQuoted b\", \"Plain c++\"] in \"[雨, \\\"b\\\", c++]\"",
                "empty: [] in \"[]\"",
                r#"author: ["name: Plain /me", "links: [\"Plain a\"] in \"[a]\"", "site: nothing"]"#,
                "last: nothing",
            ]
        );
    }

    proptest! {
        /// What is plain is read by serde_yaml and granit as it is here, places included.
        #[test]
        fn all_readers_agree_on_it(yaml in texts()) {
            if let Some(node) = tree(&yaml, 7) {
                let places = super::super::tree::load(&yaml, 7);
                let both = super::super::both(&yaml, 7, places);
                prop_assert_eq!(both, Ok(Some(node)));
            }
        }
    }

    /// The caps of the readers hold, and no list is cut short.
    #[test]
    fn what_is_long_is_not_plain() {
        let flow = |items: usize| format!("a: [{}]", vec!["b"; items].join(", "));
        let block = |items: usize| format!("a:\n{}", "- b\n".repeat(items));
        for text in [flow(4_999), block(4_999)] {
            assert_eq!(told(&text)[0].matches("Plain b").count(), 4_999);
        }
        assert_eq!(read(&flow(5_000)), None);
        assert_eq!(read(&block(5_000)), None);
    }

    #[test]
    fn what_might_be_read_in_two_ways_is_not_plain() {
        for yaml in [
            "",
            "a",
            "a: b\n c",
            "a: b\n- c",
            "a:\n - b\n  - c",
            "a:\n  b: c\n d: e",
            "a:\n  b:\n  - c",
            "a:\n  b: c\n  b: d",
            "a:\n  b:\n    c: d",
            "a: b\n  c: d",
            " a: b",
            "a: -b",
            "a: b # c",
            "a: b:",
            "a: 'it''s'",
            "a: \"\\n\"",
            "a: &b c",
            "a: [b: c]",
            "a: [b?c]",
            "a: {b: c}",
            "a: |\n  b",
            "a: -",
            "a:\tb",
            "a: \u{2028}",
            "true: a",
            "'a': b",
            "a : b",
            "- a",
            "a:\n  -",
        ] {
            assert_eq!(read(yaml), None, "{yaml}");
        }
    }
}

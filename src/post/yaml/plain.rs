//! The plainest front matter, on which every reader of YAML agrees: keys at the start of their lines, words behind them or in
//! lists, no indicators but quotes around a whole word and brackets around a list on one line.
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
}

/// More values than this are no longer plain: there are caps on what is read.
const MOST: usize = 5_000;

/// The keys of `yaml` and what stands behind them, in order, a key perhaps twice; `None` where it is not as plain as that.
pub fn read(yaml: &str) -> Option<Vec<(&str, Field<'_>)>> {
    if yaml.bytes().any(|byte| !byte.is_ascii()) && !yaml.chars().all(|c| is_printed(c) || matches!(c, '\r' | '\n')) {
        return None;
    }
    let mut fields: Vec<(&str, Field<'_>)> = Vec::new();
    let mut values = 0;
    // How far the items of the last field are indented.
    let mut indent = None;
    for line in yaml.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_end_matches(' ');
        let inner = line.trim_start_matches(' ');
        if inner.is_empty() {
            continue;
        }
        if inner.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return None;
        }
        if line.starts_with('#') {
            continue;
        }
        values += 1;
        if let Some(item) = inner.strip_prefix("- ") {
            let (_, field) = fields.last_mut()?;
            let spaces = line.len() - inner.len();
            let item = word(item.trim_start_matches(' '))?;
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
            let (key, rest) = line.split_once(':').filter(|(key, _)| is_key(key))?;
            let value = rest.trim_start_matches(' ');
            let field = match value {
                "" => Field::Nothing,
                _ if value.len() == rest.len() => return None,
                _ => list(value).or_else(|| word(value).map(Field::Word))?,
            };
            if let Field::List(items, _) = &field {
                values += items.len();
            }
            fields.push((key, field));
            indent = None;
        }
        if values > MOST {
            return None;
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// Where `piece`, which is a part of `yaml`, begins in it.
fn place(yaml: &str, piece: &str) -> usize {
    piece.as_ptr().addr() - yaml.as_ptr().addr()
}

/// The tree of `yaml`, whose first byte is byte `base` of the file; `None` where it is not plain.
pub(super) fn tree(yaml: &str, base: usize) -> Option<Node> {
    let at = |piece: &str| {
        let start = base + place(yaml, piece);
        TextRange::new(start, start + piece.len())
    };
    let scalar = |range: TextRange, text: &str, style: Style| Node {
        range,
        value: Value::Scalar(Scalar {
            text: text.to_owned(),
            style,
            tag: None,
        }),
    };
    let node = |word: Word<'_>| {
        let inner = at(word.text);
        let range = match word.style {
            Style::Plain => inner,
            _ => TextRange::new(inner.start - 1, inner.end + 1),
        };
        scalar(range, word.text, word.style)
    };
    let entries = read(yaml)?.into_iter().map(|(key, field)| {
        let key = scalar(at(key), key, Style::Plain);
        let value = match field {
            Field::Nothing => scalar(TextRange::at(key.range.end + 1), "", Style::Plain),
            Field::Word(word) => node(word),
            Field::List(words, whole) => Node {
                range: at(whole),
                value: Value::List(words.into_iter().map(node).collect()),
            },
        };
        let range = key.range.hull(value.range);
        Entry { key, value, range }
    });
    let entries: Vec<Entry> = entries.collect();
    let range = entries.first()?.range.hull(entries.last()?.range);
    Some(Node {
        range,
        value: Value::Map(entries),
    })
}

/// A name that no reader takes for anything but a string.
fn is_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    let is_name = bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let is_other = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| key.eq_ignore_ascii_case(word));
    is_name && !is_other && key.len() <= 100
}

/// What all readers allow, on one line and without a doubt.
fn is_printed(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
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
    (is_whole && text.chars().next()?.is_alphanumeric()).then_some(Word { text, style })
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
pub mod random {
    //! Texts that are mostly plain, or nearly.

    use proptest::prelude::*;

    /// Such texts.
    pub fn texts() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            4 => "[a-f]{1,2}: [a-zA-Z0-9é雨][ -~é雨]{0,8}",
            2 => "[a-f]{1,2}: (true|Null|~|0x1F|017|1e5|2021-01-02( 10:00:00)?|12:30:45|1_000|5\\.|1\\.5|yes|NO|0o17|0b11|1:30|99999999999999999999|y)",
            3 => "[a-f]{1,2}:",
            6 => " {0,2}- [a-z0-9é雨][ -~é雨]{0,6}",
            2 => " {0,2}- ['\"]?[ -~é雨]{0,6}['\"]?",
            2 => "[a-f]{1,2}: ['\"][ -~é雨\u{a0}]{0,6}['\"]",
            2 => "[a-f]{1,2}: \\[[a-z0-9 ,.'\"é_/+-]{0,12}\\]",
            1 => "# ?[ -~]{0,5}",
            1 => " {0,2}",
            1 => "[ -~]{0,6}",
        ];
        (
            prop::collection::vec(line, 1..8),
            prop_oneof![Just("\n"), Just("\r\n")],
            any::<bool>(),
        )
            .prop_map(|(lines, end, is_ended)| lines.join(end) + if is_ended { end } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::random::texts;
    use super::{Field, Word, read, tree};
    use proptest::prelude::*;

    fn told(yaml: &str) -> Vec<String> {
        let fields = read(yaml).unwrap_or_default().into_iter();
        let word = |word: Word<'_>| format!("{:?} {}", word.style, word.text);
        let field = |(key, field)| match field {
            Field::Nothing => format!("{key}: nothing"),
            Field::Word(one) => format!("{key}: {}", word(one)),
            Field::List(words, whole) => {
                let words: Vec<String> = words.into_iter().map(word).collect();
                format!("{key}: {words:?} in {whole:?}")
            }
        };
        fields.map(field).collect()
    }

    #[test]
    fn words_lists_and_comments_are_read() {
        let yaml = "# about\r\ntitle:   Rain or \"shine\"  \r\ndate: 2021-01-02 10:00:00\ntags:\n\n  - a#b\n  - 'x, y'\ncategories: [雨, \"b\", c++]\nempty: []\nlast:";
        assert_eq!(
            told(yaml),
            [
                "title: Plain Rain or \"shine\"",
                "date: Plain 2021-01-02 10:00:00",
                "tags: [\"Plain a#b\", \"SingleQuoted x, y\"] in \"- a#b\\n  - 'x, y'\"",
                "categories: [\"Plain 雨\", \"DoubleQuoted b\", \"Plain c++\"] in \"[雨, \\\"b\\\", c++]\"",
                "empty: [] in \"[]\"",
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
            "a:\n  b: c",
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

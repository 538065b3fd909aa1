//! Where Hexo sees front matter: the two regular expressions of hexo-front-matter 4.2.1, by hand and in linear time.

use memchr::memmem;

/// The parts that Hexo sees. Offsets count bytes of the text that was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The block's first byte.
    pub start: usize,
    /// One past its last byte; the line break before the closing line does not belong to it.
    pub end: usize,
    /// Where the body begins.
    pub body: usize,
    /// The separator's first byte: `-` is YAML, `;` is JSON.
    pub mark: u8,
    /// Whether an opening line was matched.
    pub has_opening: bool,
}

/// The length of a separator at the start of `text`: 3 or more `-`, or 3 or more `;`; 0 without one.
fn separator(text: &[u8]) -> usize {
    let run = |mark: u8| text.iter().take_while(|&&byte| byte == mark).count();
    match text.first() {
        Some(&mark @ (b'-' | b';')) if run(mark) >= 3 => run(mark),
        _ => 0,
    }
}

/// Find the front matter in `text`, which has `\n` line ends and no byte-order mark; `None`: the whole text is body.
pub fn split(text: &str) -> Option<Parts> {
    let bytes = text.as_bytes();
    let length = separator(bytes);
    if length == 0 {
        return without_opening(bytes);
    }
    with_opening(bytes, length)
}

/// `^(S)\n([\s\S]+?)\n\1\n?([\s\S]*)`: the closing line only has to begin with as many marks as the opening one has.
fn with_opening(bytes: &[u8], length: usize) -> Option<Parts> {
    if bytes.get(length) != Some(&b'\n') {
        return None;
    }
    let start = length + 1;
    let mut closing = vec![b'\n'];
    closing.extend_from_slice(bytes.get(..length)?);
    // The block has one byte at least.
    let end = start + 1 + memmem::find(bytes.get(start + 1..)?, &closing)?;
    Some(parts(bytes, start..end, length, true))
}

/// `^([\s\S]+?)\n(S)\n?([\s\S]*)`
fn without_opening(bytes: &[u8]) -> Option<Parts> {
    let mut at = 1;
    loop {
        let end = at + memchr::memchr(b'\n', bytes.get(at..)?)?;
        let length = separator(bytes.get(end + 1..)?);
        if length > 0 {
            return Some(parts(bytes, 0..end, length, false));
        }
        at = end + 1;
    }
}

fn parts(bytes: &[u8], block: std::ops::Range<usize>, length: usize, has_opening: bool) -> Parts {
    let after = block.end + 1 + length;
    Parts {
        start: block.start,
        end: block.end,
        body: after + usize::from(bytes.get(after) == Some(&b'\n')),
        mark: bytes.get(block.end + 1).copied().unwrap_or(b'-'),
        has_opening,
    }
}

//! Lines of standard input, never more of one in memory than is allowed.

use std::io::{self, BufRead, Read};

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// All of it.
    Whole(Vec<u8>),
    /// It was longer than allowed and is gone.
    TooLong,
}

impl Line {
    /// How many bytes are held.
    pub(super) fn len(&self) -> usize {
        match self {
            Line::Whole(bytes) => bytes.len(),
            Line::TooLong => 0,
        }
    }
}

/// The next line, of `limit` bytes at most; `None` at the end of the input. The last line needs no end.
pub(super) fn next(input: &mut impl BufRead, limit: u64) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    input
        .by_ref()
        .take(limit.saturating_add(1))
        .read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() as u64 > limit {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Whole(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_dropped_and_the_next_one_is_whole() {
        let mut input = io::BufReader::with_capacity(3, &b"12345\n123456\n\n123456789\n12"[..]);
        let mut lines = Vec::new();
        while let Some(line) = next(&mut input, 5).unwrap() {
            lines.push(line);
        }
        let whole = |text: &str| Line::Whole(text.into());
        assert_eq!(
            lines,
            [whole("12345"), Line::TooLong, whole(""), Line::TooLong, whole("12")]
        );
    }
}

//! A block taken apart into its top-level fields, by nothing but the looks of its lines.

use super::anatomy;
use crate::post::split::{Line, lines};
use crate::text::TextRange;
use std::ops::Range;

/// The lines of a block and which of them belong together.
#[derive(Debug)]
pub struct Block<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Its lines.
    pub lines: Vec<Line<'a>>,
    /// Bytes of white space that the top-level fields stand behind; mostly 0.
    pub base: usize,
    /// The fields in order, as ranges of `lines`; blank lines and comments between them belong to the one before.
    pub fields: Vec<Range<usize>>,
}

impl<'a> Block<'a> {
    /// Take the bytes `range` of `text` apart.
    pub fn new(text: &'a str, range: TextRange) -> Self {
        let lines: Vec<Line<'a>> = lines(text, range.start, range.end).collect();
        let base = lines
            .iter()
            .filter(|line| anatomy::is_field(line.text.trim_start()))
            .map(|line| line.indent())
            .min()
            .unwrap_or(0);
        let starts: Vec<usize> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.indent() <= base && anatomy::is_field(line.text.trim_start()))
            .map(|(at, _)| at)
            .collect();
        let first = lines.iter().position(is_content).unwrap_or(0);
        let mut fields = Vec::new();
        if starts.first().is_none_or(|&start| first < start) && first < lines.len() {
            fields.push(first..starts.first().copied().unwrap_or(lines.len()));
        }
        for (at, &start) in starts.iter().enumerate() {
            fields.push(start..starts.get(at + 1).copied().unwrap_or(lines.len()));
        }
        Self {
            text,
            lines,
            base,
            fields,
        }
    }

    /// The bytes of the lines `range`, line ends included.
    pub fn bytes(&self, range: &Range<usize>) -> TextRange {
        let start = self.lines.get(range.start).map_or(0, |line| line.start);
        let end = range.end.checked_sub(1).and_then(|last| self.lines.get(last));
        TextRange::new(start, end.map_or(start, |line| line.next.max(start)))
    }

    /// The last line before line `at` that is neither blank nor a comment, and its number.
    pub fn before(&self, at: usize) -> Option<(usize, Line<'a>)> {
        let above = self.lines.get(..at)?.iter().copied().enumerate();
        above.rev().find(|(_, line)| is_content(line))
    }

    /// The first line after line `at` that is neither blank nor a comment.
    pub fn after(&self, at: usize) -> Option<Line<'a>> {
        self.lines.get(at + 1..)?.iter().copied().find(|line| is_content(line))
    }
}

/// Whether a line is neither blank nor a comment.
pub fn is_content(line: &Line<'_>) -> bool {
    !line.is_blank() && !line.text.trim_start().starts_with('#')
}

/// The text on line `number` of the block, or on the last one before it that has any; white space around it left out.
pub fn line(text: &str, block: TextRange, number: usize) -> TextRange {
    let upto = lines(text, block.start, block.end).take(number + 1);
    match upto.filter(|line| !line.is_blank()).last() {
        Some(line) => trimmed(line),
        None => TextRange::at(block.start),
    }
}

/// The line without the white space around it.
pub fn trimmed(line: Line<'_>) -> TextRange {
    let start = line.start + line.indent();
    TextRange::new(start, start + line.text.trim().len())
}

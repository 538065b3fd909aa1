//! The statements that are open while a body is read; a body may open thousands, and none is gone through at every tag.

use crate::text::{Tally, TextRange};

/// A statement that is open.
pub(super) struct Frame {
    pub name: String,
    pub start: TextRange,
    /// What may end it or divide it.
    pub ends: Vec<String>,
    /// A tag that Hexo itself does not know; a theme or plugin may.
    pub foreign: bool,
}

/// The statements that are open, outermost first.
#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Frame>,
    /// The words that may end or divide them.
    ends: Tally<String>,
    /// How many of them may not run what they enclose.
    choosing: usize,
}

impl Frames {
    /// Open `frame` in the innermost one.
    pub(super) fn push(&mut self, frame: Frame) {
        for end in &frame.ends {
            self.ends.add(end.clone());
        }
        self.choosing += usize::from(frame.chooses());
        self.open.push(frame);
    }

    /// All of them, ended.
    pub(super) fn take(&mut self) -> Vec<Frame> {
        std::mem::take(self).open
    }

    /// End the innermost one.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.open.pop()?;
        frame.ends.iter().for_each(|end| self.ends.remove(end));
        self.choosing -= usize::from(frame.chooses());
        Some(frame)
    }

    /// Behind its `else`, nothing but an end tag divides the innermost one.
    pub(super) fn decide(&mut self) {
        let Some(frame) = self.open.last_mut() else { return };
        let divisions: Vec<String> = frame.ends.extract_if(.., |end| !end.starts_with("end")).collect();
        divisions.iter().for_each(|end| self.ends.remove(end));
    }

    /// Whether one of them may not run what it encloses.
    pub(super) fn choose(&self) -> bool {
        self.choosing > 0
    }

    /// Whether the innermost one knows `word`.
    pub(super) fn ends_at(&self, word: &str) -> bool {
        self.open.last().is_some_and(|frame| frame.knows(word))
    }

    /// Whether any one knows `word`.
    pub(super) fn know(&self, word: &str) -> bool {
        self.ends.has(word)
    }
}

impl Frame {
    /// Whether it may not run what it encloses.
    fn chooses(&self) -> bool {
        let is_choice = |end: &String| matches!(end.as_str(), "endif" | "endfor" | "endmacro" | "endswitch");
        self.ends.iter().any(is_choice)
    }

    fn knows(&self, word: &str) -> bool {
        self.ends.iter().any(|end| end == word)
    }
}

//! What of a post a rule looks at, by which it is known where it has nothing new to say.

use crate::text::TextRange;

/// Parts of what a rule looks at, besides the file's path and the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads(u8);

impl Reads {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// The front matter and its fences, where a generator finds it whatever stands behind it.
    pub const HEAD: Self = Self(1);
    /// The body, its words and the words of its code left out, see [`crate::post::Post::markup`].
    pub const MARKUP: Self = Self(2);
    /// The images that the front matter names.
    pub const COVERS: Self = Self(4);
    /// The site: its generator, its settings, its files and its posts.
    pub const SITE: Self = Self(8);

    /// These and those.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether these are among `others`.
    pub const fn are_among(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }
}

/// Lines of the body that a rule looks for.
#[derive(Debug)]
pub struct Lines {
    /// How many bytes before and behind what changes are looked at with it, besides the rest of its lines.
    pub reach: usize,
    /// Whether only what stands in an element of HTML is meant.
    pub in_elements: bool,
    /// Whether the rule has anything to say of a line.
    pub touch: fn(&str) -> bool,
}

/// What the findings of one rule rest on: while that is the same, the rule finds the same, in places that moved along.
#[derive(Clone, Debug)]
pub struct Rests {
    /// The parts that it has looked at.
    pub reads: Reads,
    /// Of the body's lines those that are looked for: where one of them is near a change, before or after, all counts.
    pub lines: Vec<&'static Lines>,
    /// All that stands in these places, bytes of the whole file.
    pub places: Vec<TextRange>,
}

impl Rests {
    /// On `reads` and on no line.
    pub const fn on(reads: Reads) -> Self {
        Self {
            reads,
            lines: Vec::new(),
            places: Vec::new(),
        }
    }

    /// And on those of the body's lines that `lines` look for.
    pub fn and_lines(self, lines: &[&'static Lines]) -> Self {
        let lines = lines.to_vec();
        Self { lines, ..self }
    }

    /// And on all that stands in `places`.
    pub fn and_places(self, places: Vec<TextRange>) -> Self {
        Self { places, ..self }
    }
}

//! What an editor shows, in plain data: byte offsets and words, nothing of any protocol.

pub mod action;
pub mod body;
mod choice;
pub mod completion;
pub mod dates;
pub mod folding;
pub mod format;
pub mod hover;
pub mod keys;
pub mod lens;
pub mod links;
pub mod made;
pub mod moved;
pub mod pairs;
pub mod selection;
pub mod silence;
pub mod spot;
pub mod symbols;
pub mod terms;
pub mod tokens;
pub mod values;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::generator::{Explained, Generator};
use crate::post::{Memory, Post};
use crate::rule::Spent;
use crate::text::Source;
use crate::workspace::Stage;

/// One text, parsed and linted, with everything that decided the result.
#[derive(Debug)]
pub struct Checked {
    /// The parsed text.
    pub post: Post,
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// The settings and the site that held.
    pub stage: Arc<Stage>,
}

impl Checked {
    /// Parse and lint `source` in the time that a post may take.
    pub fn new(source: Source, stage: Arc<Stage>) -> Result<Self, Spent> {
        let (post, findings) = stage.lint_within(source, &stage.budget())?;
        Ok(Self { post, findings, stage })
    }

    /// The same of a text that differs little from the last one that was parsed with `memory`.
    pub fn after(source: Source, stage: Arc<Stage>, memory: &Memory) -> Result<Self, Spent> {
        let (post, findings) = stage.lint_after(source, &stage.budget(), memory)?;
        Ok(Self { post, findings, stage })
    }

    /// Parse `source` and ask no rule: the file is no post, or the writer wants it left alone.
    pub fn unasked(source: Source, stage: Arc<Stage>) -> Self {
        Self {
            post: Post::parse(source, stage.path.as_str()),
            findings: Vec::new(),
            stage,
        }
    }

    /// Another text in the same place under the same settings.
    pub fn instead(&self, text: String) -> Result<Self, Spent> {
        Self::new(Source::new(text), Arc::clone(&self.stage))
    }

    /// What the generator will make of the post.
    pub fn explained(&self) -> Explained {
        self.stage.explain(&self.post)
    }

    /// The generator whose verdict counts, as the rules see it.
    pub fn generator(&self) -> Generator {
        self.stage.generator()
    }
}

//! What becomes of the front matter that the writer meant: read, printed, or the end of the post.

use super::hexo::{self, ReadOutcome};
use super::hugo::envelope::{Seen, seen};
use super::{Generator, jekyll};
use crate::diagnostic::Severity;
use crate::message::Part;
use crate::part;
use crate::post::{Dialect, Envelope, FrontMatter, Node, Post, Value};
use crate::text::{Source, TextRange};

/// What a generator does with a file, as far as its front matter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The block is read, and nothing but the block. Whether its values are sound is another question.
    Read,
    /// The block is read, and text of the article with it.
    Overrun,
    /// The post is published without its metadata, which are printed as part of the article.
    Printed,
    /// The post is published without its metadata and without the text that was taken for more of them.
    Lost,
    /// The post is missing from the site; the build goes on and succeeds.
    Dropped,
    /// The whole build stops.
    Fatal,
}

impl Fate {
    /// What that means, to be put after the generator's name; no full stop.
    pub fn effect(self) -> Part {
        match self {
            Fate::Read => part!("reads it all the same"),
            Fate::Overrun => part!("takes text of the article for metadata"),
            Fate::Printed => part!("does not see the metadata and prints them as part of the article"),
            Fate::Lost => {
                part!("takes text of the article for metadata, cannot read it and publishes the post without either")
            }
            Fate::Dropped => part!("drops the post; the build still succeeds"),
            Fate::Fatal => part!("stops the whole build"),
        }
    }
}

/// Whether `generator` reads front matter in `dialect` at all.
pub fn reads(generator: Generator, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Yaml => true,
        Dialect::Toml | Dialect::Json => generator == Generator::Hugo,
        Dialect::JsonSemicolons => generator == Generator::Hexo,
    }
}

/// What `generator` does with `text`, in which the writer meant the bytes of `block` as metadata.
pub fn fate(generator: Generator, text: &str, block: TextRange) -> Fate {
    let seen = match generator {
        Generator::Hexo => {
            // The zone only moves dates.
            let reading = hexo::read(text, "UTC");
            match reading.outcome {
                ReadOutcome::NoBlock | ReadOutcome::Ignored => None,
                ReadOutcome::Refused(_) | ReadOutcome::List => return Fate::Dropped,
                ReadOutcome::Data(_) => reading.block.map(|(range, _)| range),
            }
        }
        Generator::Jekyll => jekyll::envelope::block(text),
        Generator::Hugo => match seen(text) {
            Seen::Nothing => None,
            // What is left of a longer fence is a list to YAML and an error to TOML.
            Seen::Block(range, _) if begins_with_marks(text, range) => return Fate::Fatal,
            Seen::Block(range, _) => Some(range),
            Seen::Broken => return Fate::Fatal,
        },
    };
    let Some(seen) = seen else { return Fate::Printed };
    let meant = trimmed(text, block);
    if !seen.covers(meant) {
        return Fate::Printed;
    }
    let after = text.get(block.end..seen.end).unwrap_or_default();
    match generator {
        _ if after.trim().is_empty() => Fate::Read,
        Generator::Jekyll if !has_fields(text, seen) => Fate::Lost,
        Generator::Hugo if !has_fields(text, seen) => Fate::Fatal,
        _ => Fate::Overrun,
    }
}

/// What becomes of a post whose text holds no front matter, in the words of a finding; `None` when the generator takes
/// something else in it for front matter.
pub fn without(generator: Generator, text: &str) -> Option<(Part, Severity)> {
    let effect = match generator {
        Generator::Hexo => match hexo::read(text, "UTC").outcome {
            ReadOutcome::NoBlock | ReadOutcome::Ignored => {
                part!("Hexo publishes it without a heading, under the time its file was created")
            }
            ReadOutcome::Refused(_) | ReadOutcome::List | ReadOutcome::Data(_) => return None,
        },
        Generator::Jekyll => part!("Jekyll takes its title from the file's name and publishes it without tags"),
        Generator::Hugo => match seen(text) {
            Seen::Nothing => part!("Hugo publishes it without a title and without a date"),
            Seen::Block(block, _) if has_fields(text, block) => return None,
            Seen::Block(..) | Seen::Broken => {
                let effect = part!("Hugo takes its beginning for front matter and stops the whole build");
                return Some((effect, Severity::Error));
            }
        },
    };
    Some((effect, Severity::Warning))
}

/// Whether the bytes of `block` are a YAML mapping.
pub fn has_fields(text: &str, block: TextRange) -> bool {
    let envelope = Envelope {
        dialect: Dialect::Yaml,
        lead: TextRange::at(0),
        open: TextRange::at(block.start),
        block,
        close: None,
        body: TextRange::at(block.end),
    };
    let read = FrontMatter::parse(&Source::new(text), &envelope);
    read.error.is_none()
        && matches!(
            read.root,
            Some(Node {
                value: Value::Map(_),
                ..
            })
        )
}

/// Whether the first line of `block` holds nothing but what is left of a fence.
fn begins_with_marks(text: &str, block: TextRange) -> bool {
    let first = text.get(block.as_range()).and_then(|block| block.lines().next());
    first.is_some_and(|line| !line.trim().is_empty() && line.trim().trim_matches(['-', '+']).is_empty())
}

/// `block` without the white space around its text.
fn trimmed(text: &str, block: TextRange) -> TextRange {
    let written = text.get(block.as_range()).unwrap_or_default();
    let start = block.start + (written.len() - written.trim_start().len());
    TextRange::new(start, start + written.trim().len())
}

/// A file taken apart at its fences, to ask what would become of it with other ones.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The byte-order mark; often empty.
    pub bom: &'a str,
    /// What stands before the opening fence.
    pub lead: &'a str,
    /// The opening fence and what follows it up to the block.
    pub open: &'a str,
    /// The block.
    pub block: &'a str,
    /// The closing fence with its line end, or without where the file or other text goes on right behind it.
    pub close: &'a str,
    /// The rest.
    pub body: &'a str,
}

impl<'a> Parts<'a> {
    /// The file as it is.
    pub fn of(post: &'a Post, envelope: &Envelope) -> Self {
        let text = post.text();
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        Self {
            bom: slice(0, post.source.bom_len()),
            lead: slice(envelope.lead.start, envelope.open.start),
            open: slice(envelope.open.start, envelope.block.start),
            block: slice(envelope.block.start, envelope.block.end),
            close: slice(envelope.block.end, envelope.body.start),
            body: slice(envelope.body.start, envelope.body.end),
        }
    }

    /// The same file with nothing before the fences and both as they should be; `None` for JSON, which has none.
    pub fn mended(self, dialect: Dialect) -> Option<Self> {
        let line = match dialect {
            Dialect::Yaml => "---\n",
            Dialect::Toml => "+++\n",
            Dialect::JsonSemicolons => ";;;\n",
            Dialect::Json => return None,
        };
        Some(Self {
            lead: "",
            open: line,
            close: line,
            ..self
        })
    }

    /// What `generator` would do with this file.
    pub fn fate(self, generator: Generator) -> Fate {
        let text = [self.bom, self.lead, self.open, self.block, self.close, self.body].concat();
        let start = self.bom.len() + self.lead.len() + self.open.len();
        fate(generator, &text, TextRange::new(start, start + self.block.len()))
    }
}

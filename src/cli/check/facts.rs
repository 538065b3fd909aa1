//! `--emit-facts`: what is written down of a post, so that the posts of its site can be compared without any of them at hand.

use crate::cli::args::CheckArgs;
use crate::cli::output::told;
use crate::diagnostic::RuleCode;
use crate::generator::Generator;
use crate::post::Post;
use crate::post::named::points_at_posts;
use crate::report::digest;
use crate::rules;
use crate::say;
use crate::site::{BodyGist, PostFacts, Record};
use crate::text::Source;
use crate::workspace::{self, Candidate, Found, Stage};
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The form of [`Facts`]; another number is refused.
pub(super) const VERSION: u32 = 2;

/// What is written down of one post. Others carry these about: add, never rename.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::cli) struct Facts {
    pub(super) version: u32,
    /// What the post is called on the command line or in the stream.
    pub(super) path: String,
    /// Two are facts of one site only where this is the same: see [`made_by`].
    pub(super) made: String,
    /// Whether other posts see it: a page that the site's generator does not read as a post sees them, not they it.
    pub(super) is_post: bool,
    /// What the rules that compare posts look at in the text: most often its beginning up to the body. `None` for a text that is
    /// not UTF-8, of which nothing is said.
    pub(super) text: Option<String>,
    pub(super) post: Record,
}

impl Facts {
    /// What is written down of `post`; `None` for one in no site.
    pub(super) fn of(post: &Post, found: &Found, stage: &Stage) -> Option<Self> {
        let site = stage.site()?;
        let facts = site.facts_of(post, &stage.config);
        let is_post = !stage.excluded && workspace::classify(stage.site.as_deref(), &found.path) == Candidate::Post;
        let is_text = post.source.first_bad_byte().is_none();
        Some(Self {
            version: VERSION,
            path: found.path.to_string_lossy().into_owned(),
            made: made_by(stage)?,
            is_post,
            text: is_text.then(|| {
                let beginning = beginning(post, &facts).filter(|_| is_post && !needs_body(post, &facts, stage));
                beginning.unwrap_or(post.text()).to_owned()
            }),
            post: Record::of(&facts),
        })
    }
}

/// Whether the rules that compare posts may look at the body of `post`.
fn needs_body(post: &Post, facts: &PostFacts, stage: &Stage) -> bool {
    // Whether a comment silences anything, all rules together tell; what day a page is of, the body may know, and whether what it
    // links to is there, only the others.
    !post.directives.is_empty()
        || points_at_posts(post)
        || (stage.generator() == Generator::Hugo && facts.date.is_none())
}

/// The text up to the body and to the end of the place that stands for the post; `None` where it reads differently alone.
fn beginning<'a>(post: &'a Post, facts: &PostFacts) -> Option<&'a str> {
    let text = post.text().get(..post.body.start.max(facts.place.end))?;
    let alone = Post::parse(Source::new(text), post.path.as_str());
    let fences = |post: &Post| {
        let envelope = post.envelope.clone()?;
        Some((envelope.dialect, envelope.open, envelope.block, envelope.close))
    };
    let (whole, alone_matter) = (&post.front_matter, &alone.front_matter);
    let is_same = fences(post) == fences(&alone)
        && post.body.start == alone.body.start
        && whole.root == alone_matter.root
        && whole.error == alone_matter.error;
    is_same.then_some(text)
}

/// Whether what `code` says of a post on `stage` depends on other posts of the site. Whether a comment silences something does,
/// because it may silence that.
pub(super) fn compares(code: RuleCode, stage: &Stage) -> bool {
    stage.site.is_some() && (rules::compares_posts(code, stage.generator()) || code.0 == "suppression-unused")
}

/// A digest of all that facts depend on beside the post: this version of the program, the site's settings, the zones; `None` in no
/// site. How things are hashed differs between kinds of machines, so it goes in, too.
pub(super) fn made_by(stage: &Stage) -> Option<String> {
    let site = stage.site()?;
    let probe = BodyGist::of("A line that is long enough.");
    let settings = format!(
        "{:?} {:?} {:?} {:?} {probe:?}",
        stage.generator(),
        site.settings,
        stage.config.site_zone,
        stage.config.machine_zone
    );
    Some(digest([env!("CARGO_PKG_VERSION"), settings.as_str()]))
}

/// Where facts are written as they come.
pub(in crate::cli) struct Sink {
    /// `None`: they go along with the answers of a stream.
    out: Option<Mutex<Out>>,
}

struct Out {
    to: Box<dyn Write + Send>,
    trouble: Option<io::Error>,
}

/// A line of a file of facts; the answers of a stream have the same key.
#[derive(Serialize)]
struct Line<'a> {
    facts: &'a Facts,
}

impl Sink {
    /// Where the arguments want the facts; `None` when they want none.
    pub(super) fn open(args: &CheckArgs) -> anyhow::Result<Option<Self>> {
        let Some(path) = args.stream.emit_facts.as_deref() else {
            return Ok(None);
        };
        let to: Box<dyn Write + Send> = match (path == Path::new("-"), args.stream.stream) {
            (true, true) => return Ok(Some(Self { out: None })),
            (true, false) => {
                anyhow::ensure!(
                    args.output.output_file.is_some(),
                    told(say!(
                        "`--emit-facts -` takes standard output; `--output-file` says where the findings go"
                    ))
                );
                Box::new(io::BufWriter::new(io::stdout()))
            }
            (false, _) => Box::new(workspace::output_file(path).with_context(|| workspace::shown(path))?),
        };
        let out = Out { to, trouble: None };
        Ok(Some(Self {
            out: Some(Mutex::new(out)),
        }))
    }

    /// Write `facts`, or give them back where they go along with an answer.
    pub(super) fn put(&self, facts: Box<Facts>) -> Option<Box<Facts>> {
        let Some(out) = &self.out else { return Some(facts) };
        let mut line = serde_json::to_vec(&Line { facts: &facts }).expect("plain data can be written as JSON");
        line.push(b'\n');
        let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
        if out.trouble.is_none() {
            out.trouble = out.to.write_all(&line).err();
        }
        None
    }

    /// Everything is written, or this says why not.
    pub(super) fn finish(&self) -> anyhow::Result<()> {
        let Some(out) = &self.out else { return Ok(()) };
        let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
        match out.trouble.take() {
            Some(error) => Err(error).context("--emit-facts"),
            None => out.to.flush().context("--emit-facts"),
        }
    }
}

//! What rules found in the text before: where all that their findings rest on is the same, they would find the same again.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::generator::Generator;
use crate::post::earlier::Earlier;
use crate::post::{Envelope, FrontMatter, Markup, Post, images};
use crate::rule::{Context, Lines, Reads, Rests};
use crate::rules;
use crate::text::{Moved, Source, TextRange};
use std::any::Any;
use std::cell::RefCell;
use std::sync::Arc;

/// What keeps a site in its place: as long as it is held, no other site is where it is.
pub type Held = Arc<dyn Any + Send + Sync>;

/// The site that rules look at: whether there is one, and what holds it; one that nothing holds is like no other.
pub(super) type Place = Option<Option<Held>>;

/// What was found in one text, and under what.
#[derive(Debug)]
pub(super) struct Kept {
    source: Source,
    path: String,
    envelope: Option<Envelope>,
    front_matter: Arc<FrontMatter>,
    body: TextRange,
    /// Whether the front matter names an image.
    has_covers: bool,
    markup: Option<Markup>,
    config: Config,
    site: Place,
    /// By a rule's place among all.
    verdicts: Vec<Option<Verdict>>,
}

/// What one rule found.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) rests: Rests,
    pub(super) found: Vec<Diagnostic>,
}

/// What is kept of one text, and what it has in common with a later one.
#[derive(Debug)]
pub(super) struct Before {
    kept: Kept,
    moved: Moved,
    same: Reads,
    /// The lines of the body that are not as they were, then and now; `None` where these are not known.
    changed: Option<(TextRange, TextRange)>,
    /// The later text, and its body.
    now: (Source, TextRange),
    /// Whether it is known that what changed stands in no element.
    is_outside: bool,
    /// Which lines were looked for, and whether none was found.
    looked: RefCell<Vec<(&'static Lines, bool)>>,
}

impl Kept {
    /// For what will be found under `context`; nothing yet.
    pub(super) fn new(context: &Context<'_>, site: Place) -> Self {
        let post = context.post;
        Self {
            source: post.source.clone(),
            path: post.path.clone(),
            envelope: post.envelope.clone(),
            front_matter: Arc::clone(&post.front_matter),
            body: post.body,
            has_covers: !images::fields(post).is_empty(),
            markup: post.markup(),
            config: context.config.clone(),
            site,
            verdicts: Vec::with_capacity(rules::ALL.len()),
        }
    }

    /// Keep what the rule that stands `at` a place among all has found.
    pub(super) fn keep(&mut self, at: usize, verdict: Verdict) {
        if self.verdicts.len() <= at {
            self.verdicts.resize_with(at + 1, || None);
        }
        self.verdicts[at] = Some(verdict);
    }

    /// What it has in common with `context`, for which `now` is to be kept; `None` where that is too little to ask for more.
    pub(super) fn before(self, context: &Context<'_>, now: &Kept) -> Option<Before> {
        let post = context.post;
        if self.path != now.path || !self.config.is_same_but_for_now(&now.config) {
            return None;
        }
        let moved = Moved::between(&self.source, &post.source);
        let is_site = match (&self.site, &now.site) {
            (None, None) => true,
            (Some(Some(old)), Some(Some(new))) => Arc::ptr_eq(old, new),
            _ => false,
        };
        let number = |markup: &Option<Markup>| markup.map(|markup| markup.number);
        let is_outside = |(old, new): (Markup, Markup)| old.differs_outside(new);
        let is_outside = self.markup.zip(now.markup).is_some_and(is_outside);
        let is_markup = self.markup.is_some() && number(&self.markup) == number(&now.markup);
        let is_head = self.has_same_block(now, moved) && is_plain(post, context.generator());
        let mut same = Reads::NONE;
        for (part, is_same) in [
            (Reads::HEAD, is_head),
            (Reads::COVERS, is_head || !self.has_covers && !now.has_covers),
            (Reads::MARKUP, is_markup),
            (Reads::SITE, is_site),
        ] {
            if is_same {
                same = same.and(part);
            }
        }
        let earlier = Earlier::new(&self.source, self.body);
        Some(Before {
            changed: earlier.changed(&post.source, post.body),
            now: (post.source.clone(), post.body),
            is_outside,
            looked: RefCell::default(),
            kept: self,
            moved,
            same,
        })
    }

    /// Whether all before the body is the same.
    fn has_same_block(&self, now: &Kept, moved: Moved) -> bool {
        let is_before = self.body.start == now.body.start && moved.was().start >= self.body.start;
        let is_envelope = match (&self.envelope, &now.envelope) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                let parts = |envelope: &Envelope| {
                    let &Envelope {
                        dialect,
                        lead,
                        open,
                        block,
                        close,
                        body,
                    } = envelope;
                    (dialect, lead, open, block, close, body.start)
                };
                parts(old) == parts(new) && Arc::ptr_eq(&self.front_matter, &now.front_matter)
            }
            _ => false,
        };
        is_before && is_envelope
    }
}

/// Whether every generator that reads such front matter finds it where the writer meant it, whatever stands behind it: between two equal
/// fences, alone on their lines, the first at the very beginning.
fn is_plain(post: &Post, generator: Generator) -> bool {
    let Some(envelope) = &post.envelope else { return false };
    let Some(close) = envelope.close else { return false };
    let slice = |start: usize, end: usize| post.source.slice(TextRange::new(start, end));
    let ends = |start: usize, end: usize| matches!(slice(start, end), "\n" | "\r\n");
    let fence = post.source.slice(envelope.open);
    let is_fence = fence == "---" || fence == "+++" && generator == Generator::Hugo;
    is_fence
        && post.source.slice(close) == fence
        && envelope.lead.is_empty()
        && ends(envelope.open.end, envelope.block.start)
        && ends(close.end, envelope.body.start)
        && !post.source.slice(envelope.block).trim().is_empty()
}

impl Before {
    /// What the rule that stands `at` a place among all finds, and on what that rests, where it is known without asking. Told once.
    pub(super) fn found(&mut self, at: usize) -> Option<Verdict> {
        let verdict = self.kept.verdicts.get_mut(at)?.take()?;
        let Rests { reads, lines, .. } = &verdict.rests;
        let is_same = reads.are_among(self.same) && lines.iter().all(|lines| self.has_none(lines));
        is_same.then(|| verdict.moved(self.moved))?
    }

    /// Whether none of `lines` stands or stood near what changed.
    fn has_none(&self, lines: &'static Lines) -> bool {
        let mut looked = self.looked.borrow_mut();
        if let Some((_, has_none)) = looked.iter().find(|(other, _)| std::ptr::eq(*other, lines)) {
            return *has_none;
        }
        let near = |source: &Source, body: TextRange, changed: TextRange| {
            let part = source.lines_near(changed, lines.reach, body);
            source.slice(part).lines().any(lines.touch)
        };
        let has_none = self.changed.is_some_and(|(old, new)| {
            // What changed before the body changes none of its lines.
            let is_none = old.is_empty() && new.is_empty();
            is_none
                || (lines.in_elements && self.is_outside)
                || !near(&self.kept.source, self.kept.body, old) && !near(&self.now.0, self.now.1, new)
        });
        looked.push((lines, has_none));
        has_none
    }
}

impl Verdict {
    /// The same where it is now; `None` where that cannot be told.
    fn moved(mut self, moved: Moved) -> Option<Self> {
        // What is typed right behind a place may become a part of it.
        let change = moved.was();
        let touches = |place: &TextRange| place.start <= change.end && change.start <= place.end;
        if self.rests.places.iter().any(touches) {
            return None;
        }
        for place in self.places() {
            *place = moved.untouched(*place)?;
        }
        Some(self)
    }

    fn places(&mut self) -> impl Iterator<Item = &mut TextRange> {
        let findings = self.found.iter_mut().flat_map(|finding| {
            let Diagnostic {
                range, related, fixes, ..
            } = finding;
            let related = related.iter_mut().filter(|related| related.file.is_none());
            let edits = fixes.iter_mut().flat_map(|fix| &mut fix.edits);
            std::iter::once(range)
                .chain(related.map(|related| &mut related.range))
                .chain(edits.map(|edit| &mut edit.range))
        });
        findings.chain(&mut self.rests.places)
    }
}

//! What the reading of a text leaves for the next one, of nearly the same text: a writer types, and most stays as it was.

use super::front_matter::FrontMatter;
use super::html::Known;
use super::markdown::{Reading, Trials};
use super::split::Envelope;
use crate::text::Source;
use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What was read last of one text. Cheap to clone; clones share it. It changes how long the next reading takes and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    /// The text that was read last.
    source: Option<Source>,
    /// The block as written, the envelope that it stood in, and what was read.
    front_matter: Option<(String, Envelope, Arc<FrontMatter>)>,
    /// Taken out while the next is read.
    markdown: Option<Reading>,
    /// Taken out while the next is read, too.
    html: Option<Known>,
    /// How often HTML was read.
    readings: u64,
    trials: Option<Trials>,
    /// What the rooms above keep, each of another type.
    others: Vec<Box<dyn Any + Send>>,
}

impl Memory {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `source` as the one after the last.
    pub(super) fn following(&self, source: Source) -> Source {
        let mut kept = self.kept();
        let source = match &kept.source {
            Some(last) => source.after(last),
            None => source,
        };
        kept.source = Some(source.clone());
        source
    }

    /// The front matter of `source`, which stands in `envelope`.
    pub(super) fn front_matter(&self, source: &Source, envelope: &Envelope) -> Arc<FrontMatter> {
        let block = source.slice(envelope.block);
        let mut kept = self.kept();
        if let Some((text, place, known)) = &kept.front_matter
            && text == block
            && (place.block, place.dialect) == (envelope.block, envelope.dialect)
        {
            return Arc::clone(known);
        }
        let read = Arc::new(FrontMatter::parse(source, envelope));
        kept.front_matter = Some((block.to_owned(), envelope.clone(), Arc::clone(&read)));
        read
    }

    /// The layout of the body that was read last; gone until another is put in its place.
    pub(super) fn take_markdown(&self) -> Option<Reading> {
        self.kept().markdown.take()
    }

    /// The HTML that was read last; gone until another is put in its place.
    pub(super) fn take_html(&self) -> Option<Known> {
        self.kept().html.take()
    }

    /// What `look` finds in the HTML that was read last.
    pub(super) fn known_html<T>(&self, look: impl FnOnce(&Known) -> Option<T>) -> Option<T> {
        self.kept().html.as_ref().and_then(look)
    }

    /// A number that no other reading of HTML has.
    pub(super) fn new_reading(&self) -> u64 {
        let mut kept = self.kept();
        kept.readings += 1;
        kept.readings
    }

    /// Keep `known` for the next one.
    pub(super) fn put_html(&self, known: Known) {
        self.kept().html = Some(known);
    }

    /// What was kept of type `T` when the text was looked at last; gone until another is kept.
    pub fn take<T: Any + Send>(&self) -> Option<T> {
        let others = &mut self.kept().others;
        let at = others.iter().position(|other| other.is::<T>())?;
        others.swap_remove(at).downcast().ok().map(|kept| *kept)
    }

    /// Keep `value` for the next look, which need not come.
    pub fn keep<T: Any + Send>(&self, value: T) {
        let others = &mut self.kept().others;
        others.retain(|other| !other.is::<T>());
        others.push(Box::new(value));
    }

    /// What trials of edits said.
    pub(super) fn trials(&self) -> Trials {
        self.kept().trials.get_or_insert_with(Trials::kept).clone()
    }

    /// Keep `reading` for the next one.
    pub(super) fn put_markdown(&self, reading: Reading) {
        self.kept().markdown = Some(reading);
    }
}

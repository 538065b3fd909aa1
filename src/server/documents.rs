//! The texts that are open in the editor, each a rope that follows the client's incremental changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use tokio::sync::watch;
use tower_lsp::lsp_types::{self as lsp, TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::analysis::Analysis;
use crate::post::Memory;
use crate::text::{Encoding, Source, TextRange};

/// One open document.
#[derive(Debug)]
pub struct Document {
    rope: Rope,
    /// The text as it was last frozen, and what has changed since; `None` where all of it was replaced.
    frozen: Option<(Source, Change)>,
    /// The client's number for the text.
    pub version: i32,
    /// What was last found in it; stale when its revision is not that of `revisions`.
    pub analysis: Option<Arc<Analysis>>,
    /// What was read last of it.
    memory: Memory,
    /// The front matter that the index of its site was last told of, and the session's epoch then; `None` where the body may
    /// change what others see.
    pub taken_in: Option<(u64, String)>,
    /// Whether it was opened or saved since its findings were last shown.
    pub saved: bool,
    /// Our own number, which grows with every change of the text or of the settings. Dropped on close.
    revisions: watch::Sender<u64>,
}

/// A document as it was at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The frozen text.
    pub source: Source,
    /// The client's number for it.
    pub version: i32,
    /// Our number for it.
    pub revision: u64,
    /// What was read last of the document; `None` for a text that is looked at once.
    pub memory: Option<Memory>,
}

impl Document {
    /// A document as the client opened it; `revision` is its first number.
    pub fn new(text: &str, version: i32, revision: u64) -> Self {
        Self {
            rope: Rope::from_str(text),
            frozen: None,
            version,
            analysis: None,
            memory: Memory::default(),
            taken_in: None,
            saved: true,
            revisions: watch::Sender::new(revision),
        }
    }

    /// How long the text is, in bytes.
    pub fn length(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Apply `changes` in their order. Positions beyond the end of a line or of the text mean that end.
    pub fn apply(&mut self, changes: &[TextDocumentContentChangeEvent], version: i32, encoding: Encoding) {
        for change in changes {
            match change.range {
                None => {
                    self.rope = Rope::from_str(&change.text);
                    self.frozen = None;
                }
                Some(range) => {
                    let start = char_at(&self.rope, range.start, encoding);
                    let end = char_at(&self.rope, range.end, encoding).max(start);
                    if let Some((_, changed)) = &mut self.frozen {
                        let [start, end] = [start, end].map(|at| self.rope.char_to_byte(at));
                        changed.add(start..end, change.text.len());
                    }
                    self.rope.remove(start..end);
                    self.rope.insert(start, &change.text);
                }
            }
        }
        self.version = version;
        self.touch();
    }

    /// Say that what was found before no longer counts.
    pub fn touch(&self) {
        self.revisions.send_modify(|revision| *revision += 1);
    }

    /// Our number for the text as it is now.
    pub fn revision(&self) -> u64 {
        *self.revisions.borrow()
    }

    /// Hears of every new revision, and of the end.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.revisions.subscribe()
    }

    /// The whole text.
    pub fn text(&self) -> String {
        // `to_string` would let it grow piece by piece.
        let mut text = String::with_capacity(self.rope.len_bytes());
        text.extend(self.rope.chunks());
        text
    }

    /// The text, frozen. Of one that was frozen before, only what has changed since is taken from the rope.
    fn freeze(&mut self) -> Source {
        let source = match self.frozen.take() {
            Some((source, Change(None))) => source,
            Some((source, Change(Some((old, new))))) => {
                let typed: Vec<&str> = self.rope.byte_slice(new.as_range()).chunks().collect();
                source.with(old, &typed)
            }
            None => Source::new(self.text()),
        };
        debug_assert_eq!(source.text(), self.text(), "the rope holds what was frozen");
        self.frozen = Some((source.clone(), Change::default()));
        source
    }

    /// The document as it is now.
    pub fn snapshot(&mut self) -> Snapshot {
        Snapshot {
            source: self.freeze(),
            version: self.version,
            revision: self.revision(),
            memory: Some(self.memory.clone()),
        }
    }
}

/// Where a text was, and where it is now, that has changed since some moment, in bytes; `None` where none has.
#[derive(Debug, Default)]
struct Change(Option<(TextRange, TextRange)>);

impl Change {
    /// What stood at `range` of the text as it is now has become `length` bytes long.
    fn add(&mut self, range: std::ops::Range<usize>, length: usize) {
        let range = TextRange::from(range);
        let (old, new) = self.0.unwrap_or((range, range));
        // What lies behind the change so far stood as far behind it before.
        let behind = range.end.saturating_sub(new.end);
        let hull = new.hull(range);
        let before = new.start - hull.start;
        self.0 = Some((
            TextRange::new(old.start - before, old.end + behind),
            TextRange::new(hull.start, hull.end - range.len() + length),
        ));
    }
}

/// Index of the character at a position.
fn char_at(rope: &Rope, position: lsp::Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let line = rope.line(line);
    let content = content_chars(line);
    let column = position.character as usize;
    let chars = match encoding {
        Encoding::Utf8 => line.byte_to_char(column.min(line.len_bytes())),
        Encoding::Utf16 => line.utf16_cu_to_char(column.min(line.len_utf16_cu())),
        Encoding::Utf32 => column,
    };
    start + chars.min(content)
}

/// Number of characters of a line without its line end.
fn content_chars(line: ropey::RopeSlice<'_>) -> usize {
    let all = line.len_chars();
    match line.chars_at(all).prev() {
        Some('\n') if all > 1 && line.char(all - 2) == '\r' => all - 2,
        Some('\n' | '\r') => all - 1,
        _ => all,
    }
}

/// All open documents. Changed only under the lock, and always before a handler's first `.await`: tower-lsp keeps the
/// order of notifications up to there and no further.
#[derive(Debug, Default)]
pub struct Documents {
    open: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    documents: HashMap<Url, Document>,
    /// Grows with every opening, so that no revision of a reopened document equals one from before.
    openings: u64,
}

impl Documents {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Open a document, replacing one that the client forgot to close. Returns its revisions.
    pub fn open(&self, item: &TextDocumentItem) -> watch::Receiver<u64> {
        let mut state = self.lock();
        state.openings += 1;
        let document = Document::new(&item.text, item.version, state.openings << 32);
        let revisions = document.watch();
        state.documents.insert(item.uri.clone(), document);
        revisions
    }

    /// Forget a document.
    pub fn close(&self, uri: &Url) {
        self.lock().documents.remove(uri);
    }

    /// Do something with an open document; `None` when it is not open.
    pub fn with<T>(&self, uri: &Url, act: impl FnOnce(&mut Document) -> T) -> Option<T> {
        self.lock().documents.get_mut(uri).map(act)
    }

    /// The document as it is now; `None` when it is not open.
    pub fn snapshot(&self, uri: &Url) -> Option<Snapshot> {
        self.with(uri, |document| document.snapshot())
    }

    /// The open documents that `wants` says yes to, as they are now.
    pub fn snapshots_where(&self, wants: impl Fn(&Url) -> bool) -> Vec<(Url, Snapshot)> {
        let mut state = self.lock();
        let all = state.documents.iter_mut().filter(|(uri, _)| wants(uri));
        all.map(|(uri, document)| (uri.clone(), document.snapshot())).collect()
    }

    /// Say that every document must be looked at again.
    pub fn touch_all(&self) {
        for document in self.lock().documents.values() {
            document.touch();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::text::TextRange;

    /// Puts `text` in place of what stands at `range`, and tells `change`.
    fn put(now: &mut String, change: &mut Change, range: std::ops::Range<usize>, text: &str) {
        change.add(range.clone(), text.len());
        now.replace_range(range, text);
    }

    #[test]
    fn several_changes_are_one_that_holds_them_all() {
        let old = "0123456789";
        let edits: [(std::ops::Range<usize>, &str); 6] = [
            (4..5, "abc"),
            (9..10, ""),
            (1..1, "x"),
            (3..8, "y"),
            (0..1, ""),
            (2..3, "zz"),
        ];
        for first in 0..edits.len() {
            let (mut now, mut change) = (old.to_owned(), Change::default());
            for (range, text) in &edits[first..] {
                put(&mut now, &mut change, range.clone(), text);
                let (was, is): (TextRange, TextRange) = change.0.unwrap();
                let again = [&old[..was.start], &now[is.as_range()], &old[was.end..]].concat();
                assert_eq!(again, now);
            }
        }
    }
}

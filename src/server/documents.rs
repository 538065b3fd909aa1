//! The texts that are open in the editor, each a rope that follows the client's incremental changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use tokio::sync::watch;
use tower_lsp::lsp_types::{self as lsp, TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::analysis::Analysis;
use crate::post::Memory;
use crate::text::{Encoding, Source};

/// One open document.
#[derive(Debug)]
pub struct Document {
    rope: Rope,
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
            version,
            analysis: None,
            memory: Memory::default(),
            taken_in: None,
            saved: true,
            revisions: watch::Sender::new(revision),
        }
    }

    /// Apply `changes` in their order. Positions beyond the end of a line or of the text mean that end.
    pub fn apply(&mut self, changes: &[TextDocumentContentChangeEvent], version: i32, encoding: Encoding) {
        for change in changes {
            match change.range {
                None => self.rope = Rope::from_str(&change.text),
                Some(range) => {
                    let start = char_at(&self.rope, range.start, encoding);
                    let end = char_at(&self.rope, range.end, encoding).max(start);
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

    /// The document as it is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            source: Source::new(self.text()),
            version: self.version,
            revision: self.revision(),
            memory: Some(self.memory.clone()),
        }
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
        let state = self.lock();
        let all = state.documents.iter().filter(|(uri, _)| wants(uri));
        all.map(|(uri, document)| (uri.clone(), document.snapshot())).collect()
    }

    /// Say that every document must be looked at again.
    pub fn touch_all(&self) {
        for document in self.lock().documents.values() {
            document.touch();
        }
    }
}

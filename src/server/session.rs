//! What all handlers of one conversation share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::{mpsc, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::MessageType;

use super::documents::Documents;
use super::guard::{Note, Shared};
use super::pace::Pace;
use super::settings::Settings;
use super::traits::Traits;
use crate::message::Message;
use crate::say;

/// One conversation with one client.
#[derive(Debug)]
pub struct Session {
    /// The way to the client. Never awaited in a handler: four handlers that wait for a client that waits for the server
    /// would wait for ever.
    pub client: Client,
    /// The open documents.
    pub documents: Documents,
    /// The settings, by place.
    pub settings: Settings,
    /// Held by whoever is publishing, so that an older result never follows a newer one.
    pub speaking: tokio::sync::Mutex<()>,
    /// Grows whenever something changes that may change what is found in every post.
    pub epoch: watch::Sender<u64>,
    /// Held by whoever is indexing, so that no site is read twice, and from the look at a post to its entry in the index, so
    /// that an older look never replaces a newer one.
    pub indexing: tokio::sync::Mutex<()>,
    /// How many readings of sites are under way or about to begin.
    readings: watch::Sender<usize>,
    traits: OnceLock<Traits>,
    /// What the guard knows.
    pub shared: Arc<Shared>,
    notes: mpsc::UnboundedSender<Note>,
    last_note: Mutex<String>,
    tokens: AtomicU64,
    /// How long completions take.
    pub completing: Pace,
    /// How long lists of actions take.
    pub acting: Pace,
}

impl Session {
    /// A conversation that has not begun.
    pub fn new(client: Client, shared: Arc<Shared>, notes: mpsc::UnboundedSender<Note>) -> Self {
        Self {
            client,
            documents: Documents::default(),
            settings: Settings::default(),
            speaking: tokio::sync::Mutex::new(()),
            epoch: watch::Sender::new(0),
            indexing: tokio::sync::Mutex::new(()),
            readings: watch::Sender::new(0),
            traits: OnceLock::new(),
            shared,
            notes,
            last_note: Mutex::default(),
            tokens: AtomicU64::new(0),
            completing: Pace::default(),
            acting: Pace::default(),
        }
    }

    /// What the client can do; nothing before `initialize`.
    pub fn traits(&self) -> &Traits {
        match self.shared.initialize.get() {
            Some(params) => self.traits.get_or_init(|| Traits::new(params)),
            None => {
                static NONE: OnceLock<Traits> = OnceLock::new();
                NONE.get_or_init(Traits::default)
            }
        }
    }

    /// Say that a reading of sites is about to begin; it has ended when what is returned is dropped.
    pub fn reading(self: &Arc<Self>) -> Reading {
        self.readings.send_modify(|readings| *readings += 1);
        Reading(Arc::clone(self))
    }

    /// Whether a reading of sites is under way or about to begin.
    pub fn is_reading(&self) -> bool {
        *self.readings.borrow() > 0
    }

    /// Wait until every site that the client has shown is read: an answer about the whole site from half of it would be wrong.
    pub async fn read(&self) {
        // The sender lives as long as the session.
        let _ = self.readings.subscribe().wait_for(|readings| *readings == 0).await;
    }

    /// A name that was never used before.
    pub fn token(&self, begin: &str) -> String {
        format!("{begin}{}", self.tokens.fetch_add(1, Ordering::Relaxed))
    }

    /// Show the writer a message, soon.
    pub fn tell(self: &Arc<Self>, kind: MessageType, message: String) {
        let session = Arc::clone(self);
        tokio::spawn(async move { session.client.show_message(kind, message).await });
    }

    /// Write a warning to the client's log, soon.
    pub fn note(&self, message: impl Into<String>) {
        self.log(MessageType::WARNING, message);
    }

    /// A message in the language of the client.
    pub fn said(&self, message: &Message) -> String {
        message.text(self.traits().language())
    }

    /// Write to the client's log, soon.
    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        // Nobody listens any more only when the server is ending.
        let _ = self.notes.send((kind, message.into()));
    }

    /// Write to the client's log what was not the last thing written so: the same slip is found at every keystroke.
    pub fn note_once(&self, message: String) {
        let mut last = self.last_note.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != message {
            last.clone_from(&message);
            self.note(message);
        }
    }

    /// Do CPU work where blocking is allowed; a panic there is an internal error and hurts nothing else.
    pub async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        tokio::task::spawn_blocking(work).await.map_err(|_| self.failed())
    }

    /// The answer to a request whose work panicked.
    pub(super) fn failed(&self) -> Error {
        self.log(
            MessageType::ERROR,
            self.said(&say!("a request failed inside the server; please report this")),
        );
        Error::internal_error()
    }
}

/// A reading of sites that is under way.
#[derive(Debug)]
pub struct Reading(Arc<Session>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.readings.send_modify(|readings| *readings -= 1);
    }
}

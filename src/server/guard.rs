//! Stands between the transport and tower-lsp: catches panics, answers `$/cancelRequest` at once, mends what clients
//! commonly get wrong, and remembers whether `shutdown` came.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use futures::FutureExt;
use futures::future::BoxFuture;
use futures::task::AtomicWaker;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::lsp_types::MessageType;

use super::pump;

/// Something for the client's log, and how much it matters.
pub type Note = (MessageType, String);

/// What the guard shares with the rest of the server.
#[derive(Debug, Default)]
pub struct Shared {
    /// The `initialize` params as they came: lsp-types 0.94 misnames some fields (`workspace.diagnostics`).
    pub initialize: OnceLock<Value>,
    /// Whether `shutdown` was asked for.
    pub shut_down: AtomicBool,
    /// Told when the client's process is gone.
    pub client_gone: tokio::sync::Notify,
    /// Set when the client no longer wants the sites to be indexed; whoever begins to index takes it back.
    pub stop_indexing: AtomicBool,
    /// How much the client wants to be told of what goes on, by `$/setTrace`: 0 nothing, 1 how long each request took, 2 what it
    /// said too.
    pub trace: AtomicU8,
    /// Where to tell that: the message, and more of it where that is wanted.
    pub traces: OnceLock<mpsc::UnboundedSender<(String, Option<String>)>>,
    /// Whether `initialize` is being answered; what comes meanwhile waits.
    initializing: AtomicBool,
    /// Whoever waits for that.
    waiting: AtomicWaker,
    /// How to cancel each request that is not yet answered.
    cancels: Mutex<HashMap<Id, oneshot::Sender<()>>>,
}

impl Shared {
    /// Whether requests are answered as they come, and nobody wants to be told how long that took.
    pub fn is_plain(&self) -> bool {
        let is_between = self.initialize.get().is_some() && !self.shut_down.load(Ordering::SeqCst);
        is_between && !self.initializing.load(Ordering::SeqCst) && self.trace.load(Ordering::SeqCst) == 0
    }

    fn cancels(&self) -> MutexGuard<'_, HashMap<Id, oneshot::Sender<()>>> {
        self.cancels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See the module's sentence.
#[derive(Debug)]
pub struct Guard<S> {
    inner: S,
    shared: Arc<Shared>,
    notes: mpsc::UnboundedSender<Note>,
}

impl<S> Guard<S> {
    /// Guard `inner`; what a human should know goes to `notes`.
    pub fn new(inner: S, shared: Arc<Shared>, notes: mpsc::UnboundedSender<Note>) -> Self {
        Self { inner, shared, notes }
    }

    fn note(&self, message: impl Into<String>) {
        // Nobody listens any more only when the server is ending.
        let _ = self.notes.send((MessageType::WARNING, message.into()));
    }

    /// Cancel now, in the read loop: a queue of busy handlers must not hold this up.
    fn cancel(&self, params: Option<&Value>) {
        let id = match params.and_then(|params| params.get("id")) {
            Some(Value::Number(number)) => number.as_i64().map(Id::Number),
            Some(Value::String(text)) => Some(Id::String(text.clone())),
            _ => None,
        };
        if let Some(cancel) = id.and_then(|id| self.shared.cancels().remove(&id)) {
            let _ = cancel.send(());
        }
    }
}

type Answer<E> = Result<Option<Response>, E>;

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Error: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Answer<S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        // A client that sends `initialized` without waiting for the answer to `initialize` would find the server
        // not yet initialized, and the notification would be lost.
        self.shared.waiting.register(context.waker());
        if self.shared.initializing.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "$/cancelRequest" => {
                self.cancel(request.params());
                return async { Ok(None) }.boxed();
            }
            "window/workDoneProgress/cancel" => {
                self.shared.stop_indexing.store(true, Ordering::SeqCst);
                return async { Ok(None) }.boxed();
            }
            "$/setTrace" => {
                let wanted = trace_level(&text_of(request.params(), "value"));
                self.shared.trace.store(wanted, Ordering::SeqCst);
                return async { Ok(None) }.boxed();
            }
            pump::NOTE => {
                self.note(text_of(request.params(), "message"));
                return async { Ok(None) }.boxed();
            }
            pump::REFUSED => return async move { Ok(refusal(request)) }.boxed(),
            "shutdown" => self.shared.shut_down.store(true, Ordering::SeqCst),
            "initialize" => {
                if let Some(params) = request.params() {
                    let wanted = trace_level(&text_of(request.params(), "trace"));
                    self.shared.trace.store(wanted, Ordering::SeqCst);
                    // A second `initialize` is refused by tower-lsp; the first one's params stay.
                    let _ = self.shared.initialize.set(params.clone());
                }
                self.shared.initializing.store(true, Ordering::SeqCst);
            }
            _ => {}
        }
        let request = mended(request);
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        let is_verbose = self.shared.trace.load(Ordering::SeqCst) > 1;
        let said = request.params().filter(|_| is_verbose).map(Value::to_string);
        let work = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        let (shared, notes) = (Arc::clone(&self.shared), self.notes.clone());
        let cancelled = id.clone().map(|id| {
            let (cancel, cancelled) = oneshot::channel();
            shared.cancels().insert(id, cancel);
            cancelled
        });
        let begun = Instant::now();
        async move {
            let done = match (id.clone(), cancelled) {
                (Some(id), Some(cancelled)) => tokio::select! {
                    biased;
                    Ok(()) = cancelled => Ok(Ok(Some(Response::from_error(id, Error::request_cancelled())))),
                    done = work => done,
                },
                _ => work.await,
            };
            if let Some(id) = &id {
                shared.cancels().remove(id);
            }
            if shared.trace.load(Ordering::SeqCst) > 0
                && let Some(traces) = shared.traces.get()
            {
                let message = format!("{method}: {} ms", begun.elapsed().as_millis());
                // Nobody listens any more only when the server is ending.
                let _ = traces.send((message, said));
            }
            if method == "initialize" {
                shared.initializing.store(false, Ordering::SeqCst);
                shared.waiting.wake();
            }
            done.unwrap_or_else(|_| {
                let message = format!("`{method}` failed inside the server; please report this");
                let _ = notes.send((MessageType::ERROR, message));
                Ok(id.map(|id| Response::from_error(id, Error::internal_error())))
            })
        }
        .boxed()
    }
}

/// The request as tower-lsp wants it: `"params": null` is no params, and `initialized` has some.
fn mended(request: Request) -> Request {
    let unwanted = match request.method() {
        "shutdown" | "exit" => request.params().is_some(),
        _ => request.params().is_some_and(Value::is_null),
    };
    let wanting = request.method() == "initialized" && !request.params().is_some_and(Value::is_object);
    if !unwanted && !wanting {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let mut mended = Request::build(method);
    if let Some(id) = id {
        mended = mended.id(id);
    }
    if wanting {
        mended = mended.params(json!({}));
    }
    mended.finish()
}

/// How much a client with the trace `value` wants to be told.
fn trace_level(value: &str) -> u8 {
    match value {
        "" | "off" => 0,
        "verbose" => 2,
        _ => 1,
    }
}

fn refusal(request: Request) -> Option<Response> {
    let (_, id, params) = request.into_parts();
    let error = Error {
        code: ErrorCode::InvalidRequest,
        message: text_of(params.as_ref(), "message").into(),
        data: None,
    };
    Some(Response::from_error(id?, error))
}

fn text_of(params: Option<&Value>, key: &str) -> String {
    params
        .and_then(|params| params.get(key))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

//! The language server: one conversation with an editor over standard input and output.
//!
//! Bytes come in by [`pump`], become work in [`exchange`], pass [`guard`] and reach [`backend`], whose methods are a few lines
//! each; answers leave by [`outlet`]. [`documents`] follow the client's changes, [`analysis`] looks at snapshots of them,
//! [`publish`] and [`pull`] show what was found, and [`convert`] alone speaks both tongues. Four things hold everywhere: documents
//! change before a handler's first `.await`; CPU work runs in `spawn_blocking`, but for what took next to no time before; no handler
//! awaits the client; results count only for the text that is current.

pub mod across;
pub mod actions;
pub mod analysis;
pub mod backend;
pub mod capabilities;
pub mod commands;
pub mod convert;
pub mod documents;
pub mod exchange;
pub mod features;
pub mod guard;
pub mod index;
pub mod layer;
pub mod margins;
pub mod moves;
pub mod navigation;
pub mod outlet;
pub mod pace;
mod parent;
pub mod publish;
pub mod pull;
pub mod pump;
pub mod session;
pub mod settings;
pub mod silence;
mod surrogate;
pub mod traits;
mod watch;
pub mod wide;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::StreamExt;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::Request;
use tower_lsp::lsp_types::LogTraceParams;
use tower_lsp::lsp_types::notification::LogTrace;
use tower_lsp::{Client, LspService};

use crate::config::Config;
use crate::lint::lint;
use crate::post::Post;
use crate::text::Source;
use backend::Backend;
use guard::{Guard, Note, Shared};
use outlet::Outlet;

/// Threads for CPU work and for what the system makes us wait for.
const BLOCKING: usize = 8;

/// How long answers may take to get out after the conversation has ended.
const GRACE: Duration = Duration::from_secs(1);

/// How long the last note may take to get out after input that cannot be read on.
const NOTED: Duration = Duration::from_millis(200);

/// Talk over standard input and output until the conversation ends. Returns the exit code: 0 when the client asked for
/// `shutdown` before it left, else 1; 2 when there could be no conversation.
pub fn run() -> u8 {
    // One thread for all that waits, beside the one that reads.
    let runtime = tokio::runtime::Builder::new_current_thread()
        // Every thread that allocates keeps memory of its own, and none of ours waits for another.
        .max_blocking_threads(BLOCKING)
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return 2;
    };
    std::thread::spawn(warm_up);
    let code = runtime.block_on(async { serve(std::io::stdin(), Outlet::standard()).await });
    // A thread may be reading from a pipe that nobody closes: do not wait for it.
    runtime.shutdown_background();
    code
}

/// Make what a check needs the first time, patterns most of all, while the client still introduces itself.
fn warm_up() {
    let tags = "<p class=\"a\" style=\"color: red\">words <a href=\"https://example.com/?a=b\">and more</a></p>\n";
    let text = format!("---\ntitle: Words\ndate: 2022-07-06\n---\n{}", tags.repeat(20));
    lint(&Post::parse(Source::new(text), "a.md"), &Config::default(), None);
}

/// Talk over `input` and `outlet`, in a runtime. Returns as [`run`] does.
pub async fn serve(input: impl Read + Send + 'static, outlet: Arc<Outlet>) -> u8 {
    let shared = Arc::new(Shared::default());
    let (notes, heard) = mpsc::unbounded_channel();
    let (service, socket) = LspService::new(|client| Backend::new(client, Arc::clone(&shared), notes.clone()));
    tokio::spawn(log(service.inner().session().client.clone(), heard));
    let (traces, traced) = mpsc::unbounded_channel();
    // Nothing was set before.
    let _ = shared.traces.set(traces);
    tokio::spawn(trace(service.inner().session().client.clone(), traced));

    let (mut requests, answers) = socket.split();
    let way = Arc::clone(&outlet);
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            way.send(&request);
        }
    });
    let session = Arc::clone(service.inner().session());
    let at_once = move |request: &Request| pull::at_once(&session, request);
    let guard = Guard::new(service, Arc::clone(&shared), notes);
    let (mut exchange, finish) = exchange::exchange(guard, at_once, answers, &outlet, Handle::current());
    let (ends, ended) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        if pump::run(input, |message| exchange.take(message)) == pump::End::BeyondMeasure {
            // The end must not overtake the note.
            std::thread::sleep(NOTED);
        }
        drop(ends);
    });
    let enough = async {
        tokio::select! {
            // Nothing is ever sent: it is dropped, with all that the thread holds.
            _ = ended => tokio::time::sleep(GRACE).await,
            () = shared.client_gone.notified() => {}
        }
    };
    tokio::select! {
        () = finish => outlet.drain(GRACE),
        () = enough => {}
    }
    u8::from(!shared.shut_down.load(Ordering::SeqCst))
}

/// Write notes to the client's log.
async fn log(client: Client, mut notes: mpsc::UnboundedReceiver<Note>) {
    while let Some((kind, note)) = notes.recv().await {
        client.log_message(kind, note).await;
    }
}

/// Tell a client that wants to know how long each message took.
async fn trace(client: Client, mut traces: mpsc::UnboundedReceiver<(String, Option<String>)>) {
    while let Some((message, verbose)) = traces.recv().await {
        let params = LogTraceParams { message, verbose };
        client.send_notification::<LogTrace>(params).await;
    }
}

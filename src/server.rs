//! The language server: one conversation with an editor over standard input and output.
//!
//! Bytes come in by [`pump`], pass [`guard`] and reach [`backend`], whose methods are a few lines each. [`documents`] follow
//! the client's changes, [`analysis`] looks at snapshots of them, [`publish`] and [`pull`] show what was found, and
//! [`convert`] alone speaks both tongues. Four things hold everywhere: documents change before a handler's first
//! `.await`; CPU work runs in `spawn_blocking`, but for what took next to no time before; no handler awaits the client; results
//! count only for the text that is current.

pub mod across;
pub mod actions;
pub mod analysis;
pub mod backend;
pub mod capabilities;
pub mod commands;
pub mod convert;
pub mod documents;
pub mod features;
pub mod guard;
pub mod index;
pub mod layer;
pub mod margins;
pub mod moves;
pub mod navigation;
mod outlet;
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

use tokio::io::{AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::sync::{Notify, mpsc};
use tower_lsp::lsp_types::LogTraceParams;
use tower_lsp::lsp_types::notification::LogTrace;
use tower_lsp::{Client, LspService, Server};

use crate::config::Config;
use crate::lint::lint;
use crate::post::Post;
use crate::text::Source;
use backend::Backend;
use guard::{Guard, Note, Shared};
use outlet::Outlet;

/// How many requests are served at once.
const CONCURRENCY: usize = 64;

/// Threads for CPU work and for what the system makes us wait for.
const BLOCKING: usize = 8;

/// How long answers may take to get out after the conversation has ended.
const GRACE: Duration = Duration::from_secs(1);

/// How long the last note may take to get out after input that cannot be read on.
const NOTED: Duration = Duration::from_millis(200);

/// Talk over standard input and output until the conversation ends. Returns the exit code: 0 when the client asked for
/// `shutdown` before it left, else 1; 2 when there could be no conversation.
pub fn run() -> u8 {
    // One thread for all that waits: a message that goes from thread to thread is later at each by what it takes to wake it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        // Every thread that allocates keeps memory of its own, and none of ours waits for another.
        .max_blocking_threads(BLOCKING)
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return 2;
    };
    std::thread::spawn(warm_up);
    let code = runtime.block_on(async { serve(std::io::stdin(), Outlet::new()).await });
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

/// Talk over `input` and `output`. Returns as [`run`] does.
pub async fn serve(input: impl Read + Send + 'static, output: impl AsyncWrite) -> u8 {
    let shared = Arc::new(Shared::default());
    let (notes, heard) = mpsc::unbounded_channel();
    let (service, socket) = LspService::new(|client| Backend::new(client, Arc::clone(&shared), notes.clone()));
    tokio::spawn(log(service.inner().client(), heard));
    let (traces, traced) = mpsc::unbounded_channel();
    // Nothing was set before.
    let _ = shared.traces.set(traces);
    tokio::spawn(trace(service.inner().client(), traced));

    let (frames, received) = mpsc::channel(64);
    std::thread::spawn(move || {
        if pump::run(input, &frames) == pump::End::BeyondMeasure {
            // The end of the stream must not overtake the note.
            std::thread::sleep(NOTED);
        }
    });
    let (writer, reader) = tokio::io::duplex(1 << 20);
    let ended = Arc::new(Notify::new());
    tokio::spawn(feed(received, writer, Arc::clone(&ended)));

    let conversation = Server::new(reader, output, socket)
        .concurrency_level(CONCURRENCY)
        .serve(Guard::new(service, Arc::clone(&shared), notes));
    let enough = async {
        tokio::select! {
            () = ended.notified() => tokio::time::sleep(GRACE).await,
            () = shared.client_gone.notified() => {}
        }
    };
    tokio::select! {
        () = conversation => {}
        () = enough => {}
    }
    u8::from(!shared.shut_down.load(Ordering::SeqCst))
}

/// Hand the pump's frames to tower-lsp; dropping `writer` is the end of its input.
async fn feed(mut frames: mpsc::Receiver<Vec<u8>>, mut writer: DuplexStream, ended: Arc<Notify>) {
    while let Some(frame) = frames.recv().await {
        if writer.write_all(&frame).await.is_err() {
            break;
        }
    }
    ended.notify_one();
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

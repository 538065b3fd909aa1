//! Carries messages to the service and what it answers back, on the thread that reads them as far as that goes.
//!
//! Most of what an editor says is answered in less time than it takes to wake another thread. So every message is taken up where it
//! was read; only what must wait for something is handed on, to be finished with the others that wait. Messages are taken up in the
//! order in which they came.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use futures::future::BoxFuture;
use futures::{FutureExt, Sink, SinkExt, StreamExt, stream};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tower::Service;
use tower_lsp::jsonrpc::{Request, Response};

use super::outlet::Outlet;
use super::pump::Incoming;

/// How many messages are served at once.
const CONCURRENCY: usize = 64;

/// How many more wait for their turn before nothing more is read.
const QUEUE: usize = 100;

/// A message that is being answered; `None` when there is nothing to say.
type Work = BoxFuture<'static, Option<Response>>;

/// What has been handed on.
#[derive(Debug, Default)]
struct Handed {
    /// How many messages that are not yet answered.
    unfinished: AtomicUsize,
    /// How many of them have not been taken up yet.
    untouched: AtomicUsize,
}

/// The end of the exchange where messages come in.
pub struct Exchange<S, R> {
    service: S,
    answers: R,
    outlet: Arc<Outlet>,
    runtime: Handle,
    work: mpsc::Sender<Work>,
    handed: Arc<Handed>,
}

/// An exchange with `service`, whose own requests are answered by way of `answers`; and what finishes the work that is handed on, to
/// be awaited in `runtime`. It ends when the exchange is gone and everything is done.
pub fn exchange<S, R>(
    service: S,
    answers: R,
    outlet: &Arc<Outlet>,
    runtime: Handle,
) -> (Exchange<S, R>, impl Future<Output = ()>) {
    let (work, mut handed_on) = mpsc::channel(QUEUE);
    let exchange = Exchange {
        service,
        answers,
        outlet: Arc::clone(outlet),
        runtime,
        work,
        handed: Arc::default(),
    };
    let outlet = Arc::clone(outlet);
    let finish = stream::poll_fn(move |context| handed_on.poll_recv(context))
        .buffer_unordered(CONCURRENCY)
        .for_each(move |response: Option<Response>| {
            if let Some(response) = response {
                outlet.send(&response);
            }
            std::future::ready(())
        });
    (exchange, finish)
}

impl<S, R> Exchange<S, R>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    R: Sink<Response> + Unpin,
{
    /// Take up a message. False when the conversation is over.
    pub fn take(&mut self, message: Incoming) -> bool {
        self.outlet.wait_for_room();
        match message {
            Incoming::Response(response) => self.runtime.block_on(self.answers.send(response)).is_ok(),
            Incoming::Request(request) => self.is_ready() && self.serve(request),
        }
    }

    /// Wait until the service takes requests. False when it never will again.
    fn is_ready(&mut self) -> bool {
        let ready = match self.service.poll_ready(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ready) => ready,
            Poll::Pending => self
                .runtime
                .block_on(poll_fn(|context| self.service.poll_ready(context))),
        };
        ready.is_ok()
    }

    /// Serve a request. False when nobody finishes what is handed on any more.
    fn serve(&mut self, request: Request) -> bool {
        let answer = self.service.call(request);
        let mut work: Work = async move { answer.await.ok().flatten() }.boxed();
        let unfinished = self.handed.unfinished.load(Ordering::SeqCst);
        let untouched = self.handed.untouched.load(Ordering::SeqCst);
        let is_touched = unfinished < CONCURRENCY && untouched == 0;
        if is_touched {
            let _context = self.runtime.enter();
            // Whoever finishes it will ask again, with a waker of its own.
            if let Poll::Ready(response) = work.poll_unpin(&mut Context::from_waker(Waker::noop())) {
                if let Some(response) = response {
                    self.outlet.send(&response);
                }
                return true;
            }
        }
        self.hand_on(work, is_touched)
    }

    fn hand_on(&self, mut work: Work, is_touched: bool) -> bool {
        let handed = Arc::clone(&self.handed);
        handed.unfinished.fetch_add(1, Ordering::SeqCst);
        handed.untouched.fetch_add(usize::from(!is_touched), Ordering::SeqCst);
        let counted = async move {
            let first = poll_fn(|context| Poll::Ready(work.poll_unpin(context))).await;
            handed.untouched.fetch_sub(usize::from(!is_touched), Ordering::SeqCst);
            let response = match first {
                Poll::Ready(response) => response,
                Poll::Pending => work.await,
            };
            handed.unfinished.fetch_sub(1, Ordering::SeqCst);
            response
        };
        self.work.blocking_send(counted.boxed()).is_ok()
    }
}

//! Carries messages to the service and what it answers back, on the thread that reads them as far as that goes.
//!
//! Most of what an editor says is answered in less time than it takes to wake another thread. So every message is taken up where it
//! was read; only what must wait for something is handed on, to be finished with the others that wait. Messages are taken up in the
//! order in which they came. What can be answered with nothing to wait for does not go through the service at all.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use futures::future::BoxFuture;
use futures::{FutureExt, Sink, SinkExt, StreamExt, stream};
use serde::Serialize;
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
pub struct Exchange<S, Q, R> {
    service: S,
    at_once: Q,
    answers: R,
    outlet: Arc<Outlet>,
    runtime: Handle,
    work: mpsc::Sender<Work>,
    handed: Arc<Handed>,
}

/// An exchange with `service`, whose own requests are answered by way of `answers`, but for what is answered `at_once`; and what
/// finishes the work that is handed on, to be awaited in `runtime`. It ends when the exchange is gone and everything is done.
pub fn exchange<S, Q, R>(
    service: S,
    at_once: Q,
    answers: R,
    outlet: &Arc<Outlet>,
    runtime: Handle,
) -> (Exchange<S, Q, R>, impl Future<Output = ()>) {
    let (work, mut handed_on) = mpsc::channel(QUEUE);
    let exchange = Exchange {
        service,
        at_once,
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

impl<S, Q, A, R> Exchange<S, Q, R>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    Q: FnMut(&Request) -> Option<A>,
    A: Serialize,
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
        let unfinished = self.handed.unfinished.load(Ordering::SeqCst);
        let untouched = self.handed.untouched.load(Ordering::SeqCst);
        let is_touched = unfinished < CONCURRENCY && untouched == 0;
        let _context = self.runtime.enter();
        if is_touched && let Some(answer) = (self.at_once)(&request) {
            self.outlet.send(&answer);
            return true;
        }
        let answer = self.service.call(request);
        let mut work: Work = async move { answer.await.ok().flatten() }.boxed();
        if is_touched {
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::{Ready, ready};
    use serde_json::json;
    use tower_lsp::jsonrpc::Id;

    /// Answers every request with its own method.
    struct Echo;

    impl Service<Request> for Echo {
        type Response = Option<Response>;
        type Error = ();
        type Future = Ready<Result<Option<Response>, ()>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let (method, id, _) = request.into_parts();
            ready(Ok(id.map(|id| Response::from_ok(id, json!(method)))))
        }
    }

    #[test]
    fn what_is_answered_at_once_does_not_reach_the_service_and_all_else_does() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (reader, writer) = std::io::pipe().unwrap();
        let outlet = Outlet::new(writer);
        let at_once = |request: &Request| (request.method() == "swift").then(|| json!("at once"));
        let answers = futures::sink::drain();
        let (mut exchange, _finish) = exchange(Echo, at_once, answers, &outlet, runtime.handle().clone());
        for (id, method) in ["slow", "swift", "last"].into_iter().enumerate() {
            let id = Id::Number(i64::try_from(id).unwrap());
            assert!(exchange.take(Incoming::Request(Request::build(method).id(id).finish())));
        }
        let mut told = Vec::new();
        let mut seen = std::io::BufReader::new(reader);
        while told.len() < 3 {
            let mut line = String::new();
            std::io::BufRead::read_line(&mut seen, &mut line).unwrap();
            let length: usize = line.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
            let mut body = vec![0; length + 2];
            std::io::Read::read_exact(&mut seen, &mut body).unwrap();
            told.push(String::from_utf8(body).unwrap().trim().to_owned());
        }
        assert!(told[0].contains("slow") && told[2].contains("last"), "{told:?}");
        assert_eq!(told[1], "\"at once\"");
    }
}

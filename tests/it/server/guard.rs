//! The guard around a service that behaves badly.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use postlint::server::guard::{Guard, Shared};
use serde_json::json;
use tower::Service;
use tower_lsp::jsonrpc::{Request, Response};

/// Panics, sleeps or answers, by the name of the method.
struct Bad;

impl Service<Request> for Bad {
    type Response = Option<Response>;
    type Error = std::convert::Infallible;
    type Future = BoxFuture<'static, Result<Option<Response>, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        async move {
            match request.method() {
                "panic" => panic!("as asked"),
                "sleep" => tokio::time::sleep(Duration::from_secs(60)).await,
                _ => {}
            }
            let answer = json!({"params": request.params()});
            Ok(request.id().cloned().map(|id| Response::from_ok(id, answer)))
        }
        .boxed()
    }
}

fn guarded() -> (
    Guard<Bad>,
    tokio::sync::mpsc::UnboundedReceiver<postlint::server::guard::Note>,
) {
    let (notes, heard) = tokio::sync::mpsc::unbounded_channel();
    (Guard::new(Bad, Arc::new(Shared::default()), notes), heard)
}

fn request(method: &'static str, id: i64) -> Request {
    Request::build(method).id(id).params(json!({})).finish()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(work)
}

#[test]
fn a_panic_is_one_failed_request() {
    run(async {
        let (mut guard, mut heard) = guarded();
        let answer = guard.call(request("panic", 1)).await.unwrap().unwrap();
        assert_eq!(answer.error().unwrap().code.code(), -32603);
        assert!(heard.try_recv().unwrap().1.contains("`panic`"));
        let notification = Request::build("panic").finish();
        assert!(guard.call(notification).await.unwrap().is_none());
        let answer = guard.call(request("ask", 2)).await.unwrap().unwrap();
        assert!(answer.is_ok());
    });
}

#[test]
fn cancelling_does_not_wait_for_busy_handlers() {
    run(async {
        let (mut guard, _heard) = guarded();
        let mut sleeping = Vec::new();
        for id in 0..6 {
            sleeping.push(guard.call(request("sleep", id)));
        }
        let begun = Instant::now();
        for id in 0..6 {
            let cancel = Request::build("$/cancelRequest").params(json!({"id": id})).finish();
            assert!(guard.call(cancel).await.unwrap().is_none());
        }
        for answer in futures::future::join_all(sleeping).await {
            assert_eq!(answer.unwrap().unwrap().error().unwrap().code.code(), -32800);
        }
        assert!(begun.elapsed() < Duration::from_secs(60));
        // An id that was answered, one that never was and one that is none.
        for id in [json!(3), json!("x"), json!([])] {
            let cancel = Request::build("$/cancelRequest").params(json!({"id": id})).finish();
            assert!(guard.call(cancel).await.unwrap().is_none());
        }
    });
}

#[test]
fn params_that_are_null_are_no_params() {
    run(async {
        let (mut guard, _heard) = guarded();
        for (method, params, seen) in [
            ("shutdown", json!(null), json!(null)),
            ("shutdown", json!({}), json!(null)),
            ("initialized", json!(null), json!({})),
            ("textDocument/hover", json!({"a": 1}), json!({"a": 1})),
        ] {
            let request = Request::build(method).id(1).params(params).finish();
            let answer = guard.call(request).await.unwrap().unwrap();
            assert_eq!(answer.result().unwrap()["params"], seen, "{method}");
        }
    });
}

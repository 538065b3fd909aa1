//! How long something took when it was last done, and so where it is done next.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tower_lsp::jsonrpc::Result;

use super::session::Session;

/// What takes less than this is done where it is asked for: to wake another thread for it, and to be woken, takes as long.
pub const QUICK: Duration = Duration::from_millis(2);

/// How long some work took last, in nanoseconds; at first that is not known, and it may be long.
#[derive(Debug)]
pub struct Pace(AtomicU64);

impl Default for Pace {
    fn default() -> Self {
        Self(AtomicU64::new(u64::MAX))
    }
}

impl Pace {
    fn is_quick(&self) -> bool {
        Duration::from_nanos(self.0.load(Ordering::Relaxed)) < QUICK
    }

    fn note(&self, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.0.store(nanoseconds, Ordering::Relaxed);
    }
}

impl Session {
    /// Do CPU work, which waits for nothing: here when such work was quick last time, else as [`Session::blocking`] does.
    pub async fn paced<T: Send + 'static>(&self, pace: &Pace, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let begun = Instant::now();
        let done = match pace.is_quick() {
            true => std::panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| self.failed()),
            false => self.blocking(work).await,
        };
        pace.note(begun.elapsed());
        done
    }
}

//! Standard output: what fits is written at once, the rest by a thread that may be made to wait.
//!
//! A client may let its pipe fill up, and the thread that serves it must not wait for that. But to wake another thread for every
//! short answer takes longer than the answer.

use std::io::Result;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncWrite, Stdout};

/// Bytes that a pipe which can be written to takes without waiting (POSIX: `PIPE_BUF` is at least 512, on Linux it is 4,096).
const SHORT: usize = if cfg!(target_os = "linux") { 4096 } else { 512 };

/// See the module's sentence.
#[derive(Debug)]
pub struct Outlet {
    slow: Stdout,
    /// Whether `slow` may still hold something: nothing must overtake it.
    is_busy: bool,
}

impl Outlet {
    /// The standard output of this process; to be used within a runtime.
    pub fn new() -> Self {
        Self {
            slow: tokio::io::stdout(),
            is_busy: false,
        }
    }
}

impl AsyncWrite for Outlet {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        if !self.is_busy
            && bytes.len() <= SHORT
            && let Some(written) = write_now(bytes)
        {
            return Poll::Ready(Ok(written));
        }
        self.is_busy = true;
        Pin::new(&mut self.slow).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        if self.is_busy {
            ready!(Pin::new(&mut self.slow).poll_flush(context))?;
            self.is_busy = false;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.slow).poll_shutdown(context)
    }
}

/// How many of `bytes`, [`SHORT`] at the most, were written without waiting; `None` where it would have to be waited, or where that
/// cannot be told. An error is left to whoever writes them next.
#[cfg(unix)]
fn write_now(bytes: &[u8]) -> Option<usize> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let output = std::io::stdout();
    let mut place = [PollFd::new(&output, PollFlags::OUT)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let takes_more = poll(&mut place, Some(&now)) == Ok(1) && place[0].revents() == PollFlags::OUT;
    takes_more.then(|| rustix::io::write(&output, bytes).ok()).flatten()
}

#[cfg(not(unix))]
fn write_now(_: &[u8]) -> Option<usize> {
    None
}

//! The way to the client: what fits is written at once, the rest by a thread that may be made to wait.
//!
//! A client may let its pipe fill up, and whoever has something to say must not wait for that. But to wake another thread for every
//! short answer takes longer than the answer.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

/// Bytes that a pipe which can be written to takes without waiting (POSIX: `PIPE_BUF` is at least 512, on Linux it is 4,096).
const SHORT: usize = if cfg!(target_os = "linux") { 4096 } else { 512 };

/// With more bytes than these on their way nothing new is taken on: see [`Outlet::wait_for_room`].
const ROOM: usize = 1 << 20;

/// See the module's sentence. Messages go out whole and in the order in which they were sent.
#[derive(Debug)]
pub struct Outlet {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Whether what fits is written to standard output at once.
    is_standard: bool,
    /// What the thread has yet to write.
    queue: VecDeque<Vec<u8>>,
    /// How many bytes that is, with those that it is writing.
    bytes: usize,
    /// Nobody listens any more.
    is_deaf: bool,
}

impl Outlet {
    /// Standard output.
    pub fn standard() -> Arc<Self> {
        let is_standard = true;
        Self::with(
            std::io::stdout(),
            State {
                is_standard,
                ..State::default()
            },
        )
    }

    /// The way through `output`.
    pub fn new(output: impl Write + Send + 'static) -> Arc<Self> {
        Self::with(output, State::default())
    }

    fn with(output: impl Write + Send + 'static, state: State) -> Arc<Self> {
        let outlet = Arc::new(Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        let place = Arc::clone(&outlet);
        std::thread::spawn(move || place.write(output));
        outlet
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Send a message; never waits. What cannot be sent is for nobody.
    pub fn send(&self, message: &impl Serialize) {
        let Ok(frame) = framed(message) else { return };
        let mut state = self.lock();
        if state.is_deaf {
            return;
        }
        let written = match state.is_standard && state.bytes == 0 {
            true => write_now(&frame),
            false => 0,
        };
        let rest = frame.get(written..).unwrap_or_default();
        if !rest.is_empty() {
            state.bytes += rest.len();
            state.queue.push_back(rest.to_vec());
            self.changed.notify_all();
        }
    }

    /// Wait until not much is on its way: answers that nobody reads shall not pile up.
    pub fn wait_for_room(&self) {
        let mut state = self.lock();
        while state.bytes > ROOM && !state.is_deaf {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Wait, for as long as `patience`, until everything is written.
    pub fn drain(&self, patience: Duration) {
        let busy = |state: &mut State| state.bytes > 0 && !state.is_deaf;
        // Whether it was in time does not matter: there is nobody to tell.
        let _ = self.changed.wait_timeout_while(self.lock(), patience, busy);
    }

    /// Write what is sent, for ever.
    fn write(&self, mut output: impl Write) {
        let mut state = self.lock();
        while !state.is_deaf {
            let Some(frame) = state.queue.pop_front() else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            drop(state);
            let done = output.write_all(&frame).and_then(|()| output.flush());
            state = self.lock();
            state.bytes -= frame.len();
            state.is_deaf = done.is_err();
            self.changed.notify_all();
        }
    }
}

fn framed(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    // The header is written into a place that was left for it: a message can be long.
    const LONGEST: usize = "Content-Length: 18446744073709551615\r\n\r\n".len();
    let mut frame = vec![b' '; LONGEST];
    serde_json::to_writer(&mut frame, message)?;
    let header = format!("Content-Length: {}\r\n\r\n", frame.len() - LONGEST);
    let start = LONGEST - header.len();
    frame[start..LONGEST].copy_from_slice(header.as_bytes());
    frame.drain(..start);
    Ok(frame)
}

/// How many of `bytes` were written to standard output without waiting: 0 where it would have to be waited, or where that cannot be
/// told. An error is left to whoever writes the rest.
#[cfg(unix)]
fn write_now(bytes: &[u8]) -> usize {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let output = std::io::stdout();
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let mut written = 0;
    for piece in bytes.chunks(SHORT) {
        let mut place = [PollFd::new(&output, PollFlags::OUT)];
        if poll(&mut place, Some(&now)) != Ok(1) || place[0].revents() != PollFlags::OUT {
            break;
        }
        let taken = rustix::io::write(&output, piece).unwrap_or_default();
        written += taken;
        if taken < piece.len() {
            break;
        }
    }
    written
}

#[cfg(not(unix))]
fn write_now(_: &[u8]) -> usize {
    0
}

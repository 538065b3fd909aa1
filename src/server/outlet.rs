//! The way to the client: what fits is written at once, the rest by a thread that may be made to wait.
//!
//! A client may let its pipe fill up, and whoever has something to say must not wait for that. But to wake another thread for every
//! short answer takes longer than the answer.

use std::collections::VecDeque;
use std::io::{Error, ErrorKind, Result, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

/// Bytes that a pipe which can be written to takes without waiting (POSIX: `PIPE_BUF` is at least 512, on Linux it is 4,096).
const SHORT: usize = if cfg!(target_os = "linux") { 4096 } else { 512 };

/// With more bytes than these on their way, in more than so many messages, nothing new is taken on: see [`Outlet::wait_for_room`]. A
/// client that first writes all it has to say, a large text perhaps, and reads then, must be able to.
const ROOM: (usize, usize) = (1 << 20, 100);

/// With more bytes than these nothing is taken on however few messages they are.
const MOST: usize = 64 << 20;

/// How long is waited where standard output does not wait by itself.
const NAP: Duration = Duration::from_millis(1);

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
        while state.is_full() && !state.is_deaf {
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
            let done = write_whole(&mut output, &frame);
            state = self.lock();
            state.bytes -= frame.len();
            state.is_deaf = done.is_err();
            self.changed.notify_all();
        }
    }
}

impl State {
    fn is_full(&self) -> bool {
        let (bytes, messages) = ROOM;
        self.bytes > MOST || self.bytes > bytes && self.queue.len() > messages
    }
}

/// Write all of `bytes`. Whoever started the server may have made its output one that does not wait.
fn write_whole(output: &mut impl Write, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        match output.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) => patiently(error)?,
        }
    }
    while let Err(error) = output.flush() {
        patiently(error)?;
    }
    Ok(())
}

/// Wait where that is all it takes.
fn patiently(error: Error) -> Result<()> {
    match error.kind() {
        ErrorKind::Interrupted => Ok(()),
        ErrorKind::WouldBlock => {
            std::thread::sleep(NAP);
            Ok(())
        }
        _ => Err(error),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes three bytes at every other call, and at the calls between has to be waited for.
    struct Moody {
        taken: Arc<Mutex<Vec<u8>>>,
        is_busy: bool,
    }

    impl Moody {
        fn turn(&mut self) -> Result<()> {
            self.is_busy = !self.is_busy;
            match self.is_busy {
                true => Err(ErrorKind::WouldBlock.into()),
                false => Ok(()),
            }
        }
    }

    impl Write for Moody {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.turn()?;
            let some = &bytes[..bytes.len().min(3)];
            self.taken.lock().unwrap().extend_from_slice(some);
            Ok(some.len())
        }

        fn flush(&mut self) -> Result<()> {
            self.turn()
        }
    }

    #[test]
    fn an_output_that_does_not_wait_gets_all_of_it_in_order() {
        let taken = Arc::new(Mutex::new(Vec::new()));
        let outlet = Outlet::new(Moody {
            taken: Arc::clone(&taken),
            is_busy: false,
        });
        outlet.send(&"one");
        outlet.send(&[1, 2]);
        outlet.drain(Duration::from_secs(30));
        let text = String::from_utf8(taken.lock().unwrap().clone()).unwrap();
        assert_eq!(text, "Content-Length: 5\r\n\r\n\"one\"Content-Length: 5\r\n\r\n[1,2]");
    }

    #[test]
    fn few_long_messages_hold_nothing_up_but_many_do() {
        let state = |messages: usize, bytes: usize| State {
            queue: vec![Vec::new(); messages].into(),
            bytes,
            ..State::default()
        };
        assert!(!state(3, 20 << 20).is_full());
        assert!(!state(5_000, 1 << 20).is_full());
        assert!(state(101, (1 << 20) + 1).is_full());
        assert!(state(1, MOST + 1).is_full());
    }
}

//! Lines on their way from the reader by way of the workers to the writer: in order, and never too many at once.

use super::Answer;
use super::lines::Line;
use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lines on their way.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    moved: Condvar,
    /// Lines that may be on their way at once.
    most: usize,
}

#[derive(Debug, Default)]
struct State {
    /// Lines that no worker has taken yet, with their numbers.
    waiting: VecDeque<(u64, Line)>,
    /// What became of the lines on their way and how many bytes each has; `None` while it is not known.
    answers: VecDeque<(usize, Option<Answer>)>,
    /// How many lines have left.
    left: u64,
    /// Bytes of the lines on their way.
    bytes: usize,
    /// Set when no more lines will come, with what stopped them.
    end: Option<io::Result<()>>,
}

/// Bytes of lines on their way; a single longer one goes alone.
const MOST_BYTES: usize = 64 << 20;

impl Queue {
    /// A way for `most` lines at once.
    pub(super) fn new(most: usize) -> Self {
        Self {
            state: Mutex::default(),
            moved: Condvar::new(),
            most,
        }
    }

    /// Put a line at the end, as soon as there is room. Returns whether more are wanted.
    pub(super) fn push(&self, line: Line) -> bool {
        let has_room = |state: &State| {
            let fits = state.bytes + line.len() <= MOST_BYTES && state.answers.len() < self.most;
            fits || state.answers.is_empty() || state.end.is_some()
        };
        let mut state = self.wait_for(has_room);
        if state.end.is_some() {
            return false;
        }
        let number = state.left + state.answers.len() as u64 + 1;
        state.bytes += line.len();
        state.answers.push_back((line.len(), None));
        state.waiting.push_back((number, line));
        self.moved.notify_all();
        true
    }

    /// No more lines come.
    pub(super) fn end(&self, how: io::Result<()>) {
        let mut state = self.lock();
        state.end.get_or_insert(how);
        self.moved.notify_all();
    }

    /// A line and its number, from 1; `None` when there will be none any more.
    pub(super) fn take(&self) -> Option<(u64, Line)> {
        let mut state = self.wait_for(|state| !state.waiting.is_empty() || state.end.is_some());
        state.waiting.pop_front()
    }

    /// What became of the line `number`.
    pub(super) fn answer(&self, number: u64, answer: Answer) {
        let mut state = self.lock();
        let at = usize::try_from(number - state.left - 1).unwrap_or(usize::MAX);
        if let Some(slot) = state.answers.get_mut(at) {
            slot.1 = Some(answer);
        }
        self.moved.notify_all();
    }

    /// What became of the next line, if that is known already.
    pub(super) fn ready(&self) -> Option<Answer> {
        self.leave(&mut self.lock())
    }

    /// What became of the next line; `None` when there will be none any more, `Err` when the input broke off.
    pub(super) fn next(&self) -> io::Result<Option<Answer>> {
        let is_known = |state: &State| match state.answers.front() {
            Some((_, answer)) => answer.is_some(),
            None => state.end.is_some(),
        };
        let mut state = self.wait_for(is_known);
        match self.leave(&mut state) {
            Some(answer) => Ok(Some(answer)),
            None => state.end.take().unwrap_or(Ok(())).map(|()| None),
        }
    }

    /// Nobody wants an answer any more: what waits is dropped, and every thread ends.
    pub(super) fn close(&self) {
        self.lock().waiting.clear();
        self.end(Ok(()));
    }

    fn leave(&self, state: &mut State) -> Option<Answer> {
        state.answers.front()?.1.as_ref()?;
        let (bytes, answer) = state.answers.pop_front()?;
        state.left += 1;
        state.bytes -= bytes;
        self.moved.notify_all();
        answer
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_for(&self, come: impl Fn(&State) -> bool) -> MutexGuard<'_, State> {
        self.moved
            .wait_while(self.lock(), |state| !come(state))
            .unwrap_or_else(PoisonError::into_inner)
    }
}

//! Bars for runs that take a while, on a terminal only.

use super::output::told;
use crate::part;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer files than this are done before a bar could be read.
const WORTH_A_BAR: usize = 500;

/// A bar on standard error for `files` files; one that is not seen where nobody looks.
pub(super) fn bar(files: usize, quiet: bool) -> ProgressBar {
    if quiet || files < WORTH_A_BAR || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} posts, {per_sec}, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Counts posts that are read before any is checked; nobody knows how many there are.
pub(super) struct Reading {
    read: AtomicUsize,
    bar: ProgressBar,
    is_shown: bool,
}

impl Reading {
    /// Nothing is read yet, and nothing seen of it.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::hidden();
        if let Ok(style) =
            ProgressStyle::with_template(&told(part!("{{spinner}} {{pos}} posts of the site read, {{per_sec}}")))
        {
            bar.set_style(style);
        }
        Self {
            read: AtomicUsize::new(0),
            bar,
            is_shown: !quiet && io::stderr().is_terminal(),
        }
    }

    /// One more.
    pub(super) fn tick(&self) {
        let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && read == WORTH_A_BAR {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        self.bar.set_position(read as u64);
    }

    /// Take it away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

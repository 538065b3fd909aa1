//! Bars for runs that take a while, on a terminal only.

use super::output::told;
use crate::message::Part;
use crate::part;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
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
    style(
        &bar,
        part!("{{bar:30}} {{pos}}/{{len}} posts, {{rate}}/s, {{eta}} left"),
    );
    bar
}

fn style(bar: &ProgressBar, template: Part) {
    if let Ok(style) = ProgressStyle::with_template(&told(template)) {
        // The library's own rate has four digits behind the point.
        let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = write!(out, "{:.0}", state.per_sec());
        };
        bar.set_style(style.with_key("rate", rate));
    }
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
        style(&bar, part!("{{spinner}} {{pos}} posts of the site read, {{rate}}/s"));
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

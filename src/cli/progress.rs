//! A bar for runs that take a while, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

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

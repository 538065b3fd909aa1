//! What can be said to `postlint check --stream`.

use clap::Args;
use std::path::PathBuf;

/// Posts as lines of JSON, for engines that hold the texts themselves.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Streams")]
pub(in crate::cli) struct StreamArgs {
    /// Read lines of JSON, `{"path", "text"}`, from standard input and answer each with one line, in order:
    /// `{"line", "path", "findings"}`, with `--fix` also `"fixed"` (the mended text, null where nothing changed), or
    /// `{"line", "path", "error"}`. The configuration and the site are found by the path; nothing is written to disk. The
    /// exit status is 1 when there were findings and 2 when a line got an error; `--exit-zero` makes both 0
    #[arg(long, conflicts_with_all = [
        "paths", "files_from", "changed", "staged", "stdin_filename", "show_files", "show_settings",
        "output_file", "statistics", "fix_only", "fix_plan", "diff",
    ])]
    pub(in crate::cli) stream: bool,
    /// Longer lines are answered with an error and not kept in memory, in bytes; for the text itself `max-file-size` of the
    /// configuration holds
    #[arg(long, value_name = "BYTES", default_value_t = 32 << 20, requires = "stream",
          value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) max_line_size: u64,
    /// Leave what compares posts of one site with each other to `postlint site`, and write down for it, as lines of JSON, what
    /// it needs to know of each post; `-` is standard output, with `--stream` a key `"facts"` of each answer
    #[arg(long, value_name = "FILE", conflicts_with_all = ["diff", "fix_plan", "stdin_filename", "show_files", "show_settings"])]
    pub(in crate::cli) emit_facts: Option<PathBuf>,
}

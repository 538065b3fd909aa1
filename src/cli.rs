//! The command line: arguments, dispatch, exit codes, printing.

mod apply;
mod args;
mod baseline;
mod check;
mod count;
mod explain;
mod fixing;
mod init;
mod manual;
mod output;
mod plan;
mod progress;
mod rule;
mod schema;
mod settings;
mod statistics;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a run ends; the numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// 0: nothing was found.
    Clean,
    /// 1: findings at or above the threshold.
    Findings,
    /// 2: usage, configuration, or files that could not be read or written.
    Trouble,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Clean => ExitCode::SUCCESS,
            End::Findings => ExitCode::from(1),
            End::Trouble => ExitCode::from(2),
        }
    }
}

/// Run the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(language) = cli.lang {
        output::speak(language);
    }
    let end = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Site(args) => check::run_site(*args),
        Command::Apply(args) => apply::run(&args),
        Command::Rule(args) => rule::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Init(args) => init::run(&args),
        Command::SettingsSchema => schema::run(),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::run(&args),
        // Its exit code is the protocol's, not ours.
        Command::Server(_) => return ExitCode::from(crate::server::run()),
    };
    match end {
        Ok(end) => end.into(),
        // Whoever reads the output has seen enough.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&output::in_words(&error));
            End::Trouble.into()
        }
    }
}

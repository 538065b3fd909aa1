//! The command line: arguments, dispatch, exit codes, printing.

mod apply;
mod args;
mod baseline;
mod check;
mod count;
mod explain;
mod fixing;
mod help;
mod init;
mod manual;
mod misuse;
mod output;
mod plan;
mod progress;
mod rule;
mod schema;
mod settings;
mod statistics;

use crate::message::Language;
use crate::say;
use args::{Cli, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use std::ffi::OsString;
use std::process::ExitCode;

pub use help::texts as help_texts;

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
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(end) => return end,
    };
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

/// The arguments; where there is no more to do, how the program ends.
fn parsed() -> Result<Cli, ExitCode> {
    let args: Vec<OsString> = std::env::args_os().collect();
    let language = help::asked(&args).unwrap_or_else(output::own_language);
    let cli = help::in_language(Cli::command(), language)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map_err(|error| {
        let said = misuse::said(&error).filter(|_| language != Language::English);
        match said {
            Some(message) => {
                output::speak(language);
                output::error(&message);
                output::tell(say!("`--help` tells what there is"));
            }
            None => {
                let _ = error.print();
            }
        }
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
            _ => End::Trouble.into(),
        }
    })
}

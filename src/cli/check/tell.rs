//! What is said of a run: findings, differences or counts, the summary, the verdict.

use super::Done;
use super::one::Counts;
use crate::cli::args::CheckArgs;
use crate::cli::baseline::Baseline;
use crate::cli::count;
use crate::cli::fixing::{self, Mode};
use crate::cli::{End, output, plan, statistics};
use crate::diagnostic::{Applicability, Severity};
use crate::message::Message;
use crate::report::{self, Checked, Format, Paint};
use crate::say;
use crate::workspace;
use anyhow::Context as _;
use std::io::Write;

/// The form of the output: what was asked for, GitHub's where it is read by GitHub.
pub(super) fn format(args: &CheckArgs) -> Format {
    let in_github = || std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    match args.output.output_format {
        Some(format) => format.into(),
        // A file is not the log that GitHub reads.
        None if in_github() && args.output.output_file.is_none() => Format::Github,
        None => Format::Full,
    }
}

/// Whether the output is coloured: a file is not.
fn paint(args: &CheckArgs) -> Paint {
    match args.output.output_file {
        Some(_) => Paint::Plain,
        None => output::paint(args.output.color),
    }
}

/// How each file's findings are told as soon as they are known; `None` where they are needed to the end.
pub(super) fn at_once(args: &CheckArgs, mode: &Mode) -> Option<(Format, Paint)> {
    let format = format(args);
    let is_needed = args.output.statistics || args.fixing.fix_only || mode.writes || mode.shows_diff || mode.plans;
    (format.is_by_file() && !is_needed).then(|| (format, paint(args)))
}

/// Print the findings, the differences or the counts, and the summary.
pub(super) fn all(args: &CheckArgs, done: &[Done], mode: &Mode, known: Option<&Baseline>) -> anyhow::Result<End> {
    if let Some(file) = &args.fixing.fix_plan {
        plan::write(done, file, &mut output::stdout())?;
        return Ok(End::Clean);
    }
    match &args.output.output_file {
        Some(file) => {
            // Whole or not at all: a report cut short by a full disk would pass for a clean one.
            let mut out = Vec::new();
            write(args, done, mode, paint(args), &mut out)?;
            workspace::save(file, &out).with_context(|| workspace::shown(file))?;
        }
        None => {
            let mut out = output::stdout();
            write(args, done, mode, paint(args), &mut out)?;
            out.flush()?;
        }
    }
    if !args.output.quiet {
        output::tell(summary(done, mode, known));
    }
    Ok(match mode.shows_diff {
        true if done.iter().any(|file| file.before.is_some()) && !args.verdict.exit_zero => End::Findings,
        true => End::Clean,
        false => verdict(args, done),
    })
}

fn write(args: &CheckArgs, done: &[Done], mode: &Mode, paint: Paint, out: &mut dyn Write) -> std::io::Result<()> {
    if mode.shows_diff {
        fixing::write_diffs(done, out)
    } else if args.output.statistics {
        match format(args) {
            Format::Json | Format::JsonLines => statistics::write_json(done, mode, out),
            _ => statistics::write(done, mode, out),
        }
    } else if args.fixing.fix_only {
        Ok(())
    } else {
        if mode.tells.is_some() {
            return done.iter().try_for_each(|file| out.write_all(&file.told));
        }
        let files: Vec<&Checked> = done.iter().map(|file| &file.checked).collect();
        report::write(format(args), paint, &files, out)
    }
}

/// Whether the findings make the run fail.
pub(super) fn verdict(args: &CheckArgs, done: &[Done]) -> End {
    let threshold = Severity::from(args.verdict.fail_on);
    let counted: usize = done.iter().map(|file| file.counts.from(threshold)).sum();
    match counted > args.verdict.max_findings && !args.verdict.exit_zero && !args.fixing.fix_only {
        true => End::Findings,
        false => End::Clean,
    }
}

fn summary(done: &[Done], mode: &Mode, known: Option<&Baseline>) -> Message {
    let counts = || done.iter().map(|file| file.counts);
    let of = |severity| counts().map(|counts| counts.at(severity)).sum::<usize>();
    let files = counts().filter(|counts| counts.all() > 0).count();
    let fixable = |limit| counts().map(|counts| counts.fixable(limit)).sum::<usize>();
    let mut lines = Vec::new();
    if let Some(line) = fixing::summary(done, mode) {
        lines.push(line);
    }
    match counts().map(Counts::all).sum::<usize>() {
        0 => lines.push(say!("{posts}: nothing found", posts = count::posts(done.len()))),
        total => lines.push(say!(
            "{findings} in {files} of {posts} ({errors}, {warnings}, {infos} info)",
            findings = count::findings(total),
            files,
            posts = count::posts(done.len()),
            errors = count::errors(of(Severity::Error)),
            warnings = count::warnings(of(Severity::Warning)),
            infos = of(Severity::Info)
        )),
    }
    if let Some(known) = known {
        let hidden = done.iter().map(|file| file.known).sum();
        lines.push(known.summary(hidden, done.iter().map(|file| (&*file.checked.name, file.known))));
    }
    let (safe, all) = (fixable(Applicability::Safe), fixable(Applicability::Unsafe));
    if mode.limit.is_none() && all > 0 {
        lines.push(say!(
            "`--fix` mends {safe}, `--fix --unsafe-fixes` {all}; look first with `--diff`",
            safe,
            all
        ));
    }
    Message::joined(lines, "\n")
}

//! `--stream`: posts as lines of JSON, answered one by one, in order, in constant memory.

mod lines;
mod queue;

use super::facts::Facts;
use super::{Part, Run, one};
use crate::cli::args::CheckArgs;
use crate::cli::count;
use crate::cli::fixing::Mode;
use crate::cli::output::told;
use crate::cli::{End, output};
use crate::diagnostic::Severity;
use crate::message::Message;
use crate::report::Findings;
use crate::text::Source;
use crate::workspace::{self, Found, Stage, Workspace};
use crate::{part, say};
use anyhow::Context as _;
use lines::Line;
use queue::Queue;
use serde::{Deserialize, Serialize};
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

/// Lines on their way for each thread: enough that none is idle while one line takes long.
const LINES_PER_THREAD: usize = 32;
/// Folders that are remembered with their configurations and sites.
const FOLDERS: usize = 4096;

/// A line of the input; other keys are let pass.
#[derive(Deserialize)]
struct Asked {
    path: String,
    text: String,
}

/// What can be told of a line that cannot be checked.
#[derive(Deserialize)]
struct Named {
    path: String,
}

/// A line of the output. Others rely on the shape: add, never rename.
#[derive(Serialize)]
struct Told<'a> {
    line: u64,
    path: &'a str,
    findings: Findings<'a>,
    /// Only with `--fix`; null where nothing changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<Option<&'a str>>,
    /// Only where the configuration excludes the post.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    excluded: bool,
    /// Only with `--emit-facts -`.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<&'a Facts>,
}

/// A line of the output for one that could not be checked.
#[derive(Serialize)]
struct Refused<'a> {
    line: u64,
    path: Option<&'a str>,
    error: &'a str,
}

/// What is written for a line, and what counts.
#[derive(Debug, Default)]
struct Answer {
    bytes: Vec<u8>,
    /// Of all severities.
    findings: usize,
    /// At or above the threshold.
    counted: usize,
    mended: usize,
    is_refused: bool,
}

pub(super) fn run(args: &CheckArgs, run: &Run<'_>) -> anyhow::Result<End> {
    let threads = args
        .threads
        .filter(|&threads| threads > 0)
        .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let queue = Arc::new(Queue::new(threads.saturating_mul(LINES_PER_THREAD)));
    read(Arc::clone(&queue), args.stream.max_line_size);
    let work = Work { args, run };
    let total = thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((number, line)) = queue.take() {
                    queue.answer(number, work.answer(number, line));
                }
            });
        }
        let total = write(&queue, run.workspace);
        queue.close();
        total
    })?;
    if let Part::Alone(sink) = run.part {
        sink.finish()?;
    }
    if !args.output.quiet {
        output::tell(total.summary(run.mode));
    }
    Ok(total.end(args))
}

/// Read lines on a thread that nobody waits for: when the output is closed, it may still stand before an input that is not.
fn read(queue: Arc<Queue>, limit: u64) {
    thread::spawn(move || {
        let mut input = BufReader::with_capacity(1 << 16, io::stdin());
        let end = loop {
            match lines::next(&mut input, limit) {
                Ok(Some(line)) => {
                    if !queue.push(line) {
                        break Ok(());
                    }
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        queue.end(end);
    });
}

/// Write the answers; whatever is known is out before anything is waited for.
fn write(queue: &Queue, workspace: &Workspace) -> anyhow::Result<Total> {
    let mut out = output::stdout();
    let mut total = Total::default();
    loop {
        let answer = match queue.ready() {
            Some(answer) => answer,
            None => {
                out.flush()?;
                match queue.next().context(told(part!("standard input")))? {
                    Some(answer) => answer,
                    None => return Ok(total),
                }
            }
        };
        out.write_all(&answer.bytes)?;
        total.add(&answer);
        if total.lines.is_multiple_of(256) {
            workspace.forget_folders(FOLDERS);
        }
    }
}

/// What every line is checked with.
struct Work<'a> {
    args: &'a CheckArgs,
    run: &'a Run<'a>,
}

impl Work<'_> {
    fn answer(&self, number: u64, line: Line) -> Answer {
        let refused = |path: Option<&str>, error: &str| Answer {
            bytes: line_of(&Refused {
                line: number,
                path,
                error,
            }),
            is_refused: true,
            ..Answer::default()
        };
        let bytes = match line {
            Line::Whole(bytes) => bytes,
            Line::TooLong => {
                let limit = self.args.stream.max_line_size;
                let error = told(say!(
                    "the line has more than the {limit} bytes that `--max-line-size` allows",
                    limit
                ));
                return refused(None, &error);
            }
        };
        // Some systems put a mark before the first line.
        let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) if number == 1 => rest,
            _ => &bytes,
        };
        let Asked { path, text } = match serde_json::from_slice(bytes) {
            Ok(asked) => asked,
            Err(error) => {
                let named: Option<Named> = serde_json::from_slice(bytes).ok();
                let error = told(say!("this is no line with `path` and `text`: {error}", error));
                return refused(named.as_ref().map(|named| named.path.as_str()), &error);
            }
        };
        self.check(number, &path, text)
            .unwrap_or_else(|error| refused(Some(&path), &told(error)))
    }

    fn check(&self, number: u64, path: &str, text: String) -> Result<Answer, Message> {
        if path.is_empty() {
            return Err(say!("`path` is empty"));
        }
        let found = Found {
            path: PathBuf::from(path),
            shown: workspace::shown(path.as_ref()),
            leads_out: false,
        };
        let stage = self.run.workspace.stage(&found.path).map_err(|error| error.said())?;
        let (size, limit) = (text.len(), stage.max_file_size);
        if size as u64 > limit {
            return Err(say!(
                "the text has {size} bytes, more than the {limit} that `max-file-size` allows",
                size,
                limit
            ));
        }
        if stage.excluded {
            return Ok(excluded(number, path));
        }
        self.lint(number, Source::new(text), &found, &stage)
    }

    fn lint(&self, number: u64, source: Source, found: &Found, stage: &Stage) -> Result<Answer, Message> {
        let done = one::guarded_text(source, found, stage, self.run)?;
        let threshold = Severity::from(self.args.verdict.fail_on);
        let findings = &done.checked.findings;
        let text = done.before.is_some().then(|| done.checked.source.text());
        Ok(Answer {
            findings: findings.len(),
            counted: findings.iter().filter(|finding| finding.severity >= threshold).count(),
            mended: done.mended.values().sum(),
            bytes: line_of(&Told {
                line: number,
                path: &found.path.to_string_lossy(),
                findings: Findings(&done.checked),
                fixed: self.run.mode.limit.is_some().then_some(text),
                excluded: false,
                facts: done.facts.as_deref(),
            }),
            is_refused: false,
        })
    }
}

fn excluded(number: u64, path: &str) -> Answer {
    let nothing = crate::report::Checked {
        name: String::new(),
        site: String::new(),
        language: output::language(),
        source: Source::new(""),
        findings: Vec::new(),
    };
    Answer {
        bytes: line_of(&Told {
            line: number,
            path,
            findings: Findings(&nothing),
            fixed: None,
            excluded: true,
            facts: None,
        }),
        ..Answer::default()
    }
}

fn line_of(told: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(told).expect("plain data can be written as JSON");
    bytes.push(b'\n');
    bytes
}

/// The sum of the answers.
#[derive(Debug, Default)]
struct Total {
    lines: u64,
    refused: usize,
    findings: usize,
    counted: usize,
    mended: usize,
}

impl Total {
    fn add(&mut self, answer: &Answer) {
        self.lines += 1;
        self.refused += usize::from(answer.is_refused);
        self.findings += answer.findings;
        self.counted += answer.counted;
        self.mended += answer.mended;
    }

    fn end(&self, args: &CheckArgs) -> End {
        match (self.refused, self.counted) {
            _ if args.verdict.exit_zero => End::Clean,
            (0, counted) if counted > args.verdict.max_findings => End::Findings,
            (0, _) => End::Clean,
            _ => End::Trouble,
        }
    }

    fn summary(&self, mode: &Mode) -> Message {
        let lines = usize::try_from(self.lines).unwrap_or(usize::MAX);
        let (findings, lines) = (count::findings(self.findings), count::lines(lines));
        let mut told = vec![say!("{findings} in {lines}", findings, lines)];
        if mode.limit.is_some() {
            told.push(say!("{findings} mended", findings = count::findings(self.mended)));
        }
        if self.refused > 0 {
            told.push(say!("{lines} could not be checked", lines = count::lines(self.refused)));
        }
        Message::joined(told, &output::told(part!("; ")))
    }
}

//! A post on standard input.

use super::files::Texts;
use super::{Part, Run, one, tell};
use crate::cli::args::CheckArgs;
use crate::cli::baseline::Baseline;
use crate::cli::fixing::Mode;
use crate::cli::output::told;
use crate::cli::{End, output};
use crate::report;
use crate::rule::Spent;
use crate::text::Source;
use crate::workspace::{self, Found, Workspace};
use crate::{part, say};
use anyhow::Context as _;
use std::io::{Read, Write};
use std::path::Path;

pub(super) fn run(
    args: &CheckArgs,
    workspace: &Workspace,
    mode: &Mode,
    known: Option<&Baseline>,
) -> anyhow::Result<End> {
    anyhow::ensure!(
        args.fixing.fix_plan.is_none(),
        told(say!("--fix-plan: a plan is for files, not for standard input"))
    );
    let name = args.files.stdin_filename.as_deref().unwrap_or(Path::new("stdin.md"));
    let stage = workspace.stage(name)?;
    let bytes = read(stage.max_file_size)?;
    if args.files.force_exclude && stage.excluded {
        // An editor pipes every file it opens: one that is excluded comes back as it went.
        if mode.writes {
            let mut out = output::stdout();
            out.write_all(&bytes)?;
            out.flush()?;
        }
        return Ok(End::Clean);
    }
    let found = Found {
        path: name.to_owned(),
        shown: workspace::shown(name),
        leads_out: false,
    };
    let run = Run {
        workspace,
        mode,
        known,
        texts: &Texts::default(),
        part: Part::All,
    };
    let done = one::source_of(Source::from_bytes(bytes), &found, &stage, &run).map_err(|Spent| {
        let file = told(part!("standard input"));
        anyhow::anyhow!(told(say!("{file}: {error}", file, error = stage.said_of_slow())))
    })?;
    if !mode.writes {
        return tell::all(args, &[done], mode, known);
    }
    let mut out = output::stdout();
    out.write_all(done.checked.source.text().as_bytes())?;
    out.flush()?;
    if !args.fixing.fix_only {
        let mut notes = Vec::new();
        report::write(tell::format(args), report::Paint::Plain, &[&done.checked], &mut notes)?;
        output::note(String::from_utf8_lossy(&notes).trim_end());
    }
    Ok(tell::verdict(args, &[done]))
}

fn read(limit: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .context(told(part!("standard input")))?;
    anyhow::ensure!(
        bytes.len() as u64 <= limit,
        told(say!(
            "standard input: more than the {limit} bytes that `max-file-size` allows",
            limit
        ))
    );
    Ok(bytes)
}

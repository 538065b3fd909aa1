//! `--fix`, `--fix-only` and `--diff`.

use super::args::{FixArgs, OutputArgs};
use super::check::Done;
use super::count;
use crate::diagnostic::Applicability;
use crate::message::Message;
use crate::report::{self, Format, Paint};
use crate::say;
use std::io::Write;

/// What is done with fixes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mode {
    /// Which are applied; `None` when none are.
    pub(super) limit: Option<Applicability>,
    /// Whether files are replaced.
    pub(super) writes: bool,
    /// Whether the changes are shown.
    pub(super) shows_diff: bool,
    /// Whether the fixes are noted for `postlint apply`.
    pub(super) plans: bool,
    /// Whether it is asked where each post comes from.
    pub(super) asks_origin: bool,
    /// How the findings are told, where what is told of a file is all that is kept of it; `None` where more is made of them.
    pub(super) tells: Option<(Format, Paint)>,
}

impl Mode {
    /// What the arguments ask for; `--diff` changes nothing even beside `--fix`.
    pub(super) fn of(args: &FixArgs, output: &OutputArgs) -> Self {
        let plans = args.fix_plan.is_some();
        let applies = args.fix || args.fix_only || args.diff || plans;
        let limit = if args.unsafe_fixes {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        Self {
            limit: applies.then_some(limit),
            writes: applies && !args.diff && !plans,
            shows_diff: args.diff,
            plans,
            asks_origin: (output.statistics && !args.diff) || plans,
            tells: None,
        }
    }
}

pub(super) fn write_diffs(done: &[Done], out: &mut dyn Write) -> std::io::Result<()> {
    for file in done {
        if let Some(before) = &file.before {
            out.write_all(report::diff(&file.checked.name, before.text(), file.checked.source.text()).as_bytes())?;
        }
    }
    Ok(())
}

/// What fixes did or would do, in a line; `None` when there were none to speak of.
pub(super) fn summary(done: &[Done], mode: &Mode) -> Option<Message> {
    mode.limit?;
    let mended: usize = done.iter().flat_map(|file| file.mended.values()).sum();
    let refused: usize = done.iter().map(|file| file.refused).sum();
    let files = done.iter().filter(|file| file.before.is_some()).count();
    let (findings, files) = (count::findings(mended), count::files(files));
    let line = match mode.writes {
        true => say!("mended {findings} in {files}", findings, files),
        false => say!("would mend {findings} in {files}", findings, files),
    };
    Some(match refused {
        0 => line,
        _ => say!(
            "{line}; refused {fixes}, which would make the front matter unreadable",
            line,
            fixes = count::fixes(refused)
        ),
    })
}

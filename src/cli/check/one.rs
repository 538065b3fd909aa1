//! One file: read, lint, mend, write back.

use super::facts::Facts;
use super::{Part, Run};
use crate::cli::fixing::Mode;
use crate::cli::output;
use crate::diagnostic::{Applicability, Diagnostic, RuleCode, Severity};
use crate::fix::{self, Mended};
use crate::message::Message;
use crate::post::{Post, address, origin};
use crate::report::{self, Checked};
use crate::rule::Spent;
use crate::say;
use crate::text::Source;
use crate::workspace::{self, Found, Stage, Unknown};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// One file, done.
pub(in crate::cli) struct Done {
    pub(in crate::cli) checked: Checked,
    /// How many findings there are.
    pub(in crate::cli) counts: Counts,
    /// What is told of them; empty where they are still there, and where there are none.
    pub(in crate::cli) told: Vec<u8>,
    /// The text before any fix, empty where no difference is to be shown; `None` when nothing was changed.
    pub(in crate::cli) before: Option<Source>,
    /// How many findings of each rule were mended.
    pub(in crate::cli) mended: BTreeMap<RuleCode, usize>,
    /// Fixes that were refused because they would have made the front matter unreadable.
    pub(in crate::cli) refused: usize,
    /// How many findings the baseline knows.
    pub(in crate::cli) known: usize,
    /// The site that the post was copied from; `None` where nobody asked, too.
    pub(in crate::cli) origin: Option<String>,
    /// The fixes of each round, where they are noted.
    pub(in crate::cli) rounds: Vec<Vec<Mended>>,
    /// Why the fixes could not be written; `None` when all is well.
    pub(in crate::cli) trouble: Option<Message>,
    /// What the site's other posts need to know of it; `None` where nobody asked, in no site, and when it was written down.
    pub(in crate::cli) facts: Option<Box<Facts>>,
}

/// How many findings of each kind a file has.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cli) struct Counts {
    severities: [usize; 3],
    /// Mended by safe fixes, by all.
    fixable: [usize; 2],
}

impl Counts {
    fn of(findings: &[Diagnostic]) -> Self {
        let mut out = Self::default();
        for finding in findings {
            out.severities[finding.severity as usize] += 1;
            for limit in [Applicability::Safe, Applicability::Unsafe] {
                out.fixable[limit as usize] += usize::from(fix::chosen(finding, limit).is_some());
            }
        }
        out
    }

    pub(in crate::cli) fn all(self) -> usize {
        self.severities.iter().sum()
    }

    pub(in crate::cli) fn at(self, severity: Severity) -> usize {
        self.severities[severity as usize]
    }

    /// Those that are at least as bad as `threshold`.
    pub(in crate::cli) fn from(self, threshold: Severity) -> usize {
        self.severities[threshold as usize..].iter().sum()
    }

    pub(in crate::cli) fn fixable(self, limit: Applicability) -> usize {
        self.fixable[limit as usize]
    }
}

impl Done {
    /// Lets go of texts that nobody will show, and of findings that are told: those of ten thousand files are most of what a run
    /// would hold.
    pub(super) fn without_idle_text(mut self, mode: &Mode) -> Self {
        if let Some((format, paint)) = mode.tells {
            // Nothing fails that writes to memory.
            let _ = report::write(format, paint, &[&self.checked], &mut self.told);
            self.told.shrink_to_fit();
            self.checked.findings = Vec::new();
        }
        let is_shown = (mode.shows_diff || mode.plans) && self.before.is_some();
        if self.checked.findings.is_empty() && !is_shown {
            self.checked.source = Source::from_bytes(Vec::new());
        }
        if !is_shown {
            self.before = self.before.map(|_| Source::from_bytes(Vec::new()));
        }
        self
    }

    fn with_facts_written(mut self, run: &Run<'_>) -> Self {
        if let Part::Alone(sink) = run.part {
            self.facts = self.facts.and_then(|facts| sink.put(facts));
        }
        self
    }
}

/// Check one file; a bug in one rule must not cost the findings of ten thousand files.
pub(super) fn guarded(found: &Found, stage: &Stage, run: &Run<'_>) -> Result<Done, Message> {
    let check = || file(found, stage, run).map(|done| done.without_idle_text(run.mode).with_facts_written(run));
    catch_unwind(AssertUnwindSafe(check))
        .unwrap_or_else(|_| Err(say!("{file}: internal trouble; please report it", file = found.shown)))
}

/// The same for a text that came by another way than from a disk.
pub(super) fn guarded_text(source: Source, found: &Found, stage: &Stage, run: &Run<'_>) -> Result<Done, Message> {
    let check = || match source_of(source, found, stage, run) {
        Ok(done) => Ok(done.with_facts_written(run)),
        Err(Spent) => Err(stage.said_of_slow()),
    };
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| Err(say!("internal trouble; please report it")))
}

fn file(found: &Found, stage: &Stage, run: &Run<'_>) -> Result<Done, Message> {
    let unknown = match recalled(found, stage, run) {
        Ok(done) => return Ok(done),
        Err(unknown) => unknown,
    };
    let unchanged = Mode {
        limit: None,
        ..*run.mode
    };
    let as_it_is = Run {
        mode: &unchanged,
        ..*run
    };
    let source = run.texts.read(found, stage.max_file_size)?;
    let look = if found.leads_out { &as_it_is } else { run };
    let done = source_of(Text { source, unknown }, found, stage, look)
        .map_err(|Spent| say!("{file}: {error}", file = found.shown, error = stage.said_of_slow()))?;
    if found.leads_out && done.checked.findings.iter().any(|finding| is_mended(finding, run)) {
        let error = say!("the link leads out of the folder; name it to have it mended");
        let trouble = Some(say!("{file}: left as it was: {error}", file = found.shown, error));
        return Ok(Done { trouble, ..done });
    }
    let Some(before) = done.before.as_ref().filter(|_| run.mode.writes) else {
        return Ok(done);
    };
    let Err(error) = workspace::replace(&found.path, before.text(), done.checked.source.text()) else {
        return Ok(done);
    };
    let trouble = say!(
        "{file}: left as it was: {error}",
        file = found.shown,
        error = error.said()
    );
    // The file is as it was, so what is said about it must be, too.
    match source_of(before.clone(), found, stage, &as_it_is) {
        Ok(done) => Ok(Done {
            trouble: Some(trouble),
            ..done
        }),
        Err(Spent) => Err(trouble),
    }
}

/// Whether the run mends `finding`.
fn is_mended(finding: &Diagnostic, run: &Run<'_>) -> bool {
    let limit = run.mode.limit;
    limit.is_some_and(|limit| fix::chosen(finding, limit).is_some())
}

/// What an earlier run knows of the file, if that is all that is asked for.
fn recalled(found: &Found, stage: &Stage, run: &Run<'_>) -> Result<Done, Unknown> {
    // Where a post comes from and what git says is not remembered, and what is staged is not what lies on the disk.
    if run.mode.asks_origin
        || stage.config.history.is_some()
        || run.texts.is_staged(found)
        || matches!(run.part, Part::Alone(_))
    {
        return Err(Unknown::default());
    }
    let mut recalled = run.workspace.recall(found, stage)?;
    let known = run.known.and_then(|known| known.of(&found.path));
    let hidden = known.map_or(0, |known| known.take_out(&recalled.source, &mut recalled.findings));
    if recalled.findings.iter().any(|finding| is_mended(finding, run)) {
        return Err(Unknown::default());
    }
    Ok(Done {
        counts: Counts::of(&recalled.findings),
        told: Vec::new(),
        checked: Checked {
            name: found.shown.clone(),
            site: site_prefix(&found.shown, stage),
            language: output::language(),
            source: recalled.source,
            findings: recalled.findings,
        },
        before: None,
        mended: BTreeMap::new(),
        refused: 0,
        known: hidden,
        origin: None,
        rounds: Vec::new(),
        trouble: None,
        facts: None,
    })
}

/// A text to check, and how its file looked before it was read.
pub(super) struct Text {
    source: Source,
    unknown: Unknown,
}

impl From<Source> for Text {
    fn from(source: Source) -> Self {
        Self {
            source,
            unknown: Unknown::default(),
        }
    }
}

/// Check a text as the file `found`, which is not touched. All looks at it together may take what one post may.
pub(super) fn source_of(text: impl Into<Text>, found: &Found, stage: &Stage, run: &Run<'_>) -> Result<Done, Spent> {
    let Text { source, unknown } = text.into();
    let before = source.clone();
    let known = run.known.and_then(|known| known.of(&found.path));
    let hidden = Cell::new(0);
    let budget = stage.budget();
    // What is not told is not mended either.
    let lint = |source: Source| {
        // Only the first look is at what lies on the disk.
        let (post, mut findings) = match Arc::ptr_eq(&source.shared(), &before.shared()) {
            true => run.workspace.lint_noting(source, (found, stage), &unknown, &budget),
            false => stage.lint_within(source, &budget),
        }?;
        findings.retain(|finding| run.part.tells(finding.code, stage));
        if let Some(known) = known {
            hidden.set(known.take_out(&post.source, &mut findings));
        }
        Ok((post, findings))
    };
    let mut rounds = Vec::new();
    let (post, findings, mended, refused) = match run.mode.limit {
        None => {
            let (post, findings) = lint(source)?;
            (post, findings, BTreeMap::new(), 0)
        }
        Some(limit) => {
            let settled = fix::try_settle(source, limit, lint)?;
            if run.mode.plans {
                rounds = settled.rounds;
            }
            (settled.post, settled.findings, settled.applied, settled.refused)
        }
    };
    let changed = post.text() != before.text();
    let facts = match run.part {
        Part::Alone(_) => Facts::of(&post, found, stage).map(Box::new),
        Part::All | Part::Comparing => None,
    };
    let origin = run.mode.asks_origin.then(|| origin_of(&post, stage)).flatten();
    Ok(Done {
        counts: Counts::of(&findings),
        told: Vec::new(),
        checked: Checked {
            name: found.shown.clone(),
            site: site_prefix(&found.shown, stage),
            language: output::language(),
            source: post.source,
            findings,
        },
        before: changed.then_some(before),
        mended,
        refused,
        known: hidden.get(),
        origin,
        rounds,
        trouble: None,
        facts,
    })
}

fn origin_of(post: &Post, stage: &Stage) -> Option<String> {
    let own = stage.site().and_then(|site| site.settings.url.as_deref());
    origin::origin(post, own.and_then(address::host).as_deref())
}

/// What stands before paths inside the site: what the name that the file goes by begins with, else the root in full (when the
/// name was given from a folder inside the site).
fn site_prefix(shown: &str, stage: &Stage) -> String {
    let Some(site) = &stage.site else {
        return String::new();
    };
    match shown.strip_suffix(stage.path.as_str()) {
        Some(prefix) => prefix.to_owned(),
        None => format!("{}/", workspace::shown(&site.root)),
    }
}

//! `check --fix-plan`: every edit that the fixes would make, in a file to look through before `postlint apply`.

use super::baseline::{folder_of, key};
use super::check::Done;
use super::count;
use super::output;
use super::output::told;
use crate::fix::Mended;
use crate::message::Message;
use crate::text::{Edit, apply};
use crate::workspace;
use crate::{part, say};
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The form of the file; another number is refused.
const VERSION: u32 = 1;

/// The file. Others rely on the shape: add, never rename.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Plan {
    version: u32,
    pub(super) files: Vec<PlannedFile>,
}

/// What is planned for one file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedFile {
    /// Relative to the plan's folder, `/` as separator.
    pub(super) path: String,
    /// XXH3 (128 bits) of the text that the plan is made for.
    pub(super) hash: String,
    /// The host that the post was copied from; null when it is not known.
    pub(super) source: Option<String>,
    /// Fixes that apply together; those of a later round may mend what an earlier one brought to light.
    pub(super) rounds: Vec<Vec<PlannedFix>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedFix {
    /// Whether `postlint apply` applies it.
    pub(super) keep: bool,
    pub(super) rule: String,
    /// `safe` or `unsafe`.
    safety: String,
    /// In English, as the next: who makes a plan changes nothing in it.
    title: String,
    /// What is wrong.
    message: String,
    pub(super) edits: Vec<PlannedEdit>,
}

/// Bytes of the text that the rounds before have made.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedEdit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) before: String,
    pub(super) after: String,
}

/// Fixes and posts.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    fixes: usize,
    posts: usize,
}

/// Fixes by rule and by the site that posts were copied from.
#[derive(Debug, Default)]
pub(super) struct Tally {
    all: Count,
    rules: BTreeMap<String, Count>,
    sources: BTreeMap<String, Count>,
}

impl Tally {
    /// Count the fixes of one file, by their rules.
    pub(super) fn add<'a>(&mut self, source: Option<&str>, rules: impl Iterator<Item = &'a str>) {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in rules {
            *here.entry(rule).or_default() += 1;
        }
        let fixes: usize = here.values().sum();
        if fixes == 0 {
            return;
        }
        let count = |count: &mut Count, fixes: usize| {
            count.fixes += fixes;
            count.posts += 1;
        };
        count(&mut self.all, fixes);
        for (rule, fixes) in here {
            count(self.rules.entry(rule.to_owned()).or_default(), fixes);
        }
        if let Some(source) = source {
            count(self.sources.entry(source.to_owned()).or_default(), fixes);
        }
    }

    /// Whether there was no fix.
    pub(super) fn is_empty(&self) -> bool {
        self.all.fixes == 0
    }

    /// `12 fixes in 3 posts`.
    pub(super) fn line(&self) -> Message {
        say!(
            "{fixes} in {posts}",
            fixes = count::fixes(self.all.fixes),
            posts = count::posts(self.all.posts)
        )
    }

    /// The same for programs: how many fixes by rule and by source.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let fixes = |counts: &BTreeMap<String, Count>| -> BTreeMap<String, usize> {
            counts.iter().map(|(name, count)| (name.clone(), count.fixes)).collect()
        };
        serde_json::json!({
            "fixes": self.all.fixes,
            "posts": self.all.posts,
            "rules": fixes(&self.rules),
            "sources": fixes(&self.sources),
        })
    }

    /// The table: rules, then sources, most fixes first.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        rows(&self.rules, out)?;
        if !self.sources.is_empty() {
            writeln!(out, "\n{}", told(part!("In posts copied from:")))?;
            rows(&self.sources, out)?;
        }
        Ok(())
    }
}

fn rows(counts: &BTreeMap<String, Count>, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by(|(a, one), (b, other)| other.fixes.cmp(&one.fixes).then(a.cmp(b)));
    counts.into_iter().try_for_each(|(name, count)| {
        let line = say!("{name}  in {posts}", name, posts = count::posts(count.posts));
        writeln!(out, "{:>7}  {}", count.fixes, told(line))
    })
}

/// Write the plan for `done` to `file`, and tell on `out` what is in it.
pub(super) fn write(done: &[Done], file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = folder_of(file);
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for done in done.iter().filter(|done| !done.rounds.is_empty()) {
        let Some(before) = &done.before else { continue };
        let planned = PlannedFile {
            path: key(&folder, Path::new(&done.checked.name)),
            hash: workspace::content_hash(before.text()),
            source: done.origin.clone(),
            rounds: rounds(before.text(), &done.rounds),
        };
        let fixes = planned.rounds.iter().flatten();
        tally.add(planned.source.as_deref(), fixes.map(|fix| &*fix.rule));
        files.push(planned);
    }
    let plan = Plan {
        version: VERSION,
        files,
    };
    let mut text = serde_json::to_vec_pretty(&plan)?;
    text.push(b'\n');
    let shown = workspace::shown(file);
    workspace::save(file, &text).with_context(|| shown.clone())?;
    tally.write(out)?;
    out.flush()?;
    output::tell(say!(
        "wrote {shown}: {fixes}; set `keep` to false where you want none, then `postlint apply {shown}`",
        shown,
        fixes = tally.line()
    ));
    Ok(())
}

/// Read a plan.
pub(super) fn read(file: &Path) -> anyhow::Result<Plan> {
    let shown = workspace::shown(file);
    let text =
        workspace::read(file, u64::MAX).with_context(|| told(say!("{shown}: the plan cannot be read", shown)))?;
    let plan: Plan = serde_json::from_str(text.text()).with_context(|| {
        told(say!(
            "{shown}: this is no plan that `postlint check --fix-plan` wrote",
            shown
        ))
    })?;
    anyhow::ensure!(
        plan.version == VERSION,
        told(say!(
            "{shown}: a plan of another version of postlint; make it anew with `postlint check --fix-plan`",
            shown
        ))
    );
    Ok(plan)
}

fn rounds(text: &str, rounds: &[Vec<Mended>]) -> Vec<Vec<PlannedFix>> {
    let mut text = text.to_owned();
    let mut planned = Vec::with_capacity(rounds.len());
    for mended in rounds {
        let edit = |edit: &Edit| PlannedEdit {
            start: edit.range.start,
            end: edit.range.end,
            before: text.get(edit.range.as_range()).unwrap_or_default().to_owned(),
            after: edit.text.clone(),
        };
        let fix = |mended: &Mended| PlannedFix {
            keep: true,
            rule: mended.rule.0.to_owned(),
            safety: mended.fix.applicability.as_str().to_owned(),
            title: mended.fix.title.english(),
            message: mended.message.english(),
            edits: mended.fix.edits.iter().map(edit).collect(),
        };
        planned.push(mended.iter().map(fix).collect());
        let mut edits: Vec<Edit> = mended.iter().flat_map(|mended| mended.fix.edits.clone()).collect();
        edits.sort();
        text = apply(&text, &edits);
    }
    planned
}

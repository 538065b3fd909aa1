//! `check --watch`: checks again whenever something changes, and tells what is new.

use super::files::{self, Texts};
use super::{Done, Run, all, keep, tell};
use crate::cli::args::CheckArgs;
use crate::cli::{End, output};
use crate::diagnostic::Diagnostic;
use crate::report::{self, Checked, neutral_line};
use crate::workspace::{self, Watcher};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// What was told of a post: a hash of its text and the findings.
type Told = BTreeMap<String, (String, Vec<Diagnostic>)>;

pub(super) fn run(args: &CheckArgs, run: &Run<'_>) -> anyhow::Result<End> {
    let mut watcher = Watcher::new().map_err(anyhow::Error::msg).context("--watch")?;
    let stopper = watcher.stopper();
    ctrlc::set_handler(move || stopper.stop()).context("--watch")?;
    let mut told = Told::new();
    loop {
        run.workspace.forget();
        // Before anything is read, so that no change falls between.
        watcher
            .watch(&args.files.paths, &around(run))
            .map_err(anyhow::Error::msg)
            .context("--watch")?;
        match round(args, run) {
            Ok(done) => told = tell_news(args, &done, told)?,
            // A configuration that is half written: the next save may mend it.
            Err(error) => output::note(&format!("error: {}", neutral_line(&format!("{error:#}")))),
        }
        // A site is known once its posts were looked at.
        watcher
            .watch(&args.files.paths, &around(run))
            .map_err(anyhow::Error::msg)
            .context("--watch")?;
        if !watcher.wait() {
            keep(run.workspace);
            return Ok(End::Clean);
        }
    }
}

/// Folders that say how posts are understood: those of the sites and of the configuration.
fn around(run: &Run<'_>) -> Vec<PathBuf> {
    let sites = run.workspace.sites().into_iter().map(|site| site.root.clone());
    sites.chain(run.workspace.config_folders()).collect()
}

fn round(args: &CheckArgs, run: &Run<'_>) -> anyhow::Result<Vec<Done>> {
    let (discovery, texts) = files::find(run.workspace, args, run.mode)?;
    let run = Run { texts: &texts, ..*run };
    let mut done = Vec::with_capacity(discovery.files.len());
    for result in all(&run, &discovery, true)? {
        match result {
            Ok(file) => done.push(file),
            Err(trouble) => output::note(&format!("error: {}", neutral_line(&trouble))),
        }
    }
    if done.is_empty() {
        output::note(&files::nothing(&discovery, args, &Texts::default()));
    }
    Ok(done)
}

/// Show the findings of posts that changed, or of which something else is said now, and what is mended.
fn tell_news(args: &CheckArgs, done: &[Done], mut told: Told) -> anyhow::Result<Told> {
    let mut now = Told::new();
    let mut news: Vec<Checked> = Vec::new();
    let mut mended = Vec::new();
    for Done { checked, .. } in done {
        let before = told.remove(&checked.name);
        let state = (workspace::content_hash(checked.source.text()), checked.findings.clone());
        if before.as_ref() != Some(&state) && !state.1.is_empty() {
            news.push(checked.clone());
        }
        if let Some((_, old)) = before {
            mended.extend(gone(&old, &state.1).map(|finding| line(&checked.name, finding)));
        }
        now.insert(checked.name.clone(), state);
    }
    // What is left is of posts that are gone, and their findings with them.
    for (name, (_, old)) in &told {
        mended.extend(old.iter().map(|finding| line(name, finding)));
    }
    let mut out = output::stdout();
    report::write(tell::format(args), output::paint(args.output.color), &news, &mut out)?;
    out.flush()?;
    for line in mended {
        output::note(&line);
    }
    if !args.output.quiet {
        let findings: usize = now.values().map(|(_, findings)| findings.len()).sum();
        let files = output::count(now.len(), "post");
        output::note(&format!("{} in {files}; watching", output::count(findings, "finding")));
    }
    Ok(now)
}

fn line(name: &str, finding: &Diagnostic) -> String {
    neutral_line(&format!("{name}: mended: {}: {}", finding.code, finding.message)).into_owned()
}

/// The findings of `old` that are no longer among `new`, wherever they stand.
fn gone<'a>(old: &'a [Diagnostic], new: &[Diagnostic]) -> impl Iterator<Item = &'a Diagnostic> {
    let mut left: Vec<(&str, &str)> = new.iter().map(|finding| (finding.code.0, &*finding.message)).collect();
    let gone: Vec<&Diagnostic> = old
        .iter()
        .filter(|finding| {
            let at = left
                .iter()
                .position(|other| *other == (finding.code.0, &*finding.message));
            at.map(|at| left.swap_remove(at)).is_none()
        })
        .collect();
    gone.into_iter()
}

//! `check --watch`: checks again whenever something changes, and tells what is new.

use super::files::{self, Texts};
use super::{Done, Part, Run, all, keep, now};
use crate::cli::args::CheckArgs;
use crate::cli::baseline::Baseline;
use crate::cli::fixing::Mode;
use crate::cli::output::told;
use crate::cli::{End, count, output};
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::report::{self, Checked, Format, neutral_line};
use crate::say;
use crate::workspace::{self, Sights, Watcher, Workspace};
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// What was told of a post: a hash of its text and the findings.
type Told = BTreeMap<String, (String, Vec<Diagnostic>)>;

/// The exit status of whoever is interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

pub(super) fn run(args: &CheckArgs, mut workspace: Workspace, mode: &Mode) -> anyhow::Result<End> {
    let format = format(args)?;
    for path in &args.files.paths {
        let shown = workspace::shown(path);
        anyhow::ensure!(path.exists(), told(say!("{shown}: there is nothing to watch", shown)));
    }
    let mut watcher = Watcher::new().map_err(anyhow::Error::msg).context("--watch")?;
    let stopper = watcher.stopper();
    let is_stopped = AtomicBool::new(false);
    ctrlc::set_handler(move || {
        // A check of ten thousand posts is waited for once.
        if is_stopped.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        stopper.stop();
    })
    .context("--watch")?;
    let named = args.setup.config.iter().chain(&args.verdict.baseline).cloned();
    let mut sights = Sights {
        roots: args.files.paths.clone(),
        files: named.collect(),
    };
    let mut before = None;
    let mut trouble = Vec::new();
    loop {
        workspace.at(now());
        // Before anything is read, so that no change falls between; and again once posts have shown which site they are of.
        watch(&mut watcher, &sights)?;
        let mut troubles = Vec::new();
        match round(args, &workspace, mode, &mut troubles) {
            Ok(done) => before = Some(tell_news(args, format, &done, before)?),
            // A configuration that is half written: the next save may mend it.
            Err(error) => troubles.push(error_of(&output::in_words(&error))),
        }
        if troubles != trouble {
            for trouble in &troubles {
                output::note(&neutral_line(&told(trouble.clone())));
            }
            trouble = troubles;
        }
        look_around(&workspace, &mut sights);
        watch(&mut watcher, &sights)?;
        if !watcher.wait() {
            keep(&workspace);
            return Ok(End::Clean);
        }
    }
}

/// The form of the output: one that can go on.
fn format(args: &CheckArgs) -> anyhow::Result<Format> {
    let Some(format) = args.output.output_format.map(Format::from) else {
        return Ok(Format::Full);
    };
    anyhow::ensure!(
        matches!(format, Format::Full | Format::Concise | Format::Grouped),
        told(say!(
            "--watch: a watch has no end that the output could wait for, so it is `full`, `concise` or `grouped`"
        ))
    );
    Ok(format)
}

fn watch(watcher: &mut Watcher, sights: &Sights) -> anyhow::Result<()> {
    watcher.watch(sights).map_err(anyhow::Error::msg).context("--watch")
}

/// What the last check has met belongs to the sights from now on; what an earlier one met stays, for a broken configuration shows less.
fn look_around(workspace: &Workspace, sights: &mut Sights) {
    sights
        .roots
        .extend(workspace.sites().into_iter().map(|site| site.root.clone()));
    sights.files.extend(workspace.config_sources());
    for paths in [&mut sights.roots, &mut sights.files] {
        paths.sort();
        paths.dedup();
    }
}

fn round(
    args: &CheckArgs,
    workspace: &Workspace,
    mode: &Mode,
    troubles: &mut Vec<Message>,
) -> anyhow::Result<Vec<Done>> {
    let known = args.verdict.baseline.as_deref().map(Baseline::read).transpose()?;
    let (discovery, texts) = files::find(workspace, args, mode)?;
    let run = Run {
        workspace,
        mode,
        known: known.as_ref(),
        texts: &texts,
        part: Part::All,
    };
    troubles.extend(discovery.troubles.iter().map(error_of));
    let mut done = Vec::with_capacity(discovery.files.len());
    for result in all(&run, &discovery, true)? {
        match result {
            Ok(file) => done.push(file),
            Err(trouble) => troubles.push(error_of(&trouble)),
        }
    }
    if discovery.files.is_empty() && troubles.is_empty() {
        troubles.push(files::nothing(&discovery, args, &Texts::default()));
    }
    Ok(done)
}

fn error_of(trouble: &Message) -> Message {
    say!("error: {trouble}", trouble)
}

/// Show the findings of posts that changed, or of which something else is said now, and what is mended; nothing where all is as it was
/// `told`, which is `None` at first.
fn tell_news(args: &CheckArgs, format: Format, done: &[Done], told: Option<Told>) -> anyhow::Result<Told> {
    let before = told.as_ref().map(Told::len);
    let mut told = told.unwrap_or_default();
    let mut now = Told::new();
    let mut news: Vec<&Checked> = Vec::new();
    let mut mended = Vec::new();
    for Done { checked, .. } in done {
        let before = told.remove(&checked.name);
        let state = (workspace::content_hash(checked.source.text()), checked.findings.clone());
        if before.as_ref() != Some(&state) && !state.1.is_empty() {
            news.push(checked);
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
    // Nobody has come if nobody has gone and they are as many as they were.
    let is_silent = before == Some(now.len()) && told.is_empty() && news.is_empty() && mended.is_empty();
    if !news.is_empty() {
        let mut out = output::stdout();
        report::write(format, output::paint(args.output.color), &news, &mut out)?;
        out.flush()?;
    }
    if !args.output.quiet && !is_silent {
        for line in mended {
            output::note(&line);
        }
        let findings: usize = now.values().map(|(_, findings)| findings.len()).sum();
        let (findings, posts) = (count::findings(findings), count::posts(now.len()));
        output::tell(say!("{findings} in {posts}; watching", findings, posts));
    }
    Ok(now)
}

fn line(name: &str, finding: &Diagnostic) -> String {
    let (rule, message) = (finding.code, &finding.message);
    neutral_line(&told(say!("{name}: mended: {rule}: {message}", name, rule, message))).into_owned()
}

/// The findings of `old` that are no longer among `new`, wherever they stand.
fn gone<'a>(old: &'a [Diagnostic], new: &[Diagnostic]) -> impl Iterator<Item = &'a Diagnostic> {
    let mut left: Vec<(&str, &Message)> = new.iter().map(|finding| (finding.code.0, &finding.message)).collect();
    let gone: Vec<&Diagnostic> = old
        .iter()
        .filter(|finding| {
            let at = left
                .iter()
                .position(|other| *other == (finding.code.0, &finding.message));
            at.map(|at| left.swap_remove(at)).is_none()
        })
        .collect();
    gone.into_iter()
}

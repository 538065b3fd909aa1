//! `postlint check`.

mod anew;
mod facts;
mod files;
mod network;
mod one;
mod site;
mod stdin;
mod stream;
mod tell;
mod watch;

use super::args::{CacheArgs, CheckArgs, SetupArgs};
use super::baseline::Baseline;
use super::fixing::Mode;
use super::{End, output, progress, settings};
use crate::config::{ConfigError, Selection};
use crate::diagnostic::{Applicability, RuleCode};
use crate::message::Message;
use crate::say;
use crate::workspace::{self, CacheChoice, Discovery, Found, Options, Stage, Workspace};
use anyhow::Context as _;
use files::Texts;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) use facts::Sink;
pub(super) use one::Done;
pub(super) use site::run as run_site;

/// A workspace as the arguments want it.
pub(super) fn workspace(setup: &SetupArgs) -> anyhow::Result<Workspace> {
    let selection = Selection::new(&setup.select, &setup.ignore, workspace::catalogue())?;
    Ok(Workspace::new(Options {
        config: setup.config_choice(),
        generator: setup.generator(),
        selection,
        now: now(),
        machine_zone: std::env::var("TZ").ok().filter(|zone| !zone.is_empty()),
        remote: None,
    }))
}

/// The same, with the memory of earlier runs.
pub(super) fn remembering(workspace: Workspace, args: &CacheArgs) -> Workspace {
    /// Where nobody asked for a cache, only what takes a while is remembered.
    const FEWEST: usize = 200;
    let own = args.cache_dir.clone().map(|folder| CacheChoice { folder, fewest: 1 });
    let default = || {
        let folder = workspace::default_folder()?;
        Some(CacheChoice { folder, fewest: FEWEST })
    };
    workspace.with_cache(if args.no_cache { None } else { own.or_else(default) })
}

/// In milliseconds since 1970 UTC; `None` where the clock is before that.
fn now() -> Option<i64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Keep what was learned for the next run.
pub(super) fn keep(workspace: &Workspace) {
    if let Err(error) = workspace.save_cache() {
        output::tell(say!("warning: the cache was not written: {error}", error));
    }
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<End> {
    let workspace = remembering(workspace(&args.setup)?, &args.cache);
    output::speak_as_configured(&workspace, args.files.paths.first());
    let workspace = network::prepared(workspace, &args.network);
    let mode = Mode::of(&args.fixing, &args.output);
    if args.files.show_settings {
        return settings::show(
            &workspace,
            args.files.paths.first().map_or(Path::new("."), PathBuf::as_path),
        );
    }
    let known = args.verdict.baseline.as_deref().map(Baseline::read).transpose()?;
    let sink = Sink::open(args)?;
    let part = sink.as_ref().map_or(Part::All, Part::Alone);
    if args.stream.stream {
        let run = Run {
            workspace: &workspace,
            mode: &mode,
            known: known.as_ref(),
            texts: &Texts::default(),
            part,
        };
        return stream::run(args, &run);
    }
    let is_stdin = args.files.files_from.is_none() && args.files.paths == [PathBuf::from("-")];
    if args.files.stdin_filename.is_some() || is_stdin {
        return stdin::run(args, &workspace, &mode, known.as_ref());
    }
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .context("--threads")?;
    }
    if args.files.watch {
        return watch::run(args, workspace, &mode);
    }
    let (discovery, texts) = files::find(&workspace, args, &mode)?;
    if args.files.show_files {
        return files::show(&discovery);
    }
    network::ask(&workspace, &discovery, &texts, args)?;
    let mode = Mode {
        tells: tell::at_once(args, &mode),
        ..mode
    };
    let mut troubles = discovery.troubles.clone();
    let run = Run {
        workspace: &workspace,
        mode: &mode,
        known: known.as_ref(),
        texts: &texts,
        part,
    };
    let results = all(&run, &discovery, args.output.quiet)?.into_iter();
    let mut done: Vec<Done> = results
        .filter_map(|result| result.map_err(|trouble| troubles.push(trouble)).ok())
        .collect();
    if mode.writes && sink.is_none() {
        anew::check(&run, &discovery, &mut done);
    }
    if let Some(sink) = &sink {
        sink.finish()?;
    }
    // What is not there at all is told as an error.
    if discovery.files.is_empty() && discovery.troubles.is_empty() {
        output::tell(files::nothing(&discovery, args, &texts));
    }
    troubles.extend(done.iter().filter_map(|file| file.trouble.clone()));
    let end = tell::all(args, &done, &mode, known.as_ref())?;
    keep(&workspace);
    for trouble in &troubles {
        output::error(trouble);
    }
    Ok(if troubles.is_empty() { end } else { End::Trouble })
}

/// What every file of a run is checked with.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) mode: &'a Mode,
    /// Findings that are not told.
    pub(super) known: Option<&'a Baseline>,
    pub(super) texts: &'a Texts,
    pub(super) part: Part<'a>,
}

/// Which findings are told.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// All.
    All,
    /// Those that need no other post; what the others need is written down.
    Alone(&'a Sink),
    /// Those that do need other posts.
    Comparing,
}

impl Part<'_> {
    fn tells(self, code: RuleCode, stage: &Stage) -> bool {
        match self {
            Part::All => true,
            Part::Alone(_) => !facts::compares(code, stage),
            Part::Comparing => facts::compares(code, stage),
        }
    }
}

/// Check every file, in parallel; the answers stand in the order of the files.
pub(super) fn all(
    run: &Run<'_>,
    discovery: &Discovery,
    quiet: bool,
) -> Result<Vec<Result<Done, Message>>, ConfigError> {
    if let Part::All = run.part {
        let reading = progress::Reading::new(quiet);
        run.workspace.index_sites_while(&|| {
            reading.tick();
            true
        });
        reading.finish();
    }
    let bar = progress::bar(discovery.files.len(), quiet);
    let failure = OnceLock::new();
    let check = |found: &Found| {
        if failure.get().is_some() {
            return Err(Message::default());
        }
        let stage = match run.workspace.stage(&found.path) {
            Ok(stage) => stage,
            Err(error) => {
                let _ = failure.set(error);
                return Err(Message::default());
            }
        };
        // git is asked only where what it says may be written down.
        let stage = match run.mode.limit {
            Some(Applicability::Unsafe) => stage.with_history(&found.path),
            Some(Applicability::Safe) | None => stage,
        };
        let result = one::guarded(found, &stage, run);
        bar.inc(1);
        result
    };
    // Right into their places: what is gathered in parts is there twice in the end.
    let mut results = Vec::new();
    match discovery.files.as_slice() {
        // To wake others for one post takes longer than to check it.
        [only] => results.push(check(only)),
        files => files.par_iter().map(check).collect_into_vec(&mut results),
    }
    bar.finish_and_clear();
    match failure.into_inner() {
        Some(error) => Err(error),
        None => Ok(results),
    }
}

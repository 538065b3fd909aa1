//! `postlint site`: what compares the posts of a site, from what was written down of each of them.

use super::facts::{self, Facts, VERSION};
use super::files::Texts;
use super::{Done, Part, Run, one, tell};
use crate::cli::args::SiteArgs;
use crate::cli::baseline::Baseline;
use crate::cli::fixing::Mode;
use crate::cli::output::told;
use crate::cli::{End, output};
use crate::message::Message;
use crate::site::Index;
use crate::text::Source;
use crate::workspace::{self, Found, Workspace};
use crate::{part, say};
use anyhow::Context as _;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// A line that may carry facts.
#[derive(Deserialize)]
struct Line {
    facts: Option<Facts>,
}

/// As much of a line as every version has.
#[derive(Deserialize)]
struct AnyLine {
    facts: AnyFacts,
}

#[derive(Deserialize)]
struct AnyFacts {
    version: u32,
}

/// What was read.
#[derive(Default)]
struct Gathered {
    /// What to check, by its full path.
    texts: BTreeMap<PathBuf, Given>,
    /// The posts of each site, by its root.
    sites: HashMap<PathBuf, Index>,
    /// Why facts could not be used.
    troubles: Vec<Message>,
}

pub(in crate::cli) fn run(mut args: SiteArgs) -> anyhow::Result<End> {
    let files = std::mem::take(&mut args.facts);
    let args = args.into_check();
    let workspace = super::workspace(&args.setup)?;
    let known = args.verdict.baseline.as_deref().map(Baseline::read).transpose()?;
    let mut gathered = Gathered::default();
    for file in &files {
        gathered.read(file, &workspace)?;
    }
    let mut troubles = gathered.troubles;
    for (root, posts) in gathered.sites {
        workspace.index_given(&root, posts);
    }
    let mode = Mode::of(&args.fixing, &args.output);
    let run = Run {
        workspace: &workspace,
        mode: &mode,
        known: known.as_ref(),
        texts: &Texts::default(),
        part: Part::Comparing,
    };
    let texts: Vec<_> = gathered.texts.into_values().collect();
    let results: Vec<_> = texts.into_par_iter().map(|given| check(given, &run)).collect();
    let mut done = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(post) => done.push(post),
            Err(trouble) => troubles.push(trouble),
        }
    }
    if done.is_empty() {
        output::tell(part!("warning: nothing was checked: there are no facts of any post"));
    }
    let end = tell::all(&args, &done, &mode, known.as_ref())?;
    for trouble in &troubles {
        output::error(trouble);
    }
    Ok(if troubles.is_empty() { end } else { End::Trouble })
}

fn check(given: Given, run: &Run<'_>) -> Result<Done, Message> {
    let Given { path, text } = given;
    let stage = run.workspace.stage(&path).map_err(|error| error.said())?;
    let found = Found {
        shown: workspace::shown(&path),
        path,
        leads_out: false,
    };
    // Bytes that are no text are no text here, either.
    let source = text.map_or_else(|| Source::from_bytes(vec![0xff]), Source::new);
    let done = one::guarded_text(source, &found, &stage, run)
        .map_err(|error| say!("{file}: {error}", file = found.shown, error))?;
    Ok(done.without_idle_text(run.mode))
}

/// A post to check.
struct Given {
    /// As it was called.
    path: PathBuf,
    /// `None`: nothing is said of it.
    text: Option<String>,
}

impl Gathered {
    fn read(&mut self, file: &Path, workspace: &Workspace) -> anyhow::Result<()> {
        let shown = workspace::shown(file);
        let mut input = workspace::input(file).with_context(|| shown.clone())?;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if input.read_until(b'\n', &mut line).with_context(|| shown.clone())? == 0 {
                break;
            }
            if let Err(error) = self.take_in(&line, workspace) {
                let error = output::in_words(&error);
                self.troubles
                    .push(say!("{shown}:{number}: {error}", shown, number, error));
            }
        }
        Ok(())
    }

    fn take_in(&mut self, line: &[u8], workspace: &Workspace) -> anyhow::Result<()> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let facts = match serde_json::from_slice(line) {
            Ok(Line { facts: None }) => return Ok(()),
            Ok(Line { facts: Some(facts) }) if facts.version == VERSION => facts,
            Ok(Line { facts: Some(facts) }) => return Err(other_version(facts.version)),
            Err(error) => match serde_json::from_slice(line) {
                Ok(AnyLine { facts }) if facts.version != VERSION => return Err(other_version(facts.version)),
                _ => return Err(error).context(told(part!("these are no facts that `--emit-facts` wrote"))),
            },
        };
        let path = PathBuf::from(&facts.path);
        let stage = workspace.stage(&path)?;
        let Some(root) = &stage.site else {
            anyhow::bail!(told(say!(
                "`{path}` is in no site here: the site's configuration must be where its posts are",
                path = facts.path
            )));
        };
        anyhow::ensure!(
            facts::made_by(&stage).as_ref() == Some(&facts.made),
            told(say!(
                "the facts of `{path}` come from another version of postlint, another kind of machine or other settings of the site",
                path = facts.path
            ))
        );
        let post = facts.post.facts(&stage.path, facts.text.as_deref());
        let post = post.with_context(|| told(say!("the facts of `{path}` are damaged", path = facts.path)))?;
        let posts = self.sites.entry(root.root.clone()).or_default();
        let full = workspace::absolute(&path).into_owned();
        if let Some(Given { text, .. }) = self.texts.get(&full) {
            // An engine that tries again tells some posts twice.
            let is_same = *text == facts.text && posts.get(&stage.path).is_none_or(|known| *known == post);
            anyhow::ensure!(
                is_same,
                told(say!(
                    "`{path}` has other facts elsewhere; which hold cannot be told",
                    path = facts.path
                ))
            );
            return Ok(());
        }
        if facts.is_post {
            posts.add(post);
        }
        let text = facts.text;
        self.texts.insert(full, Given { path, text });
        Ok(())
    }
}

fn other_version(version: u32) -> anyhow::Error {
    let own = VERSION;
    anyhow::anyhow!(told(say!(
        "these are facts of version {version}; this postlint reads version {own}",
        version,
        own
    )))
}

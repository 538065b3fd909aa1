//! `postlint baseline` and `check --baseline`: findings that an old site has, and nobody need hear of today.

use super::args::BaselineArgs;
use super::check::{self, Done, Part, Run};
use super::count;
use super::fixing::Mode;
use super::output::told;
use super::{End, output};
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::report::fingerprint;
use crate::say;
use crate::text::Source;
use crate::workspace;
use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The form of the file; another number is refused.
const VERSION: u32 = 1;

/// The file: sorted, an entry a line, so that branches merge.
#[derive(Debug, Deserialize, Serialize)]
struct Document {
    version: u32,
    /// By path relative to the file, `/` as separator.
    files: BTreeMap<String, Known>,
}

/// The known findings of one file: by rule, then by fingerprint, how many.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Known(BTreeMap<String, BTreeMap<String, usize>>);

impl Known {
    fn add(&mut self, source: &Source, finding: &Diagnostic) {
        let rule = self.0.entry(finding.code.0.to_owned()).or_default();
        *rule.entry(fingerprint(source, finding)).or_default() += 1;
    }

    fn total(&self) -> usize {
        self.0.values().flat_map(BTreeMap::values).sum()
    }

    /// Take the known findings out of `findings`; returns how many.
    pub(super) fn take_out(&self, source: &Source, findings: &mut Vec<Diagnostic>) -> usize {
        let before = findings.len();
        let mut left = self.clone();
        findings.retain(|finding| {
            let rule = left.0.get_mut(finding.code.0);
            match rule.and_then(|rule| rule.get_mut(&fingerprint(source, finding))) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        before - findings.len()
    }
}

/// A baseline that was read.
#[derive(Debug)]
pub(super) struct Baseline {
    folder: PathBuf,
    files: BTreeMap<String, Known>,
}

impl Baseline {
    /// Read the file at `path`.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = workspace::shown(path);
        let text = workspace::read(path, u64::MAX).with_context(|| {
            told(say!(
                "{shown}: the baseline cannot be read; `postlint baseline` writes it",
                shown
            ))
        })?;
        let document: Document = serde_json::from_str(text.text()).with_context(|| {
            told(say!(
                "{shown}: this is no baseline that `postlint baseline` wrote",
                shown
            ))
        })?;
        anyhow::ensure!(
            document.version == VERSION,
            told(say!(
                "{shown}: a baseline of another version of postlint; write it anew with `postlint baseline`",
                shown
            ))
        );
        Ok(Self {
            folder: folder_of(path),
            files: document.files,
        })
    }

    /// What is known of the file at `path`; `None` when nothing is.
    pub(super) fn of(&self, path: &Path) -> Option<&Known> {
        self.files.get(&key(&self.folder, path))
    }

    /// A line on what was not told, and on what was mended since. `files`: name and number of known findings seen.
    pub(super) fn summary<'a>(&self, hidden: usize, files: impl Iterator<Item = (&'a str, usize)>) -> Message {
        let noted: usize = files
            .filter_map(|(name, _)| self.of(Path::new(name)).map(Known::total))
            .sum();
        let line = say!(
            "{findings} of the baseline not shown",
            findings = count::findings(hidden)
        );
        match noted.checked_sub(hidden) {
            None | Some(0) => line,
            Some(gone) => say!("{line}; {gone} are gone: `postlint baseline` forgets them", line, gone),
        }
    }
}

pub(super) fn run(args: &BaselineArgs) -> anyhow::Result<End> {
    let workspace = check::remembering(check::workspace(&args.setup)?, &args.cache);
    output::speak_as_configured(&workspace, args.paths.first());
    let discovery = workspace::discover(&workspace, &args.paths)?;
    let run = Run {
        workspace: &workspace,
        mode: &Mode::default(),
        known: None,
        texts: &Default::default(),
        part: Part::All,
    };
    let folder = folder_of(&args.file);
    let mut files: BTreeMap<String, Known> = BTreeMap::new();
    let mut troubles = discovery.troubles.clone();
    for (found, result) in discovery.files.iter().zip(check::all(&run, &discovery, false)?) {
        match result {
            Ok(done) if done.checked.findings.is_empty() => {}
            Ok(done) => {
                files.insert(key(&folder, &found.path), known(&done));
            }
            Err(trouble) => troubles.push(trouble),
        }
    }
    for trouble in &troubles {
        output::error(trouble);
    }
    check::keep(&workspace);
    let (posts, findings) = (files.len(), files.values().map(Known::total).sum());
    let mut text = serde_json::to_vec_pretty(&Document {
        version: VERSION,
        files,
    })?;
    text.push(b'\n');
    workspace::save(&args.file, &text).with_context(|| workspace::shown(&args.file))?;
    output::tell(say!(
        "wrote {file}: {findings} in {posts}; `postlint check --baseline {file}` tells what is new",
        file = workspace::shown(&args.file),
        findings = count::findings(findings),
        posts = count::posts(posts)
    ));
    Ok(if troubles.is_empty() { End::Clean } else { End::Trouble })
}

fn known(done: &Done) -> Known {
    let mut known = Known::default();
    for finding in &done.checked.findings {
        known.add(&done.checked.source, finding);
    }
    known
}

pub(super) fn folder_of(file: &Path) -> PathBuf {
    let full = workspace::real(file);
    full.parent().unwrap_or(Path::new("")).to_owned()
}

/// What a file is called in a baseline in `folder`.
pub(super) fn key(folder: &Path, file: &Path) -> String {
    let full = workspace::real(file);
    workspace::shown(full.strip_prefix(folder).unwrap_or(&full))
}

//! Remembers from run to run what posts tell and what was found in them, so that only what changed is read again.
//!
//! A file counts as unchanged when its size, its inode and both of its times are as they were when it was read, and those times
//! were not so fresh then that another write could have left them as they are (on Unix, where nobody can set the time of the
//! last change); else its text is read and compared by hash. What was found holds for this build of the program, for the
//! settings of the file and the site, for the list of the site's other files, and as long as what the rules asked of the other
//! posts has the same answers. A post with a date that is not a day old yet is not remembered: what is said of it depends on
//! the clock.

mod print;
mod saved;
mod shelf;
mod stamp;

use super::sites::SiteRoot;
use super::{Found, Stage, Workspace, absolute, read};
use crate::diagnostic::Diagnostic;
use crate::fix::Looked;
use crate::generator;
use crate::post::Post;
use crate::rule::{Budget, Spent};
use crate::site::{PostFacts, Question, SiteSettings, noting};
use crate::text::Source;
use serde::{Deserialize, Serialize};
use stamp::Stamp;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use print::content_hash;
pub use shelf::default_folder;

/// Where it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheChoice {
    /// The folder; it is made when there is something to write.
    pub folder: PathBuf,
    /// Nothing is written for a site with fewer posts: they are read faster than remembered.
    pub fewest: usize,
}

/// What is remembered of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    /// `None` where times say nothing.
    stamp: Option<Stamp>,
    /// Hash of the text.
    content: u128,
    /// Hash of everything else that counts.
    settings: u128,
    /// The day of its last use, counted from 1970; the file has it beside the row.
    #[serde(skip)]
    used: u32,
    /// [`PostFacts`]; empty when nobody asked.
    #[serde(with = "serde_bytes")]
    facts: Vec<u8>,
    lint: Option<Lint>,
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Lint {
    /// When, in milliseconds since 1970 UTC.
    at: Option<i64>,
    /// What was asked of the other posts.
    #[serde(with = "serde_bytes")]
    asked: Vec<u8>,
    /// Hash of the answers.
    answers: u64,
    #[serde(with = "serde_bytes")]
    findings: Vec<u8>,
}

/// What is remembered of a site, or of the lone files that were checked from one folder.
#[derive(Debug)]
struct Memory {
    owner: PathBuf,
    rows: Mutex<Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    all: HashMap<String, Arc<Row>>,
    /// Those whose files were looked at in this run.
    current: HashSet<String>,
    is_changed: bool,
}

/// All memories of a run, and what is worked out for them once.
#[derive(Debug, Default)]
pub(super) struct Cache {
    choice: Option<CacheChoice>,
    memories: Mutex<HashMap<PathBuf, Arc<Memory>>>,
    /// Hashes of configurations, by where they lie in memory and which overrides fit.
    configs: Mutex<HashMap<(usize, Vec<usize>), u128>>,
}

/// What is worked out once for a site as it is; a changed copy begins anew.
#[derive(Debug, Default)]
pub(super) struct Notes {
    print: OnceLock<u128>,
    answers: Mutex<HashMap<Question, u64>>,
}

impl Clone for Notes {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What an earlier run knows of a file.
#[derive(Debug)]
pub struct Recalled {
    /// Its text; empty when nothing was found in it.
    pub source: Source,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// A file that has to be read: how it looked before that. The default remembers nothing of it.
#[derive(Clone, Debug, Default)]
pub struct Unknown {
    stamp: Option<Stamp>,
    is_wanted: bool,
}

impl Cache {
    pub(super) fn new(choice: Option<CacheChoice>) -> Self {
        Self {
            choice,
            ..Self::default()
        }
    }

    pub(super) fn is_on(&self) -> bool {
        self.choice.is_some()
    }

    /// Files may have changed since they were looked at.
    pub(super) fn forget(&self) {
        lock(&self.configs).clear();
        for memory in lock(&self.memories).values() {
            lock(&memory.rows).current.clear();
        }
    }

    fn memory(&self, site: Option<&SiteRoot>) -> Option<Arc<Memory>> {
        let choice = self.choice.as_ref()?;
        let owner = site.map_or_else(|| absolute(Path::new(".")).into_owned(), |site| site.root.clone());
        let mut memories = lock(&self.memories);
        let memory = memories.entry(owner).or_insert_with_key(|owner| {
            let all = shelf::load(&choice.folder, owner).unwrap_or_default();
            Arc::new(Memory {
                owner: owner.clone(),
                rows: Mutex::new(Rows {
                    all: all.into_iter().map(|(path, row)| (path, Arc::new(row))).collect(),
                    ..Rows::default()
                }),
            })
        });
        Some(Arc::clone(memory))
    }
}

impl Workspace {
    /// The same, with a memory from run to run; `None`: without.
    pub fn with_cache(self, choice: Option<CacheChoice>) -> Self {
        Self {
            cache: Cache::new(choice),
            ..self
        }
    }

    /// What an earlier run found in a file, if that still holds.
    pub fn recall(&self, found: &Found, stage: &Stage) -> Result<Recalled, Unknown> {
        let (row, unknown) = self.current(found, stage);
        row.and_then(|row| recalled(&row, found, stage)).ok_or(unknown)
    }

    /// Lint as [`Stage::lint_within`] does, and remember what was found in the file.
    pub fn lint_noting(
        &self,
        source: Source,
        (found, stage): (&Found, &Stage),
        unknown: &Unknown,
        budget: &Budget,
    ) -> Result<Looked, Spent> {
        if !unknown.is_wanted {
            return stage.lint_within(source, budget);
        }
        let (looked, asked) = noting(|| stage.lint_within(source, budget));
        let (post, findings) = looked?;
        if outlasts(&post, stage) {
            let lint = Lint {
                at: stage.config.now,
                answers: answers(&asked, stage),
                asked: saved::pack(&asked),
                findings: saved::pack_findings(&findings),
            };
            self.put(found, stage, unknown, &post.source, |row| row.lint = Some(lint));
        }
        Ok((post, findings))
    }

    /// What the post at `found` tells the others, if an earlier run knows.
    pub(super) fn facts_kept(&self, found: &Found, stage: &Stage) -> Result<PostFacts, Unknown> {
        let (row, unknown) = self.current(found, stage);
        row.and_then(|row| saved::unpack(&row.facts)).ok_or(unknown)
    }

    /// Remember what a post tells the others.
    pub(super) fn keep_facts(
        &self,
        found: &Found,
        stage: &Stage,
        unknown: &Unknown,
        (source, facts): (&Source, &PostFacts),
    ) {
        if unknown.is_wanted {
            self.put(found, stage, unknown, source, |row| row.facts = saved::pack(facts));
        }
    }

    /// Write what was learned. A memory that cannot be written is lost, and nothing else; the reason is returned.
    pub fn save_cache(&self) -> Result<(), String> {
        let Some(choice) = &self.cache.choice else {
            return Ok(());
        };
        for memory in lock(&self.cache.memories).values() {
            let mut rows = lock(&memory.rows);
            if rows.is_changed && rows.all.len() >= choice.fewest {
                rows.is_changed = false;
                let Rows { all, current, .. } = &*rows;
                shelf::save(&choice.folder, &memory.owner, all, current).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// The row of a file if it is of the text and the settings that hold now; else what is needed to make one.
    fn current(&self, found: &Found, stage: &Stage) -> (Option<Arc<Row>>, Unknown) {
        let Some((memory, key)) = self.place(found, stage) else {
            return (None, Unknown::default());
        };
        let unknown = Unknown {
            stamp: stamp::of(&found.path),
            is_wanted: true,
        };
        let (row, is_current) = {
            let rows = lock(&memory.rows);
            (rows.all.get(&key).cloned(), rows.current.contains(&key))
        };
        let Some(row) = row.filter(|row| row.settings == settings(stage)) else {
            return (None, unknown);
        };
        if is_current {
            return (Some(row), unknown);
        }
        let row = if row.stamp.is_some() && row.stamp == unknown.stamp {
            row
        } else {
            let text = read(&found.path, stage.max_file_size);
            if !text.is_ok_and(|source| print::content(&source) == row.content) {
                return (None, unknown);
            }
            Arc::new(Row {
                stamp: unknown.stamp.clone(),
                ..Row::clone(&row)
            })
        };
        let mut rows = lock(&memory.rows);
        // A stamp that cannot be trusted yet is not worth writing.
        rows.is_changed |= row.stamp.is_some() && rows.all.get(&key).is_none_or(|old| old.stamp != row.stamp);
        rows.all.insert(key.clone(), Arc::clone(&row));
        rows.current.insert(key);
        (Some(row), unknown)
    }

    fn put(&self, found: &Found, stage: &Stage, unknown: &Unknown, source: &Source, act: impl FnOnce(&mut Row)) {
        let Some((memory, key)) = self.place(found, stage) else {
            return;
        };
        let (content, settings) = (print::content(source), settings(stage));
        let mut rows = lock(&memory.rows);
        let known = rows.all.get(&key);
        let known = known.filter(|row| row.content == content && row.settings == settings);
        let mut row = known.map_or_else(
            || Row {
                stamp: unknown.stamp.clone(),
                content,
                settings,
                used: 0,
                facts: Vec::new(),
                lint: None,
            },
            |row| Row::clone(row),
        );
        act(&mut row);
        rows.all.insert(key.clone(), Arc::new(row));
        rows.current.insert(key);
        rows.is_changed = true;
    }

    /// The memory that a file belongs to, and its name there.
    fn place(&self, found: &Found, stage: &Stage) -> Option<(Arc<Memory>, String)> {
        let memory = self.cache.memory(stage.site.as_deref())?;
        Some((memory, absolute(&found.path).to_str()?.to_owned()))
    }

    /// A hash of `stage`'s settings, which `loaded` (at this address) gave with these overrides; 0 without a cache.
    pub(super) fn print(&self, stage: &Stage, (loaded, overrides): (usize, Vec<usize>)) -> u128 {
        if !self.cache.is_on() {
            return 0;
        }
        let mut configs = lock(&self.cache.configs);
        let config = configs
            .entry((loaded, overrides))
            .or_insert_with(|| print::config(&stage.config, stage.max_file_size));
        let site = stage.site.as_ref();
        let site = site.map_or(0, |root| *root.notes.print.get_or_init(|| print::site(&root.site)));
        print::both(*config, site)
    }
}

fn settings(stage: &Stage) -> u128 {
    // A lone file goes by the name that it was given.
    print::both(stage.print, print::text(&stage.path))
}

fn recalled(row: &Row, found: &Found, stage: &Stage) -> Option<Recalled> {
    let lint = row.lint.as_ref()?;
    let holds = match (lint.at, stage.config.now) {
        (Some(at), Some(now)) => at <= now,
        (at, now) => at == now,
    };
    let asked: Vec<Question> = saved::unpack(&lint.asked).filter(|_| holds)?;
    (answers(&asked, stage) == lint.answers).then_some(())?;
    let findings = saved::unpack_findings(&lint.findings)?;
    let source = match findings.is_empty() {
        true => Source::new(""),
        false => read(&found.path, stage.max_file_size).ok()?,
    };
    // It may have been written since it was looked at.
    (findings.is_empty() || print::content(&source) == row.content).then_some(Recalled { source, findings })
}

/// A hash of what the index says to `asked`; each question is answered once for all posts.
fn answers(asked: &[Question], stage: &Stage) -> u64 {
    let Some(root) = &stage.site else { return 0 };
    let answer = |question: &Question| {
        if let Some(known) = lock(&root.notes.answers).get(question) {
            return *known;
        }
        let answer = root.site.posts.answer(question);
        lock(&root.notes.answers).insert(question.clone(), answer);
        answer
    };
    print::numbers(asked.iter().map(answer))
}

/// Whether what is found in `post` stays the same as time goes on: every date lies more than a day back, so that no zone can
/// bring it into the future.
fn outlasts(post: &Post, stage: &Stage) -> bool {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let Some(now) = stage.config.now else { return true };
    let is_past = |instant: Option<i64>| instant.is_none_or(|instant| instant.saturating_add(DAY) <= now);
    let default = SiteSettings::default();
    let settings = stage.site().map_or(&default, |site| &site.settings);
    let fields = generator::date_fields(stage.generator(), post, settings);
    fields.iter().all(|field| !field.needs_clock && is_past(field.instant)) && {
        let explained = stage.explain(post);
        is_past(explained.date.instant) && is_past(explained.updated.instant)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

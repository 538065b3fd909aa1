//! Tells that something changed which may matter to posts, by the system's own notices.

use super::discover::walker;
use crate::config::FILE_NAMES;
use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// An editor writes a file in several steps: so long must nothing happen before a change is taken to be over.
const REST: Duration = Duration::from_millis(80);
/// But nobody waits for rest longer than this.
const LONGEST: Duration = Duration::from_secs(1);
/// Names that begin with a dot and matter all the same.
const HIDDEN: &[&str] = &[".config", ".gitignore", ".ignore"];

/// What is worth a look when it changes.
#[derive(Clone, Debug, Default)]
pub struct Sights {
    /// Files and folders: all that a walk would find in them, and that they come or go.
    pub roots: Vec<PathBuf>,
    /// Files that say how posts are understood, wherever they lie.
    pub files: Vec<PathBuf>,
}

/// Folders that are watched.
pub struct Watcher {
    system: RecommendedWatcher,
    /// Paths as the system calls them.
    sights: Sights,
    folders: BTreeSet<PathBuf>,
    notices: Receiver<Notice>,
    sender: Sender<Notice>,
}

enum Notice {
    /// Something happened to what has these names.
    Change(EventKind, Vec<PathBuf>),
    /// Notices were lost: anything may have happened.
    Lost,
    /// The watch is over.
    Stop,
}

/// Ends a watch from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Notice>);

impl Stopper {
    /// End it.
    pub fn stop(&self) {
        // Nobody listens once it is over.
        let _ = self.0.send(Notice::Stop);
    }
}

impl Watcher {
    /// A watcher of nothing yet; an error where the system has no notices.
    pub fn new() -> Result<Self, String> {
        let (sender, notices) = channel();
        let events = sender.clone();
        let notice = move |event: notify::Result<Event>| {
            let notice = match event {
                // To be read, as we do, is no change.
                Ok(event) if event.kind.is_access() => return,
                Ok(event) if !event.need_rescan() && !event.paths.is_empty() => Notice::Change(event.kind, event.paths),
                _ => Notice::Lost,
            };
            // Nobody listens once it is over.
            let _ = events.send(notice);
        };
        Ok(Self {
            system: notify::recommended_watcher(notice).map_err(|error| error.to_string())?,
            sights: Sights::default(),
            folders: BTreeSet::new(),
            notices,
            sender,
        })
    }

    /// What ends the watch.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Watch `sights` from now on. A file is watched by its folder, because editors put a new one in its place, and a folder by the
    /// one above, because it may go and come back.
    pub fn watch(&mut self, sights: &Sights) -> Result<(), String> {
        let real = |paths: &[PathBuf]| paths.iter().map(|path| real(path)).collect();
        self.sights = Sights {
            roots: real(&sights.roots),
            files: real(&sights.files),
        };
        let mut inside = BTreeSet::new();
        let mut outside = BTreeSet::new();
        for root in &self.sights.roots {
            if root.is_dir() {
                let entries = walker(root).build().flatten();
                let folders = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
                inside.extend(folders.map(ignore::DirEntry::into_path));
            }
            outside.extend(above(root).map(Path::to_owned));
        }
        outside.extend(
            self.sights
                .files
                .iter()
                .filter_map(|file| file.parent())
                .map(Path::to_owned),
        );
        let hidden: Vec<PathBuf> = inside
            .iter()
            .chain(&outside)
            .map(|folder| folder.join(".config"))
            .collect();
        outside.extend(hidden.into_iter().filter(|folder| folder.is_dir()));
        let mut system = self.system.paths_mut();
        for folder in inside.union(&outside) {
            if self.folders.contains(folder) {
                continue;
            }
            match system.add(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.clone());
                }
                // Gone again, or not ours to look at.
                Err(_) if !inside.contains(folder) || !folder.is_dir() => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        system.commit().map_err(|error| error.to_string())
    }

    /// Wait until something changed and came to rest; false: the watch is over.
    pub fn wait(&mut self) -> bool {
        let mut end: Option<Instant> = None;
        loop {
            let notice = match end {
                None => self.notices.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(end) if Instant::now() >= end => return true,
                Some(_) => self.notices.recv_timeout(REST),
            };
            let moved = match notice {
                Ok(Notice::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
                Ok(Notice::Change(_, paths)) if !paths.iter().any(|path| self.matters(path)) => continue,
                Ok(Notice::Change(kind, _)) => is_move(kind),
                Ok(Notice::Lost) => true,
            };
            // A folder that went away took its watch along, and may be back.
            if moved {
                self.folders.clear();
            }
            end.get_or_insert_with(|| Instant::now() + LONGEST);
        }
    }

    fn matters(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_config = FILE_NAMES.iter().any(|file| *file == name) || HIDDEN.iter().any(|hidden| *hidden == name);
        let Sights { roots, files } = &self.sights;
        is_config
            || files.iter().any(|file| file == path)
            || roots.iter().any(|root| root.starts_with(path))
            || roots
                .iter()
                .any(|root| path.strip_prefix(root).is_ok_and(|inside| !is_fleeting(inside)))
    }
}

/// What editors and systems leave beside a file for a while, and what a walk does not enter.
fn is_fleeting(inside: &Path) -> bool {
    let names = inside.iter().map(|name| name.to_string_lossy());
    // Vim tries whether it may write here by a file that is called `4913`.
    names
        .into_iter()
        .any(|name| name.starts_with('.') || name.ends_with('~') || name == "4913")
}

/// The folders above `path` as far as its repository goes, else the one above.
fn above(path: &Path) -> impl Iterator<Item = &Path> {
    let is_top = |folder: &Path| folder.join(".git").exists();
    let depth = path.ancestors().position(is_top).unwrap_or(0).max(1);
    path.ancestors().skip(1).take(depth)
}

/// As the system calls it in its notices.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| super::real(path))
}

fn is_move(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Any | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    )
}

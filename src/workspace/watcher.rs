//! Tells that something changed in folders, by the system's own notices.

use super::discover::walker;
use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// An editor writes a file in several steps: so long must nothing happen before a change is taken to be over.
const REST: Duration = Duration::from_millis(80);
/// But nobody waits for rest longer than this.
const LONGEST: Duration = Duration::from_secs(1);

/// Folders that are watched.
pub struct Watcher {
    system: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    notices: Receiver<Notice>,
    sender: Sender<Notice>,
}

enum Notice {
    /// Something else is there now; with whether something may have gone.
    Change(bool),
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
            // What got lost may have been anything.
            let kind = event.map_or(EventKind::Any, |event| event.kind);
            // To be read, as we do, is no change.
            if !kind.is_access() {
                let _ = events.send(Notice::Change(is_move(kind)));
            }
        };
        Ok(Self {
            system: notify::recommended_watcher(notice).map_err(|error| error.to_string())?,
            folders: BTreeSet::new(),
            notices,
            sender,
        })
    }

    /// What ends the watch.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Watch every folder at and below `paths` that a walk would enter, the folders of files, and `others` themselves. A file is
    /// watched by its folder, because editors put a new one in its place.
    pub fn watch(&mut self, paths: &[PathBuf], others: &[PathBuf]) -> Result<(), String> {
        let mut wanted: BTreeSet<PathBuf> = others.iter().filter(|path| path.is_dir()).cloned().collect();
        for path in paths {
            if path.is_dir() {
                let entries = walker(path).build().flatten();
                let folders = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
                wanted.extend(folders.map(ignore::DirEntry::into_path));
            } else {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                wanted.insert(folder.unwrap_or(Path::new(".")).to_owned());
            }
        }
        for folder in wanted {
            if self.folders.contains(&folder) {
                continue;
            }
            match self.system.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder);
                }
                // Gone again.
                Err(_) if !folder.is_dir() => {}
                Err(error) => return Err(format!("{}: {error}", super::shown(&folder))),
            }
        }
        Ok(())
    }

    /// Wait until something changed and came to rest; false: the watch is over.
    pub fn wait(&mut self) -> bool {
        let Ok(mut notice) = self.notices.recv() else {
            return false;
        };
        let end = Instant::now() + LONGEST;
        loop {
            match notice {
                Notice::Stop => return false,
                // A folder that went away took its watch along, and may be back.
                Notice::Change(true) => self.folders.clear(),
                Notice::Change(false) => {}
            }
            if Instant::now() >= end {
                return true;
            }
            notice = match self.notices.recv_timeout(REST) {
                Ok(notice) => notice,
                Err(_) => return true,
            };
        }
    }
}

fn is_move(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Any | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    )
}

//! How a file looks from outside.

use serde::{Deserialize, Serialize};
use std::path::Path;

/// Tells two states of a file apart without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    /// Device and inode.
    place: (u64, u64),
    /// Last write; seconds and nanoseconds since 1970.
    written: (i64, i64),
    /// Last change of anything, which nobody can set; the same.
    changed: (i64, i64),
}

/// The stamp of the file at `path`; `None` where it says nothing: the file is not there, it changed so lately that it may change
/// again without another time, or the system keeps no time of the last change.
#[cfg(unix)]
pub(super) fn of(path: &Path) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    use std::time::{SystemTime, UNIX_EPOCH};
    /// Seconds between two ticks of the coarsest file system.
    const TICK: i64 = 2;
    let meta = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let stamp = Stamp {
        size: meta.len(),
        place: (meta.dev(), meta.ino()),
        written: (meta.mtime(), meta.mtime_nsec()),
        changed: (meta.ctime(), meta.ctime_nsec()),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let now = i64::try_from(now.as_secs()).ok()?;
    (stamp.changed.0 + TICK < now).then_some(stamp)
}

#[cfg(not(unix))]
pub(super) fn of(_path: &Path) -> Option<Stamp> {
    None
}

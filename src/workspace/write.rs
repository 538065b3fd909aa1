//! Replaces a file atomically: a crash or a full disk leaves either the old file or the new one.

use super::read::{ReadError, bytes, said};
use crate::message::Message;
use crate::say;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system says no.
    Io(#[from] std::io::Error),
    /// The file cannot be read any more.
    Read(#[from] ReadError),
    /// Somebody else wrote it since it was read.
    Changed,
    /// Somebody else wrote it twice at the very moment; the other text lies in this file.
    Twice(PathBuf),
    /// It is write-protected, which a replacement would ignore.
    Protected,
    /// A new file was wanted and there is one already.
    Exists,
}

impl WriteError {
    /// In words.
    pub fn said(&self) -> Message {
        match self {
            WriteError::Io(error) => said(error),
            WriteError::Read(error) => error.said(),
            WriteError::Changed => say!("it changed while it was being checked"),
            WriteError::Twice(other) => say!(
                "it changed twice while it was being written; see also {other}",
                other = other.display()
            ),
            WriteError::Protected => say!("it is write-protected"),
            WriteError::Exists => say!("it exists already"),
        }
    }
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.said().english())
    }
}

/// Put `after` where `before` stands in the file at `path`. A symbolic link stays one: its target is replaced. Permissions
/// are kept; owner, group, access control lists and other extended attributes where the system lets us. Another name of the same
/// file (a hard link) keeps the old text.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let target = fs::canonicalize(path)?;
    let meta = fs::metadata(&target)?;
    if meta.permissions().readonly() {
        return Err(WriteError::Protected);
    }
    let folder = parent(&target);
    let mut draft = Draft::new(&folder)?;
    draft.file().write_all(after.as_bytes())?;
    keep_owner(draft.file(), &meta);
    draft.file().set_permissions(meta.permissions())?;
    keep_attributes(&target, draft.file());
    draft.file().sync_all()?;
    if bytes(&target, before.len() as u64).map_or(true, |now| now != before.as_bytes()) {
        return Err(WriteError::Changed);
    }
    let temporary = draft.named(&folder)?;
    swap(temporary, &target, before.as_bytes(), after.as_bytes())?;
    sync_folder(&folder);
    Ok(())
}

/// A file that is being written. On Linux it has no name until it is whole, so that a kill leaves nothing behind.
enum Draft {
    #[cfg(target_os = "linux")]
    Nameless(File),
    Named(NamedTempFile),
}

const PREFIX: &str = ".postlint-";

impl Draft {
    fn new(folder: &Path) -> std::io::Result<Self> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, open};
            let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
            if let Ok(file) = open(folder, flags, Mode::RUSR | Mode::WUSR) {
                return Ok(Self::Nameless(file.into()));
            }
        }
        // Not every file system can.
        Ok(Self::Named(NamedTempFile::with_prefix_in(PREFIX, folder)?))
    }

    fn file(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(file) => file.as_file_mut(),
        }
    }

    /// Give it a name in its folder, for the moment of the exchange.
    fn named(self, folder: &Path) -> std::io::Result<NamedTempFile> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => {
                use rustix::fs::{AtFlags, CWD, linkat};
                use std::os::fd::AsRawFd;
                let door = format!("/proc/self/fd/{}", file.as_raw_fd());
                let link = |path: &Path| {
                    linkat(CWD, &door, CWD, path, AtFlags::SYMLINK_FOLLOW)?;
                    file.try_clone()
                };
                tempfile::Builder::new().prefix(PREFIX).make_in(folder, link)
            }
            Self::Named(file) => Ok(file),
        }
    }
}

/// Put `temporary`, which holds `after`, in the place of `target`. What somebody saves there between our last look and this is
/// put back: the system exchanges the two, and only what was `before` is deleted.
#[cfg(target_os = "linux")]
fn swap(temporary: NamedTempFile, target: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let exchange = || renameat_with(CWD, temporary.path(), CWD, target, RenameFlags::EXCHANGE);
    let holds = |text: &[u8]| bytes(temporary.path(), text.len() as u64).is_ok_and(|now| now == text);
    if exchange().is_err() {
        // Not every file system can.
        temporary.persist(target).map_err(|error| error.error)?;
        return Ok(());
    }
    if holds(before) {
        return Ok(());
    }
    if exchange().is_ok() && holds(after) {
        return Err(WriteError::Changed);
    }
    // Saved again within these microseconds: nobody can tell which text is the newer one, so both stay.
    let (_, kept) = temporary.keep().map_err(|error| error.error)?;
    Err(WriteError::Twice(kept))
}

#[cfg(not(target_os = "linux"))]
fn swap(temporary: NamedTempFile, target: &Path, _before: &[u8], _after: &[u8]) -> Result<(), WriteError> {
    temporary.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Write `text` to a file that must not exist yet.
pub fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let file = File::options().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => WriteError::Exists,
        _ => WriteError::Io(error),
    })?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

/// The same as [`save`], with the folders that it needs.
pub fn save_with_folders(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    fs::create_dir_all(parent(path))?;
    save(path, bytes)
}

/// Write `bytes` to the file at `path` whether or not there is one, atomically.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = parent(path);
    let mut temporary = tempfile::Builder::new().prefix(PREFIX).tempfile_in(&folder)?;
    temporary.write_all(bytes)?;
    #[cfg(unix)]
    {
        // What is written for others to read is readable for others, as any new file is.
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(0o644, |meta| meta.permissions().mode());
        fs::set_permissions(temporary.path(), fs::Permissions::from_mode(mode))?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    sync_folder(&folder);
    Ok(())
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(unix)]
fn keep_owner(file: &File, meta: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    // Only root may give a file away; for everybody else it is theirs already, or stays theirs.
    let _ = std::os::unix::fs::fchown(file, Some(meta.uid()), Some(meta.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _meta: &fs::Metadata) {}

/// Extended attributes; on Linux the access control list is one of them.
#[cfg(unix)]
fn keep_attributes(from: &Path, to: &File) {
    use xattr::FileExt;
    for name in xattr::list(from).into_iter().flatten() {
        if let Ok(Some(value)) = xattr::get(from, &name) {
            let _ = to.set_xattr(&name, &value);
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_from: &Path, _to: &File) {}

/// Make the new name itself durable; systems that cannot do that lose at most the change, never the file.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// A file for output, emptied if it exists.
pub fn output_file(path: &Path) -> std::io::Result<impl Write + use<>> {
    Ok(std::io::BufWriter::new(File::create(path)?))
}

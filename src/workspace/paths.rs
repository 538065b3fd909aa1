//! Paths from the root of the file system.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The same for every way that leads to a file: links to its folder are followed, `..` is resolved. Where the folder is not
/// there, the path from the root of the file system.
pub fn real(path: &Path) -> PathBuf {
    let full = absolute(path);
    match (full.parent().map(std::fs::canonicalize), full.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => full.into_owned(),
    }
}

/// The path from the root of the file system; nothing is looked up, links stay.
pub fn absolute(path: &Path) -> Cow<'_, Path> {
    // Asked several times of every file: what needs no change is not even copied.
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_plain = |pair: &[u8]| pair != b"//" && pair != b"/.";
    if cfg!(unix) && bytes.starts_with(b"/") && bytes.windows(2).all(is_plain) {
        return path.into();
    }
    std::path::absolute(path).map_or(path.into(), Cow::Owned)
}

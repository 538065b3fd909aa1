//! Reads files: only regular ones, only up to a size.

use crate::message::Message;
use crate::say;
use crate::text::Source;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system says no.
    Io(#[from] std::io::Error),
    /// A folder, a pipe, a device.
    NotAFile,
    /// Longer than the settings allow; both in bytes.
    TooLarge {
        /// The file's.
        size: u64,
        /// The settings'.
        limit: u64,
    },
}

impl ReadError {
    /// In words.
    pub fn said(&self) -> Message {
        match self {
            ReadError::Io(error) => said(error),
            ReadError::NotAFile => say!("it is no regular file"),
            ReadError::TooLarge { size, limit } => say!(
                "it has {size} bytes, more than the {limit} that `max-file-size` allows",
                size,
                limit
            ),
        }
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.said().english())
    }
}

/// What the system says, without the name of the temporary file that `tempfile` adds and nobody knows.
pub fn said(error: &std::io::Error) -> Message {
    let text = error.to_string();
    let system = error.get_ref().and(text.split_once(" at path \""));
    Message::data(system.map_or(&*text, |(system, _)| system))
}

/// Read the file at `path`, of `limit` bytes at most. A symbolic link is followed.
pub fn read(path: &Path, limit: u64) -> Result<Source, ReadError> {
    Ok(Source::from_bytes(bytes(path, limit)?))
}

/// The text of a configuration file, of a mebibyte at most; bytes that are not UTF-8 become U+FFFD.
pub fn read_config_text(path: &Path) -> Result<String, ReadError> {
    let text = String::from_utf8_lossy(&bytes(path, 1 << 20)?).into_owned();
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The file at `path` to be read bit by bit; `-` is standard input.
pub fn input(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    Ok(match path == Path::new("-") {
        true => Box::new(std::io::stdin().lock()),
        false => Box::new(BufReader::with_capacity(1 << 16, std::fs::File::open(path)?)),
    })
}

/// The bytes of a regular file. Asked before opening, because opening a pipe would wait for its writer.
pub(super) fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(ReadError::NotAFile);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(limit)).unwrap_or(0) + 1);
    // The file may have grown since: read one byte more than allowed and no further.
    std::fs::File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    let size = meta.len().max(bytes.len() as u64);
    if size > limit {
        return Err(ReadError::TooLarge { size, limit });
    }
    Ok(bytes)
}

/// The first bytes of a file, for a look at how it begins; empty when it cannot be read.
pub(super) fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    if std::fs::metadata(path).is_ok_and(|meta| meta.is_file())
        && let Ok(file) = std::fs::File::open(path)
    {
        // What could be read is enough.
        let _ = file.take(512).read_to_end(&mut bytes);
    }
    bytes
}

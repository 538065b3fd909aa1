//! The files of the cache: one for each site and build of the program, replaced whole, of a size that is bounded.

use super::super::read;
use super::{Row, print};
use etcetera::BaseStrategy;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use xxhash_rust::xxh3::xxh3_128;

/// What each file begins with; then a hash of the rest.
const MAGIC: &[u8; 16] = b"postlint cache 1";

/// Bytes of all files together.
const MOST: u64 = 256 << 20;

/// Days after which what nobody used is dropped.
const KEPT: u32 = 30;

/// Where a cache lies when nobody says: `postlint` in the user's folder for such things (`$XDG_CACHE_HOME`, `~/.cache`). `None`
/// for a user without a home.
pub fn default_folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("postlint"))
}

/// What is remembered for `owner`; `None` when there is nothing, or it is damaged, or somebody else's.
pub(super) fn load(folder: &Path, owner: &Path) -> Option<Vec<(String, Row)>> {
    let bytes = read::bytes(&file(folder, owner), MOST).ok()?;
    let (sum, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(16)?;
    (sum == xxh3_128(rest).to_le_bytes()).then_some(())?;
    let (whose, rows): (String, Vec<(String, u32, Row)>) = postcard::from_bytes(rest).ok()?;
    let dated = |(path, used, row)| (path, Row { used, ..row });
    (whose == owner.to_string_lossy()).then(|| rows.into_iter().map(dated).collect())
}

/// Write `rows`, without those that nobody used for a month; those in `current` were used today. Two processes that write at
/// once do each other no harm: one of the two files stays.
pub(super) fn save(
    folder: &Path,
    owner: &Path,
    rows: &HashMap<String, Arc<Row>>,
    current: &HashSet<String>,
) -> std::io::Result<()> {
    let today = today();
    let rows: Vec<(&String, u32, &Row)> = rows
        .iter()
        .map(|(path, row)| (path, if current.contains(path) { today } else { row.used }, &**row))
        .filter(|(_, used, _)| used.saturating_add(KEPT) >= today)
        .collect();
    let rest = postcard::to_allocvec(&(owner.to_string_lossy(), rows)).map_err(std::io::Error::other)?;
    if rest.len() as u64 > MOST / 2 {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    tidy(folder, rest.len() as u64);
    let mut temporary = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder)?;
    temporary.write_all(MAGIC)?;
    temporary.write_all(&xxh3_128(&rest).to_le_bytes())?;
    temporary.write_all(&rest)?;
    // Not made durable: what a crash damages is seen by its hash.
    temporary.persist(file(folder, owner)).map_err(|error| error.error)?;
    Ok(())
}

/// Make room for `wanted` bytes: drop files that are too old, then the oldest.
fn tidy(folder: &Path, wanted: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "cache"))
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            Some((meta.modified().ok()?, meta.len(), entry.path()))
        })
        .collect();
    files.sort();
    let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
    let oldest = SystemTime::now() - Duration::from_secs(u64::from(KEPT) * 24 * 60 * 60);
    for (written, size, path) in files {
        if written >= oldest && total + wanted <= MOST {
            break;
        }
        // Somebody else may have done it.
        let _ = fs::remove_file(path);
        total -= size;
    }
}

fn file(folder: &Path, owner: &Path) -> PathBuf {
    let name = print::both(print::text(&owner.to_string_lossy()), build());
    folder.join(format!("{name:032x}.cache"))
}

/// Tells builds of the program apart: another one may find something else.
fn build() -> u128 {
    static BUILD: OnceLock<u128> = OnceLock::new();
    *BUILD.get_or_init(|| {
        let path = std::env::current_exe().ok();
        let meta = path.as_ref().and_then(|path| fs::metadata(path).ok());
        let looks = meta.map(|meta| (meta.len(), meta.modified().ok()));
        print::text(&format!("{} {path:?} {looks:?}", env!("CARGO_PKG_VERSION")))
    })
}

fn today() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs() / (24 * 60 * 60)).unwrap_or(u32::MAX)
}

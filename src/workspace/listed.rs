//! Reads lists of files: what `find`, `git ls-files` and `fd` print.

use super::git::path_of;
use super::{ConfigError, Discovery, Found, Workspace, absolute, has_post_extension, shown};
use crate::say;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The paths listed in `file` (`-`: standard input): with NUL between them if there is one, else one a line.
pub fn listed(file: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    match file == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut bytes)?,
        false => std::fs::File::open(file)?.read_to_end(&mut bytes)?,
    };
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|&byte| byte == separator);
    // A line may end in CR LF; a name between NULs is taken as it is.
    let names = names.map(|name| match separator {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    Ok(names.filter(|name| !name.is_empty()).map(path_of).collect())
}

/// The posts among `paths`: nobody named each of them, so other files and what the configuration excludes are left out.
pub fn discover_listed(workspace: &Workspace, paths: &[PathBuf]) -> Result<Discovery, ConfigError> {
    let mut found = Discovery::default();
    let mut seen = HashSet::new();
    for path in paths.iter().filter(|path| has_post_extension(path)) {
        if workspace.stage(path)?.excluded {
            found.excluded += 1;
        } else if !path.is_file() && !path.exists() {
            found
                .troubles
                .push(say!("{file}: there is no such file", file = shown(path)));
        } else if seen.insert(absolute(path)) {
            found.files.push(Found {
                shown: shown(path),
                path: path.clone(),
                leads_out: false,
            });
        }
    }
    Ok(found)
}

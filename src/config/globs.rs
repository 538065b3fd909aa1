//! Sets of file patterns, relative to the folder of the configuration.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns such as `source/_drafts/**`; a pattern without `/` fits a name at any depth, and one that names a folder fits
/// everything in it.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Compile `patterns`; the error is the first bad pattern and the reason.
    pub fn new(patterns: Vec<String>) -> Result<Self, (String, String)> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &patterns {
            for form in forms(pattern) {
                let glob = GlobBuilder::new(&form)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| (pattern.clone(), error.kind().to_string()))?;
                builder.add(glob);
            }
        }
        let set = builder
            .build()
            .map_err(|error| (patterns.join(", "), error.kind().to_string()))?;
        Ok(Self { patterns, set })
    }

    /// Whether `path` (relative, `/` as separator) fits one of them.
    pub fn fit(&self, path: &str) -> bool {
        !self.patterns.is_empty() && self.set.is_match(path)
    }

    /// The patterns as written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

fn forms(pattern: &str) -> Vec<String> {
    let anchored = pattern.trim_start_matches("./").trim_end_matches('/');
    let base = match anchored.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None if anchored.contains('/') => anchored.to_owned(),
        None => format!("**/{anchored}"),
    };
    vec![format!("{base}/**"), base]
}

//! Many files at once, on every processor.

use super::{Workspace, absolute, shown};
use crate::config::ConfigError;
use crate::generator::Generator;
use crate::post::Post;
use crate::text::Source;
use rayon::prelude::*;
use std::path::Path;

/// What `act` makes of each of `items`, in their order.
pub fn of_each<T: Sync, R: Send>(items: &[T], act: impl Fn(&T) -> Option<R> + Sync + Send) -> Vec<R> {
    items.par_iter().filter_map(act).collect()
}

impl Workspace {
    /// `source`, which stands at `path`, parsed, and the generator that reads it: a small part of what
    /// [`Workspace::stage`] finds out, for whoever asks of thousands of posts.
    pub fn parsed(&self, path: &Path, source: Source) -> Result<(Post, Generator), ConfigError> {
        let full = absolute(path);
        let folder = full.parent().unwrap_or(&full);
        let loaded = self.settings(folder)?;
        let site = self.site(folder);
        let in_config = loaded.inside(&full);
        let config = loaded.settings.for_file(&in_config, super::catalogue());
        let detected = site.as_ref().map(|site| site.site.generator);
        let generator = self.options.generator.or(config.generator).or(detected);
        let inside = site.as_ref().and_then(|site| full.strip_prefix(&site.root).ok());
        let post = Post::parse(source, shown(inside.unwrap_or(path)));
        Ok((post, generator.unwrap_or_default()))
    }
}

//! Tells posts that need a date and have none.

use crate::generator::hexo::{Place, name_parts, place};
use crate::generator::{DateSource, Explained, Outcome, SiteSettings};
use crate::post::Entry;
use crate::rule::Context;

/// Whether neither the front matter nor the file's name has a date. A value that is there is read by other rules.
pub fn in_hexo(context: &Context<'_>) -> bool {
    let settings = context.settings();
    let Place::Post { path, is_draft: false } = place(&context.post.path, &settings) else {
        return false;
    };
    let is_empty = |entry: &Entry| {
        let scalar = entry.value.scalar();
        scalar.is_some_and(|scalar| scalar.is_null() || scalar.text.is_empty())
    };
    name_parts(&path, &settings).date.is_none() && context.post.front_matter.get("date").is_none_or(is_empty)
}

/// Pages that must have a date before one that has none stands out.
const FEWEST: usize = 3;
/// More pages of a section than these need not be asked.
const ENOUGH: usize = 100;

/// Whether a page of Hugo that should have a date has none.
pub fn in_hugo(context: &Context<'_>) -> bool {
    let settings = context.settings();
    let Some(section) = section(&context.post.path, &settings) else {
        return false;
    };
    let is_undated = |explained: &Explained| {
        explained.outcome == Outcome::Kept
            && explained.date.instant.is_none()
            && explained.date.source == DateSource::None
    };
    if !context.is_post() || context.post.file_name().starts_with("_index.") || !is_undated(context.explained()) {
        return false;
    }
    let Some((site, _)) = context.among_posts() else {
        return matches!(section, "posts" | "post" | "blog");
    };
    let is_other = |path: &str| path != context.post.path && !path.contains("/_index.");
    let others = site
        .posts
        .iter()
        .filter(|other| is_other(&other.path) && self::section(&other.path, &settings) == Some(section));
    let (mut all, mut dated) = (0_usize, 0_usize);
    for other in others.take(ENOUGH) {
        all += 1;
        dated += usize::from(other.date.is_some());
    }
    dated >= FEWEST && dated * 4 >= all * 3
}

/// The folder right below `content` that a page lies in; `None` for pages that lie in none.
fn section<'a>(path: &'a str, settings: &SiteSettings) -> Option<&'a str> {
    let content = settings.source_dir.as_deref().unwrap_or("content").trim_matches('/');
    let below = path.strip_prefix(content)?.strip_prefix('/')?;
    below.split_once('/').map(|(section, _)| section)
}

//! What stands above and beside the lines: the address, the number of posts under a term, the instant of a date.

use super::{Checked, made};
use crate::generator::date::iso;
use crate::generator::{Outcome, Taxonomy, terms};
use crate::message::Message;
use crate::post::address::percent_decoded;
use crate::say;
use crate::text::TextRange;

/// A line above a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The place.
    pub range: TextRange,
    /// What it says.
    pub title: Message,
}

/// A word behind a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte behind which it stands.
    pub offset: usize,
    /// What it says.
    pub label: String,
    /// More, as Markdown.
    pub docs: Message,
}

/// Every lens, in order.
pub fn lenses(checked: &Checked) -> Vec<Lens> {
    let Some(envelope) = &checked.post.envelope else {
        return Vec::new();
    };
    let explained = checked.explained();
    let mut lenses = vec![Lens {
        range: envelope.open,
        title: match (explained.outcome, &explained.url, &explained.reason) {
            (Outcome::Kept, Some(url), _) => say!("{url}", url = percent_decoded(url)),
            (Outcome::Kept, None, _) if !explained.published => say!("not published"),
            (Outcome::Kept, None, _) => say!("an address that only the build knows"),
            (_, _, Some(reason)) => say!("not on the site: {reason}", reason),
            (_, _, None) => say!("not on the site"),
        },
    }];
    let Some(site) = checked.stage.site().filter(|site| !site.posts.is_empty()) else {
        return lenses;
    };
    for (taxonomy, entry) in terms::entries(&checked.post) {
        let paths = match taxonomy {
            Taxonomy::Category => explained.categories.clone(),
            Taxonomy::Tag => explained.tags.iter().map(|tag| vec![tag.clone()]).collect(),
        };
        let counts: Vec<String> = paths
            .iter()
            .map(|path| format!("{} {}", path.join(" › "), made::uses(site, taxonomy, path)))
            .collect();
        if !counts.is_empty() {
            lenses.push(Lens {
                range: entry.range,
                title: say!("posts: {counts}", counts = counts.join(" · ")),
            });
        }
    }
    lenses
}

/// Every hint within `range`, in order.
pub fn hints(checked: &Checked, range: TextRange) -> Vec<Hint> {
    let explained = checked.explained();
    if explained.outcome != Outcome::Kept {
        return Vec::new();
    }
    let entries = checked.post.front_matter.entries().iter();
    entries
        .filter(|entry| entry.range.start <= range.end && range.start <= entry.range.end)
        .filter_map(|entry| {
            let key = entry.name()?;
            let label = match key {
                "date" => iso(explained.date.instant?),
                "updated" | "lastmod" | "last_modified_at" => iso(explained.updated.instant?),
                "title" => format!("→ {}", percent_decoded(explained.url.as_deref()?)),
                _ => return None,
            };
            // The generator's answer may rest on the file's name: then it is not about this value.
            let is_given = !entry.value.range.is_empty();
            Some(Hint {
                offset: line_end(checked, entry.range.end),
                label: label.replace(".000Z", "Z"),
                docs: made::of_field(checked, key)?,
            })
            .filter(|_| is_given)
        })
        .collect()
}

/// The end of what is written on the line, so that a hint stands behind a comment.
fn line_end(checked: &Checked, offset: usize) -> usize {
    let rest = checked.post.text().get(offset..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    offset + line.trim_end().len()
}

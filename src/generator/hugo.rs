//! Hugo 0.168: where front matter is, what its values become, dates, taxonomies, URL.

pub mod envelope;
mod field;
mod layout;
mod model;
mod place;
mod read;
pub mod shortcode;
mod url;
mod value;

use super::{Build, Explained, Generator, Outcome, Taxonomy, When};
use crate::part;
use crate::post::Post;
pub use field::date_fields;
pub use layout::parse as parse_time;
pub use model::{Fatal, Found, Model, zone};
pub use place::{PagePath, Place, place};
pub use read::{Reading, read};
pub use url::{escaped, term as term_slug};
pub use value::{Dated, Go, dated, value};

/// What Hugo will make of `post`.
pub fn explain(post: &Post, build: &Build<'_>) -> Explained {
    let mut explained = Explained::kept(Generator::Hugo);
    let path = match place(&post.path, build.settings) {
        Place::Page(path) => path,
        Place::Other(why) => return explained.ending(Outcome::NotAPost, why),
    };
    if path.is_html {
        let why = part!("Hugo 0.168 refuses HTML files unless `security.allowContent` names `text/html`");
        return explained.ending(Outcome::Fatal, why);
    }
    let data = match read::read_post(post, &zone(build)) {
        Reading::Nothing => Go::Map(Vec::new()),
        Reading::Refused(reason) => return explained.ending(Outcome::Fatal, reason),
        Reading::Data(data, dialect) => {
            explained.front_matter = Some(dialect);
            data
        }
    };
    let model = match Model::new(data, path, build) {
        Ok(model) => model,
        Err(Fatal(reason)) => return explained.ending(Outcome::Fatal, reason),
    };
    let when = |found: Found, key: &str| When {
        instant: found.instant,
        source: found.source,
        given: given(post, key),
    };
    explained.date = when(model.date, "date");
    explained.updated = when(model.lastmod, "lastmod");
    explained.title = model.text("title");
    explained.layout = Some(model.text("layout")).filter(|layout| !layout.is_empty());
    let names = |taxonomy: Taxonomy| model.terms(taxonomy).into_iter().map(|(name, _)| name);
    explained.categories = names(Taxonomy::Category).map(|name| vec![name]).collect();
    explained.tags = names(Taxonomy::Tag).collect();
    explained.published = !model.is_draft();
    let settings = build.settings;
    let is_after = |found: Found| matches!((found.instant, build.now), (Some(date), Some(now)) if date > now);
    let is_before = |found: Found| matches!((found.instant, build.now), (Some(date), Some(now)) if date <= now);
    let why_not = if model.is_draft() && settings.drafts != Some(true) {
        Some(part!("it is a draft"))
    } else if settings.future != Some(true) && is_after(model.publish) {
        Some(part!("its date lies in the future"))
    } else if settings.hugo.build_expired != Some(true) && is_before(model.expiry) {
        Some(part!("its expiry date has passed"))
    } else {
        None
    };
    match why_not {
        Some(why) => explained.ending(Outcome::Dropped, why),
        None => {
            explained.url = model.url();
            explained
        }
    }
}

/// The value of `key` as written, in any case.
fn given(post: &Post, key: &str) -> Option<String> {
    let mut entries = post.front_matter.entries().iter().rev();
    let entry = entries.find(|entry| entry.name().is_some_and(|name| name.eq_ignore_ascii_case(key)))?;
    Some(post.source.slice(entry.value.range).to_owned())
}

//! Jekyll 4 (SafeYAML 1.0.5 on libyaml, Ruby's `Time.parse`): where front matter is, what its values become, dates,
//! taxonomies, URL.

mod date_parse;
pub mod envelope;
mod field;
mod guess;
pub mod liquid;
mod model;
mod place;
mod read;
mod slug;
mod time;
mod url;
mod value;

use super::{Build, DateSource, Explained, Generator, Outcome, When};
use crate::post::{Dialect, Post};
use crate::{part, say};
pub use field::date_fields;
pub use model::{Fatal, Model};
pub use place::{Place, PostPath, place};
pub use read::{ReadOutcome, Reading, read, scalar_value as scalar};
pub use time::{Parsed, parse as parse_time};
pub use value::{Moment, Ruby};

/// What Jekyll will make of `post`.
pub fn explain(post: &Post, build: &Build<'_>) -> Explained {
    let mut explained = Explained::kept(Generator::Jekyll);
    let path = match place(&post.path, build.settings) {
        Place::Post(path) => path,
        Place::Other(why) => return explained.ending(Outcome::NotAPost, why),
    };
    if post.source.first_bad_byte().is_some() {
        return explained.ending(Outcome::Dropped, part!("the file is not UTF-8"));
    }
    let is_draft = path.is_draft;
    let reading = read::read_post(post);
    let has_data = matches!(reading.outcome, ReadOutcome::Data(Ruby::Map(_)));
    let model = match Model::new(reading.outcome, path, build) {
        Ok(model) => model,
        Err(Fatal(reason)) => return explained.ending(Outcome::Fatal, reason),
    };
    explained.front_matter = (has_data && model.unread.is_none()).then_some(Dialect::Yaml);
    explained.reason = model
        .unread
        .as_ref()
        .map(|reason| say!("{reason}, so the post is published without its metadata", reason));
    let text = |key: &str| model.value(key).map(Ruby::to_text);
    explained.title = text("title").unwrap_or_default();
    explained.layout = text("layout").filter(|layout| !layout.is_empty());
    explained.date = When {
        instant: model.date.0,
        source: model.date.1,
        given: post
            .front_matter
            .get("date")
            .map(|entry| post.source.slice(entry.value.range).to_owned()),
    };
    explained.updated.source = DateSource::None;
    let texts = |values: Vec<Ruby>| -> Vec<String> { values.iter().map(Ruby::to_text).collect() };
    explained.categories = texts(model.categories()).into_iter().map(|name| vec![name]).collect();
    let mut seen = std::collections::HashSet::new();
    explained.tags = texts(model.tags());
    explained.tags.retain(|tag| seen.insert(tag.clone()));
    explained.published = model.is_published();
    let settings = build.settings;
    let is_future =
        settings.future != Some(true) && matches!((model.date.0, build.now), (Some(date), Some(now)) if date > now);
    match model.url() {
        Err(Fatal(reason)) => explained.ending(Outcome::Fatal, reason),
        Ok(_) if is_draft && settings.drafts != Some(true) => explained.ending(
            Outcome::Dropped,
            part!("it is a draft, and Jekyll was not asked for drafts"),
        ),
        Ok(_) if !explained.published && settings.jekyll.unpublished != Some(true) => explained.ending(
            Outcome::Dropped,
            part!("`published` is not true, so Jekyll leaves the post out"),
        ),
        Ok(_) if is_future => explained.ending(Outcome::Dropped, part!("its date lies in the future")),
        Ok(url) => {
            explained.url = url;
            explained
        }
    }
}

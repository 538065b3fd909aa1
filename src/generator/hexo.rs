//! Hexo 8: where front matter is, what its values become, dates, taxonomies, URL.

mod dates;
mod field;
mod json;
mod model;
pub mod nunjucks;
mod place;
mod read;
mod skip;
mod split;
mod terms;
mod url;
mod v8_date;
mod value;
mod yaml;

use super::{Build, Explained, Generator, Outcome, When};
use crate::post::Post;
use crate::{part, say};
pub use dates::{adjusted, day_written, to_date};
pub use field::{date_fields, read_plain};
pub use model::{Model, Obstacle};
pub use place::{NameParts, Place, name_parts, place};
pub use read::{ReadOutcome, Reading, load_block, read};
pub use terms::{category_slug, term_slug};
pub use url::escaped as escaped_path;
pub use value::{Js, Object};
pub use yaml::{YamlError, implicit, load as load_yaml};

use std::rc::Rc;

/// `Date.parse(text)` on a machine in the zone `machine_zone`; milliseconds since 1970 UTC, `None` for NaN.
pub fn parse_date(text: &str, machine_zone: &str) -> Option<i64> {
    v8_date::parse(text, &super::date::zone(machine_zone))
}

/// What Hexo will make of `post`.
pub fn explain(post: &Post, build: &Build<'_>) -> Explained {
    let (path, is_draft) = match place(&post.path, build.settings) {
        Place::Post { path, is_draft } => (path, is_draft),
        Place::Other(why) => return Explained::kept(Generator::Hexo).ending(Outcome::NotAPost, why),
    };
    let reading = read(post.text(), build.machine_zone);
    let mut explained = Explained::kept(Generator::Hexo);
    let data = match reading.outcome {
        ReadOutcome::NoBlock => Rc::default(),
        ReadOutcome::Ignored => {
            explained.reason = Some(say!(
                "Hexo can make nothing of the front matter and prints it as part of the body"
            ));
            Rc::default()
        }
        ReadOutcome::Refused(error) => {
            return explained.ending(
                Outcome::Dropped,
                say!("the front matter is not valid YAML: {message}", message = error.message),
            );
        }
        ReadOutcome::List => {
            return explained.ending(Outcome::Dropped, part!("the front matter is a list"));
        }
        ReadOutcome::Data(data) => {
            explained.front_matter = reading.block.map(|(_, dialect)| dialect);
            data
        }
    };
    let mut model = Model::new(&data, name_parts(&path, build.settings), is_draft, build);
    model.hidden_methods();
    let obstacle = model.obstacle();
    let url = model.address();
    let given = |key: &str| {
        let entry = post.front_matter.get(key)?;
        Some(post.source.slice(entry.value.range).to_owned())
    };
    let when = |found: dates::Found, key: &str| When {
        instant: found.instant,
        source: found.source,
        given: given(key),
    };
    explained.date = when(model.date, "date");
    explained.updated = when(model.updated, "updated");
    let is_shown = model.is_shown();
    explained.title = model.title;
    explained.categories = model.categories;
    explained.tags = model.tags;
    explained.layout = Some(model.layout);
    explained.published = model.published;
    match (obstacle, url) {
        (Some(obstacle), _) => {
            let outcome = if obstacle.is_fatal {
                Outcome::Fatal
            } else {
                Outcome::Dropped
            };
            explained.ending(outcome, obstacle.reason)
        }
        (None, Some(None)) => explained.ending(Outcome::Dropped, part!("a `%` in its URL begins no valid escape")),
        (None, Some(url)) => {
            let url = url.filter(|_| is_shown);
            explained.url = url.map(|url| url::pretty(url, &build.settings.hexo));
            explained
        }
        (None, None) => explained,
    }
}

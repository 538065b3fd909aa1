//! What one post tells the others: its page, its terms, the gist of its body.

use super::{Site, named};
use crate::config::Config;
use crate::generator::{Build, Outcome, Taxonomy, explain, term_slug};
use crate::post::Post;
use crate::text::TextRange;
use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

/// Facts of one post, as the site's index keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFacts {
    /// Where the file is, as in [`Post::path`].
    pub path: Arc<str>,
    /// A hash of the text that these are the facts of.
    pub text: u64,
    /// The path of its page; `None` when there is none or it cannot be told.
    pub url: Option<String>,
    /// The title as the theme gets it; empty when there is none.
    pub title: String,
    /// The instant of its date, in milliseconds since 1970 UTC; `None` when it is not in the file.
    pub date: Option<i64>,
    /// Its categories and tags, each once.
    pub terms: Vec<Arc<Term>>,
    /// What its body says.
    pub body: BodyGist,
    /// Where to point a reader who asks for this post: its front matter's first line, else its first line.
    pub place: TextRange,
    /// How its front matter is written.
    pub habits: Habits,
    /// What template tags and links may call it, as [`super::named`] writes it; sorted, each once.
    pub names: Vec<Arc<str>>,
}

/// What an editor proposes for the next post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Habits {
    /// The top-level keys, each once.
    pub keys: Vec<Arc<str>>,
    /// The date as written; `None` when there is none.
    pub date: Option<String>,
    /// The layout as written; `None` when there is none.
    pub layout: Option<Arc<str>>,
    /// The author as written; `None` when there is none.
    pub author: Option<Arc<str>>,
}

impl PostFacts {
    /// Feed `state` with all that others see of the post; which text it was is no difference that anybody sees.
    pub(super) fn hash_seen(&self, state: &mut impl Hasher) {
        let Self {
            path,
            text: _,
            url,
            title,
            date,
            terms,
            body,
            place,
            habits,
            names,
        } = self;
        (path, url, title, date, terms, body, place, habits, names).hash(state);
    }
}

impl Habits {
    /// The habits of `post`.
    pub fn of(post: &Post) -> Self {
        let text = |key: &str| {
            let entry = post.front_matter.get(key)?;
            let scalar = entry.value.scalar().filter(|scalar| !scalar.text.is_empty())?;
            Some(scalar.text.clone())
        };
        let mut keys: Vec<Arc<str>> = Vec::new();
        for name in post.front_matter.entries().iter().filter_map(|entry| entry.name()) {
            if keys.iter().all(|known| **known != *name) {
                keys.push(name.into());
            }
        }
        Self {
            keys,
            date: text("date"),
            layout: text("layout").map(Arc::from),
            author: text("author").map(Arc::from),
        }
    }
}

/// A category or a tag, as the generator registers it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term {
    /// Category or tag.
    pub taxonomy: Taxonomy,
    /// The names above it, outermost first; empty at the top and for tags.
    pub parents: Vec<String>,
    /// Its own name.
    pub name: String,
    /// The path of its page below the taxonomy's own folder; `None` when the generator makes no such page.
    pub slug: Option<String>,
}

/// A body, small enough to keep for every post of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BodyGist {
    /// A hash of every character that is not white space; `None` for a body too short to be told from others.
    pub whole: Option<u64>,
    /// The smallest hashes of its distinct lines, sorted: enough of them to tell how alike two bodies are.
    pub lines: Vec<u64>,
}

/// Bodies with fewer characters than this (white space not counted) are never called duplicates.
const SHORTEST_BODY: usize = 200;
/// Lines with fewer characters than this say nothing about a body.
const SHORTEST_LINE: usize = 12;
/// How many line hashes are kept.
const SKETCH: usize = 64;
/// How many distinct lines a body needs before near likeness means anything.
const FEWEST_LINES: usize = 12;

impl BodyGist {
    /// The gist of `body`.
    pub fn of(body: &str) -> Self {
        let state = FixedState::default();
        let mut ink = String::with_capacity(body.len());
        let mut length = 0_usize;
        let mut lines = Vec::new();
        for line in body.lines() {
            let start = ink.len();
            push_ink(line, &mut ink);
            let text = &ink[start..];
            let characters = text.chars().count();
            length += characters;
            if characters >= SHORTEST_LINE {
                lines.push(state.hash_one(text));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        lines.truncate(SKETCH);
        lines.shrink_to_fit();
        Self {
            whole: (length >= SHORTEST_BODY).then(|| state.hash_one(&*ink)),
            lines,
        }
    }

    /// The share of lines that the two have in common, in per cent, estimated from the kept hashes; 0 when either has too few
    /// lines to tell.
    pub fn likeness(&self, other: &BodyGist) -> usize {
        if self.lines.len() < FEWEST_LINES || other.lines.len() < FEWEST_LINES {
            return 0;
        }
        // The smallest hashes of the union are a fair sample of it.
        let (mut ours, mut theirs) = (self.lines.iter().peekable(), other.lines.iter().peekable());
        let (mut sample, mut shared) = (0, 0);
        while sample < SKETCH {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(our), Some(their)) => our.cmp(their),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
            sample += 1;
            shared += usize::from(order.is_eq());
        }
        shared * 100 / sample
    }
}

impl Site {
    /// What the index knows of `post`; `None` where it is of another text.
    pub fn facts_known(&self, post: &Post) -> Option<Arc<PostFacts>> {
        let known = self.posts.shared(&post.path)?;
        (known.text == text_hash(post.text())).then(|| Arc::clone(known))
    }

    /// What `post` tells the others when it is built as `config` and the site's settings say.
    pub fn facts_of(&self, post: &Post, config: &Config) -> PostFacts {
        let generator = config.generator.unwrap_or(self.generator);
        let mut settings = Cow::Borrowed(&self.settings);
        if let Some(zone) = config.site_zone.as_ref().filter(|_| settings.timezone.is_none()) {
            settings.to_mut().timezone = Some(zone.clone());
        }
        let build = Build {
            settings: &settings,
            machine_zone: config.machine_zone.as_deref().unwrap_or("UTC"),
            now: None,
        };
        let explained = explain(generator, post, &build);
        let names = named::of(post, &explained, &build);
        let kept = explained.outcome == Outcome::Kept;
        let mut terms = BTreeSet::new();
        let paths = [
            (Taxonomy::Category, explained.categories),
            (Taxonomy::Tag, explained.tags.into_iter().map(|tag| vec![tag]).collect()),
        ];
        for (taxonomy, paths) in paths {
            for mut path in paths {
                let Some(name) = path.pop().filter(|_| kept) else {
                    continue;
                };
                let slug = term_slug(generator, taxonomy, &name, &self.settings);
                terms.insert(Arc::new(Term {
                    taxonomy,
                    parents: path,
                    name,
                    slug,
                }));
            }
        }
        PostFacts {
            path: post.path.as_str().into(),
            text: text_hash(post.text()),
            url: explained.url.filter(|_| kept),
            title: explained.title,
            date: explained.date.instant,
            terms: terms.into_iter().collect(),
            body: BodyGist::of(post.source.slice(post.body)),
            place: place(post),
            habits: Habits::of(post),
            names,
        }
    }
}

/// Add what of `line` is not white space to `ink`. Runs are copied whole: bodies are most of what an index reads.
fn push_ink(line: &str, ink: &mut String) {
    let mut start = 0;
    let mut skip = |at: usize, length: usize| {
        ink.push_str(&line[start..at]);
        start = at + length;
    };
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'\t'..=b'\r' | b' ' => skip(at, 1),
            // The first bytes of the white space beyond ASCII.
            0xc2 | 0xe1..=0xe3 => {
                if let Some(blank) = line[at..].chars().next().filter(|c| c.is_whitespace()) {
                    skip(at, blank.len_utf8());
                }
            }
            _ => {}
        }
    }
    ink.push_str(&line[start..]);
}

/// Tells texts apart, to know whether facts are those of a text.
pub(super) fn text_hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// The line that stands for the whole post.
pub fn place(post: &Post) -> TextRange {
    if let Some(title) = post.front_matter.get("title") {
        return title.range;
    }
    let start = post.source.bom_len();
    let first = post.text().get(start..).and_then(|text| text.lines().next());
    TextRange::new(start, start + first.map_or(0, str::len))
}

#[cfg(test)]
mod tests {
    use super::push_ink;

    #[test]
    fn ink_is_what_is_not_white_space() {
        let line: String = (0..0x3100).filter_map(char::from_u32).collect();
        let mut ink = String::new();
        push_ink(&line, &mut ink);
        assert_eq!(ink, line.split_whitespace().collect::<String>());
    }
}

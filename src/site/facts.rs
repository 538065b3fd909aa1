//! What one post tells the others: its page, its terms, the gist of its body.

use super::{Site, named};
use crate::config::Config;
use crate::generator::{Build, Outcome, Taxonomy, explain, term_slug};
use crate::post::Post;
use crate::text::TextRange;
use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
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
    /// Its own name; in place when it is short, as most are.
    pub name: SmolStr,
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
        let mut ink = Vec::with_capacity(body.len());
        let mut length = 0_usize;
        let mut lines = Vec::new();
        for line in body.lines() {
            let start = ink.len();
            let characters = push_ink(line.as_bytes(), &mut ink);
            length += characters;
            if characters >= SHORTEST_LINE {
                lines.push(ink_hash(&ink[start..]));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        lines.truncate(SKETCH);
        lines.shrink_to_fit();
        Self {
            whole: (length >= SHORTEST_BODY).then(|| ink_hash(&ink)),
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
                    name: name.into(),
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

/// Add what of `line` is not white space to `ink`; returns how many characters that is. Byte by byte: bodies are most of what an
/// index reads, and most of their words are shorter than what it costs to copy one.
fn push_ink(line: &[u8], ink: &mut Vec<u8>) -> usize {
    let mut characters = 0;
    let mut rest = line;
    while let Some((&byte, next)) = rest.split_first() {
        let blank = match byte {
            b'\t'..=b'\r' | b' ' => 1,
            // The first bytes of the white space beyond ASCII.
            0xc2 | 0xe1..=0xe3 => blank_beyond_ascii(rest),
            _ => 0,
        };
        if blank > 0 {
            rest = rest.get(blank..).unwrap_or_default();
            continue;
        }
        ink.push(byte);
        let goes_on = byte & 0xc0 == 0x80;
        characters += usize::from(!goes_on);
        rest = next;
    }
    characters
}

/// The same as of a `str`, so that what earlier runs have kept stays true.
fn ink_hash(ink: &[u8]) -> u64 {
    let mut state = FixedState::default().build_hasher();
    state.write(ink);
    state.write_u8(0xff);
    state.finish()
}

/// The length of the white space beyond ASCII at the start of `text`; 0 where there is none.
fn blank_beyond_ascii(text: &[u8]) -> usize {
    match text {
        [0xc2, 0x85 | 0xa0, ..] => 2,
        [0xe1, 0x9a, 0x80, ..]
        | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
        | [0xe2, 0x81, 0x9f, ..]
        | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
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
    use super::{ink_hash, push_ink, text_hash};

    #[test]
    fn ink_is_what_is_not_white_space() {
        let line: String = (0..0x3100).filter_map(char::from_u32).collect();
        let mut ink = Vec::new();
        let characters = push_ink(line.as_bytes(), &mut ink);
        let words: String = line.split_whitespace().collect();
        assert_eq!(
            (String::from_utf8_lossy(&ink), characters),
            (words.as_str().into(), words.chars().count())
        );
        assert_eq!(ink_hash(&ink), text_hash(&words));
    }
}

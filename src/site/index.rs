//! All posts of a site by what they share: page, body, terms. Kept fresh post by post.

mod names;
mod rivals;
mod roll;
mod sought;
mod trace;

use super::facts::{PostFacts, Term};
use super::near::Near;
use super::plain::{plain_form, start};
use super::tally::Tally;
use crate::generator::Taxonomy;
use foldhash::fast::FixedState;
use imbl::{GenericHashMap, OrdMap, OrdSet, shared_ptr::DefaultSharedPtr};
use roll::Roll;
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};
use trace::note;

pub use rivals::Rival;
pub use sought::Sought;
pub use trace::{Question, noting};

/// The posts of a site. Made for tens of thousands: names and paths are kept once, whatever points at a post shares its path.
/// Copies share everything but what is changed in one of them: whoever reads goes on with his own while a post is taken in.
#[derive(Clone, Debug, Default)]
pub struct Index {
    posts: OrdMap<Arc<str>, Arc<PostFacts>>,
    by_url: Leads,
    by_body: Leads,
    by_line: Leads,
    by_date: OrdSet<(i64, Arc<str>)>,
    /// The terms that posts use, by taxonomy, parents and name.
    terms: Map<Used>,
    /// Terms of one taxonomy, under the same parents, alike in one way.
    groups: Map<SmallVec<[Arc<Term>; 1]>>,
    /// Posts by the name of a category, wherever it stands.
    by_category: Leads,
    keys: Tally,
    layouts: Tally,
    authors: Tally,
    /// What template tags and links may call the posts.
    names: Tally,
    /// The names by their pieces; made when somebody asks.
    near: OnceLock<Arc<Near>>,
    /// What the posts are sought by; made when somebody asks.
    sought: OnceLock<Arc<[Sought]>>,
    /// All tags; made when somebody asks.
    roll: OnceLock<Arc<Roll>>,
    is_whole: bool,
}

/// By hash.
type Map<T> = GenericHashMap<u64, T, FixedState, DefaultSharedPtr>;

/// Posts by the hash of something they may share.
type Leads = Map<Paths>;

/// Paths of posts, sorted.
type Paths = SmallVec<[Arc<str>; 1]>;

/// A term and the posts that use it.
#[derive(Clone, Debug)]
struct Used {
    term: Arc<Term>,
    /// That of `term`, at hand for who looks at all terms: memory that was not looked at for a while is slow.
    taxonomy: Taxonomy,
    paths: Paths,
}

/// In which way names are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Alike {
    Same,
    Case,
    Slug,
    Near,
    Start,
}

/// How many of a body's line hashes lead to bodies that may be like it.
const LEADS: usize = 4;
/// A line that more posts than this share is boilerplate and leads nowhere.
const BOILERPLATE: usize = 64;

impl Index {
    /// Take in a post; one at the same path is replaced.
    pub fn add(&mut self, mut facts: PostFacts) {
        self.remove(&facts.path);
        for term in &mut facts.terms {
            if let Some(used) = self.terms.get(&key(term, Alike::Same, &term.name)) {
                *term = Arc::clone(&used.term);
            }
        }
        self.each_link(&facts, |map, key| put(map.entry(key).or_default(), &facts.path));
        for term in &facts.terms {
            let used = self
                .terms
                .entry(key(term, Alike::Same, &term.name))
                .or_insert_with(|| Used {
                    term: Arc::clone(term),
                    taxonomy: term.taxonomy,
                    paths: Paths::new(),
                });
            put(&mut used.paths, &facts.path);
            enrol(&mut self.roll, used);
            // A name that was there before is in its groups already.
            if used.paths.len() > 1 {
                continue;
            }
            for group in groups(term) {
                let terms = self.groups.entry(group).or_default();
                if let Err(at) = terms.binary_search_by(|other| other.name.cmp(&term.name)) {
                    terms.insert(at, Arc::clone(term));
                }
            }
        }
        if let Some(date) = facts.date {
            self.by_date.insert((date, Arc::clone(&facts.path)));
        }
        for key in &mut facts.habits.keys {
            self.keys.add(key);
        }
        facts.habits.layout.iter_mut().for_each(|name| self.layouts.add(name));
        facts.habits.author.iter_mut().for_each(|name| self.authors.add(name));
        facts.names.iter_mut().for_each(|name| self.names.add(name));
        (self.near, self.sought) = (OnceLock::new(), OnceLock::new());
        self.posts.insert(Arc::clone(&facts.path), Arc::new(facts));
    }

    /// Forget the post at `path`.
    pub fn remove(&mut self, path: &str) {
        let Some(facts) = self.posts.remove(path) else { return };
        self.each_link(&facts, |map, key| take_out(map, key, path));
        for term in &facts.terms {
            let key = key(term, Alike::Same, &term.name);
            let Some(used) = self.terms.get_mut(&key) else { continue };
            used.paths.retain(|other| **other != *path);
            enrol(&mut self.roll, used);
            if !used.paths.is_empty() {
                continue;
            }
            self.terms.remove(&key);
            for group in groups(term) {
                let Some(terms) = self.groups.get_mut(&group) else {
                    continue;
                };
                terms.retain(|other| other.name != term.name);
                if terms.is_empty() {
                    self.groups.remove(&group);
                }
            }
        }
        if let Some(date) = facts.date {
            self.by_date.remove(&(date, Arc::clone(&facts.path)));
        }
        facts.habits.keys.iter().for_each(|name| self.keys.remove(name));
        facts.habits.layout.iter().for_each(|name| self.layouts.remove(name));
        facts.habits.author.iter().for_each(|name| self.authors.remove(name));
        facts.names.iter().for_each(|name| self.names.remove(name));
        (self.near, self.sought) = (OnceLock::new(), OnceLock::new());
    }

    /// The post at `path`.
    pub fn get(&self, path: &str) -> Option<&PostFacts> {
        note(|| Question::Post(path.to_owned()));
        self.posts.get(path).map(Arc::as_ref)
    }

    /// The same, to keep.
    pub(super) fn shared(&self, path: &str) -> Option<&Arc<PostFacts>> {
        note(|| Question::Post(path.to_owned()));
        self.posts.get(path)
    }

    /// Every post, by path.
    pub fn iter(&self) -> impl Iterator<Item = &PostFacts> {
        note(|| Question::All);
        self.posts.values().map(Arc::as_ref)
    }

    /// Every post with a date, the newest first; of one instant, by path backwards.
    pub fn newest(&self) -> impl Iterator<Item = &PostFacts> {
        note(|| Question::All);
        self.by_date.iter().rev().filter_map(|(_, path)| self.get(path))
    }

    /// Every term of `taxonomy` with how many posts use it, in no order; the post at `but` is not counted.
    pub fn terms(&self, taxonomy: Taxonomy, but: &str) -> impl Iterator<Item = (&Term, usize)> {
        note(|| Question::All);
        let own = self.posts.get(but).map_or(&[][..], |facts| &facts.terms);
        let all = self.terms.values().filter(move |used| used.taxonomy == taxonomy);
        all.map(move |used| {
            // Equal terms are one: see `add`.
            let is_own = own.iter().any(|term| Arc::ptr_eq(term, &used.term));
            (&*used.term, used.paths.len() - usize::from(is_own))
        })
    }

    /// The name of every tag and how many posts have it, in no order; the post at `but` is not counted.
    pub fn tags(&self, but: &str) -> impl Iterator<Item = (&str, usize)> {
        note(|| Question::All);
        let own = self.posts.get(but).map_or(&[][..], |facts| &facts.terms);
        let own: SmallVec<[u64; 8]> = own.iter().map(|term| key(term, Alike::Same, &term.name)).collect();
        let make = || Arc::new(Roll::of(self.terms.iter().map(|(key, used)| (*key, used))));
        let all = self.roll.get_or_init(make).iter();
        all.map(move |(key, name, posts)| (name, posts.saturating_sub(usize::from(own.contains(&key)))))
    }

    /// How many posts there are.
    pub fn len(&self) -> usize {
        note(|| Question::All);
        self.posts.len()
    }

    /// Whether there is no post.
    pub fn is_empty(&self) -> bool {
        note(|| Question::Empty);
        self.posts.is_empty()
    }

    /// The other posts whose page has the same path as that of `facts`, case ignored.
    pub fn same_url<'a>(&'a self, facts: &'a PostFacts) -> impl Iterator<Item = &'a PostFacts> {
        let paths = facts.url.as_ref().and_then(|url| self.paths_at(url));
        self.others(paths, facts)
    }

    /// The first post, by path, whose page is at `url`, case ignored.
    pub fn at_url(&self, url: &str) -> Option<&PostFacts> {
        let paths = self.paths_at(url)?;
        paths.first().and_then(|path| self.get(path))
    }

    /// Whether some post has a page at `url`, case ignored.
    pub fn has_url(&self, url: &str) -> bool {
        self.paths_at(url).is_some()
    }

    fn paths_at(&self, url: &str) -> Option<&Paths> {
        let key = hash(&url.to_lowercase());
        note(|| Question::Url(key));
        self.by_url.get(&key)
    }

    /// The other posts with the same body.
    pub fn same_body<'a>(&'a self, facts: &'a PostFacts) -> impl Iterator<Item = &'a PostFacts> {
        let paths = facts.body.whole.and_then(|whole| {
            note(|| Question::Body(whole));
            self.by_body.get(&whole)
        });
        self.others(paths, facts)
    }

    /// The other posts whose body is not the same but shares at least `share` per cent of its lines.
    pub fn near_body<'a>(&'a self, facts: &'a PostFacts, share: usize) -> Vec<&'a PostFacts> {
        let leads = facts.body.lines.iter().take(LEADS);
        let paths: BTreeSet<&Arc<str>> = leads
            .filter_map(|hash| {
                note(|| Question::Line(*hash));
                self.by_line.get(hash)
            })
            .filter(|paths| paths.len() <= BOILERPLATE)
            .flatten()
            .collect();
        paths
            .into_iter()
            .filter_map(|path| self.get(path))
            .filter(|other| other.path != facts.path && other.body.whole != facts.body.whole)
            .filter(|other| facts.body.likeness(&other.body) >= share)
            .collect()
    }

    /// How many posts use `term`.
    pub fn uses(&self, term: &Term) -> usize {
        note(|| Question::Term(key(term, Alike::Same, &term.name)));
        self.used(term).map_or(0, |used| used.paths.len())
    }

    /// The first post, by path, that uses `term`; `None` when none does.
    pub fn first_use(&self, term: &Term) -> Option<&PostFacts> {
        note(|| Question::Term(key(term, Alike::Same, &term.name)));
        self.used(term)?.paths.first().and_then(|path| self.get(path))
    }

    /// The paths of the posts that use `term`, in order.
    pub fn users(&self, term: &Term) -> impl Iterator<Item = &str> {
        note(|| Question::All);
        self.used(term)
            .into_iter()
            .flat_map(|used| used.paths.iter().map(|path| &**path))
    }

    /// How many posts use a category named `name`, whatever it stands under.
    pub(super) fn category_uses(&self, name: &str) -> usize {
        let key = hash(name);
        note(|| Question::Category(key));
        self.by_category.get(&key).map_or(0, |paths| paths.len())
    }

    fn others<'a>(&'a self, paths: Option<&'a Paths>, facts: &'a PostFacts) -> impl Iterator<Item = &'a PostFacts> {
        paths
            .into_iter()
            .flatten()
            .filter(move |&path| *path != facts.path)
            .filter_map(|path| self.get(path))
    }

    fn used(&self, term: &Term) -> Option<&Used> {
        self.terms.get(&key(term, Alike::Same, &term.name))
    }

    /// Calls `act` with every map that leads to the post by something other than a term, and the key there.
    fn each_link(&mut self, facts: &PostFacts, mut act: impl FnMut(&mut Leads, u64)) {
        if let Some(url) = &facts.url {
            act(&mut self.by_url, hash(&url.to_lowercase()));
        }
        if let Some(whole) = facts.body.whole {
            act(&mut self.by_body, whole);
        }
        for &line in facts.body.lines.iter().take(LEADS) {
            act(&mut self.by_line, line);
        }
        for term in facts.terms.iter().filter(|term| term.taxonomy == Taxonomy::Category) {
            act(&mut self.by_category, hash(&term.name));
        }
    }
}

/// Note in `roll` how many posts a term is in.
fn enrol(roll: &mut OnceLock<Arc<Roll>>, used: &Used) {
    let Some(known) = roll.get_mut().filter(|_| used.taxonomy == Taxonomy::Tag) else {
        return;
    };
    let (term, posts) = (&used.term, used.paths.len());
    if !Arc::make_mut(known).note(key(term, Alike::Same, &term.name), &term.name, posts) {
        *roll = OnceLock::new();
    }
}

fn put(paths: &mut Paths, path: &Arc<str>) {
    // Posts come in order of their paths while an index is built.
    if paths.last().is_none_or(|last| last < path) {
        paths.push(Arc::clone(path));
    } else if let Err(at) = paths.binary_search(path) {
        paths.insert(at, Arc::clone(path));
    }
}

fn take_out(map: &mut Leads, key: u64, path: &str) {
    if let Some(paths) = map.get_mut(&key) {
        paths.retain(|other| **other != *path);
        if paths.is_empty() {
            map.remove(&key);
        }
    }
}

/// Two of a hundred million texts meet in one of these with a chance of 1 in 3,000; of a site's, never.
fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}

/// Names beside `term` that are `form` in the way `alike` says.
fn key(term: &Term, alike: Alike, form: &str) -> u64 {
    hash(&(term.taxonomy, &term.parents, alike, form))
}

fn groups(term: &Term) -> impl Iterator<Item = u64> {
    let forms = [
        Some(key(term, Alike::Case, &term.name.to_lowercase())),
        term.slug.as_ref().map(|slug| key(term, Alike::Slug, slug)),
        Some(key(term, Alike::Near, &plain_form(&term.name))),
        Some(key(term, Alike::Start, &start(&term.name))),
    ];
    forms.into_iter().flatten()
}

//! The names of all tags, in one piece.

use super::Used;
use crate::generator::Taxonomy;

/// All tags by the key under which the index knows them. A writer who types one waits until all were looked at, and memory that was
/// not looked at for a while is slow: so it is one stretch of it for the names and one for the counts. Kept up to date once it is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Roll {
    names: String,
    /// By key.
    lines: Vec<Line>,
    /// How many have no post any more.
    idle: usize,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    key: u64,
    /// Where the name begins, and its length, in bytes.
    name: (usize, u32),
    posts: u32,
}

impl Roll {
    /// The tags among `terms`.
    pub(super) fn of<'a>(terms: impl Iterator<Item = (u64, &'a Used)>) -> Self {
        let mut roll = Self::default();
        for (key, used) in terms.filter(|(_, used)| used.taxonomy == Taxonomy::Tag) {
            let line = roll.line(key, &used.term.name, used.paths.len());
            roll.lines.push(line);
        }
        roll.lines.sort_unstable_by_key(|line| line.key);
        roll
    }

    fn line(&mut self, key: u64, name: &str, posts: usize) -> Line {
        let start = self.names.len();
        self.names.push_str(name);
        Line {
            key,
            name: (start, narrow(name.len())),
            posts: narrow(posts),
        }
    }

    /// Note that the tag `name` is now in so many `posts`. False where there is more to forget than to keep: then it is better made anew.
    pub(super) fn note(&mut self, key: u64, name: &str, posts: usize) -> bool {
        match self.lines.binary_search_by_key(&key, |line| line.key) {
            Ok(at) => {
                let line = &mut self.lines[at];
                self.idle -= usize::from(line.posts == 0);
                line.posts = narrow(posts);
            }
            Err(at) => {
                let line = self.line(key, name, posts);
                self.lines.insert(at, line);
            }
        }
        self.idle += usize::from(posts == 0);
        self.idle <= self.lines.len() / 2 + 64
    }

    /// The key and name of each tag, and how many posts have it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &str, usize)> {
        self.lines.iter().map(|line| {
            let (start, length) = line.name;
            let name = self.names.get(start..start + length as usize).unwrap_or_default();
            (line.key, name, line.posts as usize)
        })
    }
}

/// A number that is never so large.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

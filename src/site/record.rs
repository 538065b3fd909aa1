//! What one post tells the others, in a form that travels: for sites that no single run sees whole.

use super::facts::{BodyGist, Habits, PostFacts, Term, text_hash};
use crate::generator::Taxonomy;
use crate::text::TextRange;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The facts of one post without its path and the habits that only an editor asks for. Hashes are written in hexadecimal,
/// because many readers of JSON round long numbers.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Record {
    url: Option<String>,
    title: String,
    date: Option<i64>,
    terms: Vec<TermRecord>,
    /// Of the body: `None` for a short one.
    body: Option<String>,
    /// Of the body's lines, 16 digits each.
    lines: String,
    place: (usize, usize),
    names: Vec<Arc<str>>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct TermRecord {
    is_tag: bool,
    path: Vec<String>,
    slug: Option<String>,
}

/// Digits of a hash.
const DIGITS: usize = 16;

impl Record {
    /// What travels of `facts`.
    pub fn of(facts: &PostFacts) -> Self {
        let term = |term: &Arc<Term>| TermRecord {
            is_tag: term.taxonomy == Taxonomy::Tag,
            path: term.parents.iter().cloned().chain([term.name.to_string()]).collect(),
            slug: term.slug.clone(),
        };
        let digits = |hash: &u64| format!("{hash:0DIGITS$x}");
        Self {
            url: facts.url.clone(),
            title: facts.title.clone(),
            date: facts.date,
            terms: facts.terms.iter().map(term).collect(),
            body: facts.body.whole.as_ref().map(digits),
            lines: facts.body.lines.iter().map(digits).collect(),
            place: (facts.place.start, facts.place.end),
            names: facts.names.clone(),
        }
    }

    /// The facts again, as those of the post at `path` whose text is `text` (`None`: not at hand); `None` when no facts could have
    /// been written so.
    pub fn facts(self, path: &str, text: Option<&str>) -> Option<PostFacts> {
        let term = |term: TermRecord| {
            let mut parents = term.path;
            let name = parents.pop()?;
            Some(Arc::new(Term {
                taxonomy: if term.is_tag { Taxonomy::Tag } else { Taxonomy::Category },
                parents,
                name: name.into(),
                slug: term.slug,
            }))
        };
        let hash = |digits: &str| u64::from_str_radix(digits, 16).ok();
        let lines = (0..self.lines.len()).step_by(DIGITS);
        let lines = lines.map(|at| self.lines.get(at..at + DIGITS).and_then(hash));
        let (start, end) = self.place;
        let is_place = start <= end && text.is_none_or(|text| text.get(start..end).is_some());
        Some(PostFacts {
            path: path.into(),
            text: text_hash(text.unwrap_or_default()),
            url: self.url,
            title: self.title,
            date: self.date,
            terms: self.terms.into_iter().map(term).collect::<Option<_>>()?,
            body: BodyGist {
                whole: match &self.body {
                    Some(digits) => Some(hash(digits)?),
                    None => None,
                },
                lines: lines.collect::<Option<_>>()?,
            },
            place: is_place.then(|| TextRange::new(start, end))?,
            habits: Habits::default(),
            names: self.names,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::post::Post;
    use crate::site::Site;
    use crate::text::Source;

    #[test]
    fn facts_come_back_as_they_went() {
        let lines: String = (0..80).map(|line| format!("This is line number {line}.\n")).collect();
        let text = format!("---\ntitle: A\ndate: 2020-01-02\ntags: [x, 汉]\ncategories: [a, b]\n---\n{lines}");
        let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
        let facts = Site::default().facts_of(&post, &Config::default());
        assert!(facts.body.whole.is_some() && facts.terms.len() == 4);
        let written = serde_json::to_string(&Record::of(&facts)).unwrap();
        let record: Record = serde_json::from_str(&written).unwrap();
        let back = record.facts(&post.path, Some(&text)).unwrap();
        let habits = facts.habits.clone();
        assert_eq!(PostFacts { habits, ..back }, facts);
    }

    #[test]
    fn what_was_tampered_with_is_refused() {
        let record = |lines: &str, place| Record {
            url: None,
            title: String::new(),
            date: None,
            terms: Vec::new(),
            body: None,
            lines: lines.to_owned(),
            place,
            names: Vec::new(),
        };
        assert!(record("0123456789abcdef", (0, 2)).facts("a.md", Some("汉")).is_none());
        assert!(record("0123456789abcde", (0, 3)).facts("a.md", Some("汉")).is_none());
        assert!(record("汉汉汉汉汉abcdefg", (0, 3)).facts("a.md", Some("汉")).is_none());
        assert!(record("0123456789abcdef", (0, 3)).facts("a.md", Some("汉")).is_some());
    }
}

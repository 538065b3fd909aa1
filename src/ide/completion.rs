//! What can be written at a place: front matter keys and values, addresses, names of rules in suppression comments.

use std::collections::HashSet;

use super::choice::{MOST, best, push_lower};
use super::keys::{self, Holds};
use super::{Checked, body, spot, values};
use crate::message::{Message, Part};
use crate::post::Dialect;
use crate::rules;
use crate::say;
use crate::text::TextRange;

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What the list shows.
    pub label: String,
    /// What is written instead of `range`.
    pub insert: String,
    /// The bytes that it replaces: what was typed so far.
    pub range: TextRange,
    /// A word beside it; often empty.
    pub detail: Message,
    /// What it means.
    pub docs: Docs,
    /// What it is.
    pub kind: ProposalKind,
}

impl Proposal {
    /// What it is found by: its label, a page also by its title.
    pub fn sought(&self) -> String {
        match self.kind {
            ProposalKind::File => format!("{} {}", self.label, self.detail.english())
                .trim_end()
                .to_owned(),
            _ => self.label.clone(),
        }
    }
}

/// What a proposal means; what is long is only looked up when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Docs {
    /// Nothing more than its name says.
    None,
    /// Markdown.
    Text(Part),
    /// The page of the rule of this name.
    Rule(&'static str),
    /// The picture at this path from the site's root.
    Picture(String),
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalKind {
    /// A front matter key.
    Key,
    /// A rule's name.
    Rule,
    /// A value.
    Value,
    /// A file or a page.
    File,
    /// A whole front matter, with holes (`$1`, `${2:text}`) to be filled in.
    Snippet,
}

/// What can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Best first, `MOST` of them.
    pub proposals: Vec<Proposal>,
    /// Whether that is all. Of a longer list only what fits what was typed so far is told: ask again when more is typed.
    pub is_complete: bool,
}

impl From<Vec<Proposal>> for Completion {
    fn from(proposals: Vec<Proposal>) -> Self {
        Self {
            proposals,
            is_complete: true,
        }
    }
}

/// What can be written at `offset`.
pub fn complete(checked: &Checked, offset: usize) -> Completion {
    let Completion {
        mut proposals,
        is_complete,
    } = proposals(checked, offset);
    let is_complete = is_complete && proposals.len() <= MOST;
    if proposals.len() > MOST {
        let typed = |proposal: &Proposal| checked.post.text().get(proposal.range.start..offset);
        let typed = proposals
            .first()
            .and_then(typed)
            .unwrap_or_default()
            .trim_start_matches(['"', '\'']);
        proposals = best(proposals.into_iter(), typed, |proposal, out| {
            push_lower(&proposal.sought(), out);
            Some([out, ""])
        });
    }
    Completion { proposals, is_complete }
}

fn proposals(checked: &Checked, offset: usize) -> Completion {
    let text = checked.post.text();
    let lines = checked.post.source.lines();
    let line = lines.line_of(offset);
    let Some(start) = lines.start_of(line) else {
        return Vec::new().into();
    };
    let Some(before) = text.get(start..offset) else {
        return Vec::new().into();
    };
    if let Some(typed) = rule_being_named(before) {
        return rule_names(TextRange::new(offset - typed.len(), offset)).into();
    }
    let typed = TextRange::new(start, offset);
    if is_key_place(checked, typed, before) {
        return key_names(checked, typed).into();
    }
    if let Some(spot) = spot::spot(&checked.post, offset) {
        return values::proposals(checked, &spot, offset);
    }
    if checked.post.envelope.is_none() && line == 0 && before.chars().all(|character| character == '-') {
        return vec![body::front_matter(checked, typed)].into();
    }
    body::proposals(checked, before, offset)
}

/// What was typed of a rule's name so far; `None` when the line is not in the list of a suppression comment.
fn rule_being_named(before: &str) -> Option<&str> {
    let at = before
        .rfind("postlint-disable")
        .or_else(|| before.rfind("postlint-enable"))?;
    let comment = before.get(..at)?.trim_end();
    let rest = before.get(at..)?;
    let (_, list) = rest.split_once([' ', ','])?;
    let inside = comment.ends_with("<!--") || comment.ends_with('#');
    (inside && !list.contains("--")).then(|| list.rsplit([' ', ',']).next().unwrap_or_default())
}

fn rule_names(range: TextRange) -> Vec<Proposal> {
    let proposal = |rule: &&crate::rule::Rule| Proposal {
        label: rule.code.0.to_owned(),
        insert: rule.code.0.to_owned(),
        range,
        detail: Message::data(rule.summary()),
        docs: Docs::Rule(rule.code.0),
        kind: ProposalKind::Rule,
    };
    rules::ALL.iter().map(proposal).collect()
}

/// Whether a key of the front matter is typed: only a word from the start of a line on, in a YAML block.
fn is_key_place(checked: &Checked, typed: TextRange, before: &str) -> bool {
    let word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    before.chars().all(word)
        && checked.post.envelope.as_ref().is_some_and(|envelope| {
            envelope.dialect == Dialect::Yaml && envelope.block.start <= typed.start && typed.end <= envelope.block.end
        })
}

fn key_names(checked: &Checked, range: TextRange) -> Vec<Proposal> {
    let entries = checked.post.front_matter.entries();
    let elsewhere = entries.iter().filter(|entry| entry.key.range.start != range.start);
    let taken: HashSet<&str> = elsewhere.filter_map(|entry| entry.name()).collect();
    // Behind the place there may be a colon already.
    let rest = checked.post.text().get(range.end..).unwrap_or_default();
    let has_colon = rest.trim_start_matches([' ', '\t']).starts_with(':');
    let named = |name: &str, holds: Holds| match holds {
        _ if has_colon => name.to_owned(),
        Holds::List => format!("{name}:"),
        _ => format!("{name}: "),
    };
    let known = keys::of(checked.generator()).map(|key| Proposal {
        label: key.name.to_owned(),
        insert: named(key.name, key.holds),
        range,
        detail: Message::default(),
        docs: Docs::Text(key.meaning),
        kind: ProposalKind::Key,
    });
    let seen = seen_keys(checked).into_iter().map(|(name, posts)| Proposal {
        label: name.to_owned(),
        insert: named(name, Holds::Text),
        range,
        detail: say!("in {posts} posts of this site", posts),
        docs: Docs::None,
        kind: ProposalKind::Key,
    });
    known
        .chain(seen)
        .filter(|key| !taken.contains(key.label.as_str()))
        .collect()
}

/// Keys that several posts of the site use and the generator does not know: the theme reads them. The most frequent first.
fn seen_keys(checked: &Checked) -> Vec<(&str, usize)> {
    const FEWEST: usize = 2;
    let generator = checked.generator();
    let mut seen = checked.stage.site().map_or_else(Vec::new, |site| site.posts.keys());
    seen.retain(|(name, posts)| *posts >= FEWEST && keys::find(generator, name).is_none());
    seen
}

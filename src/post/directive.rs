//! Suppression comments: `<!-- postlint-disable-next-line date-invalid -- why -->`, `# postlint-disable-line …`.

mod comments;
mod removal;

use super::{Envelope, FrontMatter, Html};
use crate::diagnostic::RuleCode;
use crate::text::{Source, TextRange};
use comments::Comment;
pub use comments::may_stand_in;

/// What a suppression comment covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `postlint-disable-line`: the comment's own line.
    Line,
    /// `postlint-disable-next-line`: the next line that is not blank.
    NextLine,
    /// `postlint-disable`: until `postlint-enable` or the end.
    Region,
    /// `postlint-disable-file`.
    File,
}

/// One suppression comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment; to the end of its line for one that begins with `#`.
    pub range: TextRange,
    /// The word that was used.
    pub scope: Scope,
    /// The bytes it covers.
    pub covers: TextRange,
    /// The rule names as written; empty means every rule.
    pub rules: Vec<TextRange>,
    /// What follows ` -- `; `None` without one.
    pub reason: Option<TextRange>,
    /// What `postlint-enable` comments with names switch on again inside `covers`: the name, and from which byte on.
    pub lifted: Vec<(TextRange, usize)>,
}

/// Comments and names in them that are looked at in one post: what is beyond would cost time and is nobody's intent.
const MOST: usize = 500;

impl Directive {
    /// Whether a finding of `code` that begins at byte `offset` of `source` is silenced.
    pub fn silences(&self, source: &Source, code: RuleCode, offset: usize) -> bool {
        self.reaches(source, code, offset)
            && (self.rules.is_empty() || self.rules.iter().any(|name| code.is_named_by(source.slice(*name))))
    }

    /// Whether a finding of `code` at byte `offset` lies in what is covered, whatever names there are.
    pub fn reaches(&self, source: &Source, code: RuleCode, offset: usize) -> bool {
        // The end of the text belongs to what goes on to the end.
        let is_covered = self.covers.contains(offset) || (offset == source.text().len() && offset == self.covers.end);
        is_covered
            && !self
                .lifted
                .iter()
                .any(|(name, from)| offset >= *from && code.is_named_by(source.slice(*name)))
    }
}

/// All suppression comments of a post, in order of place.
pub fn find(source: &Source, envelope: Option<&Envelope>, front_matter: &FrontMatter, html: &Html) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    let mut left = MOST;
    for comment in comments::find(source, envelope, front_matter, html) {
        let (rules, reason) = arguments(source, comment.rest);
        match left.checked_sub(1 + rules.len()) {
            Some(rest) => left = rest,
            None => break,
        }
        let Some(scope) = comment.scope else {
            enable(source, &mut found, comment.range, &rules);
            continue;
        };
        found.push(Directive {
            range: comment.range,
            scope,
            covers: covered(source, &comment, scope),
            rules,
            reason,
            lifted: Vec::new(),
        });
    }
    found
}

/// A `postlint-enable` ends regions that are still open, or switches on again only what it names.
fn enable(source: &Source, found: &mut [Directive], range: TextRange, names: &[TextRange]) {
    let end = source.text().len();
    let regions = found
        .iter_mut()
        .filter(|directive| directive.scope == Scope::Region && directive.covers.end == end);
    for region in regions {
        if names.is_empty() {
            region.covers.end = range.start;
            continue;
        }
        for name in names {
            let written = source.slice(*name);
            let is_same = |other: &TextRange| source.slice(*other) == written;
            let is_meant = region.rules.is_empty() || region.rules.iter().any(is_same);
            if is_meant && !region.lifted.iter().any(|(other, _)| is_same(other)) {
                region.lifted.push((*name, range.start));
            }
        }
        let mut open = region.rules.iter().filter(|rule| {
            let written = source.slice(**rule);
            !region.lifted.iter().any(|(name, _)| source.slice(*name) == written)
        });
        if !region.rules.is_empty() && open.next().is_none() {
            region.covers.end = range.start;
        }
    }
}

/// The names in `rest` and what follows `--`.
fn arguments(source: &Source, rest: TextRange) -> (Vec<TextRange>, Option<TextRange>) {
    let text = source.slice(rest);
    let is_separator = |at: usize| {
        text.get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t', '\n']))
    };
    let dashes = text.match_indices("--").map(|(at, _)| at).find(|&at| is_separator(at));
    let names = text.get(..dashes.unwrap_or(text.len())).unwrap_or_default();
    let mut rules = Vec::new();
    let mut at = 0;
    for part in names.split_inclusive(|c: char| c == ',' || c.is_whitespace()) {
        let name = part.trim_end_matches(|c: char| c == ',' || c.is_whitespace());
        if !name.is_empty() {
            rules.push(TextRange::new(rest.start + at, rest.start + at + name.len()));
        }
        at += part.len();
    }
    let reason = dashes.and_then(|at| {
        let written = text.get(at..)?.trim_start_matches('-');
        let start = rest.start + text.len() - written.trim_start().len();
        let reason = TextRange::new(start, start + written.trim().len());
        (!reason.is_empty()).then_some(reason)
    });
    (rules, reason)
}

fn covered(source: &Source, comment: &Comment, scope: Scope) -> TextRange {
    let text = source.text();
    let lines = source.lines();
    let start_of = |line| lines.start_of(line).unwrap_or(text.len());
    let last = lines.line_of(comment.range.end);
    match scope {
        Scope::Line => TextRange::new(start_of(lines.line_of(comment.range.start)), start_of(last + 1)),
        Scope::NextLine => {
            let start = start_of(last + 1);
            let rest = text.get(start..).unwrap_or_default();
            let next = lines.line_of(start + (rest.len() - rest.trim_start().len()));
            TextRange::new(start, start_of(next + 1))
        }
        Scope::Region => TextRange::new(comment.range.start, text.len()),
        Scope::File => TextRange::new(0, text.len()),
    }
}

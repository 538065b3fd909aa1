//! Known leftovers as data: what marks them, whose they are, and how sure the mark is.

mod book;
mod expression;
mod host;
mod index;
mod needle;
mod shelf;

use super::selector::Selector;
use expression::Expression;
use serde::Deserialize;

pub use book::Book;
pub use host::{host_of, is_under, plain_host};
pub use index::{Hits, Index, comment_text};
pub use shelf::Shelf;

/// How much a mark proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Nothing else looks like this.
    Certain,
    /// Only together with a second sign: the element shows the reader nothing of its own.
    Likely,
}

/// One pattern as it stands in a data file. Exactly one of `selector`, `hosts`, `script` and `comment` is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Whose it is, as a reader would call it.
    pub network: String,
    /// How sure the mark is.
    #[serde(default = "certain")]
    pub certainty: Certainty,
    /// A CSS selector.
    pub selector: Option<String>,
    /// Hosts, matched by suffix at a dot on the parsed URL of the attributes in `on`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// `tag@attribute`, for `hosts`.
    #[serde(default)]
    pub on: Vec<String>,
    /// A regular expression on path and query of the URL, for `hosts`.
    pub path: Option<String>,
    /// A regular expression on the text of an inline script.
    pub script: Option<String>,
    /// A regular expression on the text of a comment without its delimiters and outer blanks.
    pub comment: Option<String>,
    /// Literals, one of which stands in the HTML wherever the pattern can match; worked out from `selector` and
    /// `hosts` where empty. Case is ignored.
    #[serde(default)]
    pub needles: Vec<String>,
    /// HTML that the pattern must find.
    pub sample: String,
    /// HTML that looks alike and must be left alone.
    pub counter: Option<String>,
}

fn certain() -> Certainty {
    Certainty::Certain
}

/// A pattern ready to be matched.
#[derive(Debug)]
pub struct Pattern {
    /// What the data file says.
    pub entry: Entry,
    mark: Mark,
    /// Whether one of the needles stands in the start tag or the script of whatever it marks.
    is_own: bool,
}

#[derive(Debug)]
enum Mark {
    Selector(Selector),
    Host {
        on: Vec<(String, String)>,
        path: Option<Expression>,
    },
    Script(Expression),
    Comment(Expression),
}

impl Pattern {
    /// Itself, when its regular expression can be compiled.
    fn checked(self) -> Result<Self, String> {
        match &self.mark {
            Mark::Script(regex) | Mark::Comment(regex) | Mark::Host { path: Some(regex), .. } => regex.check()?,
            _ => {}
        }
        Ok(self)
    }

    fn new(mut entry: Entry) -> Result<Self, String> {
        let mark = match (&entry.selector, &entry.script, &entry.comment) {
            (Some(selector), None, None) => Mark::Selector(Selector::parse(selector)?),
            (None, Some(script), None) => Mark::Script(Expression::new(script)),
            (None, None, Some(comment)) => Mark::Comment(Expression::new(comment)),
            (None, None, None) if !entry.hosts.is_empty() => Mark::Host {
                on: entry
                    .on
                    .iter()
                    .filter_map(|on| on.split_once('@'))
                    .map(|(tag, attribute)| (tag.into(), attribute.into()))
                    .collect(),
                path: entry.path.as_deref().map(Expression::new),
            },
            _ => return Err(format!("`{}` needs exactly one mark", entry.network)),
        };
        if entry.needles.is_empty() {
            entry.needles = match &entry.selector {
                Some(selector) => needle::of_selector(selector),
                None => entry.hosts.clone(),
            };
        }
        if entry.needles.is_empty() {
            return Err(format!("`{}` has no needle", entry.network));
        }
        let is_own = match &entry.selector {
            Some(selector) => needle::are_own(selector, &entry.needles),
            None => entry.hosts.iter().all(|host| entry.needles.contains(host)),
        };
        Ok(Self { entry, mark, is_own })
    }
}

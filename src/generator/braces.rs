//! What may be wrong with a template construct in a post.

use crate::message::Message;
use crate::say;
use crate::text::TextRange;

/// What is wrong with a construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The template engine cannot read it: why.
    Syntax(Message),
    /// A filter that there is not.
    Filter(String),
    /// A function, or a method of a thing, that there is not.
    Call(String),
    /// A name that stands for nothing: nothing is printed in its place.
    Nothing(String),
    /// A statement that needs a template, which a post has not.
    NoTemplate(String),
    /// A statement without its end.
    Unclosed(String),
    /// An end or `else` without its beginning.
    Misplaced(String),
    /// `{#` without `#}`.
    EndlessComment,
    /// `#}` without `{#`.
    CommentEnd,
}

/// One fault; `range` is the construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where the construct stands.
    pub range: TextRange,
    /// What is wrong.
    pub problem: Problem,
}

impl Problem {
    /// What is wrong, in words: `engine` is the generator's name, `shown` the construct.
    pub fn what(&self, engine: &str, shown: &str) -> Message {
        match self {
            Problem::Nothing(root) => say!(
                "{engine} prints nothing for `{shown}`: it knows no `{root}` here",
                engine,
                shown,
                root
            ),
            Problem::Syntax(why) => say!("{engine} cannot read `{shown}`: {why}", engine, shown, why),
            Problem::Filter(filter) => say!("{engine} has no filter `{filter}`", engine, filter),
            Problem::Call(function) => say!("there is no `{function}` to call in `{shown}`", function, shown),
            Problem::NoTemplate(statement) => say!("a post has no templates for `{statement}`", statement),
            Problem::Unclosed(tag) => say!("`{{% {tag} %}}` is never closed", tag),
            Problem::Misplaced(tag) => say!("`{{% {tag} %}}` has no beginning", tag),
            Problem::EndlessComment => say!("`{{#` opens a comment that never ends"),
            Problem::CommentEnd => say!("`#}}` ends a comment that never began"),
        }
    }
}

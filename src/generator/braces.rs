//! What may be wrong with a template construct in a post.

use crate::text::TextRange;

/// What is wrong with a construct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The template engine cannot read it: why.
    Syntax(String),
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
    pub fn what(&self, engine: &str, shown: &str) -> String {
        match self {
            Problem::Nothing(root) => format!("{engine} prints nothing for `{shown}`: it knows no `{root}` here"),
            Problem::Syntax(why) => format!("{engine} cannot read `{shown}`: {why}"),
            Problem::Filter(filter) => format!("{engine} has no filter `{filter}`"),
            Problem::Call(function) => format!("there is no `{function}` to call in `{shown}`"),
            Problem::NoTemplate(statement) => format!("a post has no templates for `{statement}`"),
            Problem::Unclosed(tag) => format!("`{{% {tag} %}}` is never closed"),
            Problem::Misplaced(tag) => format!("`{{% {tag} %}}` has no beginning"),
            Problem::EndlessComment => "`{#` opens a comment that never ends".to_owned(),
            Problem::CommentEnd => "`#}` ends a comment that never began".to_owned(),
        }
    }
}

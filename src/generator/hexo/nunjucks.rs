//! What Nunjucks, which Hexo runs over every rendered post, makes of a body: one error stops the whole build.
//!
//! A port of nunjucks 3.2's lexer and parser and of what Hexo 8 does before it runs them (`hexo/post.js`,
//! `extend/tag.js`), without the output.

mod expression;
mod fence;
mod frames;
mod lexer;
mod mask;
mod statement;
mod tags;

use crate::generator::Generator;
pub use crate::generator::braces::{Fault, Problem};
use crate::generator::keys;
use crate::post::Post;
use crate::text::TextRange;
pub use mask::{constructs, has_mark, may_stir};
use statement::Walk;

/// Nunjucks' own filters.
const FILTERS: [&str; 45] = [
    "abs",
    "batch",
    "capitalize",
    "center",
    "d",
    "default",
    "dictsort",
    "dump",
    "e",
    "escape",
    "first",
    "float",
    "forceescape",
    "groupby",
    "indent",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "nl2br",
    "random",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "string",
    "striptags",
    "sum",
    "title",
    "trim",
    "truncate",
    "upper",
    "urlencode",
    "urlize",
    "wordcount",
    "entries",
    "values",
];

/// Names that Nunjucks or the model of a post defines.
const NAMES: [&str; 37] = [
    "range",
    "cycler",
    "joiner",
    "caller",
    "super",
    "loop",
    "title",
    "date",
    "updated",
    "comments",
    "layout",
    "content",
    "_content",
    "source",
    "full_source",
    "slug",
    "photos",
    "raw",
    "published",
    "path",
    "permalink",
    "excerpt",
    "more",
    "tags",
    "categories",
    "link",
    "asset_dir",
    "prev",
    "next",
    "id",
    "_id",
    "description",
    "lang",
    "language",
    "author",
    "site",
    "page",
];

/// What Nunjucks gets to see of `post`: a copy of the file up to the end of the body, equal in length, in which all that Hexo hides
/// from it is blank; `None` when Hexo does not run it. `fenced` says what [`fenced`] does.
pub fn seen<'f>(post: &Post, fenced: impl FnOnce() -> &'f [TextRange]) -> Option<String> {
    (!is_off(post)).then(|| mask::mask(post, fenced)).flatten()
}

/// Whether the post's own front matter keeps Hexo from running it.
pub fn is_off(post: &Post) -> bool {
    let switch = post.front_matter.get("disableNunjucks");
    switch.is_some_and(|entry| entry.value.text() == Some("true"))
}

/// The fenced code of `post` by Hexo's own reckoning, in order, whole lines. It is not Markdown's: a fence in a list item holds
/// lines that are not indented, too.
pub fn fenced(post: &Post) -> Vec<TextRange> {
    fence::fences(&post.text()[..post.body.end], post.body.start)
}

/// Everything in the body of `post` that Nunjucks refuses or prints nothing for, in order of place; it gets to see `seen` of it
/// (see [`seen`]). Tags that Hexo itself does not know are taken for a theme's.
pub fn faults(post: &Post, seen: &str) -> Vec<Fault> {
    let mut walk = Walk::new(seen, post.body.start);
    walk.run();
    let Walk { faults, defined, .. } = walk;
    let known = |name: &str| {
        let root = name.split('.').next().unwrap_or(name);
        NAMES.contains(&root)
            || defined.iter().any(|defined| defined == root)
            || post.front_matter.get(root).is_some()
            || keys::own(Generator::Hexo).contains(&root)
    };
    let real = |fault: &Fault| match &fault.problem {
        Problem::Filter(name) => !FILTERS.contains(&name.as_str()),
        Problem::Call(name) | Problem::Nothing(name) => !known(name),
        _ => true,
    };
    faults.into_iter().filter(real).collect()
}

//! `post-file-name`: the generator passes over the file because of its name.

use crate::generator::{Generator, Outcome, hexo, jekyll};
use crate::message::Message;
use crate::rule::{Context, Reporter, is_about_project};
use crate::site;
use crate::{rule, say};

rule! {
    /// The generator passes over the file because of its name.
    ///
    /// # Why
    ///
    /// Nothing is said at build time. Hexo drops a post whose name holds a `%` that begins no valid escape (`80% done.md`), and knows
    /// only extensions in lower case (`.MD` is no post). Jekyll takes only `YYYY-MM-DD-title.md` for a post.
    ///
    /// # Examples
    ///
    /// ```markdown,bad file=source/_posts/80%-done.md
    /// ---
    /// title: Nearly
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,bad file=source/_posts/harvest.MD
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/harvest.md
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,good file=source/_posts/80%25-done.md
    /// ---
    /// title: Nearly
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// A name that begins with `_` hides the file on purpose:
    ///
    /// ```markdown,good file=source/_posts/_template.md
    /// ---
    /// title: Template
    /// ---
    /// ```
    "post-file-name", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let path = post.path.as_str();
    if !path.split('/').rev().skip(1).any(|part| part == "_posts") || hides(path) || is_about_project(post.file_name())
    {
        return;
    }
    let message = match context.generator() {
        Generator::Hexo => in_hexo(context),
        Generator::Jekyll => in_jekyll(context),
        Generator::Hugo => None,
    };
    if let Some(message) = message {
        reporter.report(site::facts::place(post), message);
    }
}

/// Names that every generator passes over, so that writers use them for it.
fn hides(path: &str) -> bool {
    let below = path.rsplit("_posts/").next().unwrap_or(path);
    below
        .split('/')
        .any(|part| part.starts_with(['_', '.', '#', '~']) || part.ends_with('~'))
}

fn in_hexo(context: &Context<'_>) -> Option<Message> {
    let settings = context.settings();
    let name = context.post.file_name();
    match hexo::place(&context.post.path, &settings) {
        hexo::Place::Other(_) => {
            let (stem, extension) = name.rsplit_once('.')?;
            let lower = extension.to_ascii_lowercase();
            let would = format!("source/_posts/{stem}.{lower}");
            let is_case = lower != extension && matches!(hexo::place(&would, &settings), hexo::Place::Post { .. });
            is_case.then(|| {
                say!(
                    "Hexo takes only extensions in lower case: `{name}` is no post, and the build says nothing",
                    name
                )
            })
        }
        hexo::Place::Post { .. } => {
            // A `permalink` of its own is not made of the name.
            let has_own = context.post.front_matter.get("permalink").is_some();
            let outcome = context.explained().outcome;
            let is_dropped = outcome == Outcome::Dropped && name.contains('%') && hexo::escaped_path(name).is_none();
            (is_dropped && !has_own).then(|| {
                say!(
                    "the `%` in `{name}` begins no valid escape, so Hexo drops the post; the build still succeeds",
                    name
                )
            })
        }
    }
}

fn in_jekyll(context: &Context<'_>) -> Option<Message> {
    let settings = context.settings();
    let name = context.post.file_name();
    match jekyll::place(&context.post.path, &settings) {
        jekyll::Place::Other(_) => Some(say!(
            "Jekyll passes over `{name}`: the name of a post is `YYYY-MM-DD-title.md`",
            name
        )),
        jekyll::Place::Post(_) => None,
    }
}

//! A front matter for a post that has none.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::{Dialect, day, notation, title};
use crate::rule::Context;
use crate::say;
use crate::text::Edit;

/// Put its title at the top, and its date where something names one and the file's name is not asked.
pub fn fix(context: &Context<'_>) -> Fix {
    let post = context.post;
    let date = match context.generator() {
        Generator::Jekyll => None,
        Generator::Hexo | Generator::Hugo => day::evidence(post, None).into_iter().next(),
    };
    let mut lines = vec!["---".to_owned()];
    lines.push(format!(
        "title: {}",
        notation::written(Dialect::Yaml, &title::guessed(post))
    ));
    lines.extend(date.map(|(day, _)| format!("date: {day}")));
    lines.push("---".to_owned());
    let start = post.source.bom_len();
    let body = post.text().get(start..).unwrap_or_default();
    if !body.is_empty() && !body.starts_with(['\n', '\r']) {
        lines.push(String::new());
    }
    let eol = post.source.eol();
    Fix::risky(
        say!("Write front matter"),
        vec![Edit::insert(start, lines.join(eol) + eol)],
    )
}

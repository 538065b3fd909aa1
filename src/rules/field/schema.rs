//! `field-schema`: the front matter does not fit the site's own JSON Schema.

use crate::rule::{Context, Reporter};
use crate::rules::schema::Check;
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// The front matter does not fit the site's own JSON Schema.
    ///
    /// # Why
    ///
    /// What fields a post needs and what may stand in them is for a site and its theme to say: an author from a list, a cover with
    /// a caption, three tags at most. A JSON Schema says it, and this rule checks it. Name one in `postlint.toml`, for all posts or
    /// for those that fit a pattern; without one, this rule finds nothing:
    ///
    /// ```toml
    /// schema = "front-matter.schema.json"
    ///
    /// [[overrides]]
    /// files = ["source/_posts/recipes/**"]
    /// schema = "recipe.schema.json"
    /// ```
    ///
    /// The draft is the one that `$schema` names; without it, 2020-12. Nothing is fetched: `$ref` leads to places in the same file.
    /// Patterns may not look ahead or back (write `not` beside `pattern`) nor repeat what was matched, so none can take long.
    /// Values have the types that the generator gives them: `comments: no` is a boolean for Jekyll and text for Hexo. Dates
    /// are text as they are written, and the formats `date` and `date-time` mean what YAML calls a date: `2022-07-06`, and for
    /// `date-time` also `2022-07-06 08:00:00`.
    ///
    /// # Examples
    ///
    /// Here with `{"required": ["author"], "properties": {"tags": {"maxItems": 2}, "author": {"enum": ["Mei", "Ola"]}}}`.
    ///
    /// ```markdown,bad schema={"required":["author"],"properties":{"tags":{"maxItems":2},"author":{"enum":["Mei","Ola"]}}}
    /// ---
    /// title: Harvest
    /// tags: [tea, rain, hills]
    /// author: Nobody
    /// ---
    /// ```
    ///
    /// ```markdown,bad schema={"required":["author"],"properties":{"tags":{"maxItems":2},"author":{"enum":["Mei","Ola"]}}}
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,good schema={"required":["author"],"properties":{"tags":{"maxItems":2},"author":{"enum":["Mei","Ola"]}}}
    /// ---
    /// title: Harvest
    /// tags: [tea, rain]
    /// author: Mei
    /// ---
    /// ```
    ///
    /// ```markdown,good schema={"properties":{"date":{"type":"string","format":"date-time"}}}
    /// ---
    /// date: 2022-07-06 08:00:00
    /// ---
    /// ```
    "field-schema", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(schema) = context.config.schema.as_deref() else {
        return;
    };
    // A schema that cannot be used was refused with the configuration.
    let Ok(check) = Check::of(schema) else { return };
    let (Some(envelope), Some(root)) = (&post.envelope, &post.front_matter.root) else {
        return;
    };
    if post.front_matter.error.is_some() {
        return;
    }
    let whole = match envelope.open.is_empty() {
        true => TextRange::at(envelope.block.start),
        false => envelope.open,
    };
    for misfit in check.misfits(context.generator(), envelope.dialect, root) {
        let subject = match misfit.path.as_str() {
            "" => say!("the front matter"),
            path => say!("`{path}`", path),
        };
        let message = say!(
            "by `{schema}`, {subject}: {message}",
            schema = schema.name,
            subject,
            message = misfit.message
        );
        reporter.report(misfit.range.unwrap_or(whole), message);
    }
}

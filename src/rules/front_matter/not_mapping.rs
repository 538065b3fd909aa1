//! `front-matter-not-mapping`: the front matter holds no fields.

use crate::diagnostic::Severity;
use crate::generator::Generator;
use crate::generator::hexo::{self, ReadOutcome};
use crate::post::{Dialect, Value};
use crate::rule::{Context, Reporter};
use crate::{part, rule, say};

rule! {
    /// The front matter holds no fields.
    ///
    /// # Why
    ///
    /// A list, or a text such as `title:Fog` (no blank after the colon) or `title：Fog` (a full-width colon), is valid YAML, so
    /// nothing complains; but there is no field in it. Hexo prints such a text as part of the article and drops a post whose front
    /// matter is a list; Jekyll publishes the post without its metadata; Hugo stops the build.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title:Fog
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// - title: Fog
    /// - date: 2023-11-11
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// # no title yet
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Fog
    /// date: 2023-11-11
    /// ---
    /// ```
    ///
    /// Jekyll wants an empty block where there is nothing to say.
    ///
    /// ```markdown,good generator=jekyll file=_posts/2023-11-11-fog.md
    /// ---
    /// ---
    /// ```
    "front-matter-not-mapping", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    if envelope.dialect != Dialect::Yaml || envelope.close.is_none() || post.front_matter.error.is_some() {
        return;
    }
    let generator = context.generator();
    let Some(root) = &post.front_matter.root else {
        // Behind an empty pair of fences Hexo may still find fields.
        if generator == Generator::Hexo
            && matches!(
                hexo::read(post.text(), "UTC").outcome,
                ReadOutcome::NoBlock | ReadOutcome::Ignored
            )
        {
            let what = match post.source.slice(envelope.block).trim().is_empty() {
                true => part!("the front matter is empty"),
                false => part!("the front matter holds nothing but comments"),
            };
            reporter
                .report(
                    envelope.open,
                    say!("{what}; Hexo prints it as part of the article", what),
                )
                .at_most(Severity::Warning);
        }
        return;
    };
    let text = match &root.value {
        Value::Map(_) => return,
        Value::List(_) => None,
        Value::Scalar(scalar) => Some(scalar.text.as_str()),
    };
    let what = match text {
        None => part!("a list"),
        Some(text) if text.contains('：') => part!("text, because `：` is no colon to YAML"),
        Some(text) if text.contains(':') => part!("text, because no blank follows the colon"),
        Some(_) => part!("text"),
    };
    let effect = match (generator, text) {
        (Generator::Hexo, None) => part!("drops the post; the build still succeeds"),
        (Generator::Hexo, Some(_)) => part!("prints it as part of the article"),
        (Generator::Jekyll, _) => part!("publishes the post without its metadata"),
        (Generator::Hugo, _) => part!("stops the whole build"),
    };
    reporter.report(
        root.range,
        say!(
            "the front matter holds no fields, only {what}; {generator} {effect}",
            what,
            generator,
            effect
        ),
    );
}

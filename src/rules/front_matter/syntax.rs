//! `front-matter-syntax`: TOML or JSON that Hugo cannot read.

use crate::generator::Generator;
use crate::post::Dialect;
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// TOML or JSON front matter that cannot be read.
    ///
    /// # Why
    ///
    /// Hugo stops the whole build at the first post whose front matter it cannot read. A date that is none, such as the month 13 or
    /// the 30th of February, is such an error in TOML, which knows dates of its own; so are a text without quotes and a key
    /// that is there already. Errors in YAML are told by `yaml-syntax` and its kin.
    ///
    /// # Examples
    ///
    /// ```markdown,bad generator=hugo file=content/home.md
    /// +++
    /// title = "The long way home"
    /// date = 2023-13-01
    /// +++
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/home.md
    /// +++
    /// title = The long way home
    /// +++
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/home.md
    /// {
    ///   "title": "The long way home",
    /// }
    /// ```
    ///
    /// ```markdown,good generator=hugo file=content/home.md
    /// +++
    /// title = "The long way home"
    /// date = 2023-12-01
    /// +++
    /// ```
    "front-matter-syntax", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    // Without a closing fence the whole rest of the file would be called bad TOML; `front-matter-unclosed` tells of it.
    let language = match envelope.dialect {
        Dialect::Toml if envelope.close.is_some() => "TOML",
        Dialect::Json => "JSON",
        _ => return,
    };
    let Some(error) = post.front_matter.error.as_ref() else {
        return;
    };
    if context.generator() == Generator::Hugo && context.is_post() {
        let why = super::quoted(&error.message);
        reporter.report(
            error.range,
            say!(
                "this is no valid {language} ({why}); Hugo stops the build",
                language,
                why
            ),
        );
    }
}

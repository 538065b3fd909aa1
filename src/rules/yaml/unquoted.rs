//! `yaml-unquoted`: a value that needs quotes, or other ones.

use super::report_faults;
use crate::generator::yaml::Kind;
use crate::rule;
use crate::rule::{Context, Reporter};

rule! {
    /// A value that needs quotes.
    ///
    /// # Why
    ///
    /// A colon and a blank make a field, `*` begins a reference, `&` a name, `!` a type, `[` a list, `{` a map, and no value
    /// may begin with `@`, `%` or a backtick. A title that has one of these at the wrong place makes the whole front matter
    /// unreadable: Hexo drops the post and the build succeeds, Jekyll publishes it without title and date, Hugo stops the
    /// build. Quotes make a text of it, unless one of the same kind stands inside.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea: a story of rain
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: 'Tea: a story of rain'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: [Tea] in the rain
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '[Tea] in the rain'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: 'Tea isn't coffee'
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: "Tea isn't coffee"
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: "Tea" and other stories
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '"Tea" and other stories'
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea, rain & C# at 10:30 [draft]
    /// ---
    /// ```
    "yaml-unquoted", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_faults(Kind::Unquoted, context, reporter);
}

//! `yaml-syntax`: the generator's YAML reader refuses the front matter.

use super::report_faults;
use crate::generator::yaml::Kind;
use crate::rule;
use crate::rule::{Context, Reporter};

rule! {
    /// The front matter cannot be read.
    ///
    /// # Why
    ///
    /// The generator's YAML reader refuses it. Hexo then leaves the post out of the site and ends with success; Jekyll
    /// publishes it without title, date and tags; Hugo stops the build. The messages of these readers often point at a line
    /// below the culprit, or at the end of the block; this one names the line where the slip is.
    ///
    /// Slips with rules of their own are told there: `yaml-unquoted`, `yaml-missing-space`, `yaml-fullwidth`, `yaml-tab`,
    /// `yaml-duplicate-key`.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags: [hills, rain
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// A fix is offered where a guess makes the whole block readable:
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags: [hills, rain]
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: "Tea in the rain
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: "Tea in the rain"
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    ///  date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// in the rain
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    ///   in the rain
    /// date: 2024-05-01
    /// ---
    /// ```
    "yaml-syntax", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_faults(Kind::Syntax, context, reporter);
}

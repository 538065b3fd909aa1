//! `yaml-missing-space`: no blank after a colon or a dash.

use super::report_faults;
use crate::generator::yaml::Kind;
use crate::rule;
use crate::rule::{Context, Reporter};

rule! {
    /// No blank after a colon or a dash.
    ///
    /// # Why
    ///
    /// To YAML `date:2013-07-13` is one word, and so is `-tea`: only a blank makes a field of the one and a list item of the
    /// other. The reader refuses the front matter: Hexo drops the post and the build succeeds, Jekyll publishes it without
    /// title and date, Hugo stops the build.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// date:2013-07-13
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// date: 2013-07-13
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// tags:
    ///   - rain
    ///   -kettle
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// tags:
    ///   - rain
    ///   - kettle
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea at 10:30
    /// link: https://tea.example/rain
    /// ---
    /// ```
    "yaml-missing-space", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_faults(Kind::MissingSpace, context, reporter);
}

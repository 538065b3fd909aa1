//! `yaml-fullwidth`: a character that only looks like one of YAML's.

use super::report_faults;
use crate::generator::yaml::Kind;
use crate::rule;
use crate::rule::{Context, Reporter};

rule! {
    /// A character that only looks like one of YAML's.
    ///
    /// # Why
    ///
    /// An input method for Chinese or Japanese writes `：` for `:` and U+3000 for a blank; text copied from a web page brings
    /// no-break spaces and invisible characters along. YAML takes all of them for text. A line with such a colon is no field,
    /// and the reader refuses the front matter: Hexo drops the post and the build succeeds, Jekyll publishes it without
    /// title and date, Hugo stops the build.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: 雨中的茶
    /// tags：[茶, 雨]
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: 雨中的茶
    /// tags: [茶, 雨]
    /// ---
    /// ```
    ///
    /// ```markdown,bad escaped
    /// ---
    /// title: 雨中的茶
    /// date:\u{3000}2024-05-01
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: 雨中的茶
    /// date: 2024-05-01
    /// ---
    /// ```
    ///
    /// Full-width quotes do not quote. Whether they were meant to is yours to say:
    ///
    /// ```markdown,bad
    /// ---
    /// title: “茶: 一个故事”
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: '茶: 一个故事'
    /// ---
    /// ```
    ///
    /// In a text they are as good as any other character:
    ///
    /// ```markdown,good
    /// ---
    /// title: “茶”：一个故事
    /// ---
    /// ```
    "yaml-fullwidth", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_faults(Kind::Fullwidth, context, reporter);
}

//! `field-order`: the fields stand in another order than is usual.

use crate::diagnostic::Fix;
use crate::post::{Dialect, order};
use crate::rule::{Context, Reporter};
use crate::{rule, say};

rule! {
    /// The fields stand in another order than is usual.
    ///
    /// # Why
    ///
    /// No generator minds. People find a field sooner where it always stands, and a change to one field is a change of one line.
    /// The order is yours to say, `field-order` in `postlint.toml`; without a word it is `title`, `date`, `updated`, `categories`,
    /// `tags`. Fields that it does not name come after those that it does, in the order they have. This rule is off unless you
    /// ask for it. The fix moves whole lines, each field with the comments above it, and changes no value.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// tags:
    ///   - tea
    /// # in the hills
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// # in the hills
    /// title: Harvest
    /// tags:
    ///   - tea
    /// ---
    /// ```
    ///
    /// ```markdown,bad config=field-order=["date","title"]
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// date: 2022-07-06
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2022-07-06
    /// cover: /hills.jpg
    /// ---
    /// ```
    "field-order", Info, Off, check, HEAD | SITE
}

/// The order where the user says nothing: what it is called and when it was written first, then what it is filed under.
const USUAL: [&str; 5] = ["title", "date", "updated", "categories", "tags"];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let usual = USUAL.map(String::from);
    let wanted = context.config.field_order.as_deref().unwrap_or(&usual);
    if post.front_matter.error.is_some() {
        return;
    }
    let place = |name: &str| wanted.iter().position(|key| key == name).unwrap_or(wanted.len());
    let named = || {
        post.front_matter
            .entries()
            .iter()
            .filter_map(|entry| Some((entry, entry.name()?)))
    };
    let pairs = named().zip(named().skip(1));
    let Some(((_, before), (entry, name))) = pairs.into_iter().find(|((_, a), (_, b))| place(a) > place(b)) else {
        return;
    };
    let finding = reporter.report(
        entry.key.range,
        say!(
            "`{name}` stands after `{before}`; usually it stands before it",
            name,
            before
        ),
    );
    let is_yaml = post
        .envelope
        .as_ref()
        .is_some_and(|envelope| envelope.dialect == Dialect::Yaml);
    if let Some(edit) = order::sorted(post, wanted).filter(|_| is_yaml) {
        finding.fix(Fix::safe(say!("Put the fields in order"), vec![edit]));
    }
}

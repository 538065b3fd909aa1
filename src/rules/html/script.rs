//! `html-script`: scripts and handlers that were copied along.

use crate::diagnostic::{Fix, Severity};
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Attribute, Element};
use crate::rule::{Context, Reporter};
use crate::rules::handlers::{called, leads_nowhere, scripts_of};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};
use std::collections::BTreeMap;

rule! {
    /// Handlers and scripts that do nothing here.
    ///
    /// # Why
    ///
    /// Text that was copied from another page brings that page's behaviour along: `onclick` handlers that call functions which only the
    /// other page has, links to `javascript:`, scripts over plain `http://`. In the post they do nothing but raise errors in
    /// every reader's browser; a script over http is blocked on a site with https.
    ///
    /// A handler is reported when it calls a function by a bare name that browsers do not have and that no script of the post
    /// speaks of; not at all when the post loads scripts, which may define it. A theme may define it as well: then this rule is
    /// the wrong one for your site. Embeds, inline scripts and scripts over https are left alone.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p onmouseover="_tipon(this)" onmouseout="_tipoff()">It rained all night.</p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>It rained all night.</p>
    /// ```
    ///
    /// ```markdown,bad
    /// <script src="http://stats.example.com/count.js"></script>
    /// ```
    ///
    /// ```markdown,fixed
    /// <script src="https://stats.example.com/count.js"></script>
    /// ```
    ///
    /// ```markdown,good
    /// <button onclick="alert('rain')">Ask</button> <button onclick="show(this)">Show</button>
    /// <script>function show(button) { button.remove(); }</script>
    /// <script src="https://gist.github.com/me/1.js"></script>
    ///
    /// Write `<a onclick="go()">` like this.
    /// ```
    "html-script", Warning, On, check, MARKUP
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let live = |wanted: fn(&str) -> bool| {
        let named = post.html.elements().filter(move |(_, element)| wanted(&element.name));
        named
            .filter(|&(id, _)| !post.html.in_code(id))
            .map(|(_, element)| element)
    };
    live(|name| name == "script").for_each(|element| insecure(post, reporter, element));
    live(|name| name == "a").for_each(|element| dead_link(reporter, element));
    let Some(scripts) = scripts_of(post) else { return };
    let mut dead: BTreeMap<String, Vec<&Attribute>> = BTreeMap::new();
    for attribute in live(|_| true).flat_map(|element| &element.attributes) {
        let code = attribute.value.as_deref().unwrap_or("");
        if !attribute.name.starts_with("on") || code.is_empty() {
            continue;
        }
        if let Some(name) = called(code)
            .into_iter()
            .find(|name| !scripts.iter().any(|script| script.contains(name)))
        {
            dead.entry(name.to_owned()).or_default().push(attribute);
        }
    }
    for (name, attributes) in dead {
        let Some((first, rest)) = attributes.split_first() else {
            continue;
        };
        let others = match rest.len() {
            0 => Message::default(),
            1 => say!(" (and once more)"),
            more => say!(" (and {more} times more)", more),
        };
        let message = say!(
            "`{handler}` calls `{name}`{others}, which no script of this post defines",
            handler = first.name,
            name,
            others
        );
        let mut finding = reporter.report(first.range, message);
        for attribute in rest.iter().take(8) {
            finding = finding.related(attribute.range, part!("here as well"));
        }
        let edits = attributes
            .iter()
            .map(|attribute| Edit::delete(with_blank(post, attribute.range)))
            .collect();
        finding.fix(Fix::risky(say!("Remove what calls it"), edits));
    }
}

/// The attribute with the blanks before it.
fn with_blank(post: &Post, range: TextRange) -> TextRange {
    let before = &post.text()[..range.start];
    TextRange::new(before.trim_end().len(), range.end)
}

/// A script over http.
fn insecure(post: &Post, reporter: &mut Reporter<'_>, element: &Element) {
    let Some(source) = element.attributes.iter().find(|attribute| &*attribute.name == "src") else {
        return;
    };
    let written = post.source.slice(source.value_range);
    if !written
        .get(..7)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
    {
        return;
    }
    let insert = Edit::insert(source.value_range.start + "http".len(), "s");
    reporter
        .report(
            source.range,
            part!("browsers block a script over plain http on a page with https"),
        )
        .fix(Fix::risky(say!("Ask for it over https"), vec![insert]));
}

/// A link that only stood there for a handler, which was not copied along.
fn dead_link(reporter: &mut Reporter<'_>, element: &Element) {
    let Some(target) = leads_nowhere(element) else { return };
    let finding = reporter
        .report(
            target.range,
            part!("this link leads nowhere: its script was not copied along"),
        )
        .at_most(Severity::Info);
    if let Some(close) = element.close {
        let edits = vec![Edit::delete(element.open), Edit::delete(close)];
        finding.fix(Fix::risky(say!("Keep the text only"), edits));
    }
}

//! `ad-link`: a paid link that does not say so.

use crate::diagnostic::Fix;
use crate::message::Message;
use crate::post::Post;
use crate::rule::{Context, Reporter};
use crate::rules::address::{Place, addresses};
use crate::rules::leftover::quote;
use crate::rules::pattern::{host_of, is_under};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// An affiliate link is not marked as paid.
    ///
    /// # Why
    ///
    /// Search engines ask for `rel="sponsored"` on links that earn money, and may lower a page that hides them. An affiliate link is
    /// the writer's own choice, so this rule is off unless asked for and never removes a link. In Markdown there is no place for
    /// `rel`; the finding says where to write the link as HTML, or leave it to a plugin.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p><a href="https://www.amazon.com/dp/1?tag=x-20">a book</a></p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p><a rel="sponsored" href="https://www.amazon.com/dp/1?tag=x-20">a book</a></p>
    /// ```
    ///
    /// ```markdown,good
    /// <a rel="nofollow sponsored" href="https://www.amazon.com/dp/1?tag=x-20">a book</a>
    /// <a href="https://www.amazon.com/dp/1">the same book</a>
    /// ```
    "ad-link", Info, Off, check, MARKUP
}

/// Hosts whose every link is paid.
const PAID: &[&str] = &[
    "s.click.taobao.com",
    "u.jd.com",
    "union-click.jd.com",
    "px.a8.net",
    "hb.afl.rakuten.co.jp",
    "af.moshimo.com",
    "ck.jp.ap.valuecommerce.com",
    "h.accesstrade.net",
    "click.linksynergy.com",
    "awin1.com",
    "anrdoezrs.net",
    "dpbolvw.net",
    "jdoqocy.com",
    "tkqlhce.com",
    "kqzyfj.com",
    "clk.tradedoubler.com",
    "partners.webmasterplan.com",
    "link.coupang.com",
    "pxf.io",
    "sjv.io",
    "digistore24.com",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    for address in addresses(post).iter().filter(|address| is_paid(address.url)) {
        let Place::Attribute(id) = address.place else {
            reporter.report(address.range, message(address.url));
            continue;
        };
        let Some(element) = post.html.node(id).element() else {
            continue;
        };
        let rel = element.attribute("rel").unwrap_or("");
        if rel
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("sponsored"))
        {
            continue;
        }
        reporter
            .report(address.range, message(address.url))
            .fix(Fix::risky(say!("Mark the link as sponsored"), vec![mark(post, id)]));
    }
}

/// Say `sponsored` in the `rel` that is there, or in a new one behind the element's name.
fn mark(post: &Post, id: crate::post::html::NodeId) -> Edit {
    let element = post.html.node(id).element();
    let rel = element.and_then(|element| element.attributes.iter().find(|attribute| &*attribute.name == "rel"));
    match rel.filter(|rel| rel.value.as_deref().is_some_and(|value| !value.is_empty())) {
        Some(rel) => Edit::replace(
            rel.range,
            format!("rel=\"{} sponsored\"", post.source.slice(rel.value_range).trim()),
        ),
        None => Edit::insert(
            element.map_or(post.html.node(id).range.start, |element| {
                element.open.start + 1 + element.name.len()
            }),
            " rel=\"sponsored\"",
        ),
    }
}

fn message(url: &str) -> Message {
    say!(
        "{url} is an affiliate link that does not say so (`rel=\"sponsored\"`)",
        url = quote(url)
    )
}

fn is_paid(url: &str) -> bool {
    let Some(host) = host_of(url) else { return false };
    let amazon = host.split('.').any(|part| part == "amazon")
        && url.split(['?', '&']).skip(1).any(|part| part.starts_with("tag="));
    let shareasale = is_under(&host, "shareasale.com") && url.contains("/r.cfm");
    amazon || shareasale || PAID.iter().any(|domain| is_under(&host, domain))
}

//! `image-insecure`: images over plain `http://`.

use crate::diagnostic::{Fix, Severity};
use crate::post::address;
use crate::post::images::{Image, Place};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};
use std::borrow::Cow;
use std::collections::BTreeMap;

rule! {
    /// Images over plain `http://`.
    ///
    /// # Why
    ///
    /// On a page that is served over https browsers ask for such an image over https and, where the host does not answer there,
    /// show nothing. In feeds and mail it is blocked or marked as insecure. One finding a host; images of the
    /// body are reported as `info`, a cover as `warning`. The fix is not safe: only the host knows whether it answers.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// cover: http://img.tea.example/rain.jpg
    /// ---
    ///
    /// ![](http://img.tea.example/cup.jpg)
    /// <img src="http://img.tea.example/pot.jpg">
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// cover: https://img.tea.example/rain.jpg
    /// ---
    ///
    /// ![](https://img.tea.example/cup.jpg)
    /// <img src="https://img.tea.example/pot.jpg">
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// cover: https://img.tea.example/rain.jpg
    /// ---
    ///
    /// `![](http://img.tea.example/cup.jpg)` is how an image is written.
    /// ```
    "image-insecure", Warning, On, check, COVERS | MARKUP
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let images = context.images();
    let mut hosts: BTreeMap<Cow<'_, str>, Vec<&Image<'_>>> = BTreeMap::new();
    for image in images {
        if let Some(host) = insecure_host(image.url) {
            hosts.entry(host).or_default().push(image);
        }
    }
    for (host, images) in hosts {
        let Some((first, rest)) = images.split_first() else {
            continue;
        };
        let message = if rest.is_empty() {
            say!(
                "this image comes over plain http from `{host}`; a reader on https sees it only if `{host}` answers there too",
                host
            )
        } else {
            let count = images.len();
            say!(
                "{count} images come over plain http from `{host}`; a reader on https sees them only if `{host}` answers there too",
                count,
                host
            )
        };
        let is_cover = images.iter().any(|image| matches!(image.place, Place::Field(_)));
        let severity = if is_cover { Severity::Warning } else { Severity::Info };
        let mut finding = reporter.report(first.range, message).at_most(severity);
        for image in rest {
            finding = finding.related(image.range, part!("and this one"));
        }
        let mut edits: Vec<Edit> = images.iter().filter_map(|image| edit(image)).collect();
        edits.sort();
        edits.dedup();
        if !edits.is_empty() {
            finding.fix(Fix::risky(say!("Ask `{host}` over https", host), edits));
        }
    }
}

/// The host of a plain http address on the public web.
fn insecure_host(url: &str) -> Option<Cow<'_, str>> {
    address::strip_prefix_ignoring_case(url, "http://")?;
    let host = address::host(url)?;
    let is_public = host.contains('.') && !address::is_private_host(&host);
    is_public.then_some(host)
}

fn edit(image: &Image<'_>) -> Option<Edit> {
    let colon = image.bytes?.start + "http".len();
    Some(Edit::insert(colon, "s"))
}

//! `image-proxied`: an image that is fetched through somebody else's server.

use crate::diagnostic::{Fix, Severity};
use crate::post::address;
use crate::post::images::Place;
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// An image that is fetched through somebody else's server.
    ///
    /// # Why
    ///
    /// Readers and scrapers ask for pictures through a proxy (`https://cors.example/?https://…`) and write the proxy's address
    /// down. The picture is gone when the proxy is, and the proxy sees every reader. Addresses of web archives
    /// are not reported: there the detour is the point.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// cover: https://cors.example/?https://img.tea.example/rain.jpg
    /// ---
    ///
    /// ![](https://images.weserv.nl/?url=https%3A%2F%2Fimg.tea.example%2Fcup.jpg)
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// cover: https://img.tea.example/rain.jpg
    /// ---
    ///
    /// ![](https://img.tea.example/cup.jpg)
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// cover: https://web.archive.org/web/2020im_/https://img.tea.example/rain.jpg
    /// ---
    ///
    /// ![](https://img.shields.io/badge/dynamic/json?url=https%3A%2F%2Ftea.example%2Ftea.json)
    /// ```
    "image-proxied", Warning, On, check, COVERS | MARKUP
}

/// Hosts that keep what others have dropped, or that a writer runs pictures through on purpose.
const KEPT: [&str; 6] = [
    "archive.org",
    "archive.is",
    "archive.ph",
    "webcitation.org",
    "res.cloudinary.com",
    "ik.imagekit.io",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for image in context.images() {
        let Some(host) = address::host(image.url) else { continue };
        if KEPT.iter().any(|kept| address::is_at_or_below(&host, kept)) {
            continue;
        }
        let Some(inner) = address::wrapped_image(image.url) else {
            continue;
        };
        let Some(origin) = address::host(&inner).filter(|origin| *origin != host) else {
            continue;
        };
        let severity = match image.place {
            Place::Field(_) => Severity::Warning,
            Place::Html(_) | Place::Markdown => Severity::Info,
        };
        let finding = reporter
            .report(
                image.range,
                say!(
                    "this image of `{origin}` comes through `{host}`; it is gone when `{host}` is",
                    origin,
                    host
                ),
            )
            .at_most(severity);
        let is_clean = !inner.contains(['"', '\'', '<', '>', ' ', '(', ')', '\\', '#', '`']);
        if let Some(bytes) = image.bytes.filter(|_| is_clean) {
            finding.fix(Fix::risky(
                say!("Fetch it from `{origin}` itself", origin),
                vec![Edit::replace(bytes, inner)],
            ));
        }
    }
}

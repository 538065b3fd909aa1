//! `image-unreachable`: pictures that are not there any more.

use crate::post::address;
use crate::rule::{Context, Reads, Reporter};
use crate::{rule, say};

rule! {
    /// A picture of another host that is not there any more.
    ///
    /// # Why
    ///
    /// Hosts close, picture beds clean up, and old posts show broken frames. Only `postlint check --network` asks the hosts; without it
    /// the rule finds nothing, wherever it is switched on, and nothing is fetched in an editor.
    ///
    /// Told is only what holds for every reader: status 404 or 410, a host that does not exist or does not answer, redirects without
    /// an end, a page where a picture was, a picture without bytes. A refusal (401, 403, 429) or a server in trouble (5xx) may be
    /// meant for this machine or this hour, and is not told.
    ///
    /// # Examples
    ///
    /// ```markdown,bad remote=https://img.tea.example/cup.jpg
    /// ---
    /// title: Tea
    /// ---
    ///
    /// ![A cup](https://img.tea.example/cup.jpg)
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// ---
    ///
    /// ![A cup](https://img.tea.example/cup.jpg)
    /// ```
    ///
    /// ```markdown,good remote=https://img.tea.example/cup.jpg
    /// ---
    /// title: Tea
    /// ---
    ///
    /// ![Another cup](https://img.tea.example/other.jpg) and `![](https://img.tea.example/cup.jpg)`
    /// ```
    "image-unreachable", Info, Off, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some(remote) = &context.config.remote else {
        return reporter.rests_on(Reads::NONE);
    };
    for image in context.images() {
        if let Some(fault) = remote.fault(image.url) {
            let host = address::host(image.url).unwrap_or_default();
            reporter.report(image.range, say!("`{host}`: {fault}", host, fault = fault.said()));
        }
    }
}

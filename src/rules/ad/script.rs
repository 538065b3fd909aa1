//! `ad-script`: a script that loads or fills ads.

use crate::rule;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::leftover::{Kind, NOTICES, PRINTED, nothing_shows_ads, report_printed, report_regions};

rule! {
    /// The post runs a script of an ad network.
    ///
    /// # Why
    ///
    /// Loaders, pop-up scripts and scripts that turn links into paid redirects came along with the page the text was copied from.
    /// They run in the browser of every reader of this post, slow it down, and may change the page in ways the writer never sees.
    /// Scripts are known by the host they come from (the parsed host, matched at its dots) or by what only an ad script says.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// Words.
    ///
    /// <script src="//cdn.ouo.io/js/full-page-script.js"></script>
    ///
    /// More words.
    /// ```
    ///
    /// ```markdown,fixed
    /// Words.
    ///
    /// More words.
    /// ```
    ///
    /// A converter that drops the tag leaves the code for every reader to see:
    ///
    /// ```markdown,bad
    /// Words.
    ///
    /// (adsbygoogle = window.adsbygoogle || []).push({});
    ///
    /// More words.
    /// ```
    ///
    /// ```markdown,fixed
    /// Words.
    ///
    /// More words.
    /// ```
    ///
    /// ```markdown,good
    /// Call `(adsbygoogle = window.adsbygoogle || []).push({});` once a slot.
    ///
    /// <script src="https://gist.github.com/someone/1.js"></script>
    /// <script src="https://example.com/bradfitz/uploads.js"></script>
    /// ```
    "ad-script", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report_regions(context, reporter, Kind::Script);
    report_printed(context, reporter);
    if nothing_shows_ads(context) && !reporter.has_found() {
        reporter.rests_on_lines(Reads::MARKUP, &[&NOTICES, &PRINTED]);
    }
}

//! `ad-unit`: the slot of an ad network.

use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::leftover::{Kind, report};

rule! {
    /// The post carries the slot of an ad network.
    ///
    /// # Why
    ///
    /// Text that was copied from another page, or exported by another system, brings the page's ad slots along: AdSense,
    /// Ad Manager, Taboola, Baidu Union and their kin. Readers get an empty box, or an ad that earns somebody else money, and their
    /// visit is reported to the network. Adverts of the site's own belong in the theme, not in a post.
    ///
    /// One ad is one finding: the slot with its loader and filling scripts, the comments that name it, the word "Advertisement"
    /// above it, and every wrapper that would be left with nothing. The fix removes just these; text, pictures and code that a
    /// reader sees stay, and so does an end tag that something else needs. Code samples are never ads.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Rain
    /// ---
    /// First paragraph.
    ///
    /// <div align="center">
    /// <!-- blog_middle -->
    /// <ins class="adsbygoogle" data-ad-slot="12"></ins>
    /// <script>(adsbygoogle = window.adsbygoogle || []).push({});</script>
    /// </div>
    ///
    /// Second paragraph.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Rain
    /// ---
    /// First paragraph.
    ///
    /// Second paragraph.
    /// ```
    ///
    /// A box that also holds the writer's picture stays:
    ///
    /// ```markdown,bad
    /// <center><img src="rain.jpg"><ins class="adsbygoogle"></ins></center>
    /// ```
    ///
    /// ```markdown,fixed
    /// <center><img src="rain.jpg"></center>
    /// ```
    ///
    /// Explaining ads is not carrying them:
    ///
    /// ````markdown,good
    /// Put `<ins class="adsbygoogle"></ins>` into your theme:
    ///
    /// ```html
    /// <ins class="adsbygoogle" data-ad-slot="12"></ins>
    /// ```
    ///
    /// <ins>An insertion</ins> is no ad.
    /// ````
    "ad-unit", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report(context, reporter, Kind::Unit);
}

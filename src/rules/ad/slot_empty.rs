//! `ad-slot-empty`: a box for an ad with nothing in it.

use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::leftover::{Kind, report};

rule! {
    /// A box set aside for an ad holds nothing.
    ///
    /// # Why
    ///
    /// When scripts and frames are stripped from a copied page, the boxes that they filled stay: an element that calls itself an ad by
    /// a whole word of its `id`, `class` or `data-` attributes, or a bare table or `div` of a size that ads are sold in. Readers see a
    /// gap. A box is reported only when it shows nothing at all: no text but the word "Advertisement", no picture, no player,
    /// no code; and when no script, style sheet or link of the post speaks of it, for then it is the writer's own demonstration.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p>Words.</p>
    /// <div class="story"><div class="ad-placeholder"><p>Advertisement</p></div></div>
    /// <p>More words.</p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>Words.</p>
    /// <p>More words.</p>
    /// ```
    ///
    /// ```markdown,good
    /// <div class="block-image-ads hero"><img src="lead.jpg"></div>
    /// <div class="shadow badge"></div>
    /// <div id="ads"></div>
    /// <script>document.getElementById("ads").textContent = "my own demo";</script>
    /// ```
    "ad-slot-empty", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report(context, reporter, Kind::Slot);
}

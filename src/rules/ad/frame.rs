//! `ad-frame`: a frame of an ad host.

use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::leftover::{Kind, report};

rule! {
    /// The post shows a frame of an ad host.
    ///
    /// # Why
    ///
    /// A frame loads whatever its host chooses to serve today. Frames of ad servers came along with the page the text was copied
    /// from; where the network is gone they show an error, where it is not they show a stranger's ad.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// Words.
    ///
    /// <p><iframe src="https://googleads.g.doubleclick.net/pagead/ads?client=x" width="300" height="250"></iframe></p>
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
    /// <iframe src="https://www.youtube.com/embed/abc" width="300" height="250"></iframe>
    /// ```
    "ad-frame", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report(context, reporter, Kind::Frame);
}

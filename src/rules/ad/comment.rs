//! `ad-comment`: a comment that names an ad.

use crate::rule;
use crate::rule::{Context, Reporter};
use crate::rules::leftover::{Kind, report};

rule! {
    /// A comment marks a place for ads.
    ///
    /// # Why
    ///
    /// Page builders and ad plugins fence their slots with comments (`ad begin`, `广告开始`, `Quick Adsense`). Nobody reads
    /// them any more, but a theme or plugin may put an ad there again. When a pair of such comments fences a short stretch of markup
    /// with hardly any text, the stretch is the ad and goes along; when it fences paragraphs, only the comments go.
    /// Comments that a generator or a theme reads (`<!-- more -->`, `<!-- tab … -->`) are left alone.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p>Words.</p>
    /// <!-- 广告开始 -->
    /// <p>More words, and there are many of them; this is what the reader came for, so whoever deletes the comments must leave it.</p>
    /// <!-- 广告结束 -->
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>Words.</p>
    /// <p>More words, and there are many of them; this is what the reader came for, so whoever deletes the comments must leave it.</p>
    /// ```
    ///
    /// ```markdown,good
    /// The teaser.
    ///
    /// <!-- more -->
    ///
    /// <!-- tab 谷歌廣告 -->
    /// How to add ads.
    /// <!-- endtab -->
    /// ```
    "ad-comment", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    report(context, reporter, Kind::Comment);
}

//! `tracking-pixel`: an image or script that counts readers for somebody.

use crate::diagnostic::Fix;
use crate::post::Post;
use crate::post::html::NodeId;
use crate::post::markdown::LinkKind;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::leftover::{COUNTERS, counter_groups, deletion, mark, quote};
use crate::{rule, say};

rule! {
    /// A picture or script of the post reports its readers to a counter.
    ///
    /// # Why
    ///
    /// Feeds and copied pages carry images of one pixel and analytics snippets that belong to somebody else's statistics: FeedBurner,
    /// Medium, Amazon, Google Analytics, 百度统计 and their kin. Every reader of this post is reported there, and nobody sees why. In
    /// Markdown such an image survives as `![](…)`. Your own analytics belong in the theme.
    ///
    /// A picture is one when its host and path are known for it, or when it is at most one pixel wide and high and comes from another
    /// host. Frames of that size are left alone, for scripts make embeds grow. Pictures that are only hidden, or have one side of zero, are left alone: lazy loaders do that to real pictures.
    /// The fix removes the pixel; the link beside it stays.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// I read [this book](https://www.amazon.com/dp/1).![](http://www.assoc-amazon.com/e/ir?t=x-20&l=as2)
    /// ```
    ///
    /// ```markdown,fixed
    /// I read [this book](https://www.amazon.com/dp/1).
    /// ```
    ///
    /// ```markdown,bad
    /// <p>Words.<img src="https://count.example.com/c.gif?id=7" width="1" height="1"></p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>Words.</p>
    /// ```
    ///
    /// ```markdown,good
    /// ![A graph of visits](https://example.com/statistics.png)
    ///
    /// <img src="https://example.com/lead.jpg" width="600" height="0">
    /// <img src="spacer.gif" width="1" height="1">
    /// ```
    "tracking-pixel", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let groups = counter_groups(context);
    let has_none = groups.is_none();
    for group in groups.into_iter().flatten() {
        let first: NodeId = group.node;
        let message = say!(
            "{mark} reports every reader of this post to {owner}",
            mark = mark(post, first),
            owner = group.owner
        );
        reporter
            .report(group.range, message)
            .fix(Fix::risky(say!("Remove the counter"), deletion(post, &[group.range])));
    }
    markdown_images(post, reporter);
    if has_none && !reporter.has_found() {
        reporter.rests_on(Reads::MARKUP);
    }
}

/// Pixels that a converter turned into Markdown: no words for the picture, and a known counter's address.
fn markdown_images(post: &Post, reporter: &mut Reporter<'_>) {
    for link in &post.markdown.links {
        let nameless = post.source.slice(link.range).starts_with("![](");
        if link.kind != LinkKind::Image || !nameless || post.markdown.is_code(link.range.start) {
            continue;
        }
        let Some(counter) = COUNTERS.index().owner_of_url(&link.url) else {
            continue;
        };
        let owner = counter.owner();
        reporter
            .report(
                link.range,
                say!(
                    "{link} shows nothing and reports every reader of this post to {owner}",
                    link = quote(post.source.slice(link.range)),
                    owner
                ),
            )
            .fix(Fix::risky(say!("Remove the counter"), deletion(post, &[link.range])));
    }
}

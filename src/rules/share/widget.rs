//! `share-widget`: the buttons of a sharing service.

use crate::diagnostic::Fix;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::leftover::{deletion, mark, share_groups};
use crate::{rule, say};

rule! {
    /// The post carries the buttons of a sharing service.
    ///
    /// # Why
    ///
    /// Copied and exported posts bring sharing bars along: AddThis (closed in 2023), JiaThis (closed in 2018), bShare, Jetpack and
    /// their kin. Without their scripts they are empty lists and dead icons; with them, they load scripts from hosts that may belong to
    /// anybody by now. Where readers should share, the theme's own buttons do it for every post alike.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p>Words.</p>
    /// <!-- JiaThis Button BEGIN -->
    /// <div class="jiathis_style"><a class="jiathis_button_qzone"></a></div>
    /// <script src="http://v3.jiathis.com/code/jia.js"></script>
    /// <!-- JiaThis Button END -->
    /// <p>More words.</p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>Words.</p>
    /// <p>More words.</p>
    /// ```
    ///
    /// ```markdown,good
    /// AddThis was closed: `<div class="addthis_toolbox"></div>` does nothing now.
    /// ```
    "share-widget", Info, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(groups) = share_groups(post) else {
        return reporter.rests_on(Reads::MARKUP);
    };
    for group in groups {
        reporter
            .report(
                group.range,
                say!(
                    "{mark} is what {owner} left here; readers get dead buttons",
                    mark = mark(post, group.node),
                    owner = group.owner
                ),
            )
            .fix(Fix::risky(
                say!("Remove the sharing buttons"),
                deletion(post, &[group.range]),
            ));
    }
}

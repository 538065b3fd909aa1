//! `watermark`: the mark of another site, strewn over the text.

use crate::diagnostic::Fix;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::hiding::{hidden, nothing_hides};
use crate::rules::leftover::{deletion, quote};
use crate::{rule, say};

rule! {
    /// The same hidden words stand all over the post.
    ///
    /// # Why
    ///
    /// Sites strew their name over their articles in the colour of the page: invisible there, but every copy carries it. It shows up
    /// in feeds, reader modes, searches and dark themes. One white word may be the writer's wish; the same short text three times or
    /// more is a watermark. The fix removes the element and nothing else; line breaks beside it stay.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p>One.<br><font color="#F8F8F8">Example.com</font><br>
    /// Two.<br><font color="#F8F8F8">Example.com</font><br>
    /// Three.<br><font color="#F8F8F8">Example.com</font></p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>One.<br><br>
    /// Two.<br><br>
    /// Three.<br></p>
    /// ```
    ///
    /// ```markdown,good
    /// <p style="background:black"><font color="#F8F8F8">get</font> <font color="#F8F8F8">get</font> <font color="#F8F8F8">get</font></p>
    /// ```
    "watermark", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if nothing_hides(context) {
        return reporter.rests_on(Reads::MARKUP);
    }
    for hidden in hidden(context) {
        if !hidden.is_watermark() {
            continue;
        }
        let range = post.html.node(hidden.node).range;
        let message = say!(
            "{hidden} stands {times} times in this post, hidden; it is the mark of the site the text came from",
            hidden = quote(&hidden.text),
            times = hidden.times
        );
        reporter
            .report(range, message)
            .fix(Fix::risky(say!("Remove the watermark"), deletion(post, &[range])));
    }
}

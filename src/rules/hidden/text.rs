//! `hidden-text`: text that search engines and copiers get and readers do not.

use crate::diagnostic::Fix;
use crate::message::Message;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::hiding::{Hidden, Way, hidden, may_be_revealed, nothing_hides};
use crate::rules::leftover::{ads, deletion, quote};
use crate::rules::uses::Uses;
use crate::{rule, say};

rule! {
    /// The post holds text that is hidden from its readers.
    ///
    /// # Why
    ///
    /// Copied pages carry text that was never meant to be read: the name of the site in the colour of the page, noise against copying,
    /// links of spammers in a box of no size. It shows up in feeds, searches, reader modes and dark themes. The finding says which way
    /// the text is hidden: by contrast (its colour against the page's, by WCAG's formula; the page is white unless the configuration
    /// names its `background`), size, place, a closed box, or not shown.
    ///
    /// Much hidden text is honest: collapsed code, spoilers, text for screen readers, what a script shows later, white letters on a
    /// dark box, an answer in white. So text counts only when nobody could want it: letters of no size, noise marked as such, or text
    /// that names a site, links away, or stands there twice. What is only switched off (`display: none`) counts when it is a bare site
    /// name, or links to what spammers sell: a note that the writer took out of sight is the writer's own.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <p>Words.<span style="font-size:0">copied from www.example.com</span></p>
    /// ```
    ///
    /// ```markdown,fixed
    /// <p>Words.</p>
    /// ```
    ///
    /// ```markdown,bad config=background="#222"
    /// <p>Words.<span style="color:#232323">example.com</span></p>
    /// ```
    ///
    /// ```markdown,good config=background="#222"
    /// <p>Words.<span style="color:#fff">example.com</span></p>
    /// ```
    ///
    /// ```markdown,good
    /// <p>The answer: <span style="color:#fff">forty-two</span></p>
    /// <p style="background:#222"><span style="color:#fff">set</span></p>
    /// <p><span style="font-size:0.8em">small print of example.com</span></p>
    /// <div style="display:none" id="solution">Try it yourself first.</div>
    /// ```
    "hidden-text", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if nothing_hides(context) {
        return reporter.rests_on(Reads::MARKUP);
    }
    let unwanted: Vec<&Hidden> = hidden(context)
        .iter()
        .filter(|hidden| !hidden.is_watermark() && is_unwanted(hidden))
        .collect();
    if unwanted.is_empty() {
        return;
    }
    let uses = Uses::of(post, &|_| false);
    let ads = ads(context);
    for hidden in unwanted
        .iter()
        .filter(|hidden| !may_be_revealed(post, &uses, hidden.node))
    {
        let range = post.html.node(hidden.node).range;
        if ads.iter().any(|ad| ad.range.overlaps(range)) {
            continue;
        }
        let message = say!("{hidden} {why}", hidden = quote(&hidden.text), why = reason(hidden.way));
        reporter
            .report(range, message)
            .fix(Fix::risky(say!("Remove the hidden text"), deletion(post, &[range])));
    }
}

fn is_unwanted(hidden: &Hidden) -> bool {
    match hidden.way {
        Way::Size | Way::Noise => true,
        Way::Contrast(_) => hidden.names_a_site() || hidden.times > 1,
        Way::OffScreen | Way::Box => hidden.names_a_site() || hidden.links_away,
        // A note that the writer took out of sight is his own; a bare site name is not.
        Way::NotShown if hidden.is_spam() => true,
        Way::NotShown => hidden.names_a_site() && !hidden.links_away && !hidden.text.contains([' ', '/']),
    }
}

fn reason(way: Way) -> Message {
    match way {
        Way::Contrast(contrast) => {
            say!(
                "is hidden by its colour: its contrast with the page is {contrast}, and readers need 4.5",
                contrast = format!("{contrast:.2}")
            )
        }
        Way::Size => say!("is hidden by its size: no reader can see letters of one pixel"),
        Way::OffScreen => say!("is hidden by its place: it stands far outside of the window"),
        Way::Box => say!("is hidden in a box of no size"),
        Way::NotShown => say!("is never shown: no script of this post reveals it"),
        Way::Noise => say!("is noise against copying that another site put in"),
    }
}

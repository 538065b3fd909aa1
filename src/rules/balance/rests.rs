//! What it rests on that a tag has no partner.

use super::{Reach, Slip, Unpaired, slips};
use crate::post::Post;
use crate::rule::{Context, Reads, Rests};
use crate::text::{TextRange, holder};

/// Bytes before and behind a tag and its element that are looked at with them.
const NEAR: usize = 256;

/// What everything that [`slips`] finds rests on, and what is said of it: the markup, and the text in and around these elements.
/// `None` where nobody keeps it, and where not all HTML was read.
pub fn rests(context: &Context<'_>) -> Option<Rests> {
    let post = context.post;
    post.memory.as_ref().filter(|_| post.html.gave_up_at.is_none())?;
    let all = slips(context);
    // Two tags in a row may be one slip.
    let pairs = all
        .windows(2)
        .filter(|pair| pair.iter().all(|found| found.element.is_some()));
    let pairs = pairs.map(|pair| spread(post, pair[0].tag.hull(pair[1].tag)));
    let places = all.iter().map(|found| spread(post, reach(post, *found))).chain(pairs);
    Some(Rests::on(Reads::MARKUP.and(Reads::SITE)).and_places(places.collect()))
}

/// From the first to the last byte that has to do with `found`.
fn reach(post: &Post, found: Unpaired) -> TextRange {
    let element = found.element.map(|id| post.html.node(id).range);
    let other = match found.slip {
        Slip::Unclosed { late, reach } => {
            let close = match reach {
                Reach::Parent(close) => Some(close),
                _ => None,
            };
            late.into_iter().chain(close).reduce(TextRange::hull)
        }
        Slip::Stray => holder(&post.markdown.html, found.tag.start),
        _ => None,
    };
    element.into_iter().chain(other).fold(found.tag, TextRange::hull)
}

/// `range` with what stands near it, blanks not counted.
fn spread(post: &Post, range: TextRange) -> TextRange {
    let text = post.text();
    let blanks = |text: &str| text.len() - text.trim_end().len();
    let start = range.start - blanks(&text[..range.start]);
    let end = text.len() - text[range.end..].trim_start().len();
    let whole = TextRange::new(0, text.len());
    post.source.lines_near(TextRange::new(start, end), NEAR, whole)
}

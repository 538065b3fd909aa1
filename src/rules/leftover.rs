//! Finds what an ad left behind and how far it reaches: one region an ad, with everything a careful hand would delete.

mod boxes;
mod counter;
mod extent;
mod facts;
mod known;
mod label;
mod name;
mod printed;
mod region;
mod removal;
mod say;
mod seed;

use crate::message::Message;
use crate::post::html::NodeId;
use crate::rule::Context;
use crate::text::TextRange;

pub use counter::{Counter, counter_groups, share_groups};
pub use facts::{Facts, Sight, is_blank, is_dot, is_embed};
pub use known::{COUNTERS, Leftover, SHARES};
pub use label::{NOTICES, is_label};
pub use name::{calls_itself_ad, names_ad};
pub use printed::{PRINTED, report_printed};
pub use removal::{deletion, pieces};
pub use say::{mark, quote, report, report_regions};

/// What a region is, by its strongest part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An element that a network fills.
    Unit,
    /// A frame of an ad host.
    Frame,
    /// A script that loads or fills ads.
    Script,
    /// A box that calls itself an ad or has an ad's size, and shows nothing.
    Slot,
    /// A comment that names an ad.
    Comment,
}

/// One ad with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Region {
    /// The strongest part.
    pub kind: Kind,
    /// The node of the strongest part.
    pub node: NodeId,
    /// Whose it is, or the name by which it gives itself away.
    pub owner: Message,
    /// What gives it away, in words that follow the owner's name.
    pub evidence: Message,
    /// From the first to the last byte of what is removed.
    pub range: TextRange,
    /// What is removed: sorted, disjoint; several pieces where an end tag in between must stay.
    pub removal: Vec<TextRange>,
    /// Every part but the strongest.
    pub parts: Vec<(Kind, TextRange)>,
    /// Whether code of the writer stands inside, so that nothing can be removed.
    pub holds_code: bool,
}

/// The ads of the post that `context` is about, worked out once for all rules.
pub fn ads<'a>(context: &Context<'a>) -> &'a [Region] {
    found(context).map_or(&[], |found| &found.regions)
}

/// Whether nothing in the post looks like a part of an ad, whatever its words are but for [`NOTICES`].
pub fn nothing_shows_ads(context: &Context<'_>) -> bool {
    found(context).is_some_and(|found| found.nothing_shows_ads)
}

/// What was found.
struct Found {
    regions: Vec<Region>,
    nothing_shows_ads: bool,
}

fn found<'a>(context: &Context<'a>) -> Option<&'a Found> {
    context.memo.get(|| regions(context))
}

/// Every ad of the post, what the configuration calls one among them, in order of place. Time is linear in the post.
fn regions(context: &Context<'_>) -> Found {
    let post = context.post;
    let signs = seed::signs(context);
    let nothing_shows_ads = signs.as_ref().is_some_and(seed::Signs::are_none);
    let seeds = signs.and_then(|signs| seed::find(context, signs));
    let regions = match seeds.filter(|_| !context.budget.is_spent_now()) {
        Some((seeds, sight)) => region::gather(post, &sight, &extent::Extent::grow(post, &sight, seeds)),
        None => Vec::new(),
    };
    Found {
        regions,
        nothing_shows_ads,
    }
}

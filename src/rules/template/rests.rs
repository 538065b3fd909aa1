//! What findings about the constructs of a body rest on.

use crate::generator::hexo::nunjucks;
use crate::post::Post;
use crate::post::template::opens_construct;
use crate::rule::{Lines, Reads, Rests};
use crate::text::TextRange;

/// Constructs of a text that are looked for in the next one.
const MOST_KEPT: usize = 256;

/// Lines that may change what Nunjucks gets to see where it sees a construct.
static STIRRING: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: nunjucks::may_stir,
};

/// Lines that may let Nunjucks see one where it sees none.
static MARKED: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: nunjucks::has_mark,
};

/// What everything that Nunjucks minds in what is `seen` rests on; `None` where that is too much to keep, or nobody keeps it.
pub(super) fn rests(post: &Post, seen: Option<&str>) -> Option<Rests> {
    post.memory.as_ref()?;
    let Some(seen) = seen else {
        return Some(match nunjucks::is_off(post) {
            true => Rests::on(Reads::SITE.and(Reads::HEAD)),
            false => Rests::on(Reads::SITE).and_lines(&[&MARKED]),
        });
    };
    let constructs = nunjucks::constructs(seen, post.body.start);
    let places: Vec<TextRange> = constructs.take(MOST_KEPT + 1).collect();
    let reads = Reads::HEAD.and(Reads::SITE).and(Reads::MARKUP);
    (places.len() <= MOST_KEPT).then(|| Rests::on(reads).and_lines(&[&STIRRING]).and_places(places))
}

/// Lines in which a construct may begin.
pub(super) static OPENINGS: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: |line| opens_construct(line.as_bytes()),
};

//! `image-placeholder`: an image that was only ever to hold a place.

use crate::diagnostic::Severity;
use crate::post::address;
use crate::post::images::Place;
use crate::rule::{Context, Reporter};
use crate::{part, rule, say};

rule! {
    /// An image that was only ever to hold a place.
    ///
    /// # Why
    ///
    /// Placeholder services draw another picture for every visit, or a grey box, and several of them have been shut down, so the
    /// card of the post shows something that has nothing to do with it, or nothing. A `data:` image that fits
    /// into a line is the blank that a lazy loader leaves behind.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// cover: https://picsum.photos/400/300?random=7
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// thumbnail: data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
    /// ---
    /// ```
    ///
    /// One picture that never changes is a picture:
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// cover: https://picsum.photos/id/225/400/300
    /// ---
    /// ```
    "image-placeholder", Warning, On, check, COVERS | MARKUP
}

/// Services that draw placeholders, and what a reader sees of them.
const HOSTS: [(&str, Shown); 18] = [
    ("picsum.photos", Shown::Random),
    ("unsplash.it", Shown::Random),
    ("loremflickr.com", Shown::Random),
    ("source.unsplash.com", Shown::Gone),
    ("placeimg.com", Shown::Gone),
    ("lorempixel.com", Shown::Gone),
    ("placekitten.com", Shown::Gone),
    ("via.placeholder.com", Shown::Gone),
    ("placehold.it", Shown::Box),
    ("placehold.co", Shown::Box),
    ("placehold.jp", Shown::Box),
    ("placeholder.com", Shown::Box),
    ("dummyimage.com", Shown::Box),
    ("fakeimg.pl", Shown::Box),
    ("placebear.com", Shown::Box),
    ("placebeard.it", Shown::Box),
    ("baconmockup.com", Shown::Box),
    ("fillmurray.com", Shown::Gone),
];

#[derive(Clone, Copy)]
enum Shown {
    Random,
    Box,
    Gone,
}

/// The most characters of a `data:` image that can only be a blank.
const LONGEST_BLANK: usize = 256;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for image in context.images() {
        let is_field = matches!(image.place, Place::Field(_));
        if is_field && is_blank(image.url) {
            reporter.report(
                image.range,
                part!("this image is an empty one that a lazy loader left behind; readers see nothing"),
            );
            continue;
        }
        let Some((host, shown)) = service(image.url) else {
            continue;
        };
        let message = match shown {
            Shown::Random => {
                say!(
                    "`{host}` draws another picture for every visit; it has nothing to do with this post",
                    host
                )
            }
            Shown::Box => say!("`{host}` draws a placeholder, not a picture", host),
            Shown::Gone => say!(
                "`{host}`, a placeholder service, has been shut down; readers see no picture",
                host
            ),
        };
        let severity = if is_field { Severity::Warning } else { Severity::Info };
        reporter.report(image.range, message).at_most(severity);
    }
}

fn is_blank(url: &str) -> bool {
    address::strip_prefix_ignoring_case(url, "data:image/").is_some() && url.len() <= LONGEST_BLANK
}

fn service(url: &str) -> Option<(&'static str, Shown)> {
    let host = address::host(url)?;
    let &(name, shown) = HOSTS.iter().find(|(name, _)| address::is_at_or_below(&host, name))?;
    // `/id/…` and `/seed/…` always draw the same picture.
    let path = address::after_scheme(url)?.split_once('/')?.1;
    let is_fixed = matches!(shown, Shown::Random)
        && (path.starts_with("id/") || path.starts_with("seed/") || url.contains("lock="));
    (!is_fixed).then_some((name, shown))
}

//! A title for a post that has none.

use super::Post;

/// The first heading's text, else the file name without date, extension and dashes.
pub fn guessed(post: &Post) -> String {
    let heading = post.markdown.headings.first().and_then(|&(_, range)| {
        let line = post.text().get(range.as_range())?.trim().strip_prefix('#')?;
        let text = line.trim_matches('#').trim();
        (!text.is_empty() && !text.contains(['\n', '`', '<'])).then(|| text.to_owned())
    });
    heading.unwrap_or_else(|| {
        let name = post.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let dated = stem.get(..11).is_some_and(|head| {
            head.ends_with('-')
                && head
                    .chars()
                    .all(|character| character.is_ascii_digit() || character == '-')
        });
        let words = if dated { &stem[11..] } else { stem };
        words.replace(['-', '_'], " ").trim().to_owned()
    })
}

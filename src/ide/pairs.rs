//! Names that are typed together: those of an opening tag and of its end tag.

use crate::post::Post;
use crate::text::TextRange;

/// The names in the opening tag and the end tag of the element whose name is at `offset`; `None` elsewhere and where one of
/// the two is missing.
pub fn tag_names(post: &Post, offset: usize) -> Option<(TextRange, TextRange)> {
    post.html.elements().find_map(|(_, element)| {
        let close = element.close?;
        let open = name(post.text(), element.open.start + 1)?;
        let close = name(post.text(), close.start + 2)?;
        let touches = |range: TextRange| range.start <= offset && offset <= range.end;
        let text = |range: TextRange| post.text().get(range.as_range());
        ((touches(open) || touches(close)) && text(open)? == text(close)?).then_some((open, close))
    })
}

fn name(text: &str, start: usize) -> Option<TextRange> {
    let rest = text.get(start..)?;
    let length = rest
        .find(|character: char| !(character.is_ascii_alphanumeric() || character == '-'))
        .unwrap_or(rest.len());
    (length > 0).then(|| TextRange::new(start, start + length))
}

//! The order of the fields of the front matter.

use super::{Entry, Node, Post, Value};
use crate::text::{Edit, Source};

/// The block with its fields in `order`, each with the comments above it; `None` when it is in order, and when a field does not
/// stand on lines of its own or refers to another, or where a value would change.
pub fn sorted(post: &Post, order: &[String]) -> Option<Edit> {
    let text = post.text();
    let block = post.envelope.as_ref()?.block;
    let entries = post.front_matter.entries();
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    let mut start = block.start;
    for entry in entries {
        let lines = entry.whole_lines(text)?;
        let piece = text.get(start..lines.end)?;
        if piece.contains(['&', '*']) && piece.lines().any(|line| line.contains(": &") || line.contains("*")) {
            return None;
        }
        let place = order.iter().position(|key| Some(key.as_str()) == entry.name());
        pieces.push((place.unwrap_or(order.len()), piece));
        start = lines.end;
    }
    let rest = text.get(start..block.end)?;
    let before: String = pieces.iter().map(|(_, piece)| *piece).collect();
    pieces.sort_by_key(|(place, _)| *place);
    let after: String = pieces.iter().map(|(_, piece)| *piece).collect();
    let is_moved = before != after && after.ends_with(['\n', '\r']);
    let edit = is_moved.then(|| Edit::replace(block, format!("{after}{rest}")))?;
    let moved = Post::parse(
        Source::new(crate::text::apply(text, std::slice::from_ref(&edit))),
        post.path.as_str(),
    );
    (moved.front_matter.error.is_none() && same_fields(post, &moved)).then_some(edit)
}

/// Whether two posts have the same fields, in whatever order.
pub fn same_fields(a: &Post, b: &Post) -> bool {
    let (ours, theirs) = (a.front_matter.entries(), b.front_matter.entries());
    let sorted = |entries: &'_ [Entry]| -> Vec<usize> {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&at| entries.get(at).and_then(|entry| entry.name().map(str::to_owned)));
        order
    };
    let pairs = sorted(ours).into_iter().zip(sorted(theirs));
    ours.len() == theirs.len()
        && pairs
            .filter_map(|(a, b)| Some((ours.get(a)?, theirs.get(b)?)))
            .all(|(a, b)| same_value(&a.key, &b.key) && same_value(&a.value, &b.value))
}

/// Whether two values are equal, wherever they stand. The parser bounds their depth.
pub fn same_value(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| same_value(&a.key, &b.key) && same_value(&a.value, &b.value))
        }
        _ => false,
    }
}

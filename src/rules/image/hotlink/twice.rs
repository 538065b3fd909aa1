//! One picture of somebody else's host under several image keys.

use super::is_silent;
use crate::diagnostic::Fix;
use crate::message::Message;
use crate::post::images::{Field, Image, Place};
use crate::post::split::Dialect;
use crate::post::{Post, address};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, say};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reports the pictures that the front matter names more than once although the body asks their host with
/// `referrerpolicy`: whoever wrote that knew that the host refuses strangers, and no theme writes it on a cover.
pub(super) fn check(context: &Context<'_>, images: &[Image<'_>], reporter: &mut Reporter<'_>) {
    let post = context.post;
    let asked: Vec<Cow<'_, str>> = images
        .iter()
        .filter(|image| is_silent(post, image))
        .filter_map(|image| address::host(image.url))
        .collect();
    let mut pictures: BTreeMap<&str, Vec<(Field<'_>, Cow<'_, str>)>> = BTreeMap::new();
    for image in images {
        let Place::Field(field) = image.place else { continue };
        let Some(host) = address::host(image.url).filter(|host| asked.contains(host)) else {
            continue;
        };
        // A plain scalar begins with no `*`: this tells an alias from what it stands for.
        if !begins_with(post, field, '*') {
            pictures.entry(image.url).or_default().push((field, host));
        }
    }
    for fields in pictures.values() {
        let [(first, host), rest @ ..] = fields.as_slice() else {
            continue;
        };
        let Some((second, _)) = rest.first() else { continue };
        let message = say!(
            "{generator} leaves `{key}` and `{other}` to the theme as one picture of `{host}`; the body asks that host with `referrerpolicy`, a \
             theme's cover does not, and readers may see none",
            generator = context.generator(),
            key = first.key,
            other = second.key,
            host
        );
        let mut finding = reporter.report(first.node.range, message);
        for (field, _) in rest {
            finding = finding.related(field.node.range, part!("the same picture"));
        }
        if let Some((title, edits)) = say_once(post, *first, rest.iter().map(|(field, _)| *field)) {
            finding.fix(Fix::risky(title, edits));
        }
    }
}

fn begins_with(post: &Post, field: Field<'_>, mark: char) -> bool {
    let written = post.text().get(field.node.range.as_range());
    written.is_some_and(|written| written.starts_with(mark))
}

/// Writes the address once and refers to it elsewhere, so that there is one place to mend; every value stays what it was.
fn say_once<'a>(post: &Post, first: Field<'_>, rest: impl Iterator<Item = Field<'a>>) -> Option<(Message, Vec<Edit>)> {
    let key = first.key;
    let is_name = key
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || character == '_');
    let envelope = post.envelope.as_ref()?;
    let block = post.text().get(envelope.block.as_range())?;
    if envelope.dialect != Dialect::Yaml
        || !is_name
        || block.contains(&format!("&{key}"))
        || begins_with(post, first, '&')
    {
        return None;
    }
    let mut edits = vec![Edit::insert(first.node.range.start, format!("&{key} "))];
    for field in rest {
        if begins_with(post, field, '&') {
            return None;
        }
        edits.push(Edit::replace(field.node.range, format!("*{key}")));
    }
    Some((say!("Write the address once, as `&{key}`, and refer to it", key), edits))
}

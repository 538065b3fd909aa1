//! What is shown under the pointer: what a field means and what the generator makes of it, pictures, where links lead, the page
//! of a rule named in a suppression comment.

use super::links::{self, Target};
use super::{Checked, keys, made};
use crate::message::Message;
use crate::post::Entry;
use crate::post::address;
use crate::rules;
use crate::say;
use crate::text::TextRange;

/// A text about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The place.
    pub range: TextRange,
    /// Markdown.
    pub text: Message,
    /// A picture to be shown above the text, by its path from the site's root.
    pub picture: Option<String>,
    /// A picture on somebody else's server, by its address: shown only to those who let their editor fetch it.
    pub remote: Option<String>,
}

/// What there is to say about the byte at `offset`; `None` when it is nothing.
pub fn hover(checked: &Checked, offset: usize) -> Option<Hover> {
    suppressed_rule(checked, offset)
        .or_else(|| link(checked, offset))
        .or_else(|| field(checked, offset))
}

fn said(range: TextRange, text: Message) -> Hover {
    Hover {
        range,
        text,
        picture: None,
        remote: None,
    }
}

fn suppressed_rule(checked: &Checked, offset: usize) -> Option<Hover> {
    let directive = checked
        .post
        .directives
        .iter()
        .find(|directive| touches(directive.range, offset))?;
    let range = *directive.rules.iter().find(|rule| touches(**rule, offset))?;
    let name = checked.post.text().get(range.as_range())?;
    let text = match rules::find(name) {
        Some(rule) => say!(
            "**{name}**\n\n{page}\n\n[{name}]({url})",
            name,
            page = Message::page(rule.docs),
            url = rule.code.url()
        ),
        None => say!("There is no rule `{name}`", name),
    };
    Some(said(range, text))
}

fn link(checked: &Checked, offset: usize) -> Option<Hover> {
    let link = links::at(checked, offset)?;
    Some(match link.target {
        Target::Web(url) => Hover {
            remote: address::is_image_file(&url).then(|| url.clone()),
            ..said(link.range, say!("<{url}>", url))
        },
        Target::Post(path) => {
            let site = checked.stage.site()?;
            let post = site.posts.get(&path)?;
            let url = post.url.as_deref().unwrap_or_default();
            said(
                link.range,
                say!("**{title}**\n\n`{path}`\n\n{url}", title = post.title, path, url),
            )
        }
        Target::File(path) => Hover {
            picture: address::is_image_file(&path).then(|| path.clone()),
            ..said(link.range, say!("`{path}`", path))
        },
    })
}

fn field(checked: &Checked, offset: usize) -> Option<Hover> {
    let entries = checked.post.front_matter.entries();
    let entry: &Entry = entries.iter().find(|entry| touches(entry.range, offset))?;
    let generator = checked.generator();
    let name = entry.name()?;
    let is_key = touches(entry.key.range, offset);
    let made = made::of_field(checked, name);
    let key = keys::find(generator, name);
    let text = match (key, is_key) {
        (Some(key), true) => {
            let (name, meaning) = (key.name, key.meaning);
            let meaning = say!("**{name}** ({generator})\n\n{meaning}", name, generator, meaning);
            let all = std::iter::once(meaning).chain(made);
            Message::joined(all.collect(), "\n\n")
        }
        _ => made?,
    };
    let range = if is_key { entry.key.range } else { entry.value.range };
    Some(said(range, text))
}

fn touches(range: TextRange, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

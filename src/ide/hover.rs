//! What is shown under the pointer: what a field means and what the generator makes of it, pictures, where links lead, the page
//! of a rule named in a suppression comment.

use super::links::{self, Target};
use super::{Checked, keys, made};
use crate::post::Entry;
use crate::post::address;
use crate::rules;
use crate::text::TextRange;

/// A text about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The place.
    pub range: TextRange,
    /// Markdown.
    pub text: String,
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

fn said(range: TextRange, text: String) -> Hover {
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
        Some(rule) => format!("**{name}**\n\n{}\n\n[{name}]({})", rule.docs, rule.code.url()),
        None => format!("There is no rule `{name}`"),
    };
    Some(said(range, text))
}

fn link(checked: &Checked, offset: usize) -> Option<Hover> {
    let link = links::at(checked, offset)?;
    Some(match link.target {
        Target::Web(url) => Hover {
            remote: address::is_image_file(&url).then(|| url.clone()),
            ..said(link.range, format!("<{url}>"))
        },
        Target::Post(path) => {
            let site = checked.stage.site()?;
            let post = site.posts.get(&path)?;
            let url = post.url.as_deref().unwrap_or_default();
            said(link.range, format!("**{}**\n\n`{path}`\n\n{url}", post.title))
        }
        Target::File(path) => Hover {
            picture: address::is_image_file(&path).then(|| path.clone()),
            ..said(link.range, format!("`{path}`"))
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
            let meaning = format!("**{}** ({})\n\n{}", key.name, generator.name(), key.meaning);
            made.map_or(meaning.clone(), |made| format!("{meaning}\n\n{made}"))
        }
        _ => made?,
    };
    let range = if is_key { entry.key.range } else { entry.value.range };
    Some(said(range, text))
}

fn touches(range: TextRange, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

//! Lines that stand where they should not, and lines that are no fields.

use super::glyph::expects_item;
use super::{Safety, Suspect, short};
use crate::generator::keys;
use crate::generator::yaml::Kind;
use crate::generator::yaml::anatomy::Anatomy;
use crate::generator::yaml::chunk::{Block, is_content, trimmed};
use crate::message::{Message, Part};
use crate::post::split::Line;
use crate::text::{Edit, TextRange};
use crate::{part, say};
use std::cmp::Ordering;

fn indentation(line: Line<'_>) -> TextRange {
    TextRange::new(line.start, line.start + line.indent())
}

/// The first field stands deeper than the others do, behind `base` bytes of white space.
pub fn out_of_line(line: Line<'_>, base: usize) -> Option<Suspect> {
    let is_deeper = line.indent() > base && crate::generator::yaml::anatomy::is_field(line.text.trim_start());
    is_deeper.then(|| Suspect {
        kind: Kind::Syntax,
        range: trimmed(line),
        message: say!("this field is indented and those below are not"),
        title: say!("Remove the indentation"),
        edits: vec![Edit::delete(TextRange::new(
            line.start + base,
            line.start + line.indent(),
        ))],
        safety: Safety::Risky,
    })
}

/// Tabs in the indentation become two spaces each, as Hexo itself rewrites those at the start of a line.
pub fn tab(line: &Anatomy<'_>, out: &mut Vec<Suspect>) {
    let text = line.line.text;
    let run = text.get(..line.line.indent()).unwrap_or_default();
    if !run.contains('\t') {
        return;
    }
    let range = indentation(line.line);
    out.push(Suspect {
        kind: Kind::Tab,
        range,
        message: say!("a tab indents this line; YAML allows only spaces there"),
        title: say!("Indent with spaces"),
        edits: vec![Edit::replace(range, run.replace('\t', "  "))],
        safety: Safety::Safe,
    });
}

/// Wrong indentation, missing colons and dashes, and at last the line itself.
pub fn find(block: &Block<'_>, number: usize, line: &Anatomy<'_>, out: &mut Vec<Suspect>) {
    let range = trimmed(line.line);
    let text = line.line.text.trim();
    if text.is_empty() || text.starts_with('#') {
        return;
    }
    let indent = line.line.indent();
    let above = block.before(number).map(|(_, above)| Anatomy::new(above));
    if let Some(above) = &above
        && is_stranger(block, above, line)
    {
        out.push(Suspect {
            kind: Kind::Syntax,
            range: trimmed(above.line),
            message: say!("this line is indented by another width than those it belongs to"),
            title: say!("Indent it like the line below"),
            edits: vec![Edit::replace(indentation(above.line), " ".repeat(line.line.indent()))],
            safety: Safety::Risky,
        });
    }
    let mut push = |message: Message, title: Part, edit: Edit, safety: Safety| {
        out.push(Suspect {
            kind: Kind::Syntax,
            range,
            message,
            title: title.into(),
            edits: vec![edit],
            safety,
        });
    };
    if line.key.is_some() && indent > block.base {
        push(
            say!(
                "`{key}` is indented, so YAML takes it for a part of the field above",
                key = short(line.name())
            ),
            part!("Remove the indentation"),
            Edit::delete(TextRange::new(line.line.start + block.base, line.line.start + indent)),
            Safety::Risky,
        );
    }
    if let Some(above) = above
        && above.line.indent() != indent
        && (line.key.is_some() || line.is_item)
    {
        let column = match above.is_item && !line.is_item {
            true => above.content.start - above.line.start,
            false => above.line.indent(),
        };
        push(
            say!("this line is indented by another width than those it belongs to"),
            part!("Indent it like the line above"),
            Edit::replace(indentation(line.line), " ".repeat(column)),
            Safety::Risky,
        );
    }
    if line.key.is_none() {
        no_field(block, number, line, &mut push);
    }
}

/// Whether of two neighbours of one kind and unequal width it is `above` that stands out: fewer lines of the block have its
/// width, or, where that does not tell, its width is odd and the other even.
fn is_stranger(block: &Block<'_>, above: &Anatomy<'_>, line: &Anatomy<'_>) -> bool {
    let (width, other) = (above.line.indent(), line.line.indent());
    let is_like = |one: &Anatomy<'_>| one.is_item == line.is_item && (one.is_item || one.key.is_some());
    let is_below_a_field = |width: usize| line.is_item || width > block.base;
    if width == other || !is_like(above) || !is_below_a_field(width) || !is_below_a_field(other) {
        return false;
    }
    let lines = block.lines.iter().filter(|line| is_content(line));
    let alike: Vec<usize> = lines
        .map(|line| Anatomy::new(*line))
        .filter(is_like)
        .map(|one| one.line.indent())
        .collect();
    let count = |width: usize| alike.iter().filter(|&&one| one == width).count();
    match count(width).cmp(&count(other)) {
        Ordering::Less => true,
        Ordering::Equal => width % 2 == 1 && other % 2 == 0,
        Ordering::Greater => false,
    }
}

/// A line without a colon.
fn no_field(block: &Block<'_>, number: usize, line: &Anatomy<'_>, push: &mut impl FnMut(Message, Part, Edit, Safety)) {
    let text = line.line.text.trim();
    let written = line.slice(line.content);
    let word = written.split_ascii_whitespace().next().unwrap_or_default();
    let rest = written.get(word.len()..).unwrap_or_default().trim();
    let is_name = word.len() > 1 && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_known = is_name && keys::is_known_anywhere(word);
    if is_known || (is_name && rest.starts_with(['"', '\'', '['])) {
        push(
            say!("`{word}` has no colon, so it is no field", word),
            part!("Put a colon after it"),
            Edit::insert(line.content.start + word.len(), ":"),
            Safety::Risky,
        );
    }
    if !line.is_item && expects_item(block, number) && !text.starts_with('-') {
        let item = block.before(number).map(|(_, above)| above);
        let column = item
            .filter(|above| above.text.trim_start().starts_with("- "))
            .map(|above| above.indent());
        let blanks = " ".repeat(column.unwrap_or(line.line.indent()));
        push(
            say!(
                "`{text}` has no dash, unlike the list items next to it",
                text = short(text)
            ),
            part!("Make it a list item"),
            Edit::replace(indentation(line.line), format!("{blanks}- ")),
            Safety::Risky,
        );
    }
    if !line.is_item {
        push(
            say!(
                "`{text}` is no field: there is no colon and blank in it",
                text = short(text)
            ),
            part!("Remove the line"),
            Edit::replace(trimmed(line.line), ""),
            Safety::Trial,
        );
    }
}

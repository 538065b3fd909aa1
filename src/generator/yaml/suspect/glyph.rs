//! Characters that only look like those of YAML, and blanks that are not there.

use super::{Safety, Suspect, short};
use crate::generator::yaml::Kind;
use crate::generator::yaml::anatomy::{Anatomy, is_false_blank};
use crate::generator::yaml::chunk::Block;
use crate::message::{Message, Part};
use crate::text::{Edit, TextRange};
use crate::{part, say};

/// Everything on the line that is not the ASCII character it stands for, mended at once.
pub fn find(block: &Block<'_>, number: usize, line: &Anatomy<'_>, out: &mut Vec<Suspect>) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut worst = None;
    indentation(line, &mut edits, &mut worst);
    dash(block, number, line, &mut edits, &mut worst);
    colon(line, &mut edits, &mut worst);
    trailing(line, &mut edits, &mut worst);
    let (Some((range, message)), false) = (worst, edits.is_empty()) else {
        return;
    };
    edits.sort();
    out.push(Suspect {
        kind: Kind::Fullwidth,
        range,
        message,
        title: say!("Write it in plain ASCII"),
        edits,
        safety: Safety::Safe,
    });
}

type Worst = Option<(TextRange, Message)>;

fn note(worst: &mut Worst, range: TextRange, message: impl FnOnce() -> Message) {
    if worst.is_none() {
        *worst = Some((range, message()));
    }
}

/// The name of a character that one cannot see.
fn name(c: char) -> Part {
    match c {
        '\u{3000}' => part!("a full-width space"),
        '\u{a0}' | '\u{202f}' => part!("a no-break space"),
        '\u{feff}' => part!("a byte-order mark"),
        '\u{200b}'..='\u{200d}' | '\u{2060}' => part!("an invisible character"),
        _ => part!("an unusual space"),
    }
}

fn as_blanks(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => "  ",
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => "",
            '\t' => "\t",
            _ => " ",
        })
        .collect()
}

fn is_space(c: char) -> bool {
    is_false_blank(c) || matches!(c, ' ' | '\t')
}

fn indentation(line: &Anatomy<'_>, edits: &mut Vec<Edit>, worst: &mut Worst) {
    let text = line.line.text;
    let run = text
        .get(..text.len() - text.trim_start_matches(is_space).len())
        .unwrap_or_default();
    let Some(first) = run.chars().find(|c| is_false_blank(*c)) else {
        return;
    };
    let range = TextRange::new(line.line.start, line.line.start + run.len());
    note(worst, range, || {
        say!(
            "{blank} indents this line; YAML knows only spaces there",
            blank = name(first)
        )
    });
    edits.push(Edit::replace(range, as_blanks(run)));
}

/// `－ item`, `– item`: a list item is meant where others are, or where a field has no value yet.
fn dash(block: &Block<'_>, number: usize, line: &Anatomy<'_>, edits: &mut Vec<Edit>, worst: &mut Worst) {
    let text = line.line.text.trim_start_matches(is_space);
    let start = line.line.end - text.len();
    let Some(first) = text.chars().next() else { return };
    if matches!(first, '－' | '–' | '—' | '−' | '‐' | '•') && expects_item(block, number) {
        let rest = text.get(first.len_utf8()..).unwrap_or_default();
        let after = rest.len() - rest.trim_start_matches(is_space).len();
        let range = TextRange::new(start, start + first.len_utf8());
        note(worst, range, || {
            say!("`{first}` is no dash to YAML; a list item begins with `-`", first)
        });
        edits.push(Edit::replace(TextRange::new(start, range.end + after), "- "));
    } else if let Some(rest) = text.strip_prefix('-')
        && let Some(blank) = rest.chars().next().filter(|c| is_false_blank(*c))
    {
        let after = rest.len() - rest.trim_start_matches(is_space).len();
        let range = TextRange::new(start + 1, start + 1 + after);
        note(worst, range, || {
            say!("{blank} follows the dash; YAML wants a plain one", blank = name(blank))
        });
        edits.push(Edit::replace(range, " "));
    }
}

/// Whether the line stands where a list item may stand.
pub fn expects_item(block: &Block<'_>, number: usize) -> bool {
    let above = block.before(number).is_some_and(|(_, line)| {
        let text = line.text.trim();
        text.starts_with("- ") || (text.starts_with('-') && !text.starts_with("--")) || text.ends_with([':', '：'])
    });
    above
        || block
            .after(number)
            .is_some_and(|line| line.text.trim_start().starts_with("- "))
}

/// `title：A`, `title:　A`, and blanks of any kind before the colon.
fn colon(line: &Anatomy<'_>, edits: &mut Vec<Edit>, worst: &mut Worst) {
    let Some(key) = line.key else { return };
    let colon = line.slice(line.colon);
    let between = line.slice(TextRange::new(key.end, line.colon.start));
    let behind = line.slice(TextRange::new(line.colon.end, line.line.end));
    let blanks = behind.len() - behind.trim_start_matches(is_space).len();
    let run = behind.get(..blanks).unwrap_or_default();
    let false_blank = run.chars().chain(between.chars()).find(|c| is_false_blank(*c));
    if colon == "：" {
        note(worst, line.colon, || {
            say!(
                "`：` is a full-width colon, which YAML takes for text; `{key}` needs `:` and a blank",
                key = line.name()
            )
        });
    } else if let Some(c) = false_blank {
        let range = TextRange::new(key.end, line.colon.end + blanks);
        note(worst, range, || {
            say!(
                "{blank} stands next to the colon; YAML wants a plain one",
                blank = name(c)
            )
        });
    } else {
        return;
    }
    let is_empty = behind.trim_matches(is_space).is_empty();
    edits.push(Edit::replace(
        TextRange::new(key.end, line.colon.end + blanks),
        if is_empty { ":" } else { ": " },
    ));
}

/// Invisible characters behind a value in quotes or brackets.
fn trailing(line: &Anatomy<'_>, edits: &mut Vec<Edit>, worst: &mut Worst) {
    let text = line.line.text;
    let kept = text.trim_end_matches(is_space);
    let run = text.get(kept.len()..).unwrap_or_default();
    if let Some(c) = run.chars().find(|c| is_false_blank(*c))
        && kept.ends_with(['"', '\'', ']', '}'])
    {
        let range = TextRange::new(line.line.start + kept.len(), line.line.end);
        note(worst, range, || {
            say!(
                "{blank} stands behind the value; YAML takes it for text",
                blank = name(c)
            )
        });
        edits.push(Edit::delete(range));
    }
}

/// `date:2013`, `-item`, `key :value`.
pub fn missing_space(block: &Block<'_>, number: usize, line: &Anatomy<'_>, out: &mut Vec<Suspect>) {
    let mut push = |range: TextRange, message: Message, title: Part, edit: Edit| {
        out.push(Suspect {
            kind: Kind::MissingSpace,
            range,
            message,
            title: title.into(),
            edits: vec![edit],
            safety: Safety::Safe,
        });
    };
    let text = line.line.text.trim_start();
    let start = line.line.end - text.len();
    if text.starts_with('-')
        && text
            .get(1..)
            .is_some_and(|rest| rest.starts_with(|c: char| !is_space(c) && c != '-'))
        && expects_item(block, number)
    {
        let range = TextRange::new(start, line.line.start + line.line.text.trim_end().len());
        push(
            range,
            say!(
                "`{text}` has no blank after the dash, so it is no list item",
                text = short(text.trim_end())
            ),
            part!("Put a blank after the dash"),
            Edit::insert(start + 1, " "),
        );
        return;
    }
    let (Some(key), ":") = (line.key, line.slice(line.colon)) else {
        return;
    };
    let behind = line.slice(TextRange::new(line.colon.end, line.line.end));
    if behind.trim().is_empty() || behind.starts_with(is_space) {
        return;
    }
    let range = key.hull(TextRange::new(line.colon.end, line.colon.end + behind.trim_end().len()));
    let written = short(line.slice(range));
    let is_before = line.colon.start > key.end;
    push(
        range,
        match is_before {
            true => say!(
                "the blank in `{written}` stands before the colon; YAML wants it behind",
                written
            ),
            false => say!("`{written}` has no blank after the colon, so it is no field", written),
        },
        part!("Put a blank after the colon"),
        Edit::replace(TextRange::new(key.end, line.colon.end), ": "),
    );
}

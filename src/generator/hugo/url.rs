//! The paths of pages and terms.

use super::model::Model;
use crate::generator::SiteSettings;
use crate::generator::date;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}\p{M}]$").ok());

/// Letters, digits, marks and the few signs that Hugo keeps in a path.
fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "./\\_#+~-@".contains(c);
    }
    let mut buffer = [0; 4];
    MARKS
        .as_ref()
        .is_none_or(|marks| marks.is_match(c.encode_utf8(&mut buffer)))
}

/// `paths.Sanitize`: other characters go, white space becomes one hyphen unless one is there.
fn sanitized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut pending, mut after_hyphen) = (false, false);
    for (at, c) in text.char_indices() {
        let is_escape = c == '%' && begins_escape(text, at);
        if is_kept(c) || is_escape {
            after_hyphen = c == '-';
            if std::mem::take(&mut pending) && !after_hyphen {
                out.push('-');
            }
            out.push(c);
        } else if !out.is_empty() && !after_hyphen && c.is_whitespace() {
            pending = true;
        }
    }
    out
}

/// A part of a path: lower case unless the site says otherwise, blanks as hyphens.
fn part(text: &str, settings: &SiteSettings) -> String {
    let text = text.replace(' ', "-");
    let text = if settings.hugo.remove_path_accents == Some(true) {
        without_accents(&text)
    } else {
        text
    };
    if settings.hugo.disable_path_to_lower == Some(true) {
        sanitized(&text)
    } else {
        sanitized(&text.to_lowercase())
    }
}

/// `text.RemoveAccents`: every mark that can be taken off a letter goes, also the breve of `й` and the stroke-like marks of kana;
/// `ø` and `ß` are letters of their own.
fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

/// The path of a term's page below its taxonomy's.
pub fn term(name: &str, settings: &SiteSettings) -> String {
    part(name, settings)
}

/// Whether the `%` at byte `at` of `text` begins an escape.
fn begins_escape(text: &str, at: usize) -> bool {
    let hex = text.as_bytes().get(at + 1..at + 3);
    hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}

/// As it stands in a URL; what is escaped already stays as it is.
pub fn escaped(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for (at, byte) in path.bytes().enumerate() {
        if (byte == b'%' && begins_escape(path, at))
            || byte.is_ascii_alphanumeric()
            || b"-_.~/$&+,:;=@!'()*".contains(&byte)
        {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The path of the page of `model`; `None` when it cannot be told.
pub fn page(model: &Model<'_>) -> Option<String> {
    let settings = model.build.settings;
    let own = model.text("url");
    if !own.is_empty() {
        let own = own.trim_start_matches('/');
        let has_extension = own.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let slash = if has_extension || own.ends_with('/') || own.is_empty() {
            ""
        } else {
            "/"
        };
        // Since 0.131 it may hold the placeholders of `permalinks`.
        let path = if own.contains(':') {
            pattern(own, model)?
        } else {
            own.to_owned()
        };
        return Some(escaped(&format!("/{path}{slash}")));
    }
    let section = model.path.sections.first().map_or("", String::as_str);
    let rule = settings.hugo.permalinks.iter().find(|(name, _)| name == section);
    let path = match rule {
        Some((_, rule)) => pattern(rule, model)?,
        None => {
            let mut path = sections(model);
            path.push(part(&slug_or_name(model), settings));
            path.join("/")
        }
    };
    let path = path.trim_matches('/');
    Some(escaped(&if settings.hugo.ugly_urls == Some(true) {
        format!("/{path}.html")
    } else if path.is_empty() {
        "/".to_owned()
    } else {
        format!("/{path}/")
    }))
}

fn sections(model: &Model<'_>) -> Vec<String> {
    let settings = model.build.settings;
    model
        .path
        .sections
        .iter()
        .map(|section| part(section, settings))
        .collect()
}

/// `slug`, hyphens at either end taken off.
fn slug(model: &Model<'_>) -> String {
    model.text("slug").trim_matches('-').to_owned()
}

fn slug_or_name(model: &Model<'_>) -> String {
    let slug = slug(model);
    let is_dated = model.date.source == crate::generator::DateSource::FileName;
    if !slug.is_empty() {
        slug
    } else if is_dated && !model.path.after_date.is_empty() {
        // A date taken from the name takes the slug from it, too.
        model.path.after_date.clone()
    } else {
        model.path.name.clone()
    }
}

/// The placeholders of `permalinks` filled in; `None` for one that is not known here.
fn pattern(rule: &str, model: &Model<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = rule;
    while let Some(at) = rest.find(':') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let length = after.bytes().take_while(u8::is_ascii_lowercase).count();
        let (name, tail) = after.split_at(length);
        out.push_str(&placeholder(name, model)?);
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}

fn placeholder(name: &str, model: &Model<'_>) -> Option<String> {
    let settings = model.build.settings;
    // Hugo's zero date is the first of January of the year 1.
    let instant = model.date.instant.unwrap_or(date::Civil::day(1, 1, 1).to_utc());
    let wall = date::wall(instant, &model.zone);
    Some(match name {
        "year" => wall.year.to_string(),
        "month" => format!("{:02}", wall.month),
        "day" => format!("{:02}", wall.day),
        "section" => sections(model).into_iter().next().unwrap_or_default(),
        "sections" => sections(model).join("/"),
        "title" => part(&model.text("title"), settings),
        "slug" => match slug(model) {
            slug if slug.is_empty() => part(&model.text("title"), settings),
            slug => part(&slug, settings),
        },
        "filename" | "contentbasename" => part(&model.path.name, settings),
        "slugorfilename" | "slugorcontentbasename" => part(&slug_or_name(model), settings),
        _ => return None,
    })
}

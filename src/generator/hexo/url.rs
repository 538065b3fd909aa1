//! The path of a post's page.

use super::model::Model;
use super::place::{Piece, pieces};
use super::terms;
use super::value::Js;
use crate::generator::date::{self, Civil};
use crate::generator::settings::HexoSettings;
use crate::generator::slug;

/// Hexo's default `permalink`.
const DEFAULT: &str = ":year/:month/:day/:title/";

/// The path as the `post_permalink` filter gives it, unescaped; `None` when it needs a date that only the file system
/// knows, or a value that a plugin fills in.
pub fn path(model: &Model<'_>) -> Option<String> {
    let settings = model.build.settings;
    let asset_folder = settings.post_asset_folder == Some(true);
    let slashed = |mut path: String| {
        if asset_folder && !path.ends_with('/') && !path.ends_with(".html") {
            path.push('/');
        }
        path
    };
    if let Some(permalink) = model.permalink() {
        let path = slashed(permalink.to_owned());
        return Some(if path.starts_with('/') {
            path
        } else {
            format!("/{path}")
        });
    }
    let rule = settings
        .permalink
        .as_deref()
        .filter(|rule| !rule.is_empty())
        .unwrap_or(DEFAULT);
    let mut path = String::new();
    for piece in pieces(rule) {
        match piece {
            Piece::Text(text) => path.push_str(text),
            Piece::Name(name) => path.push_str(&placeholder(name, model)?),
        }
    }
    Some(slashed(path))
}

/// What stands for `:name`.
fn placeholder(name: &str, model: &Model<'_>) -> Option<String> {
    let slug = &model.name.title;
    let local = || {
        let zone = date::zone(model.build.machine_zone);
        model.date.instant.map(|instant| date::wall(instant, &zone))
    };
    let part = |of: fn(Civil) -> i64, width: usize| local().map(|wall| format!("{:0width$}", of(wall)));
    match name {
        "title" => Some(slug.clone()),
        "name" => Some(slug.rsplit('/').next().unwrap_or_default().to_owned()),
        "post_title" => Some(slug::hexo_cased(&model.title, Some(1))),
        "year" => local().map(|wall| match wall.year {
            year if year < 0 => format!("-{:04}", -year),
            year => format!("{year:04}"),
        }),
        "month" => part(|wall| wall.month, 2),
        "day" => part(|wall| wall.day, 2),
        "hour" => part(|wall| wall.hour, 2),
        "minute" => part(|wall| wall.minute, 2),
        "second" => part(|wall| wall.second, 2),
        "i_month" => part(|wall| wall.month, 1),
        "i_day" => part(|wall| wall.day, 1),
        "timestamp" => model.date.instant.map(|instant| instant.div_euclid(1_000).to_string()),
        "category" => Some(category(model)),
        "id" | "_id" | "hash" => None,
        _ => other(name, model),
    }
}

fn category(model: &Model<'_>) -> String {
    let settings = model.build.settings;
    match model.categories.last() {
        Some(path) => terms::category_slug(path, settings),
        None => settings
            .hexo
            .default_category
            .clone()
            .unwrap_or_else(|| "uncategorized".into()),
    }
}

/// A field of the front matter or one of the site's `permalink_defaults`.
fn other(name: &str, model: &Model<'_>) -> Option<String> {
    match model.value(name) {
        Some(Js::Null) | None => model
            .build
            .settings
            .hexo
            .permalink_defaults
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone()),
        Some(value) => Some(value.to_text(model.build.machine_zone)),
    }
}

/// The percent escapes of `path` undone; `None` when there is one that cannot be (`100%`), which makes Hexo drop the
/// post.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let hex = path.get(at + 1..at + 3)?;
            if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            let value = u8::from_str_radix(hex, 16).ok()?;
            // `decodeURI` keeps what has a meaning in a URL.
            if b";/?:@&=+$,#".contains(&value) {
                out.extend_from_slice(bytes.get(at..at + 3)?);
            } else {
                out.push(value);
            }
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// What Hexo's `pretty_urls` leave of `path` in links; the file itself keeps its name. `index.html` is cut off after any
/// letters: `/myindex.html` becomes `/my`, as Hexo does it.
pub fn pretty(path: String, settings: &HexoSettings) -> String {
    const INDEX: &str = "index.html";
    let is_off = |setting: Option<bool>| setting == Some(false);
    let shorter = match path.strip_suffix(INDEX) {
        Some(shorter) if is_off(settings.trailing_index) => Some(shorter),
        None if is_off(settings.trailing_html) => path.strip_suffix(".html"),
        _ => None,
    };
    shorter.map(str::to_owned).unwrap_or(path)
}

/// `path` as it stands in links: `/` first, escaped as `encodeURI` does; `None` when Hexo fails at it.
pub fn escaped(path: &str) -> Option<String> {
    use std::fmt::Write as _;
    let decoded = decoded(path)?;
    let mut out = String::from("/");
    for byte in decoded.trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || b";/?:@&=+$,#-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Some(out)
}

//! The path of a post's page.

use super::model::{Fatal, Model};
use super::slug::{self, Mode};
use super::value::Ruby;
use crate::generator::date::{self, Civil, WEEKDAYS};
use crate::say;

/// The template of a named style; any other text is one itself.
fn template(style: &str) -> &str {
    match style {
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        other => other,
    }
}

/// The path of the page of `model`; `None` when it needs a date that only the clock knows.
pub fn url(model: &Model<'_>) -> Result<Option<String>, Fatal> {
    let settings = model.build.settings;
    let own = match model.value("permalink") {
        Some(Ruby::Text(text)) => Some(text.as_str()),
        Some(value) if value.is_truthy() => return Err(Fatal(say!("`permalink` is no text"))),
        _ => None,
    };
    let site = settings
        .jekyll
        .posts_permalink
        .as_deref()
        .or(settings.permalink.as_deref());
    let rule = own.unwrap_or_else(|| template(site.unwrap_or("date")));
    let mut out = String::new();
    let mut rest = rule;
    while let Some(at) = rest.find(':') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let length = after
            .bytes()
            .take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_')
            .count();
        let (name, tail) = after.split_at(length);
        if name.is_empty() {
            out.push(':');
        } else {
            let found = placeholder(name, model)?;
            let (value, left) = match (found, name.strip_suffix('_')) {
                (Found::Unknown, Some(shorter)) => (placeholder(shorter, model)?, "_"),
                (found, _) => (found, ""),
            };
            match value {
                Found::Text(text) => out.push_str(&slug::escaped(&text)),
                Found::NowDependent => return Ok(None),
                Found::Unknown => return Err(Fatal(say!("the permalink has no `:{name}`", name))),
            }
            out.push_str(left);
        }
        rest = tail;
    }
    out.push_str(rest);
    Ok(Some(slug::sanitized(&out)))
}

/// What stands for a placeholder.
enum Found {
    Text(String),
    /// Only the clock or the file system knows.
    NowDependent,
    /// Jekyll has no such placeholder.
    Unknown,
}

fn placeholder(name: &str, model: &Model<'_>) -> Result<Found, Fatal> {
    let text = match name {
        "collection" => if model.path.is_draft { "drafts" } else { "posts" }.to_owned(),
        "path" => path(&model.path.below),
        "output_ext" => extension(&model.path.below),
        "name" => slug::slugify(model.path.stem(), Mode::Default).to_lowercase(),
        "title" => slugged(model, Mode::Pretty)?,
        "slug" => slugged(model, Mode::Default)?.to_lowercase(),
        "categories" => joined(model, |text| text.to_lowercase()),
        "slugified_categories" => joined(model, |text| slug::slugify(text, Mode::Default).to_lowercase()),
        _ => return Ok(date_part(name, model)),
    };
    Ok(Found::Text(text))
}

fn slugged(model: &Model<'_>, mode: Mode) -> Result<String, Fatal> {
    match model.value("slug") {
        None | Some(Ruby::Nil) => Ok(slug::slugify(model.path.stem(), mode)),
        Some(Ruby::Text(text)) => Ok(slug::slugify(text, mode)),
        Some(_) => Err(Fatal(say!("`slug` is no text"))),
    }
}

fn joined(model: &Model<'_>, of: impl Fn(&str) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    for category in model.categories() {
        let part = of(&category.to_text());
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn path(below: &str) -> String {
    let name = below.rsplit('/').next().unwrap_or(below);
    let cut = name.rfind('.').map_or(0, |dot| name.len() - dot);
    let path = below.get(..below.len() - cut).unwrap_or(below);
    format!("/{}", path.trim_end_matches('.'))
}

/// The extension of the page: Markdown becomes HTML, everything else keeps its own.
fn extension(below: &str) -> String {
    let name = below.rsplit('/').next().unwrap_or(below);
    let extension = name.rfind('.').and_then(|dot| name.get(dot..)).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        ".markdown" | ".mkdown" | ".mkdn" | ".mkd" | ".md" => ".html".into(),
        ".scss" | ".sass" => ".css".into(),
        _ => extension.to_owned(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
fn date_part(name: &str, model: &Model<'_>) -> Found {
    let wall = model.date.0.map(|instant| date::wall(instant, &model.zone));
    let Some(format) = date_format(name) else {
        return Found::Unknown;
    };
    wall.map_or(Found::NowDependent, |wall| Found::Text(format(wall)))
}

fn date_format(name: &str) -> Option<fn(Civil) -> String> {
    Some(match name {
        "year" => |wall| format!("{}{:04}", if wall.year < 0 { "-" } else { "" }, wall.year.abs()),
        "month" => |wall| format!("{:02}", wall.month),
        "day" => |wall| format!("{:02}", wall.day),
        "hour" => |wall| format!("{:02}", wall.hour),
        "minute" => |wall| format!("{:02}", wall.minute),
        "second" => |wall| format!("{:02}", wall.second),
        "i_day" => |wall| wall.day.to_string(),
        "i_month" => |wall| wall.month.to_string(),
        "short_month" => |wall| month_name(wall).get(..3).unwrap_or_default().to_owned(),
        "long_month" => |wall| month_name(wall).to_owned(),
        "short_year" => |wall| format!("{:02}", wall.year.rem_euclid(100)),
        "short_day" => |wall| day_name(wall).get(..3).unwrap_or_default().to_owned(),
        "long_day" => |wall| day_name(wall).to_owned(),
        "y_day" => |wall| format!("{:03}", day_of_year(wall)),
        "w_day" => |wall| (weekday(wall) + 1).to_string(),
        "w_year" => |wall| week(wall).0.to_string(),
        "week" => |wall| format!("{:02}", week(wall).1),
        _ => return None,
    })
}

fn month_name(wall: Civil) -> &'static str {
    usize::try_from(wall.month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .unwrap_or(&"")
}

fn day_name(wall: Civil) -> &'static str {
    usize::try_from(weekday(wall))
        .ok()
        .and_then(|at| WEEKDAYS.get(at))
        .unwrap_or(&"")
}

fn days(year: i64, month: i64, day: i64) -> i64 {
    Civil::day(year, month, day).to_utc() / date::DAY
}

/// 0 is Monday. 1970-01-01 was a Thursday.
fn weekday(wall: Civil) -> i64 {
    (days(wall.year, wall.month, wall.day) + 3).rem_euclid(7)
}

fn day_of_year(wall: Civil) -> i64 {
    days(wall.year, wall.month, wall.day) - days(wall.year, 1, 1) + 1
}

/// Year and week of ISO 8601.
fn week(wall: Civil) -> (i64, i64) {
    // The week belongs to the year of its Thursday.
    let thursday = days(wall.year, wall.month, wall.day) - weekday(wall) + 3;
    let year = Civil::from_utc(thursday * date::DAY).year;
    (year, (thursday - days(year, 1, 1)) / 7 + 1)
}

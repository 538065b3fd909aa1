//! Levels for kinds of sites, to start from: `extends = "strict"`.

use super::selection::expand;
use super::{Catalogue, Level, Settings};
use crate::diagnostic::Severity;

/// The presets and what they are for.
pub const PRESETS: &[(&str, &str)] = &[
    ("recommended", "every rule at its own level, as without a configuration"),
    (
        "strict",
        "every rule, those that are off by default too, and nothing below a warning",
    ),
    (
        "scraped",
        "for archives of copied posts: what copying leaves behind is an error, the writer's own habits are let be",
    ),
];

/// What copying leaves behind; names of rules and groups.
const LEFT_BEHIND: &[&str] = &[
    "ad",
    "boilerplate",
    "hidden",
    "html-becomes-code",
    "image-lazy",
    "image-proxied",
    "redirect",
    "share",
    "tracking",
    "watermark",
];

/// Rules about how one writer files posts, which an archive of many writers cannot follow.
const HABITS: &[&str] = &["category-mixed", "date-updated-missing", "field-order", "taxonomy-near"];

/// Rules that ask the network or need settings of their own: only who names them gets them.
const NEVER_UNASKED: &[&str] = &["field-schema", "image-unreachable"];

/// Lay the preset `name` over `settings`; false, with nothing changed, when there is no such preset.
pub(super) fn lay(name: &str, settings: &mut Settings, catalogue: Catalogue<'_>) -> bool {
    let levels = &mut settings.base.levels;
    let mut set = |names: &[&str], level: Level| {
        let codes = names.iter().flat_map(|name| expand(name, catalogue));
        levels.extend(codes.map(|code| (code.to_owned(), level)));
    };
    match name {
        "recommended" => levels.clear(),
        "strict" => {
            for &(code, severity) in catalogue.iter().filter(|(code, _)| !NEVER_UNASKED.contains(code)) {
                set(&[code], Level::On(severity.max(Severity::Warning)));
            }
        }
        "scraped" => {
            set(LEFT_BEHIND, Level::On(Severity::Error));
            set(HABITS, Level::Off);
        }
        _ => return false,
    }
    true
}

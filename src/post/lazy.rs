//! Images whose address a script was to fill in.

use super::address;
use super::html::{Attribute, Element};

/// No address, an empty `data:` image, or a file named like a blank.
pub fn is_blank(src: &str) -> bool {
    const LONGEST_BLANK: usize = 512;
    const NAMES: [&str; 14] = [
        "blank",
        "loading",
        "lazy",
        "lazyload",
        "spacer",
        "placeholder",
        "transparent",
        "pixel",
        "grey",
        "gray",
        "empty",
        "loader",
        "1x1",
        "none",
    ];
    let src = src.trim();
    if src.is_empty() || src == "#" || src == "about:blank" {
        return true;
    }
    if address::strip_prefix_ignoring_case(src, "data:").is_some() {
        return src.len() <= LONGEST_BLANK;
    }
    let path = address::without_query(src);
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    NAMES.contains(&stem)
}

/// The attribute that holds the real address: `data-*` with a name about a source, or Discuz' `file` and `zoomfile`.
pub fn real(element: &Element) -> Option<&Attribute> {
    let candidates = || {
        element
            .attributes
            .iter()
            .filter(|attribute| is_source_name(&attribute.name))
    };
    let is_picture = |attribute: &&Attribute| {
        let url = attribute.value.as_deref().unwrap_or("").trim();
        let is_sound = !url.is_empty() && !url.contains(char::is_whitespace) && !is_blank(url);
        is_sound && (address::host(url).is_some() || address::is_image_file(url))
    };
    let order = |attribute: &&Attribute| match &*attribute.name {
        "data-src" | "data-original" => 0,
        "data-original-src" | "data-actualsrc" | "data-lazy-src" => 1,
        _ => 2,
    };
    candidates().filter(is_picture).min_by_key(order)
}

fn is_source_name(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("data-") else {
        return matches!(
            name,
            "file" | "zoomfile" | "original" | "lazy-src" | "real_src" | "_src" | "data_src" | "lazysrc"
        );
    };
    let is_set = rest.contains("srcset");
    !is_set
        && (rest.ends_with("src")
            || rest.contains("original")
            || matches!(rest, "lazy" | "echo" | "url" | "img" | "image"))
}

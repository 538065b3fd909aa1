//! Whether an element calls itself an ad, by the words of its names.

use super::boxes::SIZES;
use crate::post::html::Element;
use crate::text::lower;
use smallvec::SmallVec;
use std::borrow::Cow;

/// Words that name an ad; each is matched as a whole word.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "adv",
    "advert",
    "adverts",
    "advertise",
    "advertisement",
    "advertisements",
    "advertising",
    "advertorial",
    "adsense",
    "adsby",
    "adtech",
    "adserver",
    "adserving",
    "adimpression",
    "adtracking",
    "adchoices",
    "dfp",
    "mpu",
    "mrec",
    "lrec",
    "superbanner",
    "adfox",
    "adthrive",
    "adfurikun",
    "doubleclick",
    "taboola",
    "outbrain",
    "teads",
    "revcontent",
    "mgid",
    "zergnet",
    "ligatus",
    "plista",
    "criteo",
    "guanggao",
    "koukoku",
    "gwanggo",
    "publicidad",
    "publicidade",
    "publicite",
    "pubblicita",
    "anuncio",
    "anuncios",
    "werbung",
    "anzeige",
    "anzeigen",
    "reklama",
    "reklam",
    "reklame",
    "reclame",
    "annons",
    "annonse",
    "annonce",
    "advertentie",
    "advertenties",
    "mainos",
    "hirdetes",
    "iklan",
    "quangcao",
    "sponsor",
    "sponsored",
];
/// What is written together with `ad`, before or behind it: `adslot`, `topad`.
const PARTNERS: &[&str] = &[
    "area",
    "article",
    "background",
    "banner",
    "banners",
    "block",
    "body",
    "bottom",
    "box",
    "boxes",
    "break",
    "center",
    "centre",
    "code",
    "container",
    "content",
    "desktop",
    "display",
    "div",
    "feed",
    "footer",
    "frame",
    "google",
    "gpt",
    "header",
    "holder",
    "iframe",
    "image",
    "img",
    "inarticle",
    "inbody",
    "incontent",
    "infeed",
    "inline",
    "inner",
    "inread",
    "label",
    "leaderboard",
    "left",
    "link",
    "links",
    "list",
    "manager",
    "middle",
    "mobile",
    "module",
    "native",
    "notice",
    "outer",
    "page",
    "panel",
    "placeholder",
    "pos",
    "position",
    "post",
    "rectangle",
    "right",
    "row",
    "section",
    "side",
    "sidebar",
    "skyscraper",
    "slot",
    "slots",
    "space",
    "spot",
    "square",
    "sticky",
    "story",
    "text",
    "tile",
    "title",
    "top",
    "unit",
    "units",
    "video",
    "widget",
    "wrap",
    "wrapper",
    "zone",
];
/// Words that turn the meaning round when they stand in the same name.
const DENIALS: &[&str] = &[
    "hide", "no", "non", "not", "without", "free", "remove", "disable", "anti", "block", "blocker",
];
/// Elements that can be a box for an ad.
const BOXES: &[&str] = &[
    "div", "section", "aside", "ins", "span", "p", "center", "li", "ul", "figure", "table", "iframe", "footer", "nav",
    "article",
];
/// Attributes whose value names the element.
const NAMES: &[&str] = &[
    "id",
    "class",
    "type",
    "data-type",
    "data-module",
    "data-component",
    "data-testid",
    "data-widget",
    "data-block",
    "data-role",
    "aria-label",
];

/// The name by which an element says that it is a box for ads; `None` when it does not.
pub fn calls_itself_ad(element: &Element) -> Option<&str> {
    let own = element.name.contains('-');
    if own && names_ad(&element.name) {
        return Some(&element.name);
    }
    if !own && !BOXES.contains(&&*element.name) {
        return None;
    }
    element.attributes.iter().find_map(|attribute| {
        let value = attribute.value.as_deref().unwrap_or("");
        if NAMES.contains(&&*attribute.name) {
            value.split_ascii_whitespace().find(|name| names_ad(name))
        } else {
            let data = attribute.name.strip_prefix("data-")?;
            names_ad(data).then_some(&*attribute.name)
        }
    })
}

/// Whether one of the words of `name` names an ad, or the name gives the size of one, and no word denies it.
pub fn names_ad(name: &str) -> bool {
    if !name.is_ascii() {
        return false;
    }
    let words = words(name);
    let ad = words.iter().any(|word| is_ad(word)) || names_banner_size(name, &words);
    let denied = words.iter().enumerate().any(|(index, word)| {
        let blocks = word == "block" && (index == 0 || words[index - 1] == "ad");
        DENIALS.contains(&&**word) && !blocks
    });
    ad && !denied
}

fn is_ad(word: &str) -> bool {
    let partner = |rest: Option<&str>| rest.is_some_and(|rest| PARTNERS.contains(&rest));
    let before = word.strip_suffix('s').unwrap_or(word).strip_suffix("ad");
    WORDS.contains(&word)
        || partner(word.strip_prefix("ad"))
        || partner(word.strip_prefix("ads"))
        || partner(word.strip_prefix("adsense"))
        || partner(before)
}

/// Whether a name speaks of a banner, slot or box and gives a size that ads are sold in: `banner-300x250`.
fn names_banner_size(name: &str, words: &[Cow<'_, str>]) -> bool {
    const SPEAKS: [&str; 8] = [
        "banner",
        "banners",
        "slot",
        "gpt",
        "leaderboard",
        "skyscraper",
        "rectangle",
        "bnr",
    ];
    if !words.iter().any(|word| SPEAKS.contains(&&**word)) {
        return false;
    }
    let numbers: Vec<u32> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| (2..=4).contains(&digits.len()))
        .filter_map(|digits| digits.parse().ok())
        .collect();
    numbers.windows(2).any(|pair| SIZES.contains(&(pair[0], pair[1])))
}

/// The words of a name, in lower case: cut at everything but letters and where a small letter meets a capital. A word
/// with three or more digits right behind it, or `mpu` with a number of four, is the name of a chip or a model.
fn words(name: &str) -> SmallVec<[Cow<'_, str>; 8]> {
    let bytes = name.as_bytes();
    let mut words = SmallVec::new();
    let mut start = 0;
    while start < bytes.len() {
        let mut end = start;
        while end < bytes.len()
            && bytes[end].is_ascii_alphabetic()
            && (end == start || !(bytes[end - 1].is_ascii_lowercase() && bytes[end].is_ascii_uppercase()))
        {
            end += 1;
        }
        let word = lower(&name[start..end]);
        if !word.is_empty() && !is_model(&word, &bytes[end..]) {
            words.push(word);
        }
        start = end.max(start + 1);
    }
    words
}

fn is_model(word: &str, behind: &[u8]) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = match behind {
        [b'-' | b'_', rest @ ..] => rest,
        _ => behind,
    };
    digits(behind) >= 3 || (word == "mpu" && digits(number) == 4)
}

#[cfg(test)]
mod tests {
    use super::names_ad;

    #[test]
    fn whole_words_only() {
        for name in [
            "ad",
            "middleAd",
            "ad_placeholder",
            "ads2-pos-5001",
            "AdUnit",
            "c-advertising--300x250",
            "block-ad",
            "ad-block",
            "us_ad",
            "adbottom",
            "bannerAd",
            "topads",
            "adsensebox",
            "banner-300x250-area",
            "ads2-pos-5001-ad",
        ] {
            assert!(names_ad(name), "{name}");
        }
        for name in [
            "badge",
            "shadow",
            "adventure",
            "hide-aside-ad",
            "admonition",
            "download-area",
            "no-ads",
            "pub-date",
            "address",
            "ad-blocker",
            "ads1115",
            "mpu-6050",
            "thumb-300x250",
            "addon-top",
            "adlibris",
            "road",
            "download",
        ] {
            assert!(!names_ad(name), "{name}");
        }
    }
}

//! What HTML5 knows of element names (all lower case).

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Elements whose end tag may be left out (HTML5 § 13.1.2.4).
const OPTIONAL_END: [&str; 20] = [
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rb", "rp", "rt",
    "rtc", "tbody", "td", "tfoot", "th", "thead",
];

/// Start tags that end an open `<p>` (HTML5 § 13.2.6.4.7).
const CLOSES_P: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
];

/// The formatting elements, which browsers open again after they were closed by a block.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements beyond which an end tag does not reach: the scope markers and the other special elements.
const SPECIAL: [&str; 40] = [
    "applet", "audio", "body", "button", "canvas", "caption", "col", "colgroup", "frameset", "head", "html", "iframe",
    "img", "input", "marquee", "math", "noembed", "noframes", "noscript", "object", "param", "rp", "rt", "script",
    "select", "style", "svg", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "track",
    "video", "wbr", "xmp",
];

/// The remaining elements of HTML5, of old HTML and the roots of SVG and MathML.
const OTHER: [&str; 75] = [
    "abbr",
    "acronym",
    "area",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "blink",
    "br",
    "cite",
    "command",
    "data",
    "datalist",
    "del",
    "dfn",
    "embed",
    "frame",
    "image",
    "ins",
    "isindex",
    "kbd",
    "keygen",
    "label",
    "legend",
    "link",
    "map",
    "mark",
    "menuitem",
    "meta",
    "meter",
    "multicol",
    "nextid",
    "optgroup",
    "option",
    "output",
    "picture",
    "portal",
    "progress",
    "q",
    "rb",
    "rtc",
    "ruby",
    "samp",
    "slot",
    "source",
    "spacer",
    "span",
    "sub",
    "sup",
    "time",
    "var",
    "g",
    "path",
    "circle",
    "rect",
    "line",
    "polyline",
    "polygon",
    "ellipse",
    "defs",
    "use",
    "text",
    "tspan",
    "stop",
    "filter",
    "marker",
    "mask",
    "pattern",
    "symbol",
    "foreignobject",
    "animate",
    "lineargradient",
    "radialgradient",
    "clippath",
];

/// The lists that a name is on, a bit each: asked of every tag, so not gone through.
static LISTS: LazyLock<HashMap<&str, u8, FixedState>> = LazyLock::new(|| {
    let mut lists = HashMap::with_capacity_and_hasher(256, FixedState::default());
    let all: [(u8, &[&str]); 5] = [
        (ENDS_ALONE, &OPTIONAL_END),
        (ENDS_P, &CLOSES_P),
        (FORMATS, &FORMATTING),
        (BOUNDS, &SPECIAL),
        (0, &OTHER),
    ];
    for (bit, names) in all {
        for name in names {
            *lists.entry(*name).or_default() |= bit;
        }
    }
    lists
});

const ENDS_ALONE: u8 = 1;
const ENDS_P: u8 = 2;
const FORMATS: u8 = 4;
const BOUNDS: u8 = 8;

fn is_on(name: &str, lists: u8) -> bool {
    LISTS.get(name).is_some_and(|on| on & lists != 0)
}

/// Whether `name` is an element of HTML (old ones too) or SVG.
pub fn is_html(name: &str) -> bool {
    LISTS.contains_key(name)
}

/// Whether the end tag of `name` may be left out.
pub fn may_omit_end(name: &str) -> bool {
    is_on(name, ENDS_ALONE) || name == "tr"
}

/// Whether a start tag of `name` ends an open paragraph.
pub fn closes_p(name: &str) -> bool {
    is_on(name, ENDS_P)
}

/// Whether browsers open `name` again after a block has closed it.
pub fn is_formatting(name: &str) -> bool {
    is_on(name, FORMATS)
}

/// Whether the search for the element that an end tag closes stops at `name`.
pub fn is_special(name: &str) -> bool {
    is_on(name, BOUNDS | ENDS_P)
}

/// Whether `name` bounds a scope: no implied end reaches out of it. `<noscript>` is one to browsers that run scripts, for they
/// read what it holds as text.
pub fn is_scope(name: &str) -> bool {
    matches!(
        name,
        "applet"
            | "button"
            | "caption"
            | "html"
            | "table"
            | "td"
            | "th"
            | "marquee"
            | "noscript"
            | "object"
            | "template"
            | "select"
            | "svg"
            | "math"
            | "foreignobject"
    )
}

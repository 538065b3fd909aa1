//! What HTML5 knows of element names (all lower case).

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

/// Whether `name` is an element of HTML (old ones too) or SVG.
pub fn is_html(name: &str) -> bool {
    CLOSES_P.contains(&name)
        || FORMATTING.contains(&name)
        || SPECIAL.contains(&name)
        || OTHER.contains(&name)
        || OPTIONAL_END.contains(&name)
}

/// Whether the end tag of `name` may be left out.
pub fn may_omit_end(name: &str) -> bool {
    OPTIONAL_END.contains(&name) || name == "tr"
}

/// Whether a start tag of `name` ends an open paragraph.
pub fn closes_p(name: &str) -> bool {
    CLOSES_P.contains(&name)
}

/// Whether browsers open `name` again after a block has closed it.
pub fn is_formatting(name: &str) -> bool {
    FORMATTING.contains(&name)
}

/// Whether the search for the element that an end tag closes stops at `name`.
pub fn is_special(name: &str) -> bool {
    SPECIAL.contains(&name) || CLOSES_P.contains(&name)
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

//! Which functions handlers call, and what the post's own scripts say.

use crate::post::Post;
use crate::post::html::{Attribute, Element, HtmlKind};
use regex::Regex;
use std::sync::LazyLock;

/// Words before a bracket that are no function of the page: JavaScript's own, and what browsers have.
const BUILT_IN: [&str; 47] = [
    "if",
    "for",
    "while",
    "switch",
    "catch",
    "function",
    "return",
    "typeof",
    "void",
    "with",
    "new",
    "delete",
    "await",
    "alert",
    "confirm",
    "prompt",
    "print",
    "open",
    "close",
    "stop",
    "focus",
    "blur",
    "scroll",
    "scrollto",
    "scrollby",
    "fetch",
    "eval",
    "parseint",
    "parsefloat",
    "settimeout",
    "setinterval",
    "cleartimeout",
    "clearinterval",
    "string",
    "number",
    "boolean",
    "array",
    "object",
    "date",
    "image",
    "regexp",
    "promise",
    "encodeuricomponent",
    "decodeuricomponent",
    "encodeuri",
    "submit",
    "reset",
];

static CALL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(^|[^\w.$'\x22`\]\)])([A-Za-z_$][\w$]*)\s*\(").expect("a constant pattern"));

/// The functions that `code` calls by a bare name and that browsers do not have, in order.
pub fn called(code: &str) -> Vec<&str> {
    let code = code.trim_start();
    CALL.captures_iter(code)
        .filter_map(|call| call.get(2))
        .map(|name| name.as_str())
        .filter(|name| !BUILT_IN.contains(&name.to_ascii_lowercase().as_str()))
        .collect()
}

/// The inline scripts of `post`; `None` when it loads a script, which may define anything.
pub fn scripts_of(post: &Post) -> Option<Vec<&str>> {
    let mut scripts = Vec::new();
    for (id, element) in post.html.elements().filter(|(_, element)| &*element.name == "script") {
        if element.attribute("src").is_some() {
            return None;
        }
        let texts = post.html.children(id).map(|child| post.html.node(child));
        scripts.extend(
            texts
                .filter(|node| matches!(node.kind, HtmlKind::Text))
                .map(|node| post.source.slice(node.range)),
        );
    }
    Some(scripts)
}

/// The address of a link to `javascript:void(0)` and its kin that no script could find by a name; `None` for others.
pub fn leads_nowhere(link: &Element) -> Option<&Attribute> {
    let is_found = |attribute: &Attribute| {
        let name = &*attribute.name;
        name.starts_with("on") || name.starts_with("data-") || matches!(name, "id" | "class")
    };
    let target = link.attributes.iter().find(|attribute| &*attribute.name == "href")?;
    let written = target.value.as_deref().unwrap_or("").trim_start();
    // Most links lead somewhere.
    let is_code = written.starts_with(['j', 'J']);
    let code = match is_code {
        true => written.to_ascii_lowercase().replace([' ', ';'], ""),
        false => String::new(),
    };
    let nothing = matches!(
        code.as_str(),
        "javascript:" | "javascript:void(0)" | "javascript:void0" | "javascript:void"
    );
    (nothing && !link.attributes.iter().any(is_found)).then_some(target)
}

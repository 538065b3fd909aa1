//! What makes an image value of the front matter no usable address.

use crate::diagnostic::Severity;
use crate::message::{Message, Part};
use crate::{part, say};

/// What is wrong with an address.
#[derive(Clone, Debug)]
pub struct Fault {
    /// In words that follow "is no usable address: ".
    pub what: Message,
    /// What to do about it; empty where `better` is `None`.
    pub order: Option<Part>,
    /// The address that is meant; `None` where nobody can tell.
    pub better: Option<String>,
    /// How much it hurts.
    pub severity: Severity,
}

impl Fault {
    fn new(what: impl Into<Message>, order: Option<Part>, better: Option<String>) -> Option<Self> {
        Some(Self {
            what: what.into(),
            order,
            better,
            severity: Severity::Error,
        })
    }
}

/// What is wrong with an image value; `None` for addresses, switches, colours and templates.
pub fn fault(value: &str) -> Option<Fault> {
    let trimmed = value.trim();
    if trimmed.is_empty() || is_style(trimmed) || value.contains("{{") || value.contains("{%") {
        return None;
    }
    if let Some(inner) = unwrapped(trimmed) {
        let better = (!inner.is_empty()).then(|| inner.to_owned());
        return Fault::new(
            part!("there is markup around it, which becomes part of it"),
            Some(part!("Keep the address alone")),
            better,
        );
    }
    if is_on_this_machine(trimmed) {
        return Fault::new(
            part!("it names a file on the writer's own machine, where no reader can go"),
            None,
            None,
        );
    }
    if let Some(fault) = scheme_fault(trimmed) {
        return Some(fault);
    }
    if !is_address(trimmed) {
        return None;
    }
    let path = super::without_query(trimmed);
    if path.contains('\\') {
        return Fault::new(
            part!("a backslash does not part directories on the web"),
            Some(part!("Write `/` for `\\`")),
            Some(trimmed.replace('\\', "/")),
        );
    }
    if trimmed.contains(char::is_whitespace) {
        let mut fault = Fault::new(
            part!("it has a blank, where it ends for CSS and for many themes"),
            Some(part!("Write `%20` for the blank")),
            (!trimmed.contains(['\n', '\t'])).then(|| trimmed.replace(' ', "%20")),
        )?;
        // Hexo's `url_for` mends a path of the site's own; nobody mends another host's.
        fault.severity = match super::host(trimmed) {
            Some(_) => Severity::Warning,
            None => Severity::Info,
        };
        return Some(fault);
    }
    None
}

/// Values of CSS that themes take where they take an image.
fn is_style(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    value.starts_with('#')
        || lower.contains("gradient(")
        || ["rgb(", "rgba(", "hsl(", "hsla(", "var(", "url(", "data:"]
            .iter()
            .any(|start| lower.starts_with(start))
}

/// Whether the text is meant as an address or a path: it has a scheme, or a slash, or ends like an image file.
fn is_address(value: &str) -> bool {
    super::after_scheme(value).is_some()
        || value.starts_with(['/', '\\', '.'])
        || (super::is_image_file(value) && !value.contains(char::is_whitespace))
        || (value.contains('\\') && super::is_image_file(value))
}

/// The address inside `<…>`, `![…](…)`, `[…](…)`, `<img src="…">` or a second pair of quotes.
fn unwrapped(value: &str) -> Option<&str> {
    let quoted = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    if let Some(inner) = quoted('"').or_else(|| quoted('\'')) {
        return Some(inner.trim());
    }
    if value.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("<img")) {
        let (_, after) = value.split_once("src=")?;
        let mark = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        return after.get(1..)?.split(mark).next();
    }
    if let Some(inner) = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        return (!inner.contains(['<', '>', '='])).then(|| inner.trim());
    }
    if value.starts_with("![") || value.starts_with('[') {
        let (_, target) = value.split_once("](")?;
        let target = target.strip_suffix(')')?;
        return target.split_whitespace().next();
    }
    None
}

/// `C:\…`, `file:///…`, `http://localhost/…`.
fn is_on_this_machine(value: &str) -> bool {
    let bytes = value.as_bytes();
    let is_drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    is_drive
        || super::strip_prefix_ignoring_case(value, "file:").is_some()
        || super::host(value).is_some_and(|host| super::is_private_host(&host))
}

/// `https:/…`, `htps://…`, `https//…`, `https://` with nothing behind it, `http://https://…`.
fn scheme_fault(value: &str) -> Option<Fault> {
    if let Some(rest) = super::after_scheme(value) {
        if super::host(value).is_none() {
            return Fault::new(part!("it names no host"), None, None);
        }
        let is_doubled = super::after_scheme(rest).is_some() && !rest.starts_with("//");
        return is_doubled
            .then(|| {
                Fault::new(
                    part!("it has its scheme twice"),
                    Some(part!("Keep one scheme")),
                    Some(rest.to_owned()),
                )
            })
            .flatten();
    }
    let (scheme, rest) = split_scheme(value)?;
    let lower = scheme.to_ascii_lowercase();
    let meant = ["https", "http"]
        .into_iter()
        .find(|meant| *meant == lower)
        .or_else(|| {
            ["https", "http"]
                .into_iter()
                .find(|meant| lower.len() >= 3 && strsim::damerau_levenshtein(meant, &lower) == 1)
        })?;
    let host = rest.split(['/', '?']).next().unwrap_or("");
    let is_host = host.contains('.') && !host.contains(char::is_whitespace);
    let better = is_host.then(|| format!("{meant}://{}", encode_blanks(rest)));
    Fault::new(
        say!(
            "`{rest}` is no start of an address",
            rest = &value[..value.len() - rest.len()]
        ),
        Some(part!("Mend the start of the address")),
        better,
    )
}

fn encode_blanks(rest: &str) -> String {
    rest.replace(' ', "%20")
}

/// The word before `:/`, `//` or `://` at the start, and what follows the slashes.
fn split_scheme(value: &str) -> Option<(&str, &str)> {
    let end = value.find(|character: char| !character.is_ascii_alphabetic())?;
    let (scheme, rest) = value.split_at(end);
    let after = rest.strip_prefix(':').unwrap_or(rest);
    let slashes = after.len() - after.trim_start_matches('/').len();
    let is_colon = after.len() < rest.len();
    let is_slip = (is_colon && slashes >= 1) || (!is_colon && slashes >= 2);
    is_slip.then(|| (scheme, after.trim_start_matches('/')))
}

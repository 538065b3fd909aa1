//! What an image's address says before anybody fetches it: scheme, host, path, file type.

pub mod fault;
mod wrapped;

use crate::text::lower;
use std::borrow::Cow;

pub use wrapped::wrapped_image;

/// The host of `http://…`, `https://…` or `//…` in lower case, without user and port; `None` for everything else.
pub fn host(url: &str) -> Option<Cow<'_, str>> {
    let rest = after_scheme(url)?;
    let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#' | b'\\');
    let end = rest.bytes().position(is_end).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    (!host.is_empty()).then(|| lower(host))
}

/// What follows `http://`, `https://` or `//` (scheme in any case); `None` where the address has no host.
pub fn after_scheme(url: &str) -> Option<&str> {
    ["https://", "http://", "//"]
        .into_iter()
        .find_map(|scheme| strip_prefix_ignoring_case(url, scheme))
}

/// `text` without `prefix`, whose ASCII letters may be of any case.
#[inline]
pub fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Whether `host` is `domain` or below it.
#[inline]
pub fn is_at_or_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The address without query and fragment.
pub fn without_query(url: &str) -> &str {
    let end = memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len());
    &url[..end]
}

/// Whether the path ends in the name of an image file (`.jpg!large` and its kin too).
pub fn is_image_file(url: &str) -> bool {
    const TYPES: [&str; 13] = [
        "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp", "ico", "jfif", "tif", "tiff", "apng",
    ];
    let path = without_query(url);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let extension = extension.split(['!', '@', '_', '~']).next().unwrap_or("");
    TYPES.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Whether only the writer's own machine or network answers at `host`.
pub fn is_private_host(host: &str) -> bool {
    let octets: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    match octets.as_deref() {
        Some([127 | 10, _, _, _] | [192, 168, _, _] | [169, 254, _, _]) => true,
        Some([172, second, _, _]) => (16..32).contains(second),
        _ => host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local") || host == "0.0.0.0",
    }
}

/// The text with `%XX` undone; bytes that are no UTF-8 become U+FFFD.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        at += if escaped.is_some() { 3 } else { 1 };
        out.push(escaped.unwrap_or(byte));
    }
    String::from_utf8_lossy(&out).into_owned()
}

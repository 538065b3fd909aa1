//! Hosts of URLs as written in attributes.

use url::Url;

/// The URL that `value` means on a page: absolute, or with the scheme left out. `None` for relative ones and for what
/// is no web address.
pub(super) fn absolute(value: &str) -> Option<Url> {
    let value = value.trim();
    // What begins like this is all that can get through: an image that is written out as data is not parsed to be told so.
    let start = value.trim_start_matches(|c| c <= ' ');
    if !start.starts_with(['h', 'H', '/']) {
        return None;
    }
    let url = match value.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")),
        None => Url::parse(value),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The host of the URL that `value` means, in lower case; `None` for relative URLs.
pub fn host_of(value: &str) -> Option<String> {
    match plain_host(value) {
        Some(host) => Some(host.to_ascii_lowercase()),
        None => absolute(value).and_then(|url| url.host_str().map(str::to_owned)),
    }
}

/// The host of a web address where it is as it is written, but for its case: nearly everywhere, and then the address need not be
/// parsed. `None` says nothing.
pub fn plain_host(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once("//")?;
    if !["", "http:", "https:"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web))
    {
        return None;
    }
    let length = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
    let host = &rest[..length.unwrap_or(rest.len())];
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    // A number may be an IP address, and `xn--` what is no name.
    let begins_name = |label: &str| label.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_name = host.bytes().all(is_plain) && host.rsplit('.').next().is_some_and(begins_name);
    let is_coded = host
        .split('.')
        .any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")));
    (is_name && !is_coded).then_some(host)
}

/// Whether `host` is `domain` or stands below it.
pub fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{absolute, host_of, is_under, plain_host};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_host_is_what_a_parser_makes_of_it(
            scheme in "(https?:|HTTP:|ftp:|)",
            slashes in "(//|/|///|)",
            host in r"([a-zA-Z0-9.-]|xn--|Ａ|%41|@|:80|0x1|\t| ){0,8}",
            rest in r"[/?#\\\\ab ]{0,4}",
        ) {
            let url = format!("{scheme}{slashes}{host}{rest}");
            if let Some(plain) = plain_host(&url) {
                let parsed = absolute(&url).and_then(|url| url.host_str().map(str::to_owned));
                prop_assert_eq!(Some(plain.to_ascii_lowercase()), parsed, "{}", url);
            }
        }
    }

    #[test]
    fn hosts_are_parsed_and_matched_at_dots() {
        assert_eq!(host_of("//Ads.Example.com/x").as_deref(), Some("ads.example.com"));
        assert_eq!(host_of("/ads/x"), None);
        assert!(is_under("a.b.com", "b.com"));
        assert!(!is_under("ab.com", "b.com"));
    }
}

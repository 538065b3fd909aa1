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
    absolute(value).and_then(|url| url.host_str().map(str::to_owned))
}

/// Whether `host` is `domain` or stands below it.
pub fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{host_of, is_under};

    #[test]
    fn hosts_are_parsed_and_matched_at_dots() {
        assert_eq!(host_of("//Ads.Example.com/x").as_deref(), Some("ads.example.com"));
        assert_eq!(host_of("/ads/x"), None);
        assert!(is_under("a.b.com", "b.com"));
        assert!(!is_under("ab.com", "b.com"));
    }
}

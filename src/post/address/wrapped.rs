//! Finds the address of an image inside another address: what passes through a proxy.

/// The address of an image file inside the path or the query of `url`.
pub fn wrapped_image(url: &str) -> Option<String> {
    let (_, rest) = super::after_scheme(url)?.split_once(['/', '?'])?;
    let plain = ["https://", "http://"]
        .into_iter()
        .filter_map(|scheme| rest.find(scheme))
        .min();
    if let Some(at) = plain {
        let before = &rest[..at];
        let inner = &rest[at..];
        // In a query of several parameters the next `&` ends the address, unless it has a query of its own.
        let is_parameter = before.ends_with('=') && !inner.contains('?');
        let inner = if is_parameter { inner.split('&').next()? } else { inner };
        return is_picture(inner).then(|| inner.to_owned());
    }
    memchr::memchr(b'%', rest.as_bytes())?;
    let lower = rest.to_ascii_lowercase();
    let escaped = ["https%3a%2f%2f", "http%3a%2f%2f"]
        .into_iter()
        .filter_map(|scheme| lower.find(scheme))
        .min()?;
    let inner = super::percent_decoded(rest[escaped..].split(['&', '#']).next()?);
    is_picture(&inner).then_some(inner)
}

fn is_picture(url: &str) -> bool {
    super::is_image_file(url) && super::host(url).is_some_and(|host| host.contains('.'))
}

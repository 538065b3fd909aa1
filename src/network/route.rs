//! Which way leads to a host: straight on, or by a proxy that the environment names.

use crate::message::Message;
use crate::say;
use std::net::IpAddr;
use ureq::{Proxy, ProxyProtocol};
use url::{Host, Url};

/// The ways to other hosts; the default goes straight to each.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    http: Option<Proxy>,
    https: Option<Proxy>,
    straight: Vec<Straight>,
}

/// Hosts that no proxy is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Straight {
    All,
    /// The domain and all below it.
    Domain(String),
    /// The addresses that share so many bits with this one.
    Block(IpAddr, u32),
}

impl Routes {
    /// As curl reads the environment, of which `variable` tells the values: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, or the
    /// same in capitals. Only `HTTP_PROXY` is not believed where a web server started us, for there its clients name it. An error names
    /// the variable, and not its value, which may hold a password.
    pub fn from_environment(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Message> {
        let first = |names: &[&'static str]| {
            let mut given = names.iter().filter_map(|name| Some((*name, variable(name)?)));
            given.next().filter(|(_, value)| !value.trim().is_empty())
        };
        let proxy = |names: &[&'static str]| first(names).map(|(name, value)| proxy(name, &value)).transpose();
        let is_cgi = variable("REQUEST_METHOD").is_some();
        let http: &[&str] = match is_cgi {
            true => &["http_proxy", "all_proxy", "ALL_PROXY"],
            false => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
        };
        let exceptions = first(&["no_proxy", "NO_PROXY"])
            .map(|(_, value)| value)
            .unwrap_or_default();
        let exceptions = exceptions.split([',', ' ']).filter(|entry| !entry.is_empty());
        Ok(Self {
            http: proxy(http)?,
            https: proxy(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])?,
            straight: exceptions.map(straight).collect(),
        })
    }

    /// The proxy for addresses that begin with `scheme`.
    pub(super) fn of_scheme(&self, scheme: &str) -> Option<&Proxy> {
        if scheme == "https" {
            self.https.as_ref()
        } else {
            self.http.as_ref()
        }
    }

    /// Whether no proxy is asked for `url`.
    pub fn is_straight(&self, url: &Url) -> bool {
        let Some(host) = url.host() else {
            return true;
        };
        self.of_scheme(url.scheme()).is_none() || self.straight.iter().any(|straight| straight.holds(&host))
    }
}

impl Straight {
    fn holds(&self, host: &Host<&str>) -> bool {
        match (self, host) {
            (Straight::All, _) => true,
            (Straight::Domain(domain), Host::Domain(name)) => {
                let name = name.trim_end_matches('.').to_ascii_lowercase();
                let above = name.strip_suffix(domain.as_str());
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            (Straight::Block(address, bits), Host::Ipv4(host)) => shares(*address, IpAddr::V4(*host), *bits),
            (Straight::Block(address, bits), Host::Ipv6(host)) => shares(*address, IpAddr::V6(*host), *bits),
            _ => false,
        }
    }
}

fn shares(one: IpAddr, other: IpAddr, bits: u32) -> bool {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            let differing = one.to_bits() ^ other.to_bits();
            differing.leading_zeros() >= bits
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            let differing = one.to_bits() ^ other.to_bits();
            differing.leading_zeros() >= bits
        }
        _ => false,
    }
}

fn straight(entry: &str) -> Straight {
    let (address, bits) = match entry.split_once('/') {
        Some((address, bits)) => (address, bits.parse().ok()),
        None => (entry, Some(128)),
    };
    let address = address.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    match (entry, address, bits) {
        ("*", ..) => Straight::All,
        (_, Ok(address), Some(bits)) => Straight::Block(address, bits.min(if address.is_ipv4() { 32 } else { 128 })),
        _ => Straight::Domain(entry.trim_matches('.').to_ascii_lowercase()),
    }
}

fn proxy(name: &str, value: &str) -> Result<Proxy, Message> {
    let proxy = Proxy::new(value.trim()).map_err(|_| say!("{name}: this is no address of a proxy", name))?;
    match proxy.protocol() {
        ProxyProtocol::Http | ProxyProtocol::Https => Ok(proxy),
        other => Err(say!(
            "{name}: a proxy of HTTP is understood here, and none of {other}",
            name,
            other
        )),
    }
}

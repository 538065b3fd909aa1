//! Opens connections: straight or by a proxy, and only to the public internet.

use super::ask::Manners;
use super::forward::{AtProxy, WholeAddress};
use super::special::is_public;
use crate::message::{Message, Part};
use crate::{part, say};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::typestate::WithoutBody;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector as _, DefaultConnector, NextTimeout, TcpConnector};
use ureq::{Agent, Error, Proxy, ProxyProtocol, RequestBuilder};
use url::{Host, Url};

/// Behind a proxy there may be no name server that knows the world: so long its answer is waited for.
const NAMES: Duration = Duration::from_secs(2);

/// Who is believed to vouch for hosts; the default is what browsers believe (Mozilla's list, built in).
#[derive(Clone, Debug, Default)]
pub struct Trust(Option<RootCerts>);

impl Trust {
    /// The certificates in `text` and no others, in the form of `SSL_CERT_FILE` (PEM); an error where there is none.
    pub fn from_pem(text: &str) -> Result<Self, Message> {
        let items = parse_pem(text.as_bytes()).map_while(Result::ok);
        let certificates: Vec<Certificate<'static>> = items
            .filter_map(|item| match item {
                PemItem::Certificate(certificate) => Some(certificate),
                _ => None,
            })
            .collect();
        match certificates.is_empty() {
            true => Err(say!("there is no certificate in it")),
            false => Ok(Self(Some(RootCerts::new_with_certs(&certificates)))),
        }
    }
}

/// An address that is not of the public internet.
#[derive(Debug)]
pub(super) struct Special;

impl Special {
    pub(super) const SAID: Part = part!("its address is not of the public internet");
}

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::SAID.english())
    }
}

impl std::error::Error for Special {}

/// Resolves names, and refuses what does not lead to the public internet. The connection is made to the very addresses that were
/// looked at, so a name that changes its mind in between gains nothing.
#[derive(Debug)]
struct Gate {
    allowed: Vec<String>,
    names: DefaultResolver,
}

impl Resolver for Gate {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let is_named = uri
            .authority()
            .is_some_and(|authority| is_named(&self.allowed, authority.as_str(), authority.host()));
        match is_named || found.iter().all(|address| is_public(address.ip())) {
            true => Ok(found),
            false => Err(Error::Other(Box::new(Special))),
        }
    }
}

fn is_named(allowed: &[String], authority: &str, host: &str) -> bool {
    let is = |name: &String| name.eq_ignore_ascii_case(authority) || name.eq_ignore_ascii_case(host);
    allowed.iter().any(is)
}

/// Asks hosts.
pub(super) struct Client {
    manners: Manners,
    straight: Agent,
    /// For `http:` and `https:`; `None` where no proxy is named.
    proxied: [Option<Way>; 2],
    /// What was found out of hosts that a proxy is asked for.
    seen: Mutex<HashMap<String, bool>>,
}

/// How a host is asked.
#[derive(Clone)]
pub(super) struct Way {
    agent: Agent,
    /// What the proxy wants to hear in each request.
    password: Option<String>,
    /// Whether it is the proxy that finds the host.
    pub(super) is_proxied: bool,
}

impl Client {
    /// A client with `manners`.
    pub(super) fn new(manners: &Manners) -> Self {
        let gate = Gate {
            allowed: manners.allowed.clone(),
            names: DefaultResolver::default(),
        };
        let way = |scheme| {
            manners
                .routes
                .of_scheme(scheme)
                .map(|proxy| by_proxy(manners, proxy, scheme))
        };
        Self {
            manners: manners.clone(),
            straight: Agent::with_parts(config(manners, None), DefaultConnector::default(), gate),
            proxied: ["http", "https"].map(way),
            seen: Mutex::default(),
        }
    }

    /// The way to `url`; an error where there is none that may be taken.
    pub(super) fn way(&self, url: &str) -> Result<Way, Error> {
        let straight = || Way {
            agent: self.straight.clone(),
            password: None,
            is_proxied: false,
        };
        let parsed = Url::parse(url).map_err(|error| Error::BadUri(error.to_string()))?;
        if self.manners.routes.is_straight(&parsed) {
            return Ok(straight());
        }
        let [http, https] = &self.proxied;
        let way = if parsed.scheme() == "https" { https } else { http };
        match way {
            Some(way) if self.may_be_public(&parsed) => Ok(way.clone()),
            Some(_) => Err(Error::Other(Box::new(Special))),
            None => Ok(straight()),
        }
    }

    /// Whether the host of `url` may be of the public internet, as far as that can be seen from here: the proxy finds it, and maybe
    /// elsewhere.
    fn may_be_public(&self, url: &Url) -> bool {
        let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let host = url.host_str().unwrap_or_default();
        if is_named(&self.manners.allowed, authority, host) {
            return true;
        }
        match url.host() {
            Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => {
                let known = self
                    .seen
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .get(name)
                    .copied();
                known.unwrap_or_else(|| {
                    let is_public = may_be_public(name);
                    let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                    seen.insert(name.to_owned(), is_public);
                    is_public
                })
            }
            None => false,
        }
    }
}

/// Names for use inside a house: a single word, and what is reserved for that (RFC 6761 and 6762, and ICANN's `internal`).
const INDOORS: &[&str] = &[
    "localhost",
    "local",
    "internal",
    "home.arpa",
    "lan",
    "intranet",
    "corp",
    "home",
];

fn may_be_public(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_indoors = |end: &&str| name.strip_suffix(*end).is_some_and(|above| above.ends_with('.'));
    if !name.contains('.') || INDOORS.iter().any(is_indoors) {
        return false;
    }
    let (sender, answer) = channel();
    // Nobody can be called back from asking for a name.
    std::thread::spawn(move || sender.send((name.as_str(), 80).to_socket_addrs().ok()));
    let found = answer.recv_timeout(NAMES).ok().flatten();
    // What nobody here knows is the proxy's to find.
    found.is_none_or(|mut found| found.all(|address| is_public(address.ip())))
}

impl Way {
    pub(super) fn head(&self, url: &str) -> RequestBuilder<WithoutBody> {
        self.prepared(self.agent.head(url))
    }

    pub(super) fn get(&self, url: &str) -> RequestBuilder<WithoutBody> {
        self.prepared(self.agent.get(url))
    }

    fn prepared(&self, request: RequestBuilder<WithoutBody>) -> RequestBuilder<WithoutBody> {
        match &self.password {
            Some(password) => request.header(header::PROXY_AUTHORIZATION, password),
            None => request,
        }
    }
}

fn by_proxy(manners: &Manners, proxy: &Proxy, scheme: &str) -> Way {
    let names = DefaultResolver::default();
    if scheme == "https" || proxy.protocol() != ProxyProtocol::Http {
        // The one name that is resolved here is the proxy's, which the user has named.
        let config = config(manners, Some(proxy.clone()));
        return Way {
            agent: Agent::with_parts(config, DefaultConnector::default(), names),
            password: None,
            is_proxied: true,
        };
    }
    let connector = ().chain(TcpConnector::default()).chain(WholeAddress);
    let at_proxy = AtProxy {
        proxy: proxy.uri().clone(),
        names,
    };
    let password = proxy.username().or(proxy.password()).map(|_| {
        let (name, password) = (
            proxy.username().unwrap_or_default(),
            proxy.password().unwrap_or_default(),
        );
        format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{password}")))
    });
    Way {
        agent: Agent::with_parts(config(manners, None), connector, at_proxy),
        password,
        is_proxied: true,
    }
}

fn config(manners: &Manners, proxy: Option<Proxy>) -> Config {
    let tls = match &manners.trust.0 {
        Some(roots) => TlsConfig::builder().root_certs(roots.clone()).build(),
        None => TlsConfig::default(),
    };
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(proxy)
        .tls_config(tls)
        .timeout_global(Some(manners.patience))
        .max_response_header_size(32 * 1024)
        .max_idle_connections_per_host(1)
        .user_agent(concat!(
            "postlint/",
            env!("CARGO_PKG_VERSION"),
            " (checks whether pictures are there)"
        ))
        .accept("image/*")
        .build()
}

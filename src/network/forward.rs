//! Requests for `http:` by a proxy: sent to the proxy itself, with the whole address in the first line (RFC 9112, 3.2.2). ureq asks every
//! proxy for a tunnel, which most allow for `https:` alone.

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Finds the proxy, whichever host is asked for.
#[derive(Debug)]
pub(super) struct AtProxy {
    pub(super) proxy: Uri,
    pub(super) names: DefaultResolver,
}

impl Resolver for AtProxy {
    fn resolve(&self, _: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        self.names.resolve(&self.proxy, config, timeout)
    }
}

/// Writes whole addresses into the requests of a connection to a proxy.
#[derive(Debug)]
pub(super) struct WholeAddress;

impl<In: Transport> Connector<In> for WholeAddress {
    type Out = Forwarded<In>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        // A connection is for one host, so the beginning is the same for each of its requests.
        let host = details.uri.authority().map_or("", |authority| authority.as_str());
        let beginning = format!("http://{host}");
        Ok(chained.map(|inner| Forwarded { inner, beginning }))
    }
}

#[derive(Debug)]
pub(super) struct Forwarded<T> {
    inner: T,
    beginning: String,
}

impl<T: Transport> Transport for Forwarded<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let output = self.inner.buffers().output();
        let added = self.beginning.len();
        // A head fits into the buffer and is sent at once; nothing that we send has a body.
        let at = [&b"GET /"[..], b"HEAD /"]
            .iter()
            .find(|start| output.starts_with(start))
            .map(|start| start.len() - 1);
        match at {
            Some(at) if amount + added <= output.len() => {
                output.copy_within(at..amount, at + added);
                output[at..at + added].copy_from_slice(self.beginning.as_bytes());
                self.inner.transmit_output(amount + added, timeout)
            }
            Some(_) => Err(Error::ConnectionFailed),
            None => self.inner.transmit_output(amount, timeout),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}

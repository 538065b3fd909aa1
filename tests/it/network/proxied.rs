//! Proxies: which are asked, how, and what they are not asked for.

use super::host::{Log, Server, answer};
use super::secure::{Authority, answer_safely};
use super::*;
use postlint::network::Routes;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;
use url::Url;

/// A public address that nobody here reaches but by the proxy.
const FAR: &str = "192.0.1.1";

/// A proxy that is every host by itself; its log has the heads of the requests that were made to it.
struct Proxy {
    host: String,
    heads: Log,
    authority: Authority,
}

impl Proxy {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let authority = Authority::new();
        let config = authority.vouch(FAR, 2999);
        let heads = Log::default();
        let log = Arc::clone(&heads);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (config, log) = (Arc::clone(&config), Arc::clone(&log));
                std::thread::spawn(move || {
                    let (mut stream, head) = heard(stream)?;
                    log.lock().unwrap().push((head.clone(), Instant::now()));
                    if head.starts_with("CONNECT ") {
                        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
                        return answer_safely(stream, &config, &Log::default());
                    }
                    let (method, rest) = head.split_once(" http://")?;
                    let path = &rest[rest.find('/')?..];
                    let request = std::io::Cursor::new(format!("{method} {path}"));
                    answer(Joined(request, stream), &Log::default())
                });
            }
        });
        Self { host, heads, authority }
    }

    fn manners(&self, more: &[(&str, &str)]) -> Manners {
        let address = format!("http://me:pass%20word@{}", self.host);
        let mut variables = vec![("http_proxy", &*address), ("https_proxy", &*address)];
        variables.extend(more);
        Manners {
            routes: routes(&variables).unwrap(),
            trust: self.authority.trust(),
            ..quick(&[])
        }
    }

    fn heads(&self) -> Vec<String> {
        self.heads
            .lock()
            .unwrap()
            .iter()
            .map(|(head, _)| head.clone())
            .collect()
    }
}

/// Reads what was read already, then what comes; writes to the second.
struct Joined(std::io::Cursor<String>, TcpStream);

impl Read for Joined {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => self.1.read(buffer),
            some => Ok(some),
        }
    }
}

impl Write for Joined {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.1.flush()
    }
}

fn heard(mut stream: TcpStream) -> Option<(TcpStream, String)> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    Some((stream, String::from_utf8(head).ok()?))
}

fn routes(variables: &[(&str, &str)]) -> Result<Routes, postlint::message::Message> {
    let value = |name: &str| {
        variables
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Routes::from_environment(&value)
}

fn one(url: &str, manners: &Manners) -> Answer {
    let url = url.to_owned();
    ask(std::slice::from_ref(&url), manners, &mut Memory::default())
        .remove(&url)
        .unwrap()
}

#[test]
fn a_proxy_gets_the_whole_address_or_is_asked_for_a_tunnel() {
    let proxy = Proxy::new();
    let manners = proxy.manners(&[]);
    assert_eq!(one(&format!("http://{FAR}/ok.png"), &manners), Answer::Fine);
    assert_eq!(one(&format!("http://{FAR}:8080/no-head"), &manners), Answer::Fine);
    assert_eq!(one(&format!("https://{FAR}/ok.png"), &manners), Answer::Fine);
    assert_eq!(
        one(&format!("https://{FAR}/gone"), &manners),
        Answer::Faulty(Fault::Gone(404))
    );
    let heads = proxy.heads();
    let starts = [
        format!("HEAD http://{FAR}/ok.png HTTP/1.1\r\n"),
        format!("HEAD http://{FAR}:8080/no-head HTTP/1.1\r\n"),
        format!("GET http://{FAR}:8080/no-head HTTP/1.1\r\n"),
        format!("CONNECT {FAR}:443 HTTP/1.1\r\n"),
    ];
    for (head, start) in heads.iter().zip(&starts) {
        assert!(head.starts_with(start), "{head}");
        let said = head.to_lowercase();
        // me:pass word
        assert!(said.contains("proxy-authorization: basic bwu6cgfzcyb3b3jk"), "{head}");
    }
    assert!(heads[1].to_lowercase().contains(&format!("host: {FAR}:8080\r\n")));
}

#[test]
fn a_proxy_is_not_asked_for_what_is_in_the_house() {
    let proxy = Proxy::new();
    let manners = proxy.manners(&[]);
    let inside = [
        "http://127.0.0.1/ok.png",
        "https://10.1.2.3/ok.png",
        "http://[::1]/ok.png",
        "http://169.254.169.254/ok.png",
        "http://localhost/ok.png",
        "http://intranet/ok.png",
        "https://wiki.corp.internal/ok.png",
        "http://printer.local./ok.png",
    ];
    for url in inside {
        let answer = one(url, &manners);
        assert!(
            matches!(&answer, Answer::Unknown(why) if why.english().contains("public internet")),
            "{url}: {answer:?}"
        );
    }
    assert_eq!(proxy.heads(), [""; 0]);
    // Not by a redirect either, nor the proxy by its own name.
    for target in ["10.1.2.3", &proxy.host] {
        let answer = one(&format!("http://{FAR}/to/{target}/ok.png"), &manners);
        assert!(
            matches!(&answer, Answer::Unknown(why) if why.english().contains("public internet")),
            "{answer:?}"
        );
    }
    let allowed = Manners {
        allowed: vec!["intranet".into()],
        ..manners
    };
    assert_eq!(one("http://intranet/ok.png", &allowed), Answer::Fine);
}

#[test]
fn what_goes_wrong_at_a_proxy_is_no_fault_of_a_picture() {
    let proxy = Proxy::new();
    let manners = proxy.manners(&[]);
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let gone = Manners {
        routes: routes(&[("http_proxy", &closed), ("HTTPS_PROXY", &closed)]).unwrap(),
        ..manners.clone()
    };
    for url in ["http", "https"].map(|scheme| format!("{scheme}://{FAR}/ok.png")) {
        let answer = one(&url, &gone);
        assert!(matches!(answer, Answer::Unknown(_)), "{url}: {answer:?}");
    }
    for path in ["reset", "half", "broken"] {
        let answer = one(&format!("http://{FAR}/{path}"), &manners);
        assert!(
            matches!(answer, Answer::Unknown(_) | Answer::Status(500)),
            "{path}: {answer:?}"
        );
        if let Answer::Unknown(why) = answer {
            let why = why.text(Language::Chinese);
            assert!(why.starts_with("经由代理：") && leftover(&why).is_none(), "{why}");
        }
    }
}

#[test]
fn some_hosts_need_no_proxy() {
    let (proxy, server) = (Proxy::new(), Server::new());
    let mut manners = proxy.manners(&[("no_proxy", "127.0.0.0/8")]);
    assert!(
        matches!(one(&server.url("/ok.png"), &manners), Answer::Unknown(_)),
        "it is no public address for that"
    );
    manners.allowed.push(server.host.clone());
    assert_eq!(one(&server.url("/ok.png"), &manners), Answer::Fine);
    assert_eq!(proxy.heads(), [""; 0]);
    let is_straight = |exceptions: &str, url: &str| {
        let routes = routes(&[("all_proxy", "proxy.example:3128"), ("NO_PROXY", exceptions)]).unwrap();
        routes.is_straight(&Url::parse(url).unwrap())
    };
    for (exceptions, url) in [
        ("*", "http://a.example/"),
        ("a.example", "http://a.example/"),
        ("a.example", "https://B.A.Example:8443/"),
        (".a.example", "http://a.example/"),
        ("x, a.example.,y", "http://b.a.example./"),
        ("192.0.1.1", "http://192.0.1.1/"),
        ("x 192.0.0.0/23", "http://192.0.1.1/"),
        ("2001:db8::/32", "http://[2001:db8:1::1]/"),
        ("[2001:db8::1]", "http://[2001:db8::1]/"),
    ] {
        assert!(is_straight(exceptions, url), "{exceptions} {url}");
    }
    for (exceptions, url) in [
        ("", "http://a.example/"),
        ("a.example", "http://ba.example/"),
        ("b.a.example", "http://a.example/"),
        ("192.0.0.0/24", "http://192.0.1.1/"),
        ("192.0.1.1", "http://192.0.1.11/"),
        ("2001:db8::/32", "http://[2001:db9::1]/"),
        ("192.0.1.1/many", "http://192.0.1.1/"),
    ] {
        assert!(!is_straight(exceptions, url), "{exceptions} {url}");
    }
}

#[test]
fn the_environment_is_read_as_curl_reads_it() {
    let is_proxied =
        |variables: &[(&str, &str)], url: &str| !routes(variables).unwrap().is_straight(&Url::parse(url).unwrap());
    for (variables, http, https) in [
        (&[][..], false, false),
        (&[("http_proxy", "a.example")], true, false),
        (&[("HTTPS_PROXY", "https://a.example:1")], false, true),
        (&[("ALL_PROXY", "a.example")], true, true),
        (&[("https_proxy", ""), ("ALL_PROXY", "a.example")], true, false),
        (&[("HTTP_PROXY", "a.example")], true, false),
        (&[("HTTP_PROXY", "a.example"), ("REQUEST_METHOD", "GET")], false, false),
        (&[("http_proxy", "a.example"), ("REQUEST_METHOD", "GET")], true, false),
    ] {
        assert_eq!(is_proxied(variables, "http://b.example/"), http, "{variables:?}");
        assert_eq!(is_proxied(variables, "https://b.example/"), https, "{variables:?}");
    }
    for wrong in ["socks5h://a.example:1080", "http://", "ftp://a.example", "a b"] {
        let error = routes(&[("https_proxy", wrong)]).unwrap_err().english();
        assert!(
            error.starts_with("https_proxy: ") && !error.contains("a.example"),
            "{error}"
        );
    }
}

//! `https:` against hosts on this machine, with certificates of their own making.

use super::host::{Log, Server, answer};
use super::*;
use postlint::network::Trust;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// Somebody who vouches for hosts.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    pub fn trust(&self) -> Trust {
        Trust::from_pem(&self.pem()).unwrap()
    }

    /// How a host called `name` proves that it is; until the end of `year`.
    pub fn vouch(&self, name: &str, year: i32) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Arc::new(config)
    }
}

/// Hear one request on `stream` as a host of `https:` does.
pub fn answer_safely(stream: TcpStream, config: &Arc<ServerConfig>, log: &Log) -> Option<()> {
    let connection = ServerConnection::new(Arc::clone(config)).unwrap();
    let mut stream = StreamOwned::new(connection, stream);
    answer(&mut stream, log)?;
    stream.conn.send_close_notify();
    stream.conn.complete_io(&mut stream.sock).ok()?;
    Some(())
}

/// A host of `https:`, by its address.
fn host(config: Arc<ServerConfig>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let config = Arc::clone(&config);
            std::thread::spawn(move || answer_safely(stream, &config, &Log::default()));
        }
    });
    host
}

/// What is said of `https://{host}{path}` where another host answers as it should.
fn told(host: &str, path: &str, trust: Trust) -> Answer {
    let other = Server::new();
    let mut manners = Manners {
        trust,
        ..quick(&[&other])
    };
    manners.allowed.push(host.to_owned());
    let url = format!("https://{host}{path}");
    let mut answers = ask(&[url.clone(), other.url("/ok.png")], &manners, &mut Memory::default());
    answers.remove(&url).unwrap()
}

fn insecure(why: &str) -> Answer {
    Answer::Faulty(Fault::Insecure(why.into()))
}

#[test]
fn a_safe_connection_is_as_good_as_any() {
    let authority = Authority::new();
    let host = host(authority.vouch("127.0.0.1", 2999));
    assert_eq!(told(&host, "/ok.png", authority.trust()), Answer::Fine);
    assert_eq!(told(&host, "/hop", authority.trust()), Answer::Fine);
    assert_eq!(
        told(&host, "/gone", authority.trust()),
        Answer::Faulty(Fault::Gone(404))
    );
}

#[test]
fn what_is_wrong_with_a_certificate_is_told_apart() {
    let authority = Authority::new();
    let good = host(authority.vouch("127.0.0.1", 2999));
    for stranger in [Trust::default(), Authority::new().trust()] {
        assert!(
            matches!(told(&good, "/ok.png", stranger), Answer::Unknown(why) if why.english().contains("vouches for its certificate")),
            "who is trusted is this machine's affair"
        );
    }
    let old = host(authority.vouch("127.0.0.1", 2001));
    assert_eq!(told(&old, "/ok.png", authority.trust()), insecure("it has expired"));
    let other = host(authority.vouch("pictures.example", 2999));
    assert_eq!(
        told(&other, "/ok.png", authority.trust()),
        insecure("it is another host's")
    );
    // Where every host seems to be wrong, it is the clock or the network of this machine.
    let manners = Manners {
        allowed: vec![old.clone()],
        trust: authority.trust(),
        ..quick(&[])
    };
    let url = format!("https://{old}/ok.png");
    let alone = ask(std::slice::from_ref(&url), &manners, &mut Memory::default());
    assert_eq!(alone[&url], Answer::Unknown(say!("no host answers this machine")));
}

#[test]
fn a_host_that_speaks_no_tls_is_not_judged() {
    let plain = Server::new();
    let answer = told(&plain.host, "/ok.png", Trust::default());
    assert!(
        matches!(&answer, Answer::Unknown(_) | Answer::Faulty(Fault::Silent(_))),
        "{answer:?}"
    );
}

#[test]
fn the_environment_says_who_is_trusted() {
    let authority = Authority::new();
    let host = host(authority.vouch("127.0.0.1", 2999));
    let site = tempfile::tempdir().unwrap();
    std::fs::write(
        site.path().join("a.md"),
        format!("---\ntitle: Tea\n---\n\n![Tea](https://{host}/gone) ![Cup](https://{host}/ok.png)\n"),
    )
    .unwrap();
    std::fs::write(site.path().join("ca.pem"), authority.pem()).unwrap();
    let run = |file: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        command
            .args([
                "check",
                "a.md",
                "--select",
                "image-unreachable",
                "--output-format",
                "concise",
            ])
            .args(["--network", "--network-cache", "answers.json", "--network-allow", &host])
            .current_dir(site.path());
        for name in [
            "SSL_CERT_FILE",
            "http_proxy",
            "https_proxy",
            "all_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
        ] {
            command.env_remove(name);
        }
        command.envs(file.map(|file| ("SSL_CERT_FILE", file)));
        let ran = command.output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        (ran.status.code().unwrap(), said)
    };
    let (code, said) = run(None);
    assert!(code == 0 && said.contains("2 pictures could not be judged"), "{said}");
    for wrong in ["a.md", "none.pem"] {
        let (code, said) = run(Some(wrong));
        assert!(code == 2 && said.contains(&format!("SSL_CERT_FILE: {wrong}")), "{said}");
    }
    let (code, said) = run(Some("ca.pem"));
    assert!(
        code == 1 && said.contains("(status 404)") && !said.contains("judged"),
        "{said}"
    );
}

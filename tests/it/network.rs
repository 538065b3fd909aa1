//! `check --network` against servers that misbehave; each is on this machine, and has to be allowed by name.

mod host;
mod proxied;
mod secure;

use crate::messages::leftover;
use host::Server;
use postlint::config::Fault;
use postlint::message::Language;
use postlint::network::{Answer, Manners, Memory, ask_all, is_public};
use postlint::say;
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

fn quick(allowed: &[&Server]) -> Manners {
    Manners {
        allowed: allowed.iter().map(|server| server.host.clone()).collect(),
        patience: Duration::from_secs(3),
        pause: Duration::from_millis(1),
        longest_wait: Duration::from_secs(5),
        tries: 2,
        ..Manners::default()
    }
}

fn ask(addresses: &[String], manners: &Manners, memory: &mut Memory) -> BTreeMap<String, Answer> {
    let addresses: BTreeSet<String> = addresses.iter().cloned().collect();
    let answers = ask_all(&addresses, manners, memory, &|| ());
    assert!(answers.keys().eq(&addresses), "an address has no answer");
    answers
}

fn of(server: &Server, paths: &[&str]) -> Vec<Answer> {
    let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let answers = ask(&urls, &quick(&[server]), &mut Memory::default());
    urls.iter().map(|url| answers[url].clone()).collect()
}

fn astray(why: &str) -> Answer {
    Answer::Faulty(Fault::Astray(why.into()))
}

fn silent(why: &str) -> Answer {
    Answer::Faulty(Fault::Silent(why.into()))
}

#[test]
fn what_is_there_is_found_however_the_host_answers() {
    let server = Server::new();
    let paths = [
        "/ok.png",
        "/no-head",
        "/head-lies",
        "/head-resets",
        "/untyped",
        "/svg",
        "/hop",
        "/busy",
    ];
    for (path, answer) in paths.iter().zip(of(&server, &paths)) {
        assert_eq!(answer, Answer::Fine, "{path}");
    }
    assert_eq!(
        server.asked().iter().filter(|line| line.ends_with("/ok.png")).count(),
        2,
        "HEAD is enough: {:?}",
        server.asked()
    );
    let times = server.times("/busy");
    assert!(
        times[1] - times[0] >= Duration::from_millis(900),
        "Retry-After was not waited for"
    );
}

#[test]
fn what_is_wrong_for_every_reader_is_told() {
    let server = Server::new();
    let told = of(
        &server,
        &[
            "/gone",
            "/long-gone",
            "/page",
            "/empty",
            "/loop",
            "/no-target",
            "/to-file",
            "/endless-body",
        ],
    );
    let faults = [
        Answer::Faulty(Fault::Gone(404)),
        Answer::Faulty(Fault::Gone(410)),
        Answer::Faulty(Fault::NotPicture("text/html".into())),
        Answer::Faulty(Fault::Empty),
        astray("more than 5 redirects"),
        astray("a redirect names no address of the web"),
        astray("a redirect names no address of the web"),
        Answer::Faulty(Fault::NotPicture("text/html".into())),
    ];
    assert_eq!(told, faults);
    assert!(server.times("/loop").len() <= 6);
}

#[test]
fn what_may_be_meant_for_this_machine_or_hour_is_not_told() {
    let server = Server::new();
    let told = of(&server, &["/forbidden", "/broken", "/mere-bytes"]);
    assert_eq!(
        told,
        [
            Answer::Status(403),
            Answer::Status(500),
            Answer::Unknown(say!("bytes of no known kind"))
        ]
    );
    assert!(server.times("/broken").len() >= 2, "a server in trouble is asked again");
    assert!(matches!(
        &of(&server, &["/ok.png", "/endless-head"])[1],
        Answer::Unknown(_)
    ));
}

#[test]
fn silence_is_told_unless_nobody_answers_at_all() {
    let server = Server::new();
    let told = of(&server, &["/ok.png", "/slow"]);
    assert_eq!(told, [Answer::Fine, silent("no answer in time")]);
    for path in ["/reset", "/half"] {
        let told = of(&server, &["/ok.png", path]);
        assert!(
            matches!(&told[1], Answer::Faulty(Fault::Silent(_)) | Answer::Unknown(_)),
            "{path}: {told:?}"
        );
    }
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let gone = format!("http://{closed}/a.png");
    let mut manners = quick(&[&server]);
    manners.allowed.push(closed);
    let answers = ask(&[gone.clone(), server.url("/ok.png")], &manners, &mut Memory::default());
    assert_eq!(answers[&gone], silent("the connection is refused"));
    let alone = ask(std::slice::from_ref(&gone), &manners, &mut Memory::default());
    assert_eq!(alone[&gone], Answer::Unknown(say!("no host answers this machine")));
}

#[test]
fn nobody_is_led_into_the_house() {
    let server = Server::new();
    let port = server.host.rsplit(':').next().unwrap();
    let names = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0x7f.1",
        "2130706433",
        "0",
        "127.1",
        "me@127.0.0.1",
    ];
    let urls: Vec<String> = names
        .iter()
        .map(|name| postlint::config::remote_address(&format!("http://{name}:{port}/ok.png")).unwrap())
        .collect();
    for (url, answer) in ask(&urls, &quick(&[]), &mut Memory::default()) {
        assert!(matches!(answer, Answer::Unknown(_)), "{url}: {answer:?}");
    }
    assert_eq!(server.asked(), [""; 0], "somebody got in");
    // Not by a redirect of a host that is allowed, either.
    let other = Server::new();
    let path = format!("/to/{}/ok.png", server.host);
    let answers = ask(&[other.url(&path)], &quick(&[&other]), &mut Memory::default());
    assert!(
        matches!(&answers[&other.url(&path)], Answer::Unknown(why) if why.english().contains("public internet")),
        "{answers:?}"
    );
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn special_addresses_are_known() {
    let special = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 \
        203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001:db8::1 2001::1 2002:7f00:1::1 \
        3fff::1 fc00::1 fd00::1 fe80::1 fec0::1 ff02::1";
    for address in special.split_ascii_whitespace() {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    let public = "1.1.1.1 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 192.169.0.1 198.20.0.1 223.255.255.255 2606:4700::1111 2001:4860:4860::8888 \
        ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1";
    for address in public.split_ascii_whitespace() {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn a_host_that_asks_to_be_left_alone_is_left_alone() {
    let server = Server::new();
    let told = of(&server, &["/leave-me", "/ok.png", "/svg"]);
    assert!(told.iter().all(|answer| *answer == Answer::Status(429)), "{told:?}");
    assert_eq!(server.asked(), ["HEAD /leave-me"]);
}

#[test]
fn answers_are_believed_for_a_while() {
    const DAY: u64 = 86_400;
    let server = Server::new();
    let urls = [server.url("/ok.png"), server.url("/gone"), server.url("/forbidden")];
    let mut memory = Memory::new("", 100 * DAY, 7);
    let first = ask(&urls, &quick(&[&server]), &mut memory);
    let asked_after = |later: u64, days: u64| {
        let before = server.asked().len();
        let mut memory = Memory::new(&memory.text(), later, days);
        assert_eq!(ask(&urls, &quick(&[&server]), &mut memory), first);
        let asked: BTreeSet<String> = server.asked()[before..]
            .iter()
            .filter_map(|line| Some(line.split_once(' ')?.1.to_owned()))
            .collect();
        asked.into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        asked_after(100 * DAY + 60, 7),
        "/forbidden",
        "what is not known is not remembered"
    );
    assert_eq!(asked_after(102 * DAY, 7), "/forbidden /gone", "a fault may be mended");
    assert_eq!(asked_after(108 * DAY, 7), "/forbidden /gone /ok.png");
    assert_eq!(asked_after(100 * DAY + 60, 0), "/forbidden /gone /ok.png");
    assert_eq!(
        asked_after(99 * DAY, 7),
        "/forbidden /gone /ok.png",
        "a clock that was wrong"
    );
    assert_eq!(
        ask(&urls, &quick(&[&server]), &mut Memory::new("{no json", 0, 7)),
        first
    );
}

#[test]
fn only_the_switch_opens_a_connection() {
    let server = Server::new();
    let site = tempfile::tempdir().unwrap();
    let (ok, gone) = (server.url("/ok.png"), server.url("/gone"));
    std::fs::write(
        site.path().join("a.md"),
        format!("---\ntitle: Tea\ndate: 2022-07-06\n---\n\n![]({ok}) <img src=\"{gone}\">\n"),
    )
    .unwrap();
    std::fs::write(
        site.path().join("postlint.toml"),
        "[rules]\nimage-unreachable = \"warning\"\n",
    )
    .unwrap();
    let run = |more: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_postlint"))
            .args([
                "check",
                "a.md",
                "--generator",
                "hexo",
                "--select",
                "image-unreachable",
                "--output-format",
                "concise",
            ])
            .args(more)
            .current_dir(site.path())
            .env_remove("GITHUB_ACTIONS")
            .output()
            .unwrap();
        String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap()
    };
    assert!(run(&[]).contains("nothing found"));
    let cache = ["--network", "--network-cache", "deep/er/answers.json"];
    let refused = run(&cache);
    assert!(
        refused.contains("2 pictures could not be judged: its address is not of the public internet"),
        "{refused}"
    );
    assert_eq!(server.asked(), [""; 0]);
    let allowed = [&cache[..], &["--network-allow", &server.host]].concat();
    let told = run(&allowed);
    assert!(
        told.contains("a.md:6:") && told.contains("image-unreachable") && told.contains("(status 404)"),
        "{told}"
    );
    assert!(told.contains("1 finding in"), "{told}");
    let asked = server.asked().len();
    assert_eq!(run(&allowed), told);
    assert_eq!(server.asked().len(), asked, "the answers are kept");
    assert!(
        run(&["--network-allow", "a"]).contains("--network"),
        "it needs the switch"
    );
}

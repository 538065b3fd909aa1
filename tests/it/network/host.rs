//! A server that misbehaves in every way that its paths name.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

pub type Log = Arc<Mutex<Vec<(String, Instant)>>>;

/// A server and what it was asked: method and path, with the time.
pub struct Server {
    pub host: String,
    log: Log,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let log = Log::default();
        let told = Arc::clone(&log);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = Arc::clone(&told);
                // A client that hangs up is no trouble.
                std::thread::spawn(move || answer(stream, &log));
            }
        });
        Self { host, log }
    }

    pub fn asked(&self) -> Vec<String> {
        self.log.lock().unwrap().iter().map(|(line, _)| line.clone()).collect()
    }

    pub fn times(&self, path: &str) -> Vec<Instant> {
        let log = self.log.lock().unwrap();
        log.iter()
            .filter(|(line, _)| line.ends_with(path))
            .map(|(_, at)| *at)
            .collect()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }
}

/// Hear one request and answer it as its path wants.
pub fn answer(mut stream: impl Read + Write, log: &Log) -> Option<()> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            // Somebody connected, which is what must not be.
            log.lock().unwrap().push(("nothing".into(), Instant::now()));
            return None;
        }
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).ok()?;
    let line = request.lines().next()?.strip_suffix(" HTTP/1.1")?.to_owned();
    let (method, path) = line.split_once(' ')?;
    let before = log
        .lock()
        .unwrap()
        .iter()
        .filter(|(old, _)| old.ends_with(path))
        .count();
    log.lock().unwrap().push((line.clone(), Instant::now()));
    let is_head = method == "HEAD";
    let mut say = |status: &str, headers: &str, body: &[u8]| {
        let length = if headers.contains("Content-Length") {
            String::new()
        } else {
            format!("Content-Length: {}\r\n", body.len())
        };
        let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{length}{headers}\r\n");
        stream.write_all(head.as_bytes()).ok()?;
        if is_head { Some(()) } else { stream.write_all(body).ok() }
    };
    match path {
        "/ok.png" => say("200 OK", "Content-Type: image/png\r\n", PNG),
        "/no-head" if is_head => say("405 Method Not Allowed", "", b""),
        "/no-head" => {
            assert!(request.to_lowercase().contains("range: bytes=0-511"));
            say(
                "206 Partial Content",
                "Content-Type: image/png\r\nContent-Range: bytes 0-31/99999\r\n",
                PNG,
            )
        }
        "/head-lies" if is_head => say("404 Not Found", "", b""),
        "/head-resets" if is_head => None,
        "/head-lies" | "/head-resets" => say("200 OK", "Content-Type: image/png\r\n", PNG),
        "/untyped" => say("200 OK", "", PNG),
        "/svg" => say(
            "200 OK",
            "Content-Type: text/plain\r\n",
            b"<?xml version='1.0'?><svg></svg>",
        ),
        "/mere-bytes" => say("200 OK", "Content-Type: application/octet-stream\r\n", b"abc"),
        "/gone" => say("404 Not Found", "Content-Type: image/png\r\n", PNG),
        "/long-gone" => say("410 Gone", "", b""),
        "/page" => say(
            "200 OK",
            "Content-Type: text/html; charset=utf-8\r\n",
            b"<!doctype html><p>Sold",
        ),
        "/empty" => say("200 OK", "Content-Type: image/png\r\n", b""),
        "/forbidden" => say("403 Forbidden", "", b""),
        "/broken" => say("500 Oh", "", b""),
        "/loop" => say("302 Found", "Location: /loop\r\n", b""),
        "/hop" => say("301 Moved", "Location: ok.png\r\n", b""),
        "/no-target" => say("302 Found", "", b""),
        "/to-file" => say("302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/reset" => None,
        "/half" => stream.write_all(b"HTTP/1.1 200 O").ok(),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(7));
            None
        }
        "/busy" if before == 0 => say("429 Too Many Requests", "Retry-After: 1\r\n", b""),
        "/busy" => say("200 OK", "Content-Type: image/png\r\n", PNG),
        "/leave-me" => say("429 Too Many Requests", "Retry-After: 3600\r\n", b""),
        "/endless-body" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                .ok()?;
            loop {
                stream.write_all(&[b'x'; 4096]).ok()?;
            }
        }
        "/endless-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").ok()?;
            loop {
                stream.write_all(b"X-More: and more\r\n").ok()?;
            }
        }
        _ => match path.strip_prefix("/to/") {
            Some(target) => say("302 Found", &format!("Location: http://{target}\r\n"), b""),
            None => say("404 Not Found", "", b""),
        },
    }
}

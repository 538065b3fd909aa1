//! From a key to fresh diagnostics: the server as an editor sees it, over standard input and output.
#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

mod input;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const KEYS: usize = 100;
const BURST: usize = 500;

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

fn main() -> Result<()> {
    println!(
        "{:>10} {:>10} {:>10} {:>10} {:>12} {:>10}",
        "bytes", "open ms", "p50 ms", "p95 ms", "burst ms", "publishes"
    );
    for bytes in [10_000, 100_000, 1_000_000] {
        let mut server = Server::start()?;
        measure(&mut server, bytes)?;
        server.child.kill()?;
        server.child.wait()?;
    }
    Ok(())
}

fn measure(server: &mut Server, bytes: usize) -> Result<()> {
    let uri = "file:///nowhere/source/_posts/story.md";
    let text = input::post(&mut input::Seed::new(3), 1, bytes);
    let line = text.lines().count() / 2;
    let start = Instant::now();
    server.send(
        "textDocument/didOpen",
        &json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 0, "text": text}}),
    )?;
    server.published(0)?;
    let open = start.elapsed();
    let mut took = Vec::new();
    for version in 1..=KEYS {
        let start = Instant::now();
        server.key(uri, line, version)?;
        server.published(version)?;
        took.push(start.elapsed());
        // A writer is slower than this, and a server may be tidying up.
        std::thread::sleep(Duration::from_millis(5));
    }
    took.sort();
    for version in KEYS + 1..=KEYS + BURST {
        server.key(uri, line, version)?;
    }
    let start = Instant::now();
    let publishes = server.published(KEYS + BURST)?;
    println!(
        "{bytes:>10} {:>10.2} {:>10.2} {:>10.2} {:>12.1} {publishes:>10}",
        ms(open),
        ms(took[KEYS / 2]),
        ms(took[KEYS * 95 / 100]),
        ms(start.elapsed()),
    );
    Ok(())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

impl Server {
    fn start() -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_postlint"))
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take().expect("it is piped");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut server = Self { child, input, output };
        server.write(&json!({
            "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {"capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": true}}}, "rootUri": null}
        }))?;
        while server.read()?.get("id") != Some(&json!(1)) {}
        server.send("initialized", &json!({}))?;
        Ok(server)
    }

    fn key(&mut self, uri: &str, line: usize, version: usize) -> Result<()> {
        let at = json!({"line": line, "character": 0});
        let text = if version.is_multiple_of(40) { "\n" } else { "x" };
        self.send(
            "textDocument/didChange",
            &json!({
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": at, "end": at}, "text": text}]
            }),
        )
    }

    /// Wait for the diagnostics of `version`; returns how many were published on the way.
    fn published(&mut self, version: usize) -> Result<usize> {
        let mut count = 0;
        loop {
            let message = self.read()?;
            if message["method"] == "textDocument/publishDiagnostics" {
                count += 1;
                if message["params"]["version"] == json!(version) {
                    return Ok(count);
                }
            }
        }
    }

    fn send(&mut self, method: &str, params: &Value) -> Result<()> {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn write(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        self.input.flush()
    }

    fn read(&mut self) -> Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(value) = line.strip_prefix("Content-Length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }
}

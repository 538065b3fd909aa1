//! A client for conversations: over standard input and output of the built binary, or in memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use postlint::server::outlet::Outlet;
use serde_json::{Value, json};

/// How long an answer may take before a test fails; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

enum Server {
    Process(Child),
    Thread(Option<std::thread::JoinHandle<u8>>),
}

pub struct Client {
    input: Option<Box<dyn Write + Send>>,
    messages: Receiver<Value>,
    /// Messages that came and were not yet asked for.
    pub unread: Vec<Value>,
    server: Server,
    last_id: i64,
}

impl Client {
    /// Start the built binary.
    pub fn stdio(arguments: &[&str]) -> Self {
        Self::at_home(arguments, None)
    }

    /// Start the built binary in somebody's home.
    pub fn at_home(arguments: &[&str], home: Option<&std::path::Path>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_postlint"))
            .arg("server")
            .args(arguments)
            .envs(home.map(|home| ("HOME", home)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = child.stdout.take().unwrap();
        Self::new(input, output, Server::Process(child))
    }

    /// Start a server in a thread of this process.
    pub fn in_memory() -> Self {
        let (to_server, input) = std::io::pipe().unwrap();
        let (from_server, output) = std::io::pipe().unwrap();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let code = runtime.block_on(postlint::server::serve(to_server, Outlet::new(output)));
            runtime.shutdown_background();
            code
        });
        Self::new(input, from_server, Server::Thread(Some(thread)))
    }

    fn new(input: impl Write + Send + 'static, output: impl Read + Send + 'static, server: Server) -> Self {
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: Some(Box::new(input)),
            messages,
            unread: Vec::new(),
            server,
            last_id: 0,
        }
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // A server that has left does not read: the test will see that elsewhere.
        let _ = input.write_all(bytes);
        let _ = input.flush();
    }

    /// A frame with any content.
    pub fn frame(&mut self, body: &[u8]) {
        self.raw(&framed(body));
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        let message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        self.frame(message.to_string().as_bytes());
    }

    /// Answer a request of the server.
    pub fn respond(&mut self, id: &Value, result: Value) {
        let message = json!({"jsonrpc": "2.0", "id": id, "result": result});
        self.frame(message.to_string().as_bytes());
    }

    /// Send a request and return its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let message = json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params});
        self.frame(message.to_string().as_bytes());
        self.last_id
    }

    /// The whole answer to the request `id`.
    pub fn answer(&mut self, id: &Value) -> Value {
        self.wait(&format!("the answer to {id}"), |message| {
            message.get("method").is_none() && message["id"] == *id
        })
    }

    /// Send a request and wait for its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(&json!(id));
        assert!(answer.get("error").is_none(), "{method} failed: {answer}");
        answer["result"].clone()
    }

    /// Begin the conversation. Returns the result of `initialize`.
    pub fn initialize(&mut self, params: Value) -> Value {
        let result = self.request("initialize", params);
        self.notify("initialized", json!({}));
        result
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// The diagnostics published for `version` of the document at `uri`.
    pub fn published(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        let message = self.wait(&format!("diagnostics of {uri}, version {version:?}"), |message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params.get("version").and_then(Value::as_i64) == version.map(i64::from)
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Wait until the site's posts are known.
    pub fn indexed(&mut self) {
        let asked = self.wait("a progress", |message| {
            message["method"] == "window/workDoneProgress/create"
        });
        self.respond(&asked["id"], Value::Null);
        self.wait("the end of indexing", |message| {
            message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end"
        });
    }

    /// The first message that `fits`; the others are kept.
    pub fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        if let Some(at) = self.unread.iter().position(&fits) {
            return self.unread.remove(at);
        }
        loop {
            match self
                .messages
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(message) if fits(&message) => return message,
                Ok(message) => self.unread.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("{what} did not come; unread: {:?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => panic!("the server left before {what} came"),
            }
        }
    }

    /// Everything that has come by now, after `rest` without a message.
    pub fn everything(&mut self, rest: Duration) -> Vec<Value> {
        while let Ok(message) = self.messages.recv_timeout(rest) {
            self.unread.push(message);
        }
        std::mem::take(&mut self.unread)
    }

    /// Close the server's input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Wait for the server's end; its exit code.
    pub fn ended(&mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        loop {
            match &mut self.server {
                Server::Process(child) => {
                    if let Some(status) = child.try_wait().unwrap() {
                        return status.code().unwrap();
                    }
                }
                Server::Thread(thread) => {
                    if thread.as_ref().is_some_and(std::thread::JoinHandle::is_finished) {
                        return thread.take().unwrap().join().unwrap().into();
                    }
                }
            }
            assert!(Instant::now() < end, "the server does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// End the conversation as the protocol wants it, with the input left open.
    pub fn leave(mut self) {
        self.request("shutdown", Value::Null);
        self.frame(br#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(self.ended(), 0);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Server::Process(child) = &mut self.server {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A body with its header.
pub fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(':') {
            Some((_, value)) if line.starts_with("Content-Length") => length = value.trim().parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// The units of columns that the protocol knows.
pub const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// The position of the byte at `offset`, counted the slow way.
pub fn position(text: &str, offset: usize, encoding: &str) -> Value {
    let before = text[..offset].replace("\r\n", "\n").replace('\r', "\n");
    let (line, last) = match before.rsplit_once('\n') {
        Some((above, last)) => (above.matches('\n').count() + 1, last),
        None => (0, before.as_str()),
    };
    let column: usize = match encoding {
        "utf-8" => last.len(),
        "utf-16" => last.chars().map(char::len_utf16).sum(),
        _ => last.chars().count(),
    };
    json!({"line": line, "character": column})
}

/// The range of the first `needle` in `text`.
pub fn range(text: &str, needle: &str, encoding: &str) -> Value {
    let start = text.find(needle).unwrap();
    json!({"start": position(text, start, encoding), "end": position(text, start + needle.len(), encoding)})
}

//! Faults of clients, each played against the built binary over standard input and output.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::client::{Client, framed};

const URI: &str = "file:///blog/source/_posts/%E7%AC%AC%E4%B8%80%E7%AF%87.md";
const TEXT: &str = "---\ntitle: 第一篇😀\ndate: 2024-05-06 07:08:09\n---\n正文\n";

fn begun() -> Client {
    let mut client = Client::stdio(&["--stdio"]);
    client.initialize(json!({"capabilities": {}, "processId": std::process::id()}));
    client.open(URI, TEXT);
    client.published(URI, Some(1));
    client
}

/// The server still follows changes and answers.
fn is_well(mut client: Client) {
    client.change(URI, 1000, json!([{"text": TEXT}]));
    client.published(URI, Some(1000));
    client.leave();
}

#[test]
fn ends_on_exit_with_its_input_open() {
    begun().leave();
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = begun();
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), 1);
}

#[test]
fn ends_when_its_input_ends() {
    let mut client = begun();
    let begun = Instant::now();
    client.hang_up();
    assert_eq!(client.ended(), 1);
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn ends_before_the_conversation_began() {
    let mut client = Client::stdio(&[]);
    client.hang_up();
    assert_eq!(client.ended(), 1);
}

#[cfg(unix)]
#[test]
fn ends_when_its_client_is_gone_though_the_pipe_lives_on() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}, "processId": editor.id()}));
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.ended(), 1);
}

#[test]
fn a_client_that_cannot_be_seen_is_not_missed() {
    let mut gone = std::process::Command::new("true").spawn().unwrap();
    gone.wait().unwrap();
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}, "processId": gone.id()}));
    std::thread::sleep(Duration::from_millis(2500));
    client.leave();
}

#[test]
fn frames_that_are_no_messages_are_dropped() {
    let deep = format!(
        r#"{{"jsonrpc":"2.0","method":"x","params":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    // A batch, which JSON-RPC knows and LSP does not, is dropped whole: nothing of it is done, `exit` least of all.
    let bodies: [&[u8]; 10] = [
        br#"[{"jsonrpc":"2.0","id":1000,"method":"shutdown"},{"jsonrpc":"2.0","method":"exit"}]"#,
        br#"[{"jsonrpc":"2.0","method":"textDocument/didClose","params":{}}]"#,
        b"[]",
        b"hello",
        b"{}",
        b"",
        b"\xff\xff\xff\xff",
        br#"{"jsonrpc":"2.0","method":"foo/bar","params":{"#,
        br#"{"jsonrpc":"1.0","method":"foo/bar"}"#,
        deep.as_bytes(),
    ];
    let mut client = begun();
    for body in bodies {
        client.frame(body);
    }
    is_well(client);
}

#[test]
fn rubbish_between_messages_is_skipped() {
    let mut client = begun();
    client.raw(b"garbage\r\n\r\n");
    client.raw(b"Content-Length: abc\r\n\r\n{}");
    client.raw(&[b'x'; 20_000]);
    client.raw(b"\n\n");
    let change = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": TEXT}]}});
    let body = change.to_string();
    let header = format!(
        "content-length:{}\nContent-Type: application/vscode-jsonrpc; charset=utf-8\n\n",
        body.len()
    );
    client.raw(header.as_bytes());
    client.raw(body.as_bytes());
    client.published(URI, Some(2));
    is_well(client);
}

#[test]
fn a_length_that_is_not_the_bodys_costs_no_more_than_that_message() {
    let note = br#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}"#;
    let header = |length: &str| format!("Content-Length: {length}\r\n\r\n").into_bytes();
    // Too short: the rest is rubbish. Negative, signed or none: no header, so the body is rubbish.
    for length in ["3", "0", "-1", "-9223372036854775809", "+63", "6 3", "0x3f", "3.5", ""] {
        let mut client = begun();
        client.raw(&header(length));
        client.raw(note);
        client.raw(b"\r\n");
        is_well(client);
    }
    // Too long: it takes the beginning of the next message with it, and the one after that is heard again.
    let mut client = begun();
    client.raw(&header(&(note.len() + 30).to_string()));
    client.raw(note);
    client.raw(&framed(note));
    client.raw(b"\r\n");
    is_well(client);
}

#[test]
fn a_header_that_says_its_length_twice_means_the_last_one() {
    let mut client = begun();
    let body = json!({"jsonrpc": "2.0", "id": 5000, "method": "unknown/request"}).to_string();
    client.raw(format!("Content-Length: 7\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    assert_eq!(client.answer(&json!(5000))["error"]["code"], -32601);
    is_well(client);
}

#[test]
fn a_request_that_cannot_be_read_is_answered() {
    let mut client = begun();
    let deep = format!(
        r#"{{"jsonrpc":"2.0","id":"deep","method":"x","params":{}{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    client.frame(deep.as_bytes());
    assert_eq!(client.answer(&json!("deep"))["error"]["code"], -32600);
    client.frame(br#"{"jsonrpc":"3.0","id":77,"method":"x"}"#);
    assert_eq!(client.answer(&json!(77))["error"]["code"], -32600);
    is_well(client);
}

#[test]
fn unknown_methods_are_refused() {
    let mut client = begun();
    let id = client.ask("unknown/request", json!({"a": [1]}));
    assert_eq!(client.answer(&json!(id))["error"]["code"], -32601);
    client.notify("unknown/notification", json!({}));
    client.notify("$/unknown", json!({}));
    is_well(client);
}

#[test]
fn a_message_beyond_all_measure_ends_the_conversation() {
    for length in ["40000000000", "99999999999999999999999999"] {
        let mut client = begun();
        client.raw(format!("Content-Length: {length}\r\n\r\n").as_bytes());
        let note = client.wait("a note", |message| message["method"] == "window/logMessage");
        assert!(note["params"]["message"].as_str().unwrap().contains("limit"), "{note}");
        assert_eq!(client.ended(), 1);
    }
}

#[test]
fn half_an_emoji_is_repaired() {
    let mut client = begun();
    let change = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{URI}","version":2}},"contentChanges":[{{"text":"ab\ud83d"}}]}}}}"#
    );
    client.frame(change.as_bytes());
    client.published(URI, Some(2));
    is_well(client);
}

#[test]
fn a_large_text_is_taken() {
    let mut client = begun();
    client.change(URI, 2, json!([{"text": "好。\n".repeat(1_000_000)}]));
    is_well(client);
}

#[test]
fn documents_that_are_not_open_do_no_harm() {
    let mut client = begun();
    let nowhere = "file:///nowhere.md";
    client.change(nowhere, 2, json!([{"text": "z"}]));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": nowhere}}));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": nowhere}}));
    let actions = json!({"textDocument": {"uri": nowhere}, "context": {"diagnostics": []},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}});
    assert_eq!(client.request("textDocument/codeAction", actions), Value::Null);
    is_well(client);
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut client = Client::stdio(&[]);
    client.frame(br#"{"jsonrpc":"2.0","id":"early","method":"textDocument/hover","params":{}}"#);
    assert_eq!(client.answer(&json!("early"))["error"]["code"], -32002);
    client.initialize(json!({"capabilities": {}}));
    client.leave();
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}}));
    client.request("shutdown", Value::Null);
    client.open(URI, TEXT);
    let id = client.ask(
        "textDocument/hover",
        json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}),
    );
    assert_eq!(client.answer(&json!(id))["error"]["code"], -32600);
    client.frame(br#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(client.ended(), 0);
}

#[test]
fn a_client_that_does_not_wait_for_initialize_is_heard() {
    let mut client = Client::stdio(&[]);
    let id = client.ask("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open(URI, TEXT);
    client.published(URI, Some(1));
    assert!(client.answer(&json!(id))["result"]["capabilities"].is_object());
    client.leave();
}

#[test]
fn bytes_that_come_one_by_one_are_put_together() {
    let mut client = Client::stdio(&[]);
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}});
    for byte in framed(message.to_string().as_bytes()) {
        client.raw(&[byte]);
    }
    assert!(client.answer(&json!(1))["result"].is_object());
}

#[test]
fn five_hundred_changes_are_not_five_hundred_publishes() {
    let mut client = begun();
    let mut burst = Vec::new();
    for version in 2..=501 {
        let change = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": URI, "version": version},
            "contentChanges": [{"range": {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 0}}, "text": "字"}]}});
        burst.extend(framed(change.to_string().as_bytes()));
    }
    client.raw(&burst);
    let last = client.published(URI, Some(501));
    let published = client.everything(Duration::from_millis(300));
    assert!(published.len() < 50, "{} publishes", published.len());
    // What is shown at the end is what is found in the whole text at once.
    let typed = "字".repeat(500);
    let text = TEXT.replace("正文", &format!("{typed}正文"));
    let other = URI.replace(".md", "2.md");
    client.open(&other, &text);
    assert_eq!(client.published(&other, Some(1)), last);
    client.leave();
}

#[test]
fn who_floods_and_asks_at_every_key_is_answered_every_time() {
    let mut client = begun();
    let mut asked = Vec::new();
    for version in 2..=501 {
        let place = json!({"line": 4, "character": 0});
        let key =
            json!([{"range": {"start": place, "end": place}, "text": if version % 2 == 0 { "字" } else { "😀" }}]);
        client.change(URI, version, key);
        let method = [
            "textDocument/completion",
            "textDocument/hover",
            "textDocument/documentSymbol",
        ][usize::try_from(version).unwrap() % 3];
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 2}});
        asked.push((method, client.ask(method, params)));
        if version % 7 == 0 {
            client.notify("$/cancelRequest", json!({"id": asked[asked.len() - 1].1}));
        }
    }
    let mut whole = 0;
    for (method, id) in asked {
        let answer = client.answer(&json!(id));
        match answer["error"]["code"].as_i64() {
            None => whole += usize::from(!answer["result"].is_null()),
            Some(code) => assert!(matches!(code, -32800 | -32801), "{method}: {answer}"),
        }
    }
    assert!(whole > 400, "{whole} answers");
    client.published(URI, Some(501));
    is_well(client);
}

#[cfg(unix)]
#[test]
fn a_client_that_does_not_read_does_not_hold_up_the_end() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut editor = Command::new("sleep").arg("600").spawn().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .arg("server")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let begin = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "capabilities": {}, "processId": editor.id()}});
    input.write_all(&framed(begin.to_string().as_bytes())).unwrap();
    let (progress, written) = std::sync::mpsc::channel();
    let writer = std::thread::spawn(move || {
        let request = framed(br#"{"jsonrpc":"2.0","id":1,"method":"unknown/request"}"#);
        while input.write_all(&request).is_ok() && progress.send(()).is_ok() {}
    });
    // The server stops reading once nobody reads its answers: it does not hoard them.
    while written.recv_timeout(Duration::from_secs(1)).is_ok() {}
    editor.kill().unwrap();
    editor.wait().unwrap();
    let begun = Instant::now();
    while server.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the server does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    writer.join().unwrap();
}

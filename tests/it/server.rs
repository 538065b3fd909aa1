//! Conversations over standard input and output, and the parts of the server by themselves.

mod cases;
pub mod client;
mod deeds;
mod documents;
mod everywhere;
mod features;
mod folders;
mod guard;
mod habits;
mod indexing;
mod language;
mod moving;
mod navigation;
mod parity;
mod pulling;
mod reference;
mod renaming;
mod site;
mod switches;
mod tongues;
pub mod typing;

use serde_json::json;

use client::Client;

const URI: &str = "file:///blog/source/_posts/a.md";

#[test]
fn the_unit_of_columns_is_agreed_upon() {
    for (offers, chosen) in [
        (json!(null), "utf-16"),
        (json!([]), "utf-16"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-32"),
        (json!(["utf-7"]), "utf-16"),
    ] {
        let mut client = Client::stdio(&[]);
        let result = client.initialize(json!({"capabilities": {"general": {"positionEncodings": offers}}}));
        assert_eq!(result["capabilities"]["positionEncoding"], chosen, "{offers}");
        client.leave();
    }
}

#[test]
fn diagnostics_are_pushed_or_pulled_but_never_both() {
    let mut client = Client::stdio(&[]);
    let result = client.initialize(json!({"capabilities": {}}));
    assert!(result["capabilities"].get("diagnosticProvider").is_none());
    client.open(URI, "a\n");
    client.published(URI, Some(1));
    client.leave();

    let mut client = Client::stdio(&[]);
    let result = client.initialize(json!({"capabilities": {"textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": true}}}}));
    assert!(result["capabilities"]["diagnosticProvider"].is_object());
    client.open(URI, "a\n");
    let pull = |previous| json!({"textDocument": {"uri": URI}, "previousResultId": previous});
    let first = client.request("textDocument/diagnostic", pull(None));
    assert_eq!(first["kind"], "full");
    let id = first["resultId"].as_str().unwrap();
    let again = client.request("textDocument/diagnostic", pull(Some(id)));
    assert_eq!(again, json!({"kind": "unchanged", "resultId": id}));
    client.change(URI, 2, json!([{"text": "b\n"}]));
    let changed = client.request("textDocument/diagnostic", pull(Some(id)));
    assert_eq!(changed["kind"], "full");
    let pushed = client.everything(std::time::Duration::from_millis(100));
    assert!(pushed.is_empty(), "{pushed:?}");
    client.leave();
}

#[test]
fn closing_clears_and_opening_again_shows_anew() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}}));
    client.open(URI, "a\n");
    client.published(URI, Some(1));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    assert!(client.published(URI, None).is_empty());
    client.open(URI, "a\n");
    client.published(URI, Some(1));
    client.leave();
}

#[test]
fn settings_are_taken_in_either_nesting_and_slips_are_told() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}, "initializationOptions": {"select": ["date-loud"]}}));
    client.open(URI, "a\n");
    let told = client.wait("a note", |message| message["method"] == "window/logMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("loud"), "{told}");
    client.published(URI, Some(1));
    let settings = json!({"settings": {"postlint": {"generator": "pelican"}}});
    client.notify("workspace/didChangeConfiguration", settings);
    let told = client.wait("a note", |message| message["method"] == "window/logMessage");
    assert!(
        told["params"]["message"].as_str().unwrap().contains("pelican"),
        "{told}"
    );
    // A change of settings has the text checked again.
    client.published(URI, Some(1));
    client.leave();
}

#[test]
fn files_are_watched_where_the_client_can() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}}));
    let asked = client.wait("a registration", |message| {
        message["method"] == "client/registerCapability"
    });
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    assert!(
        registration["registerOptions"]["watchers"]
            .to_string()
            .contains("postlint.toml")
    );
    // The client never answers: nothing waits for it.
    client.open(URI, "a\n");
    client.published(URI, Some(1));
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.published(URI, Some(1));
    client.leave();
}

#[test]
fn whoever_traces_is_told_how_long_requests_took() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}}));
    client.open(URI, "a\n");
    let symbols = json!({"textDocument": {"uri": URI}});
    client.request("textDocument/documentSymbol", symbols.clone());
    client.notify("$/setTrace", json!({"value": "messages"}));
    client.request("textDocument/documentSymbol", symbols.clone());
    let told = client.wait("a trace", |message| message["method"] == "$/logTrace");
    let message = told["params"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("textDocument/documentSymbol: ") && message.ends_with(" ms"),
        "{message}"
    );
    client.notify("$/setTrace", json!({"value": "off"}));
    client.request("textDocument/documentSymbol", symbols);
    let rest = client.everything(std::time::Duration::from_millis(100));
    let traces = rest.iter().filter(|message| message["method"] == "$/logTrace");
    // The change of mind itself may have been told.
    assert!(traces.count() <= 1, "{rest:?}");
    client.leave();
}

#[test]
fn texts_are_served_whatever_they_are_called() {
    let text = "---\ntitle: 直播😀\ndate: 2024-01-01 08:00:00\ntags: [a, 甲]\n---\n\n正文\n";
    for uri in [
        "untitled:Untitled-1",
        "untitled:/new/%E7%AC%AC%E4%B8%80%E7%AF%87.md",
        "file:///c%3A/blog/source/_posts/%E7%AC%AC%E4%B8%80%E7%AF%87.md",
        "file:///C:/blog/source/_posts/a%20b.md",
        "file://server/share/source/_posts/a.md",
        "vscode-vfs://github/owner/blog/source/_posts/a.md",
        "git:/blog/source/_posts/a.md?%7B%22ref%22%3A%22HEAD%22%7D",
    ] {
        let mut client = Client::stdio(&[]);
        client.initialize(json!({"capabilities": {}}));
        client.open(uri, &text.replace("2024-01-01 08:00:00", "gestern"));
        let found = client.published(uri, Some(1));
        assert_eq!(found[0]["code"], "date-invalid", "{uri}: {found:?}");
        client.change(uri, 2, json!([{"text": text}]));
        let document = json!({"textDocument": {"uri": uri}});
        for method in [
            "textDocument/documentSymbol",
            "textDocument/documentLink",
            "textDocument/codeLens",
        ] {
            client.request(method, document.clone());
        }
        let mut place = document.clone();
        place["position"] = json!({"line": 3, "character": 11});
        let hover = client.request("textDocument/hover", place.clone());
        assert!(
            hover["contents"]["value"].as_str().unwrap().contains('甲'),
            "{uri}: {hover}"
        );
        place["newName"] = json!("乙");
        let edit = client.request("textDocument/rename", place);
        assert_eq!(edit["changes"][uri][0]["newText"], "乙", "{uri}: {edit}");
        client.leave();
    }
}

#[test]
fn a_client_that_never_answers_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("source/_posts")).unwrap();
    std::fs::write(folder.path().join("_config.yml"), "source_dir: source\n").unwrap();
    let uri = parity::uri(&folder.path().join("source/_posts/a.md"));
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"rootUri": parity::uri(folder.path()), "capabilities": {
        "window": {"workDoneProgress": true},
        "workspace": {"configuration": true, "applyEdit": true,
            "didChangeConfiguration": {"dynamicRegistration": true}, "didChangeWatchedFiles": {"dynamicRegistration": true}}}}));
    client.open(&uri, "---\ntitle: 一\n---\n");
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    for version in 2..12 {
        client.change(
            &uri,
            version,
            json!([{"text": format!("---\ntitle: {version}\n---\n")}]),
        );
        let run = json!({"command": "postlint.explain", "arguments": [uri]});
        let told = client.request("workspace/executeCommand", run);
        assert!(told["markdown"].as_str().unwrap().contains("Hexo"));
    }
    client.published(&uri, Some(11));
    // It was asked everything that it left unanswered.
    let told = client.everything(std::time::Duration::from_millis(200));
    let asked = |method: &str| told.iter().any(|message| message["method"] == method);
    for method in [
        "client/registerCapability",
        "workspace/configuration",
        "window/workDoneProgress/create",
    ] {
        assert!(asked(method), "{method}");
    }
    client.leave();
}

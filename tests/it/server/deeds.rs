//! Code actions as clients of every kind take them, over standard input and output in every position encoding.

use serde_json::{Value, json};

use super::client::{Client, ENCODINGS, range};
use super::navigation::OLD;
use super::site::Site;
use super::typing::applied;
use postlint::text::Encoding;

const URI: &str = "file:///blog/source/_posts/%E7%94%B2.md";
const TEXT: &str = "---\ntitle: 甲 😀\ndate: 2024-01-01 08:00:00\n---\n甲 😀 <script async src=\"//pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>\n";

fn encoding_of(name: &str) -> Encoding {
    match name {
        "utf-8" => Encoding::Utf8,
        "utf-16" => Encoding::Utf16,
        _ => Encoding::Utf32,
    }
}

/// A client that can do `more` with actions, at the text above.
fn begun(encoding: &str, document: Value, workspace: Value) -> Client {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {"general": {"positionEncodings": [encoding]},
        "textDocument": {"codeAction": document}, "workspace": workspace}}));
    client.open(URI, TEXT);
    client.published(URI, Some(1));
    client
}

fn actions(client: &mut Client, encoding: &str) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": URI}, "range": range(TEXT, "pagead2", encoding),
        "context": {"diagnostics": [], "only": ["quickfix"]}});
    let actions = client.request("textDocument/codeAction", params);
    actions.as_array().unwrap().clone()
}

fn literal() -> Value {
    json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}})
}

#[test]
fn edits_are_made_when_an_action_is_chosen_and_not_before() {
    for encoding in ENCODINGS {
        let mut site = Site::new(encoding, Value::Null, |_| {});
        let (text, found) = site.open(OLD);
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let params = json!({"textDocument": {"uri": site.uri(OLD)}, "range": whole, "context": {"diagnostics": found}});
        let actions = site.client.request("textDocument/codeAction", params);
        let actions = actions.as_array().unwrap();
        assert!(actions.len() > 5, "{actions:?}");
        let mut asking = 0;
        for action in actions {
            assert!(action.get("edit").is_none() && action["data"].is_object(), "{action}");
            let resolved = site.client.request("codeAction/resolve", action.clone());
            assert_eq!(resolved["title"], action["title"]);
            let annotations = resolved["edit"]["changeAnnotations"].as_object();
            let Some(annotation) = annotations.and_then(|all| all.values().next()) else {
                continue;
            };
            // Only what takes something away is asked about, and it is never proposed first.
            asking += 1;
            assert!(
                annotation["needsConfirmation"] == true && action["isPreferred"] != true,
                "{action}"
            );
            assert_eq!(annotation["label"], action["title"]);
            let edits = resolved["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
            assert!(edits.iter().all(|edit| edit["annotationId"] == "consent"), "{edits:?}");
            let (_, after) = site.edited(&resolved["edit"]).remove(0);
            assert!(after.len() < text.len(), "{action}");
        }
        assert!(asking > 0, "{actions:?}");
        // The text moves on: what was offered for the old one is not done to the new one.
        let uri = site.uri(OLD);
        site.client.change(&uri, 2, json!([{"text": format!("{text}\n😀\n")}]));
        let id = site.client.ask("codeAction/resolve", actions[0].clone());
        assert_eq!(site.client.answer(&json!(id))["error"]["code"], -32801);
        site.client.leave();
    }
}

#[test]
fn who_cannot_resolve_gets_the_edit_at_once() {
    for encoding in ENCODINGS {
        let mut client = begun(encoding, literal(), json!({}));
        let all = actions(&mut client, encoding);
        assert!(all.len() > 1, "{all:?}");
        for action in &all {
            assert!(action.get("data").is_none(), "{action}");
            let edits = &action["edit"]["changes"][URI];
            assert_ne!(applied(TEXT, edits, encoding_of(encoding)), TEXT, "{action}");
            assert!(action["edit"].get("changeAnnotations").is_none());
        }
        client.leave();
    }
}

#[test]
fn who_knows_commands_only_gets_commands() {
    for encoding in ENCODINGS {
        let mut client = begun(encoding, json!({}), json!({"applyEdit": true}));
        let all = actions(&mut client, encoding);
        assert!(all.len() > 1, "{all:?}");
        for command in all {
            assert_eq!(command["command"], "postlint.apply", "{command}");
            let run = json!({"command": command["command"], "arguments": command["arguments"]});
            client.request("workspace/executeCommand", run);
            let sent = client.wait("an edit", |message| message["method"] == "workspace/applyEdit");
            let edits = &sent["params"]["edit"]["changes"][URI];
            assert_ne!(applied(TEXT, edits, encoding_of(encoding)), TEXT, "{command}");
            client.respond(&sent["id"], json!({"applied": true}));
        }
        client.leave();
    }
}

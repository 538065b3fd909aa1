//! The language of the client: its locale, and the setting that goes before it.

use serde_json::{Value, json};

use super::URI;
use super::client::Client;

const POST: &str = "---\ntitle: A\ndate: 2022年7月6日\ntags: [x, x]\n---\n\nText.\n";

fn begun(params: Value) -> (Client, Vec<Value>) {
    let mut client = Client::in_memory();
    client.initialize(params);
    client.open(URI, POST);
    let found = client.published(URI, Some(1));
    (client, found)
}

/// The finding that quotes nothing Chinese.
fn duplicate(found: &[Value]) -> &Value {
    let is_it = |finding: &&Value| finding["code"] == "taxonomy-duplicate";
    found.iter().find(is_it).unwrap()
}

fn chinese(text: &Value) -> bool {
    let text = text.as_str().unwrap();
    text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_locale_of_the_editor_chooses_the_language() {
    for (locale, is_chinese) in [
        (json!("zh-cn"), true),
        (json!("zh-Hans"), true),
        (json!("zh"), true),
        (json!("zh_CN.UTF-8"), true),
        (json!("en-us"), false),
        (json!("de"), false),
        (Value::Null, false),
    ] {
        let (client, found) = begun(json!({"capabilities": {}, "locale": locale}));
        let duplicate = found
            .iter()
            .find(|finding| finding["code"] == "taxonomy-duplicate")
            .unwrap();
        assert_eq!(chinese(&duplicate["message"]), is_chinese, "{locale}: {duplicate}");
        client.leave();
    }
}

#[test]
fn a_setting_goes_before_the_locale_and_is_taken_at_once() {
    let options = json!({"capabilities": {}, "locale": "zh-cn", "initializationOptions": {"lang": "en"}});
    let (mut client, found) = begun(options);
    assert!(!chinese(&duplicate(&found)["message"]), "{found:?}");
    let settings = |lang: &str| json!({"settings": {"postlint": {"lang": lang}}});
    client.notify("workspace/didChangeConfiguration", settings("zh"));
    let found = client.published(URI, Some(1));
    let duplicate = found
        .iter()
        .find(|finding| finding["code"] == "taxonomy-duplicate")
        .unwrap();
    assert!(chinese(&duplicate["message"]), "{duplicate}");
    client.leave();
}

#[test]
fn hovers_actions_and_proposals_are_in_the_language_and_mend_the_same() {
    let mut edits = Vec::new();
    for locale in ["en", "zh-cn"] {
        let is_chinese = locale != "en";
        let capabilities = json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "dataSupport": true,
            "resolveSupport": {"properties": ["edit"]}}}});
        let (mut client, _) = begun(json!({"capabilities": capabilities, "locale": locale}));
        let place = |line: u32, character: u32| json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": character}});
        let hover = client.request("textDocument/hover", place(2, 1));
        let said = hover["contents"]["value"].as_str().unwrap();
        assert_eq!(said.contains("文章的写作时间"), is_chinese, "{said}");
        let items = client.request("textDocument/completion", place(1, 0));
        let items = items.as_array().unwrap().iter();
        let docs = items
            .filter(|item| item["label"] == "categories")
            .map(|item| item["documentation"]["value"].clone());
        for docs in docs {
            assert_eq!(chinese(&docs), is_chinese, "{docs}");
        }
        let range = json!({"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 12}});
        let actions = client.request(
            "textDocument/codeAction",
            json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}}),
        );
        let actions = actions.as_array().unwrap().clone();
        assert!(
            actions.len() > 2 && actions.iter().all(|action| chinese(&action["title"]) == is_chinese),
            "{actions:?}"
        );
        let edit: Vec<Value> = actions
            .into_iter()
            .map(|action| client.request("codeAction/resolve", action)["edit"].clone())
            .collect();
        edits.push(edit);
        client.leave();
    }
    assert_eq!(edits[0], edits[1]);
    assert!(edits[0].iter().all(|edit| edit.is_object()), "{edits:?}");
}

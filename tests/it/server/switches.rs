//! Commands, what can be switched off, and what is said of posts that are not open.

use serde_json::{Value, json};

use super::navigation::{CANAL, NIGHT, OLD, each, names};
use super::site::Site;

#[test]
fn a_document_is_told_whose_it_is() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    site.open(NIGHT);
    let ask = |uri: &str| json!({"command": "postlint.status", "arguments": [uri]});
    let told = site.client.request("workspace/executeCommand", ask(&site.uri(NIGHT)));
    let root = site.root.to_str().unwrap();
    assert_eq!(told, json!({"generator": "Hexo", "root": root, "posts": 3}));
    site.client.open("untitled:a", "---\ntitle: 😀\n---\n");
    let told = site.client.request("workspace/executeCommand", ask("untitled:a"));
    assert_eq!(
        told["generator"], "Hexo",
        "a new text belongs to the folder that is open"
    );
    site.client.leave();
}

#[test]
fn commands_tell_open_and_clean() {
    each(|mut site| {
        site.open(NIGHT);
        let run = |command: &str, argument: Value| json!({"command": command, "arguments": [argument]});
        let told = site.client.request(
            "workspace/executeCommand",
            run("postlint.explain", json!(site.uri(NIGHT))),
        );
        assert!(
            told["markdown"].as_str().unwrap().contains("2023-05-02T12:15:00"),
            "{told}"
        );
        site.client
            .wait("a message", |message| message["method"] == "window/showMessage");
        site.client.request(
            "workspace/executeCommand",
            run("postlint.openRule", json!("date-invalid")),
        );
        let shown = site
            .client
            .wait("a page", |message| message["method"] == "window/showDocument");
        assert!(shown["params"]["uri"].as_str().unwrap().ends_with("date-invalid"));
        let told = site.client.request(
            "workspace/executeCommand",
            run("postlint.cleanAdsInWorkspace", Value::Null),
        );
        assert_eq!(told["posts"], 1);
        let asked = site
            .client
            .wait("an edit", |message| message["method"] == "workspace/applyEdit");
        let edit = &asked["params"]["edit"];
        assert_eq!(edit["changeAnnotations"]["consent"]["needsConfirmation"], true);
        let after = site.edited(edit);
        assert!(after[0].0 == OLD && !after[0].1.contains("adsbygoogle"), "{after:?}");
        site.client.leave();
    });
}

#[test]
fn features_can_be_switched_off() {
    let off = [
        "symbols",
        "folding",
        "hover",
        "completion",
        "links",
        "codeLens",
        "semanticTokens",
    ];
    let features: serde_json::Map<String, Value> = off.iter().map(|name| ((*name).to_owned(), json!(false))).collect();
    let mut site = Site::new("utf-16", json!({"features": features}), |_| {});
    let (old, _) = site.open(OLD);
    for method in [
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/documentLink",
        "textDocument/codeLens",
        "textDocument/semanticTokens/full",
    ] {
        assert_eq!(site.client.request(method, site.document(OLD)), Value::Null, "{method}");
    }
    for method in ["textDocument/hover", "textDocument/completion"] {
        assert_eq!(
            site.client.request(method, site.at(OLD, &old, "tags")),
            Value::Null,
            "{method}"
        );
    }
    site.client.leave();
}

/// What a client says that it has, when it asks again.
fn known(reports: &[Value]) -> Vec<Value> {
    let known = reports.iter();
    known
        .map(|report| json!({"uri": report["uri"], "value": report["resultId"]}))
        .collect()
}

#[test]
fn posts_that_are_not_open_are_reported_in_parts() {
    let mut site = Site::new("utf-16", json!({"features": {"workspaceDiagnostics": true}}), |_| {});
    let params = |previous: Value| json!({"previousResultIds": previous, "partialResultToken": "parts", "workDoneToken": "work"});
    let whole = site.client.request("workspace/diagnostic", params(json!([])));
    assert_eq!(whole["items"], json!([]), "with a token everything comes in parts");
    let parts = site
        .client
        .wait("a part", |message| message["params"]["token"] == "parts");
    let work = |kind: &'static str| {
        move |message: &Value| message["params"]["token"] == "work" && message["params"]["value"]["kind"] == kind
    };
    for kind in ["begin", "report", "end"] {
        let told = site.client.wait(kind, work(kind));
        let percentage = if kind == "report" { json!(100) } else { json!(0) };
        assert!(
            kind == "end" || told["params"]["value"]["percentage"] == percentage,
            "{told}"
        );
    }
    let items = parts["params"]["value"]["items"].as_array().unwrap();
    assert_eq!(
        names(&json!(items), "uri"),
        [site.uri(CANAL), site.uri(NIGHT), site.uri(OLD)]
    );
    let found: Vec<usize> = items
        .iter()
        .map(|item| item["items"].as_array().unwrap().len())
        .collect();
    assert_eq!(found, [0, 0, 3]);
    // The client has everything: the server is silent until something changes.
    let ids = known(items);
    let id = site
        .client
        .ask("workspace/diagnostic", json!({"previousResultIds": ids}));
    let early = site.client.everything(std::time::Duration::from_millis(700));
    assert!(!early.iter().any(|message| message["id"] == id), "{early:?}");
    let night = site.root.join(NIGHT);
    let text = std::fs::read_to_string(&night).unwrap();
    std::fs::write(&night, text.replace("2023-05-02 20:15:00", "gestern")).unwrap();
    let change = json!({"changes": [{"uri": site.uri(NIGHT), "type": 2}]});
    site.client.notify("workspace/didChangeWatchedFiles", change);
    let answer = site.client.answer(&json!(id));
    let kinds = names(&answer["result"]["items"], "kind");
    assert_eq!(kinds, ["full", "full", "full"]);
    let items = answer["result"]["items"].as_array().unwrap();
    let found: Vec<usize> = items
        .iter()
        .map(|item| item["items"].as_array().unwrap().len())
        .collect();
    assert_eq!(found, [0, 1, 3]);
    // What is gone is shown no longer.
    std::fs::remove_file(&night).unwrap();
    let ids = known(items);
    let params = json!({"previousResultIds": ids, "partialResultToken": "again"});
    let id = site.client.ask("workspace/diagnostic", params);
    let change = json!({"changes": [{"uri": site.uri(NIGHT), "type": 3}]});
    site.client.notify("workspace/didChangeWatchedFiles", change);
    let parts = site
        .client
        .wait("a part", |message| message["params"]["token"] == "again");
    site.client.answer(&json!(id));
    let gone = parts["params"]["value"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["uri"] == site.uri(NIGHT));
    assert_eq!(gone.unwrap()["items"], json!([]), "{parts}");
    // Nobody has to wait for it: it is cancelled like any other request. The part above need not be the only one, so all is asked anew.
    let whole = site
        .client
        .request("workspace/diagnostic", json!({"previousResultIds": []}));
    let ids = known(whole["items"].as_array().unwrap());
    let id = site
        .client
        .ask("workspace/diagnostic", json!({"previousResultIds": ids}));
    site.client.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(site.client.answer(&json!(id))["error"]["code"], -32800);
    site.client.leave();
}

#[test]
fn a_rule_is_switched_off_for_the_site() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    let (old, found) = site.open(OLD);
    let range = site.range(&old, "Invalid Date");
    let params = json!({"textDocument": {"uri": site.uri(OLD)}, "range": range, "context": {"diagnostics": [], "only": ["quickfix"]}});
    let title = "Switch `date-invalid` off in `postlint.toml`";
    let actions = site.client.request("textDocument/codeAction", params);
    let action = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"] == title)
        .unwrap();
    let resolved = site.client.request("codeAction/resolve", action.clone());
    let changes = &resolved["edit"]["documentChanges"];
    assert_eq!(changes[0]["kind"], "create");
    assert_eq!(changes[0]["uri"], site.uri("postlint.toml"));
    assert_eq!(changes[1]["edits"][0]["newText"], "[rules]\ndate-invalid = \"off\"\n");
    std::fs::write(site.root.join("postlint.toml"), "[rules]\ndate-invalid = \"off\"\n").unwrap();
    let change = json!({"changes": [{"uri": site.uri("postlint.toml"), "type": 1}]});
    site.client.notify("workspace/didChangeWatchedFiles", change);
    site.client.wait("one finding less", |message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["diagnostics"].as_array().unwrap().len() + 1 == found.len()
    });
    site.client.leave();
}

#[test]
fn a_change_in_one_post_is_seen_in_the_others() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    let (canal, _) = site.open(CANAL);
    let uri = site.uri(CANAL);
    let before = canal.find("tags:").unwrap();
    let (night, _) = site.open(NIGHT);
    let now = night.replace("  - 阅读\n", "  - 河\n");
    site.client.change(&site.uri(NIGHT), 2, json!([{"text": now}]));
    // The other post is checked again, its lens counts anew.
    site.client.published(&uri, Some(1));
    let lenses = site.client.request("textDocument/codeLens", site.document(NIGHT));
    assert!(lenses.to_string().contains("河 1"), "{lenses}");
    let items = site.client.request(
        "textDocument/completion",
        site.at_byte(CANAL, &canal, before + "tags:\n  - ".len()),
    );
    assert!(names(&items, "label").contains(&"河".to_owned()), "{items}");
    site.client.leave();
}

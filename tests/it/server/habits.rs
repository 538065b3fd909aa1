//! The habits of clients: how they tell their settings, their folders and their wishes.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::navigation::{NIGHT, OLD};
use super::parity::uri;
use super::site::Site;

const URI: &str = "file:///blog/source/_posts/a.md";
const BROKEN: &str = "---\ntitle: 一 😀\ndate: gestern\n---\n";

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn an_empty_change_of_settings_takes_nothing_back() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}, "initializationOptions": {"ignore": ["date-invalid"]}}));
    client.open(URI, BROKEN);
    assert!(!codes(&client.published(URI, Some(1))).contains(&"date-invalid"));
    for empty in [
        json!({}),
        json!({"postlint": {}}),
        json!({"postlint": null}),
        json!({"other": {"a": 1}}),
    ] {
        client.notify("workspace/didChangeConfiguration", json!({"settings": empty}));
        client.change(URI, 2, json!([{"text": BROKEN}]));
        assert!(
            !codes(&client.published(URI, Some(2))).contains(&"date-invalid"),
            "{empty}"
        );
    }
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"ignore": []}}));
    assert!(codes(&client.published(URI, Some(2))).contains(&"date-invalid"));
    client.leave();
}

#[test]
fn a_client_that_has_settings_and_tells_none_is_asked() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {"workspace": {"configuration": true}}}));
    let asked = client.wait("a question", |message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"][0]["section"], "postlint");
    client.respond(&asked["id"], json!([{"ignore": ["date-invalid"]}]));
    client.open(URI, BROKEN);
    let mut found = client.published(URI, Some(1));
    while codes(&found).contains(&"date-invalid") {
        found = client.published(URI, Some(1));
    }
    client.leave();
}

#[test]
fn the_oldest_way_to_name_the_folder_is_understood() {
    let site = Site::new("utf-16", Value::Null, |_| {});
    let mut client = Client::stdio(&[]);
    let root = site.root.to_str().unwrap();
    client
        .initialize(json!({"rootPath": root, "rootUri": null, "capabilities": {"window": {"workDoneProgress": true}}}));
    client.indexed();
    let found = client.request("workspace/symbol", json!({"query": "图书馆"}));
    assert_eq!(found[0]["location"]["uri"], uri(&site.root.join(NIGHT)));
    let told = client.everything(Duration::from_millis(50));
    let told = told
        .iter()
        .find(|message| message["method"] == "window/logMessage")
        .unwrap();
    assert_eq!(told["params"]["type"], 3, "{told}");
    assert!(
        told["params"]["message"].as_str().unwrap().ends_with(": 3 posts"),
        "{told}"
    );
    client.leave();
    site.client.leave();
}

#[test]
fn between_two_savings_nothing_is_looked_for() {
    let capabilities =
        json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": capabilities, "initializationOptions": {"lint": {"run": "onSave"}}}));
    client.open(URI, BROKEN);
    let pull = |client: &mut Client, previous: Option<&str>| {
        client.request(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": URI}, "previousResultId": previous}),
        )
    };
    let first = pull(&mut client, None);
    assert_eq!(first["items"][0]["code"], "date-invalid", "{first}");
    let id = first["resultId"].as_str().unwrap();
    client.change(URI, 2, json!([{"text": "---\ntitle: 一\ndate: 2024-01-01\n---\n"}]));
    assert_eq!(
        pull(&mut client, Some(id)),
        json!({"kind": "unchanged", "resultId": id})
    );
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    client.wait("a wish to be asked", |message| {
        message["method"] == "workspace/diagnostic/refresh"
    });
    assert_eq!(pull(&mut client, Some(id))["items"], json!([]));
    client.leave();
}

#[test]
fn pictures_of_others_are_fetched_only_where_that_is_wanted() {
    for (wanted, shown) in [(false, false), (true, true)] {
        let mut site = Site::new("utf-16", json!({"features": {"remoteImages": wanted}}), |_| {});
        let (text, _) = site.open(OLD);
        let place = site.at(OLD, &text, "https://img.example");
        let hover = site.client.request("textDocument/hover", place);
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.contains("<https://img.example/2023/04/18/shore.jpg>"), "{said}");
        assert_eq!(said.contains("![]("), shown, "{said}");
        let hover = site.client.request("textDocument/hover", site.at(OLD, &text, "'城市'"));
        assert!(
            hover["contents"]["value"].as_str().unwrap().contains("→ `/tags/城市/`"),
            "{hover}"
        );
        site.client.leave();
    }
}

#[test]
fn a_verbose_trace_tells_what_was_asked() {
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}, "trace": "verbose"}));
    client.open(URI, BROKEN);
    client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    let told = client.wait("a trace", |message| {
        message["method"] == "$/logTrace"
            && message["params"]["message"]
                .as_str()
                .unwrap()
                .starts_with("textDocument/documentSymbol")
    });
    assert!(told["params"]["verbose"].as_str().unwrap().contains(URI), "{told}");
    client.leave();
}

/// A list of thousands of tags is told in part.
#[test]
fn a_hover_tells_no_more_than_a_reader_takes_in() {
    let site = |root: &std::path::Path| {
        let tags: String = (0..3_000).map(|number| format!("- tag {number}\n")).collect();
        let text = format!("---\ntitle: Many\ndate: 2024-01-02\ntags:\n{tags}---\nWords.\n");
        std::fs::write(root.join("source/_posts/many.md"), text).unwrap();
    };
    let mut site = Site::new("utf-16", json!({}), site);
    let path = "source/_posts/many.md";
    let (text, _) = site.open(path);
    let place = site.at(path, &text, "tag 2000");
    let hover = site.client.request("textDocument/hover", place);
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(
        said.contains("- tag 0 → ") || said.contains("- tag 0 (1 post)"),
        "{said}"
    );
    assert!(said.ends_with("- and 2950 more"), "{said}");
    site.client.leave();
}

/// A picture in a hover is fetched by the editor: what a post says must not put one there.
#[test]
fn nothing_that_a_post_says_is_markdown_in_a_hover() {
    let site = |root: &std::path::Path| {
        let evil = "![](https://evil.example/t.png)";
        let text = format!(
            "---\ntitle: \"{evil}\"\ndate: 2024-01-02\npermalink: '{evil}/'\ntags: ['{evil}', '`{evil}`', '<img src=https://evil.example/t.png>']\n---\n[a](evil.md)\n"
        );
        std::fs::write(root.join("source/_posts/evil.md"), text).unwrap();
    };
    let mut site = Site::new("utf-16", json!({}), site);
    let path = "source/_posts/evil.md";
    let (text, _) = site.open(path);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let hints = json!({"textDocument": {"uri": site.uri(path)}, "range": whole});
    let hints = site.client.request("textDocument/inlayHint", hints);
    let mut said: Vec<String> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| hint["tooltip"]["value"].as_str().unwrap().to_owned())
        .collect();
    assert!(!said.is_empty());
    for place in ["title", "tags", "'`![", "<img", "evil.md"] {
        let place = site.at(path, &text, place);
        let hover = site.client.request("textDocument/hover", place.clone());
        said.push(
            hover["contents"]["value"]
                .as_str()
                .unwrap_or_else(|| panic!("{place}: {hover}"))
                .to_owned(),
        );
    }
    for said in &said {
        for event in pulldown_cmark::Parser::new(said) {
            use pulldown_cmark::{Event, Tag};
            let is_foreign = matches!(
                event,
                Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_)
            );
            assert!(!is_foreign, "{said}");
        }
    }
    site.client.leave();
}

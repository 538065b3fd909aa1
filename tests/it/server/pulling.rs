//! Clients that ask for findings themselves, over standard input and output in every position encoding.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{ENCODINGS, position};
use super::navigation::{NIGHT, OLD};
use super::site::Site;

/// What of a finding does not depend on where the site lies.
fn core(found: &Value) -> Vec<Value> {
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| json!([one["code"], one["severity"], one["message"], one["range"], one["tags"]]))
        .collect()
}

fn pull(site: &mut Site, path: &str, previous: &Value) -> Value {
    let params = json!({"textDocument": {"uri": site.uri(path)}, "previousResultId": previous});
    site.client.request("textDocument/diagnostic", params)
}

#[test]
fn what_is_pulled_is_what_is_pushed_to_others_and_nothing_is_pushed() {
    for encoding in ENCODINGS {
        let mut pushed = Site::new(encoding, Value::Null, |_| {});
        let (text, wanted) = pushed.open(OLD);
        pushed.client.leave();
        let mut site = Site::pulling(encoding, Value::Null);
        // A tab that nobody has looked at yet.
        let closed = pull(&mut site, OLD, &Value::Null);
        assert_eq!(closed["kind"], "full");
        assert_eq!(core(&closed["items"]), core(&json!(wanted)), "{encoding}: not open");
        let uri = site.uri(OLD);
        site.client.open(&uri, &text);
        let first = pull(&mut site, OLD, &closed["resultId"]);
        assert_eq!(core(&first["items"]), core(&json!(wanted)), "{encoding}: open");
        let again = pull(&mut site, OLD, &first["resultId"]);
        assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
        // Places move by what is typed before them, in the client's units.
        let typed = "直😀é";
        let at = text.find("Invalid Date").unwrap();
        let place = position(&text, at, encoding);
        let change = json!([{"range": {"start": place, "end": place}, "text": typed}]);
        site.client.change(&uri, 2, change);
        let moved = pull(&mut site, OLD, &first["resultId"]);
        let date = |found: &Value| -> Value {
            let found = found["items"].as_array().unwrap().iter();
            let mut dates = found.filter(|one| one["code"] == "date-invalid");
            dates.next().unwrap()["range"].clone()
        };
        let now = text.replace("Invalid Date", &format!("{typed}Invalid Date"));
        assert_eq!(date(&moved)["start"], date(&first)["start"]);
        let end = position(&now, now.find("Invalid Date").unwrap() + "Invalid Date".len(), encoding);
        assert_eq!(date(&moved)["end"], end, "{encoding}");
        let told = site.client.everything(Duration::from_millis(200));
        let pushes = told
            .iter()
            .filter(|message| message["method"] == "textDocument/publishDiagnostics");
        assert_eq!(pushes.count(), 0, "{told:?}");
        site.client.leave();
    }
}

#[test]
fn what_is_answered_at_once_is_what_everything_else_would_have_been() {
    let mut site = Site::pulling("utf-16", Value::Null);
    let (uri, text) = (site.uri(OLD), site.read(OLD));
    site.client.open(&uri, &text);
    let report = |site: &mut Site, version: i32| {
        site.client.change(&uri, version, json!([{"text": text}]));
        let mut report = pull(site, OLD, &Value::Null);
        let id = report["resultId"].take();
        assert!(id.is_string(), "{id}");
        (report, id)
    };
    let (slow, first) = report(&mut site, 2);
    let (quick, second) = report(&mut site, 3);
    // Who wants to be told how long requests take is told so of this one, too.
    site.client.notify("$/setTrace", json!({"value": "messages"}));
    let (traced, third) = report(&mut site, 4);
    site.client.wait("how long the last one took", |message| {
        message["method"] == "$/logTrace"
            && message["params"]["message"]
                .as_str()
                .is_some_and(|told| told.starts_with("textDocument/diagnostic"))
    });
    assert_eq!([&quick, &traced], [&slow, &slow]);
    assert!(first != second && second != third);
    site.client.notify("$/setTrace", json!({"value": "off"}));
    site.client.request("shutdown", Value::Null);
    let params = json!({"textDocument": {"uri": uri}});
    let id = site.client.ask("textDocument/diagnostic", params);
    let refused = site.client.answer(&json!(id));
    assert!(refused.get("error").is_some(), "{refused}");
}

#[test]
fn a_file_that_is_not_open_is_looked_at_again_when_it_changes() {
    let mut site = Site::pulling("utf-16", Value::Null);
    let clean = pull(&mut site, NIGHT, &Value::Null);
    assert_eq!(clean["items"], json!([]));
    let again = pull(&mut site, NIGHT, &clean["resultId"]);
    assert_eq!(again, json!({"kind": "unchanged", "resultId": clean["resultId"]}));
    let file = site.root.join(NIGHT);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("2023-05-02 20:15:00", "gestern")).unwrap();
    let broken = pull(&mut site, NIGHT, &clean["resultId"]);
    assert_eq!(broken["items"][0]["code"], "date-invalid", "{broken}");
    // What the editor holds counts, and the file again once it lets go.
    let uri = site.uri(NIGHT);
    site.client.open(&uri, &text);
    assert_eq!(pull(&mut site, NIGHT, &broken["resultId"])["items"], json!([]));
    site.client
        .notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    let closed = pull(&mut site, NIGHT, &Value::Null);
    assert_eq!(core(&closed["items"]), core(&broken["items"]));
    // The settings of the site change: so may everything.
    std::fs::write(site.root.join("postlint.toml"), "[rules]\ndate-invalid = \"off\"\n").unwrap();
    let change = json!({"changes": [{"uri": site.uri("postlint.toml"), "type": 1}]});
    site.client.notify("workspace/didChangeWatchedFiles", change);
    let off = pull(&mut site, NIGHT, &closed["resultId"]);
    assert_eq!(off["items"], json!([]), "{off}");
    site.client.leave();
}

#[test]
fn what_is_no_post_has_an_empty_report() {
    let mut site = Site::pulling("utf-8", Value::Null);
    for path in ["source/_posts/没有.md", "_config.yml", "source/_posts"] {
        assert_eq!(pull(&mut site, path, &Value::Null)["items"], json!([]), "{path}");
    }
    for uri in ["untitled:甲", "git:/a/b.md?x"] {
        let params = json!({"textDocument": {"uri": uri}});
        let report = site.client.request("textDocument/diagnostic", params);
        assert_eq!(report, json!({"kind": "full", "items": []}), "{uri}");
    }
    site.client.leave();
}

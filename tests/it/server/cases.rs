//! The table of cases that every editor is tested with, over standard input and output in every position encoding.

use serde_json::{Value, json};

use super::client::ENCODINGS;
use super::site::{Site, cases};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn opened(encoding: &str) -> (Site, Value, String, String, Vec<Value>) {
    let cases = cases();
    let path = text(&cases["document"]).to_owned();
    let mut site = Site::new(encoding, Value::Null, |_| {});
    let (before, found) = site.open(&path);
    (site, cases, path, before, found)
}

#[test]
fn diagnostics_stand_at_their_words() {
    for encoding in ENCODINGS {
        let (site, cases, _, before, found) = opened(encoding);
        let wanted = cases["diagnostics"].as_array().unwrap();
        assert_eq!(found.len(), wanted.len(), "{found:?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert_eq!(found["code"], wanted["code"]);
            assert_eq!(found["severity"], wanted["severity"]);
            assert_eq!(
                found["range"]["start"],
                site.range(&before, text(&wanted["text"]))["start"]
            );
            assert!(text(&found["codeDescription"]["href"]).ends_with(text(&wanted["code"])));
        }
        site.client.leave();
    }
}

#[test]
fn a_quick_fix_is_resolved_and_mends_the_line() {
    for encoding in ENCODINGS {
        let (mut site, cases, path, before, found) = opened(encoding);
        let case = &cases["quickFix"];
        let finding = found.iter().find(|found| found["code"] == case["code"]).unwrap();
        let params = json!({"textDocument": {"uri": site.uri(&path)}, "range": finding["range"],
            "context": {"diagnostics": [finding], "only": ["quickfix"]}});
        let actions = site.client.request("textDocument/codeAction", params);
        let action = actions
            .as_array()
            .unwrap()
            .iter()
            .find(|action| action["title"] == case["title"]);
        let action = action.unwrap_or_else(|| panic!("{actions}"));
        assert!(
            action.get("edit").is_none() && action["isPreferred"] != true,
            "{action}"
        );
        let resolved = site.client.request("codeAction/resolve", action.clone());
        let after = site.edited(&resolved["edit"]);
        assert!(after[0].1.lines().any(|line| line == text(&case["line"])), "{after:?}");
        assert_eq!(after[0].1.lines().count(), before.lines().count());
        site.client.leave();
    }
}

#[test]
fn fix_all_mends_what_is_safe_and_nothing_else() {
    for encoding in ENCODINGS {
        let (mut site, cases, path, before, _) = opened(encoding);
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
        let params = json!({"textDocument": {"uri": site.uri(&path)}, "range": whole,
            "context": {"diagnostics": [], "only": ["source.fixAll"]}});
        let actions = site.client.request("textDocument/codeAction", params);
        assert_eq!(actions.as_array().unwrap().len(), 1);
        let resolved = site.client.request("codeAction/resolve", actions[0].clone());
        let after = site.edited(&resolved["edit"]);
        let changed: Vec<&str> = after[0]
            .1
            .lines()
            .filter(|line| !before.lines().any(|old| old == *line))
            .collect();
        assert_eq!(changed, [text(&cases["fixAll"]["line"])]);
        site.client.leave();
    }
}

#[test]
fn a_tag_of_the_site_is_proposed_and_inserted() {
    for encoding in ENCODINGS {
        let (mut site, cases, path, before, _) = opened(encoding);
        let case = &cases["completion"];
        let line = format!("{}{}", text(&case["typed"]), text(&case["rest"]));
        let now = before.replace(text(&case["line"]), &line);
        site.client.change(&site.uri(&path), 2, json!([{"text": now}]));
        let offset = now.find(text(&case["typed"])).unwrap() + text(&case["typed"]).len();
        let items = site
            .client
            .request("textDocument/completion", site.at_byte(&path, &now, offset));
        let item = items
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["label"] == case["item"]);
        let item = item.unwrap_or_else(|| panic!("{items}"));
        let edit = json!([{"range": item["textEdit"]["range"], "newText": item["textEdit"]["newText"]}]);
        let encoding = match encoding {
            "utf-8" => postlint::text::Encoding::Utf8,
            "utf-16" => postlint::text::Encoding::Utf16,
            _ => postlint::text::Encoding::Utf32,
        };
        let after = super::typing::applied(&now, &edit, encoding);
        assert!(after.lines().any(|line| line == text(&case["becomes"])), "{after}");
        site.client.leave();
    }
}

#[test]
fn hovers_tell_what_the_generator_makes_and_show_pictures() {
    for encoding in ENCODINGS {
        let (mut site, cases, path, before, _) = opened(encoding);
        for case in cases["hover"].as_array().unwrap() {
            let place = site.at(&path, &before, text(&case["at"]));
            let hover = site.client.request("textDocument/hover", place);
            for word in case["says"].as_array().unwrap() {
                assert!(text(&hover["contents"]["value"]).contains(text(word)), "{hover}");
            }
        }
        site.client.leave();
    }
}

#[test]
fn renaming_a_tag_changes_every_spelling_of_it_and_no_category() {
    for encoding in ENCODINGS {
        let (mut site, cases, path, before, _) = opened(encoding);
        let case = &cases["rename"];
        let mut place = site.at(&path, &before, text(&case["at"]));
        let prepared = site.client.request("textDocument/prepareRename", place.clone());
        assert_eq!(prepared["placeholder"], "城市");
        place["newName"] = case["name"].clone();
        let edit = site.client.request("textDocument/rename", place);
        let after = site.edited(&edit);
        assert_eq!(after.len(), case["files"].as_object().unwrap().len());
        for (file, lines) in case["files"].as_object().unwrap() {
            let (_, now) = after.iter().find(|(path, _)| path == file).unwrap();
            for line in lines.as_array().unwrap() {
                assert!(now.lines().any(|one| one == text(line)), "{file}: {now}");
            }
        }
        site.client.leave();
    }
}

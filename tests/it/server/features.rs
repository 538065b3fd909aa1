//! Outline, folds, hovers and completions over standard input and output, with wide characters before every place.

use serde_json::{Value, json};

use super::client::{Client, ENCODINGS, position, range};

const URI: &str = "file:///blog/source/_posts/a.md";

fn begun(encoding: &str, text: &str) -> Client {
    let mut client = Client::stdio(&[]);
    let symbols = json!({"hierarchicalDocumentSymbolSupport": true});
    let offers = json!([encoding, "utf-16"]);
    let result = client.initialize(json!({"capabilities": {
        "general": {"positionEncodings": offers}, "textDocument": {"documentSymbol": symbols}}}));
    assert_eq!(result["capabilities"]["positionEncoding"], encoding);
    client.open(URI, text);
    client
}

fn document() -> Value {
    json!({"textDocument": {"uri": URI}})
}

fn at(text: &str, offset: usize, encoding: &str) -> Value {
    json!({"textDocument": {"uri": URI}, "position": position(text, offset, encoding)})
}

fn names(symbols: &Value) -> Vec<&str> {
    let symbols = symbols.as_array().unwrap().iter();
    symbols.map(|symbol| symbol["name"].as_str().unwrap()).collect()
}

#[test]
fn the_outline_has_fields_and_nested_headings() {
    let text = "---\n\"标题😀\": 直播\ntags: [一, 二]\n---\n# 甲 #\n\n文\n\n## 乙😀\n\n丙\n==\n";
    for encoding in ENCODINGS {
        let mut client = begun(encoding, text);
        let symbols = client.request("textDocument/documentSymbol", document());
        assert_eq!(names(&symbols), ["front matter", "甲", "丙"]);
        let fields = &symbols[0]["children"];
        assert_eq!(names(fields), ["标题😀", "tags"]);
        assert_eq!(fields[0]["detail"], "直播");
        assert_eq!(fields[0]["range"], range(text, "\"标题😀\": 直播", encoding));
        assert_eq!(fields[0]["selectionRange"], range(text, "\"标题😀\"", encoding));
        assert_eq!(fields[1]["detail"], "一, 二");
        assert_eq!(names(&symbols[1]["children"]), ["乙😀"]);
        client.leave();
    }
}

#[test]
fn front_matter_sections_and_code_fold() {
    let text = "---\ntitle: 标题\n---\n# 甲\n\n```\n码\n```\n\n# 乙\n";
    let mut client = begun("utf-16", text);
    let folds = client.request("textDocument/foldingRange", document());
    let lines: Vec<_> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(0, 2), (3, 7), (5, 7)]);
    client.leave();
}

#[test]
fn a_key_is_explained_for_the_generator() {
    let text = "---\n\"😀\": 标题\ndate: 2024-05-06\n---\n";
    for encoding in ENCODINGS {
        let mut client = begun(encoding, text);
        let place = at(text, text.find("date").unwrap() + 2, encoding);
        let hover = client.request("textDocument/hover", place);
        assert_eq!(hover["range"], range(text, "date", encoding));
        assert!(hover["contents"]["value"].as_str().unwrap().contains("Hexo"), "{hover}");
        let place = at(text, text.find("标").unwrap(), encoding);
        assert_eq!(client.request("textDocument/hover", place), Value::Null);
        client.leave();
    }
}

#[test]
fn keys_are_proposed_once_and_only_where_keys_are() {
    let text = "---\ntitle: 标题😀\ncat\n---\n正文 cat\n";
    for encoding in ENCODINGS {
        let mut client = begun(encoding, text);
        let place = at(text, text.find("cat").unwrap() + 3, encoding);
        let items = client.request("textDocument/completion", place);
        let labels: Vec<_> = items.as_array().unwrap().iter().map(|item| &item["label"]).collect();
        assert!(
            labels.contains(&&json!("categories")) && labels.contains(&&json!("date")),
            "{labels:?}"
        );
        assert!(!labels.contains(&&json!("title")), "{labels:?}");
        assert_eq!(items[0]["textEdit"]["range"], range(text, "cat", encoding));
        for elsewhere in [text.find("标").unwrap(), text.rfind("cat").unwrap() + 3] {
            let items = client.request("textDocument/completion", at(text, elsewhere, encoding));
            assert_eq!(items, json!([]));
        }
        client.leave();
    }
}

#[test]
fn rules_are_proposed_in_suppression_comments() {
    let text = "---\ntitle: 标题 # postlint-disable-line text-enc\n---\n😀 <!-- postlint-disable-line text-encoding,text -->\n";
    for encoding in ENCODINGS {
        let mut client = begun(encoding, text);
        for (end, typed) in [
            (text.find("enc").unwrap() + 3, "text-enc"),
            (text.find(",text").unwrap() + 5, "text"),
        ] {
            let items = client.request("textDocument/completion", at(text, end, encoding));
            let item = items
                .as_array()
                .unwrap()
                .iter()
                .find(|item| item["label"] == "text-encoding");
            let range =
                json!({"start": position(text, end - typed.len(), encoding), "end": position(text, end, encoding)});
            assert_eq!(item.unwrap()["textEdit"]["range"], range);
        }
        client.leave();
    }
}

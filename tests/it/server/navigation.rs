//! From place to place over standard input and output, in every position encoding, with wide characters before each place.

use serde_json::{Value, json};

use super::client::ENCODINGS;
use super::site::Site;

pub const OLD: &str = "source/_posts/旧闻😀.md";
pub const NIGHT: &str = "source/_posts/夜读.md";
pub const CANAL: &str = "source/_posts/canal.md";

pub fn each(test: impl Fn(Site)) {
    for encoding in ENCODINGS {
        test(Site::new(
            encoding,
            json!({"features": {"formatting": true, "workspaceDiagnostics": true}}),
            |_| {},
        ));
    }
}

/// Params for a request for references.
fn with_context(mut place: Value) -> Value {
    place["context"] = json!({"includeDeclaration": true});
    place
}

pub fn names(values: &Value, key: &str) -> Vec<String> {
    let values = values.as_array().unwrap_or_else(|| panic!("{values}")).iter();
    values
        .map(|value| value[key].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn links_lead_to_posts_pictures_and_the_web() {
    each(|mut site| {
        let (night, _) = site.open(NIGHT);
        let links = site.client.request("textDocument/documentLink", site.document(NIGHT));
        assert_eq!(names(&links, "target"), [site.uri(CANAL)]);
        assert_eq!(links[0]["range"], site.range(&night, "/2023/05/14/canal/"));
        site.open(OLD);
        let links = site.client.request("textDocument/documentLink", site.document(OLD));
        let picture = site.uri("source/images/lock.png");
        let shop = "https://shop.example/book?utm_source=feed&id=7";
        let shore = "https://img.example/2023/04/18/shore.jpg";
        assert_eq!(names(&links, "target"), [&picture, shop, &picture, shore]);
        let (canal, _) = site.open(CANAL);
        let place = site.at(CANAL, &canal, "夜读 %}");
        let goal = site.client.request("textDocument/definition", place);
        assert_eq!(names(&goal, "uri"), [site.uri(NIGHT)]);
        assert_eq!(goal[0]["range"], site.range(&night, "title: 夜里去图书馆"));
        site.client.leave();
    });
}

#[test]
fn references_are_places_of_a_term_or_links_to_a_post() {
    each(|mut site| {
        let (old, _) = site.open(OLD);
        let place = site.at(OLD, &old, "城市']");
        let found = site.client.request("textDocument/references", with_context(place));
        let mut uris = names(&found, "uri");
        uris.sort();
        let mut wanted = vec![site.uri(OLD), site.uri(NIGHT), site.uri(CANAL)];
        wanted.sort();
        assert_eq!(uris, wanted);
        let own = found
            .as_array()
            .unwrap()
            .iter()
            .find(|place| place["uri"] == site.uri(OLD))
            .unwrap();
        assert_eq!(own["range"], site.range(&old, "'城市'"));
        // From its own title: whoever leads to this post.
        let (canal, _) = site.open(CANAL);
        let place = site.at(CANAL, &canal, "Walking");
        let found = site.client.request("textDocument/references", with_context(place));
        assert_eq!(names(&found, "uri"), [site.uri(NIGHT)]);
        site.client.leave();
    });
}

#[test]
fn the_workspace_is_searched_for_titles_and_terms() {
    each(|mut site| {
        let found = site.client.request("workspace/symbol", json!({"query": "图书馆"}));
        assert_eq!(names(&found, "name"), ["夜里去图书馆"]);
        let night = site.read(NIGHT);
        assert_eq!(found[0]["location"]["range"], site.range(&night, "title: 夜里去图书馆"));
        let found = site.client.request("workspace/symbol", json!({"query": "OUTD"}));
        assert_eq!(names(&found, "name"), ["Outdoors"]);
        site.client.leave();
    });
}

#[test]
fn a_category_is_renamed_under_its_own_parents_only() {
    each(|mut site| {
        let (old, _) = site.open(OLD);
        let mut place = site.at(OLD, &old, "城市]");
        place["newName"] = json!("都会: 一");
        let edit = site.client.request("textDocument/rename", place);
        let after = site.edited(&edit);
        assert_eq!(after.len(), 3);
        for (path, text) in after {
            let line = if path == NIGHT {
                "categories: [生活, '都会: 一']"
            } else {
                "  - [生活, '都会: 一']"
            };
            assert!(text.contains(line) && text.contains("城市"), "{path}: {text}");
        }
        let mut place = site.at(OLD, &old, "城市]");
        place["newName"] = json!(" ");
        let id = site.client.ask("textDocument/rename", place);
        assert_eq!(site.client.answer(&json!(id))["error"]["code"], -32602);
        site.client.leave();
    });
}

#[test]
fn what_is_open_counts_more_than_what_is_on_disk() {
    each(|mut site| {
        let (night, _) = site.open(NIGHT);
        let now = night.replace("  - 城市\n", "  - 河边\n");
        site.client.change(&site.uri(NIGHT), 2, json!([{"text": now}]));
        site.client.published(&site.uri(NIGHT), Some(2));
        let (old, _) = site.open(OLD);
        let found = site
            .client
            .request("textDocument/references", with_context(site.at(OLD, &old, "城市']")));
        assert_eq!(found.as_array().unwrap().len(), 2);
        let found = site.client.request("workspace/symbol", json!({"query": "河边"}));
        assert_eq!(names(&found, "name"), ["河边"]);
        site.client.leave();
    });
}

#[test]
fn lenses_and_hints_say_what_becomes_of_the_post() {
    each(|mut site| {
        let (night, _) = site.open(NIGHT);
        let lenses = site.client.request("textDocument/codeLens", site.document(NIGHT));
        let titles: Vec<&str> = lenses
            .as_array()
            .unwrap()
            .iter()
            .map(|lens| lens["command"]["title"].as_str().unwrap())
            .collect();
        let address = "/2023/05/02/夜读/";
        assert_eq!(
            titles,
            [address, "posts: 阅读 2 · 城市 3", "posts: 生活 3 · 生活 › 城市 3"]
        );
        let mut params = site.document(NIGHT);
        params["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
        let hints = site.client.request("textDocument/inlayHint", params);
        assert_eq!(
            names(&hints, "label"),
            [format!("→ {address}"), "2023-05-02T12:15:00Z".to_owned()]
        );
        assert_eq!(hints[0]["position"], site.range(&night, "title: 夜里去图书馆")["end"]);
        site.client.leave();
    });
}

#[test]
fn a_selection_grows_from_the_word_to_the_file() {
    each(|mut site| {
        let (old, _) = site.open(OLD);
        let place = site.at(OLD, &old, "城市]")["position"].clone();
        let params = json!({"textDocument": {"uri": site.uri(OLD)}, "positions": [place]});
        let grown = site.client.request("textDocument/selectionRange", params);
        let mut ranges = Vec::new();
        let mut step = &grown[0];
        while step.is_object() {
            ranges.push(step["range"].clone());
            step = &step["parent"];
        }
        for (at, needle) in [(0, "城市]"), (1, "[生活, 城市]")] {
            assert_eq!(ranges[at]["start"], site.range(&old, needle)["start"], "{ranges:?}");
        }
        assert_eq!(ranges.last().unwrap()["start"], json!({"line": 0, "character": 0}));
        site.client.leave();
    });
}

#[test]
fn the_names_of_a_tag_pair_change_together() {
    each(|mut site| {
        let (old, _) = site.open(OLD);
        let found = site
            .client
            .request("textDocument/linkedEditingRange", site.at(OLD, &old, "a href"));
        let close = site.range(&old, "a>，");
        assert_eq!(found["ranges"][0]["start"], site.range(&old, "a href")["start"]);
        assert_eq!(found["ranges"][1]["start"], close["start"]);
        let nothing = site
            .client
            .request("textDocument/linkedEditingRange", site.at(OLD, &old, "再见"));
        assert_eq!(nothing, Value::Null);
        site.client.leave();
    });
}

#[test]
fn tokens_are_sorted_and_count_in_the_agreed_unit() {
    for (encoding, width) in [("utf-8", 16), ("utf-16", 6), ("utf-32", 5)] {
        let mut site = Site::new(encoding, Value::Null, |_| {});
        site.open(OLD);
        let tokens = site
            .client
            .request("textDocument/semanticTokens/full", site.document(OLD));
        let data: Vec<u64> = tokens["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_u64().unwrap())
            .collect();
        // `title`, a property of five letters on the second line; then its value, four characters and an emoji.
        assert_eq!(data[..5], [1, 0, 5, 0, 0]);
        assert_eq!(data[5..10], [0, 7, width, 1, 0]);
        site.client.leave();
    }
}

#[test]
fn formatting_is_off_until_it_is_asked_for() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    site.open(NIGHT);
    let mut params = site.document(NIGHT);
    params["options"] = json!({"tabSize": 2, "insertSpaces": true});
    assert_eq!(
        site.client.request("textDocument/formatting", params.clone()),
        Value::Null
    );
    site.client.leave();
    let options = json!({"postlint": {"features": {"formatting": true}, "format": {"keyOrder": ["title", "tags"]}}});
    let mut site = Site::new("utf-16", options, |_| {});
    site.open(NIGHT);
    params["textDocument"] = site.document(NIGHT)["textDocument"].clone();
    let edits = site.client.request("textDocument/formatting", params);
    let after = super::typing::applied(&site.read(NIGHT), &edits, postlint::text::Encoding::Utf16);
    let keys: Vec<&str> = after.lines().skip(1).take(5).collect();
    assert_eq!(
        keys,
        [
            "title: 夜里去图书馆",
            "tags:",
            "  - 阅读",
            "  - 城市",
            "date: 2023-05-02 20:15:00"
        ]
    );
    site.client.leave();
}

#[test]
fn a_new_line_in_a_list_begins_the_next_item() {
    each(|mut site| {
        let (night, _) = site.open(NIGHT);
        let now = night.replace("  - 阅读\n", "  - 阅读\n\n");
        site.client.change(&site.uri(NIGHT), 2, json!([{"text": now}]));
        let mut params = site.at_byte(NIGHT, &now, now.find("  - 阅读\n").unwrap() + "  - 阅读\n".len());
        params["ch"] = json!("\n");
        params["options"] = json!({"tabSize": 2, "insertSpaces": true});
        let edits = site.client.request("textDocument/onTypeFormatting", params);
        assert_eq!(edits[0]["newText"], "  - ");
        site.client.leave();
    });
}

#[test]
fn values_are_proposed_where_values_stand() {
    each(|mut site| {
        let text = "---\ntitle: 😀\ndate: \ntags:\n  - 阅\ncategories:\n  - \ncover: /images/\nlayout: \n---\n\n直播😀 [a](/2)\n";
        let path = "source/_posts/new.md";
        site.client.open(&site.uri(path), text);
        let mut labels = |needle: &str| {
            let offset = text.find(needle).unwrap() + needle.len();
            let place = site.at_byte(path, text, offset);
            names(&site.client.request("textDocument/completion", place), "label")
        };
        let dates = labels("date: ");
        assert!(
            dates.len() == 2 && dates[0].len() == 19 && dates[1].len() == 10,
            "{dates:?}"
        );
        assert_eq!(labels("  - 阅"), ["城市", "阅读", "walks"]);
        assert_eq!(labels("categories:\n  - "), ["生活", "Outdoors", "生活 › 城市"]);
        assert_eq!(labels("cover: /images/"), ["/images/lock.png"]);
        assert!(labels("[a](/2").contains(&"/2023/05/14/canal/".to_owned()));
        site.client.leave();
    });
}

#[test]
fn an_empty_file_is_offered_a_front_matter() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    let path = "source/_posts/第一篇.md";
    site.client.open(&site.uri(path), "-");
    let items = site
        .client
        .request("textDocument/completion", site.at_byte(path, "-", 1));
    let text = items[0]["textEdit"]["newText"].as_str().unwrap();
    assert!(text.starts_with("---\ntitle: ${1:第一篇}\ndate: ${2:20"), "{text}");
    assert_eq!(items[0]["insertTextFormat"], 2);
    site.client.leave();
}

#[test]
fn proposals_are_explained_when_they_are_chosen() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    let (old, _) = site.open(OLD);
    let place = site.at_byte(OLD, &old, old.find("lock.png").unwrap());
    let items = site.client.request("textDocument/completion", place);
    let resolved = site.client.request("completionItem/resolve", items[0].clone());
    let docs = resolved["documentation"]["value"].as_str().unwrap();
    assert!(docs.contains("32 × 20") && docs.contains("/lock.png"), "{docs}");
    site.client.leave();
}

#[test]
fn of_a_long_list_what_fits_is_proposed() {
    let mut site = Site::new("utf-16", Value::Null, |root| {
        for number in 0..600 {
            let text = format!("---\ntitle: 湖光 {number}\ndate: 2021-01-01\n---\nText.\n");
            std::fs::write(root.join(format!("source/_posts/lake-{number:03}.md")), text).unwrap();
        }
    });
    let mut proposed = |typed: &str| {
        let text = format!("{{% post_link {typed}");
        let path = "source/_posts/new.md";
        site.client.open(&site.uri(path), &text);
        let place = site.at_byte(path, &text, text.len());
        let found = site.client.request("textDocument/completion", place);
        let closed = json!({"textDocument": {"uri": site.uri(path)}});
        site.client.notify("textDocument/didClose", closed);
        found
    };
    let first = proposed("");
    assert_eq!(first["isIncomplete"], true);
    assert_eq!(first["items"].as_array().unwrap().len(), 100);
    let one = proposed("LAKE-59");
    let labels = names(&one["items"], "label");
    let begins = labels.iter().take_while(|label| label.starts_with("lake-59"));
    assert_eq!(begins.count(), 10, "{labels:?}");
    let scattered = names(&proposed("lk-599")["items"], "label");
    assert!(
        scattered.contains(&"lake-599".to_owned()) && !scattered.contains(&"lake-600".to_owned()),
        "{scattered:?}"
    );
    let titled = proposed("湖光");
    assert_eq!(titled["items"].as_array().unwrap().len(), 100);
    site.client.leave();
}

//! Several folders with settings of their own, over standard input and output.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::Client;
use super::parity::uri;

const POST: &str = "source/_posts/第一 😀.md";

struct Two {
    client: Client,
    one: PathBuf,
    two: PathBuf,
    _folder: tempfile::TempDir,
}

impl Two {
    /// Two sites beside each other and a client that knows what is set for each of them.
    fn begun(options: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (one, two) = (root.join("甲 😀"), root.join("乙"));
        for site in [&one, &two] {
            std::fs::create_dir_all(site.join("source/_posts")).unwrap();
            std::fs::write(site.join("_config.yml"), "source_dir: source\n").unwrap();
            let name = site.file_name().unwrap().to_string_lossy();
            let text = format!("---\ntitle: 一 😀 {name}\ndate: gestern\ntags: [{name}]\n---\n正文\n");
            std::fs::write(site.join(POST), text).unwrap();
        }
        let mut client = Client::stdio(&[]);
        let folders = json!([{"uri": uri(&one), "name": "1"}, {"uri": uri(&two), "name": "2"}]);
        client.initialize(json!({"workspaceFolders": folders, "initializationOptions": options,
            "capabilities": {"workspace": {"configuration": true, "workspaceFolders": true}}}));
        Self {
            client,
            one,
            two,
            _folder: folder,
        }
    }

    /// Wait for the question what is set, check whom it is about, answer.
    fn answer(&mut self, about: &[&Path], settings: Value) {
        let asked = self
            .client
            .wait("a question", |message| message["method"] == "workspace/configuration");
        let items = asked["params"]["items"].as_array().unwrap();
        assert!(items.iter().all(|item| item["section"] == "postlint"), "{asked}");
        let scopes: Vec<&Value> = items.iter().map(|item| &item["scopeUri"]).collect();
        let mut wanted = vec![Value::Null];
        wanted.extend(about.iter().map(|root| json!(uri(root))));
        assert_eq!(scopes, wanted.iter().collect::<Vec<_>>());
        self.client.respond(&asked["id"], settings);
    }

    /// Open the post of `root`.
    fn open(&mut self, root: &Path) {
        let file = root.join(POST);
        let text = std::fs::read_to_string(&file).unwrap();
        self.client.open(&uri(&file), &text);
    }

    /// Wait until the post of `root` is said to have, or not to have, a broken date.
    fn shows(&mut self, root: &Path, broken: &str) {
        let uri = uri(&root.join(POST));
        self.client.wait(&format!("{broken} in {uri}"), |message| {
            let params = &message["params"];
            let found = params["diagnostics"].as_array().into_iter().flatten();
            let has = found.filter(|one| one["code"] == "date-invalid").count() > 0;
            params["uri"] == *uri && has == (broken == "a broken date")
        });
        self.client.unread.retain(|message| message["params"]["uri"] != *uri);
    }
}

#[test]
fn each_folder_has_settings_of_its_own() {
    let mut two = Two::begun(json!({}));
    let (one, other) = (two.one.clone(), two.two.clone());
    two.answer(&[&one, &other], json!([{}, null, {"ignore": ["date-invalid"]}]));
    two.open(&one);
    two.open(&other);
    two.shows(&one, "a broken date");
    two.shows(&other, "no broken date");
    // The writer changes his mind: what is set for all is now set otherwise for the first.
    two.client
        .notify("workspace/didChangeConfiguration", json!({"settings": null}));
    let settings = json!([{"ignore": ["date-invalid"]}, {"ignore": []}, {"postlint": {"ignore": ["date-invalid"]}}]);
    two.answer(&[&one, &other], settings);
    two.shows(&one, "a broken date");
    two.shows(&other, "no broken date");
    two.client
        .notify("workspace/didChangeConfiguration", json!({"settings": null}));
    two.answer(&[&one, &other], json!([{}, {"ignore": ["date-invalid"]}, {}]));
    two.shows(&one, "no broken date");
    two.shows(&other, "a broken date");
    two.client.leave();
}

#[test]
fn sites_of_folders_with_their_own_settings_stay_apart_and_are_whole() {
    let mut two = Two::begun(json!({"ignore": ["date-invalid"]}));
    let (one, other) = (two.one.clone(), two.two.clone());
    two.answer(&[&one, &other], json!([{}, {}, {"ignore": []}]));
    two.open(&one);
    two.open(&other);
    // What is said of one folder only leaves the rest as it was at the beginning.
    two.shows(&one, "no broken date");
    two.shows(&other, "a broken date");
    // Each post is known once, whichever settings its folder has.
    let found = two.client.request("workspace/symbol", json!({"query": "一 😀"}));
    let places: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["location"]["uri"])
        .collect();
    let mut wanted = [uri(&one.join(POST)), uri(&other.join(POST))];
    wanted.sort();
    let mut places: Vec<&str> = places.iter().map(|place| place.as_str().unwrap()).collect();
    places.sort_unstable();
    assert_eq!(places, wanted);
    let place = json!({"textDocument": {"uri": uri(&other.join(POST))}, "position": {"line": 3, "character": 7},
        "context": {"includeDeclaration": true}});
    let found = two.client.request("textDocument/references", place);
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    // A folder that stays alone has the settings of all.
    let removed = json!({"event": {"removed": [{"uri": uri(&one), "name": "1"}], "added": []}});
    two.client.notify("workspace/didChangeWorkspaceFolders", removed);
    two.shows(&other, "no broken date");
    two.client.leave();
}

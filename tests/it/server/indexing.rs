//! Reading sites in the background: what is too wide, what is called off, what lies in several roots.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;
use super::parity::uri;

fn site(root: &Path, posts: usize) {
    std::fs::create_dir_all(root.join("source/_posts")).unwrap();
    std::fs::write(
        root.join("_config.yml"),
        "source_dir: source\nnew_post_name: :title.md\n",
    )
    .unwrap();
    let name = root.file_name().unwrap().to_string_lossy();
    for number in 0..posts {
        let text =
            format!("---\ntitle: 文 {number}\ndate: 2024-01-01 08:00:00\ntags: [{name}]\n---\n\n正文 {number}\n");
        std::fs::write(root.join(format!("source/_posts/{number}.md")), text).unwrap();
    }
}

fn begun(client: &mut Client, roots: &[&Path]) {
    let folders: Vec<Value> = roots
        .iter()
        .map(|root| json!({"uri": uri(root), "name": "x"}))
        .collect();
    client.initialize(json!({"workspaceFolders": folders, "capabilities": {"window": {"workDoneProgress": true}}}));
}

fn ended(client: &mut Client) -> String {
    let end = client.wait("the end", |message| {
        message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end"
    });
    end["params"]["value"]["message"].as_str().unwrap().to_owned()
}

fn allow(client: &mut Client) {
    let asked = client.wait("a progress", |message| {
        message["method"] == "window/workDoneProgress/create"
    });
    client.respond(&asked["id"], Value::Null);
}

#[test]
fn each_root_is_a_site_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (one, two) = (root.join("甲"), root.join("乙"));
    site(&one, 3);
    site(&two, 4);
    std::fs::create_dir_all(one.join("node_modules/theme/source/_posts")).unwrap();
    std::fs::write(
        one.join("node_modules/theme/source/_posts/x.md"),
        "---\ntitle: x\n---\n",
    )
    .unwrap();
    let mut client = Client::stdio(&[]);
    begun(&mut client, &[&one, &two]);
    allow(&mut client);
    assert_eq!(ended(&mut client), "7 posts");
    let post = one.join("source/_posts/0.md");
    let text = std::fs::read_to_string(&post).unwrap().replace("[甲]", "[]");
    client.open(&uri(&post), &text);
    let place = json!({"textDocument": {"uri": uri(&post)}, "position": {"line": 3, "character": 7}});
    let items = client.request("textDocument/completion", place);
    let labels: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["label"]).collect();
    assert_eq!(labels, ["甲"]);
    client.leave();
}

#[test]
fn a_whole_home_is_not_read_but_the_site_of_an_open_post_is() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().canonicalize().unwrap();
    site(&home.join("blog"), 2);
    let mut client = Client::at_home(&[], Some(&home));
    begun(&mut client, &[&home]);
    allow(&mut client);
    assert_eq!(ended(&mut client), "0 posts");
    let note = client.wait("a note", |message| message["method"] == "window/logMessage");
    assert!(
        note["params"]["message"].as_str().unwrap().contains("too wide"),
        "{note}"
    );
    let post = home.join("blog/source/_posts/0.md");
    client.open(&uri(&post), &std::fs::read_to_string(&post).unwrap());
    allow(&mut client);
    assert_eq!(ended(&mut client), "2 posts");
    client.leave();
}

/// A client that is busy for long when it is asked for a progress goes without one, and its late answer harms nothing.
#[test]
fn a_progress_may_be_allowed_too_late() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("blog");
    site(&root, 2);
    let mut client = Client::stdio(&[]);
    begun(&mut client, &[&root]);
    client.wait("the site", |message| {
        message["method"] == "window/logMessage"
            && message["params"]["message"]
                .as_str()
                .unwrap()
                .ends_with("blog: 2 posts")
    });
    allow(&mut client);
    let post = root.join("source/_posts/0.md");
    client.open(&uri(&post), "---\ntitle: 一\n---\n");
    client.published(&uri(&post), Some(1));
    client.leave();
}

#[test]
fn reading_can_be_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("blog");
    site(&root, 1500);
    let mut client = Client::stdio(&[]);
    begun(&mut client, &[&root]);
    allow(&mut client);
    client.wait("the beginning", |message| message["params"]["value"]["kind"] == "begin");
    client.notify("window/workDoneProgress/cancel", json!({"token": "postlint/index"}));
    let taken = ended(&mut client);
    // A site is taken in whole or not at all; the machine may have been quicker than the wish.
    assert!(taken == "0 posts" || taken == "1500 posts", "{taken}");
    let post = root.join("source/_posts/0.md");
    client.open(&uri(&post), "---\ntitle: 一\n---\n");
    client.published(&uri(&post), Some(1));
    client.leave();
}

/// A post that is opened while its site is being read is checked at once, and once more when all is known.
#[test]
fn what_a_first_hurried_look_could_not_know_is_told_later() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    site(&root, 0);
    // So many that the post is there before they are looked through; and no post, so that nothing else is news.
    let pictures = root.join("source/images");
    std::fs::create_dir_all(&pictures).unwrap();
    for number in 0..5_000 {
        std::fs::write(pictures.join(format!("{number}.png")), "").unwrap();
    }
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"rootUri": uri(&root), "capabilities": {}}));
    let text = "---\ntitle: Tea\ndate: 2024-01-02 08:00:00\ncover: /images/7.PNG\n---\n\nTea.\n";
    client.open(&uri(&root.join("source/_posts/new.md")), text);
    client.wait("what the site's files show", |message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["diagnostics"]
                .as_array()
                .is_some_and(|found| found.iter().any(|found| found["code"] == "image-missing"))
    });
    client.leave();
}

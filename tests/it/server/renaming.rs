//! A category of three hundred posts gets another name: every spelling of it changes, no other byte does, and Hexo agrees.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use postlint::post::Post;
use postlint::text::Source;
use postlint::workspace::{Options, Workspace};
use serde_json::{Value, json};

use super::site::Site;

const OLD: &str = "读书笔记";
const NEW: &str = "书: \"摘\"";

/// The ways people write the categories of a post that stands in `书房 › 读书笔记`, and tags beside that stay.
fn spelled(number: usize) -> String {
    let eol = if number.is_multiple_of(7) { "\r\n" } else { "\n" };
    let lines = match number % 10 {
        0 => format!("categories: [书房, {OLD}]"),
        1 => format!("categories:\n  - 书房\n  - {OLD}"),
        2 => format!("categories:\n- 书房\n- '{OLD}' # 😀"),
        3 => format!("categories:\n  - [书房, \"{OLD}\"]\n  - [别的]"),
        4 => format!("categories:\n  - - 书房\n    - {OLD}\n    - 更深"),
        5 => format!("category: [书房,    {OLD}]"),
        6 => format!("\"categories\": ['书房', '{OLD}', 更深]"),
        7 => "categories:\n  - 书房\n  - \"\\u8BFB\\u4E66\\u7B14\\u8BB0\"".to_owned(),
        8 => format!("categories:\n  - 书房\n  - >-\n    {OLD}"),
        _ => format!("categories:\n  - &a 书房\n  - !!str {OLD}"),
    };
    let mut text = format!(
        "---\ntitle: {OLD} {number} 😀\ndate: 2024-01-{:02} 08:00:00\n",
        number % 28 + 1
    );
    let _ = write!(text, "{lines}\ntags: [{OLD}, 别的]\n---\n\n正文，{OLD}。\n");
    text.replace('\n', eol)
}

/// The categories and tags of every post as postlint sees them, and whatever real Hexo is at hand.
fn seen(root: &Path) -> Vec<(String, Value)> {
    let workspace = Workspace::new(Options::default());
    let mut posts = Vec::new();
    for number in 0..300 {
        let file = root.join(format!("source/_posts/{number}.md"));
        let stage = workspace.stage(&file).unwrap();
        let post = Post::parse(Source::new(std::fs::read_to_string(file).unwrap()), stage.path.as_str());
        let explained = stage.explain(&post);
        posts.push((
            post.path.clone(),
            json!([explained.categories, explained.tags, explained.title]),
        ));
    }
    posts
}

/// What the real Hexo says; `None` where it is not installed.
fn hexo(root: &Path) -> Option<Vec<Value>> {
    let oracle = Path::new(&std::env::var_os("POSTLINT_ORACLE")?).join("hexo");
    if !oracle.join("node_modules/hexo").is_dir() {
        return None;
    }
    let files = (0..300).map(|number| root.join(format!("source/_posts/{number}.md")));
    // Node writes to a pipe piecemeal, to a file at once.
    let told = root.join("oracle.jsonl");
    let status = Command::new("node")
        .arg("oracle_hexo.js")
        .args(files)
        .current_dir(oracle)
        .env("TZ", "UTC")
        .stdout(std::fs::File::create(&told).unwrap())
        .status()
        .unwrap();
    assert!(status.success());
    let text = std::fs::read_to_string(told).unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|problem| panic!("{problem}: {line}")))
            .collect(),
    )
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "whoever reads the log must know that Hexo was not asked"
)]
fn a_category_of_three_hundred_posts_is_renamed_and_nothing_else() {
    let mut site = Site::new("utf-16", Value::Null, |root| {
        for number in 0..300 {
            std::fs::write(root.join(format!("source/_posts/{number}.md")), spelled(number)).unwrap();
        }
    });
    let before = seen(&site.root);
    let hexo_before = hexo(&site.root);
    let (text, _) = site.open("source/_posts/0.md");
    let mut place = site.at("source/_posts/0.md", &text, &format!("{OLD}]"));
    place["newName"] = json!(NEW);
    let edit = site.client.request("textDocument/rename", place);
    let after = site.edited(&edit);
    assert_eq!(after.len(), 300);
    for (path, text) in &after {
        let old = site.read(path);
        // One line differs (two where the name stood on a line of its own), and what is left of it is the same.
        let (mut olds, mut news): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), text.split('\n').collect());
        while olds.first().is_some_and(|line| news.first() == Some(line)) {
            olds.remove(0);
            news.remove(0);
        }
        while olds.last().is_some_and(|line| news.last() == Some(line)) {
            olds.pop();
            news.pop();
        }
        assert!(olds.len() <= 2 && news.len() == 1, "{path}: {olds:?} became {news:?}");
        assert!(!text.contains(">-") || !old.contains(">-"), "{path}: {text}");
        std::fs::write(site.root.join(path), text).unwrap();
    }
    let renamed = |value: &Value| -> Value {
        let mut value = value.clone();
        for path in value[0].as_array_mut().unwrap() {
            for name in path.as_array_mut().unwrap().iter_mut().filter(|name| **name == OLD) {
                *name = json!(NEW);
            }
        }
        value
    };
    for ((path, was), (_, is)) in before.iter().zip(seen(&site.root)) {
        assert_eq!(renamed(was), is, "{path}");
    }
    match (hexo_before, hexo(&site.root)) {
        (Some(before), Some(after)) => {
            for (was, is) in before.iter().zip(&after) {
                let (was, is) = (&was["site"], &is["site"]);
                assert_eq!(was["tags"], is["tags"]);
                assert_eq!(was["title"], is["title"]);
                let names = serde_json::to_string(&was["categories"]).unwrap();
                let new = serde_json::to_string(NEW).unwrap();
                let wanted = names.replace(OLD, &new[1..new.len() - 1]);
                assert_eq!(
                    serde_json::from_str::<Value>(&wanted).unwrap_or_else(|_| panic!("{wanted}")),
                    is["categories"]
                );
            }
        }
        _ => println!("Hexo itself was not asked: it is not installed in POSTLINT_ORACLE"),
    }
    site.client.leave();
}

#[test]
fn whoever_renames_before_the_site_is_read_renames_in_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::create_dir_all(root.join("source/_posts")).unwrap();
    std::fs::write(root.join("_config.yml"), "source_dir: source\n").unwrap();
    for number in 0..300 {
        std::fs::write(root.join(format!("source/_posts/{number}.md")), spelled(number)).unwrap();
    }
    let uri = super::parity::uri(&root.join("source/_posts/0.md"));
    let mut client = super::client::Client::stdio(&[]);
    client.initialize(json!({"rootUri": super::parity::uri(&root), "capabilities": {}}));
    client.open(&uri, &spelled(0));
    let text = spelled(0);
    let offset = text.find(&format!("{OLD}]")).unwrap();
    let place = json!({"textDocument": {"uri": uri}, "position": super::client::position(&text, offset, "utf-16"), "newName": NEW});
    let edit = client.request("textDocument/rename", place);
    assert_eq!(edit["changes"].as_object().unwrap().len(), 300);
    client.leave();
}

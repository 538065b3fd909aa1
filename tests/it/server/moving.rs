//! Posts, pictures and whole folders get other names: whatever names them follows.

use serde_json::{Value, json};

use super::navigation::{CANAL, NIGHT, OLD, each};
use super::site::Site;

fn renamed(site: &mut Site, old: &str, new: &str) -> Vec<(String, String)> {
    let files = json!({"files": [{"oldUri": site.uri(old), "newUri": site.uri(new)}]});
    let edit = site.client.request("workspace/willRenameFiles", files);
    if edit.is_null() { Vec::new() } else { site.edited(&edit) }
}

#[test]
fn a_renamed_post_is_followed_by_the_links_to_it() {
    each(|mut site| {
        let files = json!({"files": [{"oldUri": site.uri(NIGHT), "newUri": site.uri("source/_posts/图书馆 2.md")}]});
        let edit = site.client.request("workspace/willRenameFiles", files);
        let after = site.edited(&edit);
        assert_eq!(after.len(), 1);
        assert!(after[0].1.contains("{% post_link 图书馆 2 %}"), "{}", after[0].1);
        let files = json!({"files": [{"oldUri": site.uri(CANAL), "newUri": site.uri("source/_posts/waterway.md")}]});
        let edit = site.client.request("workspace/willRenameFiles", files);
        let after = site.edited(&edit);
        assert_eq!(after[0].0, NIGHT);
        assert!(after[0].1.contains("[旧闻](/2023/05/14/waterway/)"), "{}", after[0].1);
        site.client.leave();
    });
}

#[test]
fn asset_folders_go_with_their_posts() {
    let change = |root: &std::path::Path| {
        let config = root.join("_config.yml");
        let text = std::fs::read_to_string(&config).unwrap();
        std::fs::write(config, text + "post_asset_folder: true\n").unwrap();
        std::fs::create_dir(root.join("source/_posts/canal")).unwrap();
        std::fs::write(root.join("source/_posts/canal/map.png"), "").unwrap();
    };
    let mut site = Site::new("utf-16", Value::Null, change);
    let files = json!({"files": [{"oldUri": site.uri(CANAL), "newUri": site.uri("source/_posts/way.md")}]});
    let edit = site.client.request("workspace/willRenameFiles", files);
    let operation = &edit["documentChanges"][0];
    assert_eq!(operation["kind"], "rename");
    assert_eq!(operation["oldUri"], site.uri("source/_posts/canal"));
    assert_eq!(operation["newUri"], site.uri("source/_posts/way"));
    site.client.leave();
}

#[test]
fn a_folder_takes_its_posts_along() {
    let change = |root: &std::path::Path| {
        for (path, text) in [
            (
                "source/_posts/2022/一.md",
                "---\ntitle: 一 😀\ndate: 2022-01-01 12:00:00\n---\n[二](二.md) [河](../canal.md) ![图](../../images/lock.png)\n",
            ),
            (
                "source/_posts/2022/二.md",
                "---\ntitle: 二\ndate: 2022-01-02\n---\n😀 {% post_link 2022/一 %} {% post_link canal %}\n",
            ),
            (
                "source/_posts/外.md",
                "---\ntitle: 外\ndate: 2022-01-03\n---\n😀 [一](2022/一.md#x) {% post_link 2022/二 '二' %}\n<a href=\"https://notes.beiwan.example/2022/01/01/2022/%E4%B8%80/?a=1\">一</a>\n",
            ),
        ] {
            let file = root.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
    };
    for encoding in super::client::ENCODINGS {
        let mut site = Site::new(encoding, Value::Null, change);
        let after = renamed(&mut site, "source/_posts/2022", "source/_posts/旧/二二");
        let told: Vec<(&str, &str)> = after
            .iter()
            .map(|(path, text)| (path.as_str(), text.rsplit_once("---\n").unwrap().1))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "source/_posts/2022/一.md",
                    "[二](二.md) [河](../../canal.md) ![图](../../../images/lock.png)\n"
                ),
                (
                    "source/_posts/2022/二.md",
                    "😀 {% post_link 旧/二二/一 %} {% post_link canal %}\n"
                ),
                (
                    "source/_posts/外.md",
                    "😀 [一](旧/二二/一.md#x) {% post_link 旧/二二/二 '二' %}\n<a href=\"https://notes.beiwan.example/2022/01/01/%E6%97%A7/%E4%BA%8C%E4%BA%8C/%E4%B8%80/?a=1\">一</a>\n"
                ),
            ]
        );
        site.client.leave();
    }
}

#[test]
fn a_picture_is_followed_by_the_posts_that_show_it() {
    each(|mut site| {
        for (old, new, written) in [
            (
                "source/images/lock.png",
                "source/images/schleuse 2.png",
                "/images/schleuse%202.png",
            ),
            ("source/images", "source/bilder", "/bilder/lock.png"),
        ] {
            let after = renamed(&mut site, old, new);
            let paths: Vec<&str> = after.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(paths, [OLD], "{after:?}");
            assert!(after[0].1.contains(written), "{}", after[0].1);
            assert!(!after[0].1.contains("/images/lock.png"), "{}", after[0].1);
        }
        // Out of the site, or no post any more: nothing can be told.
        assert!(renamed(&mut site, CANAL, "../canal.md").is_empty());
        assert!(renamed(&mut site, CANAL, "source/_posts/canal.txt").is_empty());
        assert!(renamed(&mut site, "source/nothing", "source/something").is_empty());
        site.client.leave();
    });
}

#[test]
fn what_was_in_a_renamed_folder_is_known_by_its_new_name() {
    let mut site = Site::new("utf-16", Value::Null, |_| {});
    let from = site.root.join("source/_posts");
    std::fs::create_dir(from.join("neu")).unwrap();
    std::fs::rename(site.root.join(CANAL), from.join("neu/canal.md")).unwrap();
    std::fs::rename(site.root.join(NIGHT), from.join("neu/夜读.md")).unwrap();
    let files = json!({"files": [{"oldUri": site.uri("source/_posts/alt"), "newUri": site.uri("source/_posts/neu")}]});
    site.client.notify("workspace/didRenameFiles", files);
    site.client.indexed();
    let found = site.client.request("workspace/symbol", json!({"query": "图书馆"}));
    assert_eq!(
        found[0]["location"]["uri"],
        site.uri("source/_posts/neu/夜读.md"),
        "{found}"
    );
    std::fs::remove_dir_all(from.join("neu")).unwrap();
    let files = json!({"files": [{"uri": site.uri("source/_posts/neu")}]});
    site.client.notify("workspace/didDeleteFiles", files);
    site.client.indexed();
    assert_eq!(
        site.client.request("workspace/symbol", json!({"query": "图书馆"})),
        json!([])
    );
    site.client.leave();
}

//! The user's own selectors and filter lists.

use postlint::config::{AdFilters, AdList, Config};
use postlint::diagnostic::Diagnostic;
use postlint::lint;
use postlint::post::Post;
use postlint::text::Source;
use std::process::Command;
use std::sync::Arc;

fn ads(text: &str, filters: AdFilters) -> Vec<Diagnostic> {
    let config = Config {
        ads: Arc::new(filters),
        ..Config::default()
    };
    let mut found = lint::lint(&Post::parse(Source::new(text), "a.md"), &config, None);
    found.retain(|finding| finding.code.0.starts_with("ad-"));
    found
}

#[test]
fn a_selector_of_the_configuration_marks_an_ad_with_its_wrappers() {
    let text = "Words.\n\n<div><div class=\"promo-box\">Buy my course.</div></div>\n\nMore.\n";
    let filters = || AdFilters::new(vec!["div.promo-box".into()], Vec::new());
    let found = ads(text, filters());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code.0, "ad-unit");
    assert!(
        found[0]
            .message
            .english()
            .contains("your own selector: it matches `div.promo-box`"),
        "{}",
        found[0].message.english()
    );
    let fixed = postlint::text::apply(text, &found[0].fixes[0].edits);
    assert_eq!(fixed, "Words.\n\nMore.\n");
    let code = "```html\n<div class=\"promo-box\"></div>\n```\n";
    assert!(ads(code, filters()).is_empty(), "code is code");
}

#[cfg(feature = "ad-lists")]
#[test]
fn a_filter_list_marks_what_it_hides_and_what_it_blocks() {
    let list = || {
        let text = "[Adblock Plus 2.0]\n! Title: mine\n||tracker.example^$script\n/banner-pics/*$image\n##.kampagne\n\
                    ##div[data-kauf]\n###top-shop > .angebot\n@@||tracker.example/good.js\nother.example##.post\n";
        let name = "lists/mine.txt".into();
        AdFilters::new(
            Vec::new(),
            vec![AdList {
                name,
                text: text.into(),
            }],
        )
    };
    for (text, code, why) in [
        (
            "<script src=\"//a.tracker.example/x.js\"></script>",
            "ad-script",
            "lists/mine.txt: its address matches `||tracker.example^$script`",
        ),
        (
            "<a href=\"https://shop.example\"><img src=\"https://shop.example/banner-pics/1.png\"></a>",
            "ad-unit",
            "its address matches `/banner-pics/*$image`",
        ),
        ("<p class=\"kampagne\">Buy!</p>", "ad-unit", "it matches `##.kampagne`"),
        (
            "<div data-kauf=\"1\">Buy!</div>",
            "ad-unit",
            "it matches `##div[data-kauf]`",
        ),
        (
            "<div id=\"top-shop\">Mine<p class=\"angebot\">Buy!</p></div>",
            "ad-unit",
            "it matches `###top-shop > .angebot`",
        ),
    ] {
        let found = ads(&format!("Words.\n\n{text}\n\nMore.\n"), list());
        assert_eq!(found.len(), 1, "{text} {found:#?}");
        assert_eq!(found[0].code.0, code, "{text}");
        assert!(
            found[0].message.english().contains(why),
            "{}",
            found[0].message.english()
        );
    }
    for text in [
        "<script src=\"https://a.tracker.example.org/x.js\"></script>",
        "<script src=\"https://tracker.example/good.js\"></script>",
        "<a href=\"https://tracker.example/\">their page</a>",
        "<p class=\"post\">of another site only</p>",
        "<pre><p class=\"kampagne\">code</p></pre>",
        "<div class=\"angebot\">outside of the shop</div>",
    ] {
        let found = ads(text, list());
        assert!(found.is_empty(), "{text} {found:#?}");
    }
}

#[cfg(feature = "ad-lists")]
#[test]
fn the_configuration_names_lists_and_selectors_and_hears_what_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        command
            .current_dir(folder.path())
            .args(["check", "--output-format", "concise", "a.md"]);
        let output = command.output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let body = "<p class=\"kampagne\">Buy!</p>\n\n<b class=\"x\">b</b>\n";
    write("a.md", &format!("---\ntitle: a\ndate: 2020-01-01\n---\n\n{body}"));
    write("mine.txt", "##.kampagne\n");
    write("postlint.toml", "ad-lists = [\"mine.txt\"]\nad-selectors = [\"b.x\"]\n");
    let said = check();
    assert!(said.contains("mine.txt: it matches `##.kampagne`"), "{said}");
    assert!(said.contains("it matches `b.x`"), "{said}");
    write("postlint.toml", "ad-lists = [\"gone.txt\"]\n");
    let said = check();
    assert!(
        said.contains("postlint.toml:1:13: the filter list `gone.txt` cannot be read"),
        "{said}"
    );
    write("postlint.toml", "ad-selectors = [\"b.x >\"]\n");
    let said = check();
    assert!(
        said.contains("postlint.toml:1:17: `b.x >` is no CSS selector"),
        "{said}"
    );
}

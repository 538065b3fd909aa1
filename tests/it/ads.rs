//! Leftover ads: the pattern data, and the labelled truth where it is at hand.
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use postlint::config::Config;
use postlint::lint;
use postlint::post::Post;
use postlint::rules::leftover::Leftover;
use postlint::rules::pattern::Index;
use postlint::text::Source;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rules whose findings the truth judges.
const JUDGED: &[&str] = &[
    "ad-unit",
    "ad-script",
    "ad-frame",
    "ad-comment",
    "ad-slot-empty",
    "tracking-pixel",
    "hidden-text",
    "watermark",
];

fn post(text: &str, path: &str) -> Post {
    Post::parse(Source::new(text), path)
}

#[test]
fn every_pattern_can_be_read_finds_its_sample_and_leaves_its_counter_sample() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, book) in Leftover::books() {
        for pattern in book.read().unwrap_or_else(|error| panic!("{file}: {error}")) {
            let pattern = match pattern {
                Ok(pattern) => pattern,
                Err(error) => {
                    wrong.push(format!("{file}: {error}"));
                    continue;
                }
            };
            seen += 1;
            let (sample, counter) = (pattern.entry.sample.clone(), pattern.entry.counter.clone());
            let index = Index::new(vec![pattern]);
            if index.find(&post(&sample, "a.html")).is_empty() {
                wrong.push(format!("{file}: {sample} is not found"));
            }
            if counter.is_some_and(|counter| !index.find(&post(&counter, "a.html")).is_empty()) {
                wrong.push(format!("{file}: the counter-sample of {sample} is found"));
            }
        }
    }
    assert!(seen > 100, "only {seen} patterns");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

struct Labels {
    ads: Vec<(String, usize, usize)>,
    not: Vec<(String, usize, usize)>,
    /// Labels of every kind.
    all: Vec<(String, usize, usize)>,
    /// Files in which everything is labelled.
    complete: BTreeSet<String>,
    files: BTreeSet<String>,
}

fn labels(root: &Path) -> Labels {
    let text = std::fs::read_to_string(root.join("truth.jsonl")).unwrap();
    let mut labels = Labels {
        ads: Vec::new(),
        not: Vec::new(),
        all: Vec::new(),
        complete: BTreeSet::new(),
        files: BTreeSet::new(),
    };
    for line in text.lines() {
        let label: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = label["file"].as_str().unwrap().to_owned();
        let at = |name: &str| usize::try_from(label[name].as_u64().unwrap()).unwrap();
        let place = (file.clone(), at("start"), at("end"));
        labels.all.push(place.clone());
        if label["complete_file"].as_bool() == Some(true) {
            labels.complete.insert(file.clone());
        }
        match label["label"].as_str().unwrap() {
            "ad" => labels.ads.push(place),
            "not-ad" => labels.not.push(place),
            _ => {}
        }
        labels.files.insert(file);
    }
    labels
}

/// Every judged finding of the labelled files, as the scorer reads them.
fn predictions(root: &Path, files: &BTreeSet<String>) -> Vec<serde_json::Value> {
    let mut found = Vec::new();
    for file in files {
        let path: PathBuf = root.join("files").join(file.trim_start_matches('@'));
        let source = Source::from_bytes(std::fs::read(&path).unwrap());
        let post = Post::parse(source, file.trim_start_matches('@'));
        for diagnostic in lint::lint(&post, &Config::default(), None) {
            if !JUDGED.contains(&diagnostic.code.0) {
                continue;
            }
            let mut line = serde_json::json!({
                "file": file, "start": diagnostic.range.start, "end": diagnostic.range.end, "rule": diagnostic.code.0,
            });
            if let Some(fix) = diagnostic.fixes.first() {
                line["fix"] = fix
                    .edits
                    .iter()
                    .map(|edit| [edit.range.start, edit.range.end])
                    .collect();
            }
            found.push(line);
        }
    }
    found
}

#[test]
fn finds_what_people_labelled_as_ads_and_nothing_they_did_not() {
    let Some(root) = std::env::var_os("POSTLINT_ADS").map(PathBuf::from) else {
        println!("skipped: POSTLINT_ADS is not set");
        return;
    };
    let labels = labels(&root);
    let found = predictions(&root, &labels.files);
    if let Some(out) = std::env::var_os("POSTLINT_ADS_OUT") {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        std::fs::write(out, lines.join("\n")).unwrap();
    }
    let touched = |place: &(String, usize, usize)| {
        found.iter().any(|finding| {
            let at = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
            finding["file"] == place.0.as_str() && at("start") < place.2 && place.1 < at("end")
        })
    };
    let missed: Vec<_> = labels.ads.iter().filter(|place| !touched(place)).collect();
    let alarms: Vec<_> = labels.not.iter().filter(|place| touched(place)).collect();
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
    let unlabelled: Vec<_> = found
        .iter()
        .filter(|finding| {
            let at = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
            let file = finding["file"].as_str().unwrap();
            let mut labels_here = labels.all.iter().filter(|place| place.0 == file);
            labels.complete.contains(file) && !labels_here.any(|place| at("start") < place.2 && place.1 < at("end"))
        })
        .collect();
    assert!(
        unlabelled.is_empty(),
        "found where nothing is labelled: {unlabelled:#?}"
    );
    assert!(
        missed.len() * 20 <= labels.ads.len(),
        "{} of {} missed: {missed:#?}",
        missed.len(),
        labels.ads.len()
    );
}

/// `text` after every fix of the ad rules, each applied until nothing more is found.
fn cleaned(text: &str, path: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let post = post(&text, path);
        let found = lint::lint(&post, &Config::default(), None);
        let fix = found
            .iter()
            .filter(|finding| JUDGED.contains(&finding.code.0))
            .find_map(|finding| finding.fixes.first());
        let Some(fix) = fix else { break };
        text = postlint::text::apply(&text, &fix.edits);
    }
    text
}

const UNIT: &str =
    "<ins class=\"adsbygoogle\"></ins><script>(adsbygoogle = window.adsbygoogle || []).push({});</script>";

#[test]
fn deletes_what_a_careful_hand_would() {
    let cases: &[(&str, String, &str)] = &[
        ("before any text", format!("{UNIT}\n\nWords.\n"), "Words.\n"),
        (
            "splitting a paragraph",
            format!("<p>One half {UNIT}and the other.</p>\n"),
            "<p>One half and the other.</p>\n",
        ),
        (
            "several in one wrapper",
            format!("<p>Words.</p>\n<div>{UNIT}\n<!-- side_2 -->{UNIT}</div>\n<p>More.</p>\n"),
            "<p>Words.</p>\n<p>More.</p>\n",
        ),
        (
            "a stray end tag beside it stays",
            format!("<p>Words.</p>\n</center>{UNIT}\n<p>More.</p>\n"),
            "<p>Words.</p>\n</center>\n<p>More.</p>\n",
        ),
        (
            "a pair of comments across the end of a paragraph",
            format!(
                "<p>Words.<br><!--广告开始-->\n</p><div><table width=\"336\" height=\"280\"><tbody><tr><td>\n\n<!-- page_336_280 -->\n{UNIT}\n</td></tr></tbody></table></div>\n<!--广告结束-->\n<p>More.</p>\n"
            ),
            "<p>Words.<br>\n</p>\n<p>More.</p>\n",
        ),
        (
            "a table that holds a picture keeps its cells",
            format!("<table><tr><td>{UNIT}</td><td><img src=\"a.jpg\"></td></tr></table>\n"),
            "<table><tr><td></td><td><img src=\"a.jpg\"></td></tr></table>\n",
        ),
        (
            "the excerpt mark in the wrapper keeps it",
            format!("<div>{UNIT}<!-- more --></div>\n"),
            "<div><!-- more --></div>\n",
        ),
        (
            "the word above the ad goes, a heading does not",
            format!("<h2>Advertisement</h2>\n<div><span>Advertisement</span>{UNIT}</div>\n"),
            "<h2>Advertisement</h2>\n",
        ),
    ];
    let saved = "<ins class=\"adsbygoogle\"><div id=\"aswift_0_host\"><iframe id=\"aswift_0\"></iframe></div></ins>\n\nWords.\n";
    assert_eq!(
        cleaned(saved, "a.md"),
        "Words.\n",
        "a block inside an element in a paragraph"
    );
    for (what, before, after) in cases {
        assert_eq!(&cleaned(before, "a.html"), after, "{what}");
    }
}

#[test]
fn deletes_the_marks_of_what_held_nothing_else() {
    let cases = [
        (format!("- one\n- {UNIT}\n- two\n"), "- one\n- two\n"),
        (format!("1. one\n2. {UNIT}\n\nWords.\n"), "1. one\n\nWords.\n"),
        (format!("- one\n- {UNIT}\n  more\n"), "- one\n- \n  more\n"),
        (format!("> one\n>\n> {UNIT}\n>\n> two\n"), "> one\n>\n> two\n"),
        (format!("Words.\n\n> {UNIT}\n\nMore.\n"), "Words.\n\nMore.\n"),
        (format!("> - {UNIT}\n\nMore.\n"), "More.\n"),
        (format!("It was 5 -\n2. {UNIT}\n"), "It was 5 -\n2. \n"),
        (format!("<div>\n- {UNIT}\n</div>\n"), "<div>\n- \n</div>\n"),
    ];
    for (before, after) in cases {
        assert_eq!(cleaned(&before, "a.md"), after, "{before}");
    }
}

#[test]
fn leaves_what_only_looks_like_an_ad() {
    for text in [
        "```html\n<ins class=\"adsbygoogle\"></ins>\n```\n",
        "<pre><ins class=\"adsbygoogle\"></ins></pre>\n",
        "{% codeblock %}\n<ins class=\"adsbygoogle\"></ins>\n{% endcodeblock %}\n",
        "## Advertisements\n\n- Ads\n- 广告\n",
        "<div class=\"hide-aside-ad\"></div>\n",
        "<p id=\"covid-19-ad\">Words of a notice.</p>\n",
        "<figure class=\"adv-photo-large\"><img src=\"a.jpg\"></figure>\n",
        "<!-- tab 谷歌廣告 -->\nHow to.\n<!-- endtab -->\n",
        "<img src=\"https://example.com/a.jpg\" width=\"600\" height=\"0\">\n",
        "<div style=\"position:relative;height:0;padding-bottom:56.25%;overflow:hidden\"><iframe src=\"https://player.vimeo.com/video/1\"></iframe></div>\n",
        "<a href=\"https://example.com/how-chatgpt-adoption-grows\">gpt-ad</a>\n",
    ] {
        let post = post(text, "a.md");
        let found = lint::lint(&post, &Config::default(), None);
        let alarms: Vec<_> = found
            .iter()
            .filter(|finding| JUDGED.contains(&finding.code.0))
            .collect();
        assert!(alarms.is_empty(), "{text}{alarms:#?}");
    }
}

#[test]
fn ads_side_by_side_are_told_one_by_one() {
    let found = |text: &str| -> Vec<String> {
        let post = post(text, "a.md");
        let ads = lint::lint(&post, &Config::default(), None);
        let ads = ads.iter().filter(|finding| JUDGED.contains(&finding.code.0));
        ads.map(|finding| post.source.slice(finding.range).to_owned()).collect()
    };
    let boxes = "<div class=\"ad-top\"></div>\n<div class=\"ad-side\"></div>\n";
    assert_eq!(found(boxes).len(), 2, "two boxes");
    let second = format!("<!-- b -->\n{UNIT}");
    assert_eq!(
        found(&format!("<div>\n\nWords.\n\n{UNIT}\n{second}\n</div>\n")),
        [UNIT, &second],
        "each unit with its own scripts and the comment before it"
    );
    let fenced = "<!-- ad begin -->\n<div class=\"ad-top\"></div>\n<div class=\"ad-side\"></div>\n<!-- ad end -->";
    assert_eq!(
        found(&format!("Words.\n\n{fenced}\n")),
        [fenced],
        "a pair of comments holds all together"
    );
}

#[test]
fn hostile_posts_are_judged_quickly() {
    let slot = "<ins class=\"adsbygoogle\"></ins>";
    let hostile = [
        slot.repeat(5_000),
        format!("- {slot}\n").repeat(3_000),
        "<!-- ad begin -->\n".repeat(5_000),
        "<div class=\"ad\">".repeat(5_000) + &"</div>".repeat(5_000),
        "<div class=\"ad\"><p>x</p></div>\n".repeat(5_000),
        format!("<table>{}</table>", format!("<tr><td>{slot}</td></tr>").repeat(3_000)),
        "<p>Advertisement</p>\n\n".repeat(3_000),
        format!("<div class=\"{}\"></div>", "ad-x ".repeat(20_000)),
        format!("<div class=\"{}-ad\"></div>", "a".repeat(100_000)),
        "<span style=\"height:0;overflow:hidden\">".repeat(2_000) + "x" + &"</span>".repeat(2_000),
        "<font color=\"#fff\">www.x.com</font>\n\n".repeat(3_000),
    ];
    for text in hostile {
        let start = std::time::Instant::now();
        lint::lint(&post(&text, "a.md"), &Config::default(), None);
        let took = start.elapsed();
        assert!(took.as_secs() < 120, "{}… took {took:?}", &text[..20]);
    }
    let nested = "<div class=\"ad\">".repeat(5_000) + &"</div>".repeat(5_000);
    assert_eq!(cleaned(&format!("Words.\n\n{nested}\n"), "a.md"), "Words.\n\n");
}

//! What must hold for any post and any configuration: fixes change what they say, findings are known again after they moved, and
//! what is shown of a configuration is that configuration.

use std::collections::BTreeMap;
use std::fs;

use postlint::config::Config;
use postlint::diagnostic::{Applicability, Diagnostic};
use postlint::generator::Generator;
use postlint::post::Post;
use postlint::report::fingerprint;
use postlint::text::{Edit, Source};
use postlint::{fix, lint};
use proptest::prelude::*;

use crate::cli::{code, folder, postlint, stderr, stdout};

fn look(source: Source) -> (Post, Vec<Diagnostic>) {
    let config = Config {
        generator: Some(Generator::Hexo),
        now: Some(1_767_225_600_000),
        ..Config::default()
    };
    let post = Post::parse(source, "source/_posts/a.md");
    let findings = lint::lint(&post, &config, None);
    (post, findings)
}

/// Paragraphs, most of them with something to say about, each by itself.
const PARAGRAPHS: [&str; 12] = [
    "Words that nobody minds.",
    "<ins class=\"adsbygoogle\" data-ad-slot=\"1\"></ins>",
    "<!--广告画开始-->\n<table width=\"336\"><tr><td></td></tr></table>\n<!--广告画结束-->",
    "<p>字 😀 <span style=\"color:#fefefe\">copied from example.com</span> 字</p>",
    "![猫](https://example.com/a b.png)",
    "[x](https://link.zhihu.com/?target=https%3A//example.com/)",
    "<b>bold <i>both</b> italic</i>",
    "<img src=\"http://www.google-analytics.com/collect?x=1\" width=\"1\" height=\"1\">",
    "```\n<ins class=\"adsbygoogle\"></ins>\n```",
    "> quoted\r\n> twice",
    "ï¼Œæ–‡å\u{ad}—",
    "<script src=\"https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>",
];

const FIELDS: [&str; 9] = [
    "title: 'A' # why\n",
    "date: Invalid Date\n",
    "date: 2024-02-30 10:00:00\r\n",
    "tags: [x, 'x', y]\n",
    "categories:\n  - A\n  - B\n",
    "cover: http://example.com/a b.png\n",
    "layout:  page\n",
    "keywords: a，b\n",
    "titel: B\n",
];

fn pieces(from: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(from), 0..most)
}

fn written(bom: bool, fields: &[&str], paragraphs: &[&str]) -> String {
    let bom = if bom { "\u{feff}" } else { "" };
    format!("{bom}---\n{}---\n\n{}\n", fields.concat(), paragraphs.join("\n\n"))
}

proptest! {
    /// The edits that are told make the new text out of the old one: nothing else changed, and no text between them did.
    #[test]
    fn what_is_told_of_a_fix_is_all_that_changed(bom: bool, fields in pieces(&FIELDS, 6), paragraphs in pieces(&PARAGRAPHS, 8), risky: bool) {
        let limit = if risky { Applicability::Unsafe } else { Applicability::Safe };
        let before = written(bom, &fields, &paragraphs);
        let settled = fix::settle(Source::new(before.as_str()), limit, look);
        let rounds: Vec<Vec<Edit>> = settled.rounds.iter().map(|round| {
            let mut edits: Vec<Edit> = round.iter().flat_map(|mended| mended.fix.edits.iter().cloned()).collect();
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            edits.dedup();
            edits
        }).collect();
        let replayed = fix::rounds::replay(&before, &rounds);
        prop_assert_eq!(replayed.as_deref(), Some(settled.post.text()), "{:?}", before);
        // Whatever could be read of the front matter can be read afterwards, and nothing is left that could have been mended.
        prop_assert!(fix::still_readable(&Post::parse(Source::new(before.as_str()), "a.md"), &settled.post));
        let again = fix::settle(Source::new(settled.post.text()), limit, look);
        prop_assert_eq!(again.post.text(), settled.post.text());
        prop_assert!(again.rounds.is_empty());
    }

    /// A suppression of one rule takes its findings away and no other's.
    #[test]
    fn a_suppression_never_hides_another_rule(fields in pieces(&FIELDS, 6), paragraphs in pieces(&PARAGRAPHS, 8), which: prop::sample::Index) {
        let before = written(false, &fields, &paragraphs);
        let (_, found) = look(Source::new(before.as_str()));
        if let Some(hidden) = (!found.is_empty()).then(|| found[which.index(found.len())].code.0) {
            let (_, left) = look(Source::new(format!("{before}\n<!-- postlint-disable-file {hidden} -- why -->\n")));
            let codes = |found: &[Diagnostic]| found.iter().map(|one| one.code.0).filter(|code| *code != hidden).collect::<Vec<_>>();
            prop_assert_eq!(codes(&left), codes(&found), "{} in {:?}", hidden, before);
            prop_assert!(left.iter().all(|one| one.code.0 != hidden), "{} in {:?}", hidden, before);
        }
    }

    /// A baseline knows findings by these: paragraphs may come, go and move.
    #[test]
    fn findings_are_known_again_after_paragraphs_moved(order in Just((0..PARAGRAPHS.len()).collect::<Vec<_>>()).prop_shuffle(), blank in 0usize..4) {
        let known = |paragraphs: &[&str], blank: usize| {
            // What stands between them keeps one ad from being a part of the next.
            let paragraphs: Vec<&str> = paragraphs.iter().flat_map(|paragraph| [paragraph, PARAGRAPHS[0]]).collect();
            let text = written(false, &["title: A\ndate: 2024-01-02\n"], &paragraphs).replacen("\n\n", &"\n".repeat(2 + blank), 1);
            let (post, findings) = look(Source::new(text));
            let mut known = BTreeMap::new();
            for finding in &findings {
                *known.entry((finding.code.0, fingerprint(&post.source, finding))).or_insert(0) += 1;
            }
            known
        };
        let moved: Vec<&str> = order.iter().map(|&at| PARAGRAPHS[at]).collect();
        let first = known(&PARAGRAPHS, 0);
        prop_assert!(first.len() > 6, "{first:?}");
        prop_assert_eq!(first, known(&moved, blank));
    }
}

/// A setting and some of its values.
const SETTINGS: [(&str, &[&str]); 10] = [
    ("generator", &["\"hexo\"", "\"jekyll\"", "\"hugo\""]),
    ("site-zone", &["\"Asia/Shanghai\"", "\"America/New_York\""]),
    ("machine-zone", &["\"UTC\"", "\"Europe/Berlin\""]),
    ("exclude", &["[]", "[\"drafts/**\", \"*.\\\"x\"]"]),
    ("max-file-size", &["4096", "99999999"]),
    ("max-check-time", &["1", "60000"]),
    ("required-fields", &["[]", "[\"title\", \"封面 😀\"]"]),
    ("known-fields", &["[\"a\\u0009b\", \"'\"]"]),
    ("ad-selectors", &["[\"div[class*=\\\"promo\\\"] > a\"]"]),
    ("chain-share", &["1", "99"]),
];
const MORE: [&str; 5] = [
    "field-order = [\"title\", \"date\"]\n",
    "background = \"#222\"\n",
    "background = \"#f0f0f0\"\n",
    "ignore = [\"date\", \"ad-unit\"]\n",
    "select = [\"all\"]\n",
];
const RULES: [&str; 4] = [
    "date-invalid = \"warning\"\n",
    "ad = \"off\"\n",
    "ad-link = \"info\"\n",
    "image = \"error\"\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What `--show-settings` prints for a configuration means the same when it is the configuration.
    #[test]
    fn a_configuration_on_show_is_that_configuration(
        chosen in prop::collection::vec((0..SETTINGS.len(), any::<prop::sample::Index>()), 0..7),
        more in prop::sample::subsequence(&MORE[..], 0..3),
        rules in prop::sample::subsequence(&RULES[..], 0..4),
    ) {
        let chosen: BTreeMap<&str, &str> = chosen.iter().map(|(at, value)| (SETTINGS[*at].0, *value.get(SETTINGS[*at].1))).collect();
        let mut lines: BTreeMap<&str, String> = chosen.iter().map(|(key, value)| (*key, format!("{key} = {value}\n"))).collect();
        lines.extend(more.iter().map(|line| (line.split(' ').next().unwrap(), (*line).to_owned())));
        let text = format!("{}[rules]\n{}", lines.into_values().collect::<String>(), rules.concat());
        let site = folder(&[("postlint.toml", text.as_bytes())]);
        let show = || {
            let shown = postlint(site.path(), &["check", "--show-settings", "."]);
            assert_eq!(code(&shown), 0, "{}{text}", stderr(&shown));
            stdout(&shown)
        };
        let first = show();
        for (key, value) in chosen {
            prop_assert!(first.contains(&format!("{key} = {value}\n")), "{key} = {value}: {first}");
        }
        fs::write(site.path().join("postlint.toml"), &first).unwrap();
        prop_assert_eq!(show(), first, "{}", text);
    }
}

//! Suppression comments: what they cover, what they silence, and how they go.

use postlint::config::Config;
use postlint::diagnostic::Applicability;
use postlint::fix;
use postlint::lint::lint;
use postlint::post::Post;
use postlint::post::directive::Scope;
use postlint::text::Source;
use proptest::prelude::*;

fn post(text: &str) -> Post {
    Post::parse(Source::new(text), "source/_posts/a.md")
}

/// Scope, what is covered and the names of each comment, with `!name@text` for a name that is lifted from `text` on.
fn shown(text: &str) -> Vec<String> {
    let post = post(text);
    let slice = |range| post.source.slice(range);
    post.directives
        .iter()
        .map(|directive| {
            let mut words = vec![
                format!("{:?}", directive.scope),
                format!("{:?}", slice(directive.covers)),
            ];
            words.extend(directive.rules.iter().map(|name| slice(*name).to_owned()));
            words.extend(
                directive
                    .lifted
                    .iter()
                    .map(|(name, at)| format!("!{}@{:?}", slice(*name), &text[*at..])),
            );
            words.join(" ")
        })
        .collect()
}

/// The codes of what is found.
fn codes(text: &str) -> Vec<&'static str> {
    let found = lint(&post(text), &Config::default(), None);
    found.iter().map(|finding| finding.code.0).collect()
}

/// The text after every safe fix.
fn mended(text: &str) -> String {
    let lint = |source: Source| {
        let post = Post::parse(source, "source/_posts/a.md");
        let found = lint(&post, &Config::default(), None);
        (post, found)
    };
    let settled = fix::settle(Source::new(text), Applicability::Safe, lint);
    settled.post.text().to_owned()
}

const HEAD: &str = "---\ntitle: A\ndate: 2020-01-01\n---\n";

#[test]
fn each_scope_covers_what_it_says() {
    let text = "<!-- postlint-disable-next-line a-b,c-d  e-f -- why -- not -->\n\n  x\ny\n";
    assert_eq!(shown(text), ["NextLine \"\\n  x\\n\" a-b c-d e-f"]);
    let directive = post(text).directives[0].clone();
    assert_eq!(directive.scope, Scope::NextLine);
    assert_eq!(&text[directive.reason.unwrap().as_range()], "why -- not");
    assert_eq!(
        shown("x <!-- postlint-disable-line a-b--> y\nz"),
        ["Line \"x <!-- postlint-disable-line a-b--> y\\n\" a-b"]
    );
    assert_eq!(
        shown("x\n\n<!--postlint-disable-file-->"),
        ["File \"x\\n\\n<!--postlint-disable-file-->\""]
    );
    assert_eq!(
        shown("<!-- postlint-disable -->\r\nx\r\n<!-- postlint-enable -->\r\ny"),
        ["Region \"<!-- postlint-disable -->\\r\\nx\\r\\n\""]
    );
    assert_eq!(
        shown("<!-- postlint-disable a-b c-d -->\nx\n\n<!-- postlint-enable c-d -->"),
        [
            "Region \"<!-- postlint-disable a-b c-d -->\\nx\\n\\n<!-- postlint-enable c-d -->\" a-b c-d !c-d@\"<!-- postlint-enable c-d -->\""
        ]
    );
}

#[test]
fn in_front_matter_a_comment_is_what_yaml_calls_one() {
    let text = "---\ntitle: A # postlint-disable-line field-type\n# postlint-disable-next-line date-invalid -- later\ndate: TBD\n---\n";
    assert_eq!(
        shown(text),
        [
            "Line \"title: A # postlint-disable-line field-type\\n\" field-type",
            "NextLine \"date: TBD\\n\" date-invalid"
        ]
    );
    for text in [
        "---\ntitle: 'A # postlint-disable-line a'\n---\n",
        "---\ntitle: A# postlint-disable-line a\n---\n",
        "---\ntitle: |\n  A\n  # postlint-disable-line a\n---\n",
        "---\ntitle: A\n---\n# postlint-disable-line a\n",
    ] {
        assert_eq!(shown(text), [""; 0], "{text:?}");
    }
    assert_eq!(
        shown("+++\ntitle = \"# postlint-disable\" # postlint-disable-line a\n+++\n").len(),
        1
    );
    // A block that cannot be read can still be silenced.
    assert_eq!(shown("---\na: b: c # postlint-disable-line yaml\nd: e\n---\n").len(), 1);
}

#[test]
fn code_and_other_words_are_no_directives() {
    for text in [
        "```html\n<!-- postlint-disable -->\n```\n",
        "`<!-- postlint-disable -->`\n",
        "<pre><!-- postlint-disable --></pre>\n",
        "<!-- postlint-disabled -->\n",
        "<!-- see postlint-disable -->\n",
    ] {
        assert_eq!(shown(text), [""; 0], "{text:?}");
    }
}

#[test]
fn what_is_silenced_is_not_reported() {
    let bad = "---\ntitle: A\ndate: TBD\n---\n";
    assert_eq!(codes(bad), ["date-invalid"]);
    for silent in [
        "---\ntitle: A\ndate: TBD # postlint-disable-line date-invalid\n---\n",
        "---\ntitle: A\ndate: TBD # postlint-disable-line\n---\n",
        "---\ntitle: A\n# postlint-disable-next-line date\ndate: TBD\n---\n",
        "---\ntitle: A\ndate: TBD\n---\n<!-- postlint-disable-file date-invalid -->\n",
        "---\ntitle: A\n# postlint-disable\ndate: TBD\n# postlint-enable\n---\n",
    ] {
        assert_eq!(codes(silent), [""; 0], "{silent:?}");
    }
    let ended = "---\ntitle: A\n# postlint-disable\n# postlint-enable\ndate: TBD\n---\n";
    assert_eq!(codes(ended), ["suppression-unused", "date-invalid"]);
    let other = "---\ntitle: A\ndate: TBD # postlint-disable-line date-rollover\n---\n";
    assert_eq!(codes(other), ["date-invalid", "suppression-unused"]);
}

#[test]
fn a_comment_for_a_rule_that_is_off_is_left_alone() {
    let text = format!("{HEAD}<!-- postlint-disable-file ad-unit, tracking-pixel -->\nx\n");
    assert_eq!(codes(&text), ["suppression-unused"]);
    let mut config = Config::default();
    config.levels.insert("ad-unit".into(), postlint::config::Level::Off);
    let found = lint(&post(&text), &config, None);
    assert_eq!(found.len(), 1);
    assert_eq!(&text[found[0].range.as_range()], "tracking-pixel");
    assert_eq!(found[0].fixes[0].edits[0].text, "");
    let bare = format!("{HEAD}<!-- postlint-disable -->\nx\n");
    assert_eq!(codes(&bare), ["suppression-unused"]);
    assert_eq!(lint(&post(&bare), &config, None), []);
}

#[test]
fn the_rule_about_comments_is_silenced_by_its_own_name_only() {
    let named =
        format!("{HEAD}<!-- postlint-disable-file suppression-unused -->\n<!-- postlint-disable-line ad-unit -->\nx\n");
    assert_eq!(codes(&named), [""; 0]);
    let bare = format!("{HEAD}<!-- postlint-disable-file -->\n<!-- postlint-disable-line ad-unit -->\nx\n");
    assert_eq!(codes(&bare), ["suppression-unused", "suppression-unused"]);
}

#[test]
fn removal_changes_nothing_that_is_published() {
    let comment = "<!-- postlint-disable-line ad-unit -->";
    for (before, after) in [
        ("one\n\nC\n\ntwo\n", "one\n\ntwo\n"),
        ("one\n\nC\ntwo\n", "one\n\ntwo\n"),
        ("one\nC\ntwo\n", "one\n\ntwo\n"),
        ("- one\nC\n- two\n", "- one\nC\n- two\n"),
        ("<div>\nC\n<p>two</p>\n</div>\n", "<div>\n<p>two</p>\n</div>\n"),
        ("one C\ntwo\n", "one\ntwo\n"),
        ("one C  \ntwo\n", "one  \ntwo\n"),
        ("one C two\n", "one two\n"),
        ("oneC two\n", "one two\n"),
        ("C two\n", "C two\n"),
        ("one\n\nC", "one\n\n"),
    ] {
        let text = format!("{HEAD}{}", before.replace('C', comment));
        let expected = format!("{HEAD}{}", after.replace('C', comment));
        assert_eq!(mended(&text), expected, "{before:?}");
    }
    let text =
        "---\ntitle: A # postlint-disable-line ad\n# postlint-disable-file watermark -- why\ndate: 2020-01-01\n---\n";
    assert_eq!(mended(text), "---\ntitle: A\ndate: 2020-01-01\n---\n");
    let names = format!("{HEAD}one <!-- postlint-disable-line ad-unit, nonsense-here,watermark -- why -->\n");
    assert_eq!(mended(&names), format!("{HEAD}one\n"));
}

proptest! {
    #[test]
    fn places_lie_in_the_text(body in "(<!-- |postlint-(disable|enable)(-line|-next-line|-file)?|ad-unit|,| -- | -->|é|\n|\r\n|# |x|---\n|: ){0,30}") {
        for text in [body.clone(), format!("---\n{body}\n---\n{body}")] {
            let post = post(&text);
            for directive in post.directives.iter() {
                for range in [directive.range, directive.covers].into_iter().chain(directive.rules.iter().copied()) {
                    prop_assert!(text.get(range.as_range()).is_some());
                }
                if let Some(edit) = directive.removal(&post) {
                    prop_assert!(text.get(edit.range.as_range()).is_some());
                }
            }
            lint(&post, &Config::default(), None);
        }
    }
}

#[test]
fn very_many_comments_end_quickly() {
    let region = "<!-- postlint-disable a b c -->\n\n<!-- postlint-enable a -->\n\n";
    let start = std::time::Instant::now();
    let post = post(&region.repeat(20_000));
    assert!(post.directives.len() < 1000);
    assert!(start.elapsed().as_secs() < 120, "took {:?}", start.elapsed());
}

//! What becomes of front matter that is fenced in other ways than usual, and whether the real generators agree.

use postlint::config::{Config, Level};
use postlint::diagnostic::{Applicability, Severity};
use postlint::generator::Generator;
use postlint::generator::envelope::{Fate, Parts, fate};
use postlint::generator::hexo::{self, ReadOutcome};
use postlint::generator::hugo::envelope::{Seen, seen};
use postlint::generator::jekyll::envelope::block;
use postlint::post::Post;
use postlint::text::Source;
use postlint::{fix, lint, rules};
use std::path::Path;

fn fates(text: &str) -> [Fate; 3] {
    let post = Post::parse(Source::new(text), "a.md");
    let envelope = post
        .envelope
        .as_ref()
        .unwrap_or_else(|| panic!("no front matter in {text:?}"));
    [Generator::Hexo, Generator::Jekyll, Generator::Hugo].map(|generator| {
        let whole = fate(generator, text, envelope.block);
        assert_eq!(Parts::of(&post, envelope).fate(generator), whole, "{text:?}");
        whole
    })
}

#[test]
fn each_generator_has_its_own_verdict() {
    use Fate::{Dropped, Fatal, Lost, Printed, Read};
    for (text, expected) in [
        ("---\ntitle: A\n---\nb\n", [Read, Read, Read]),
        ("\u{feff}---\r\ntitle: A\r\n---\r\nb\r\n", [Read, Read, Read]),
        ("\n---\ntitle: A\n---\nb\n", [Read, Printed, Read]),
        ("\n\n---\ntitle: A\n---\nb\n", [Printed, Printed, Read]),
        ("<!-- c -->\n---\ntitle: A\n---\nb\n", [Printed, Printed, Printed]),
        ("--- \ntitle: A\n---\nb\n", [Printed, Read, Read]),
        (" ---\ntitle: A\n---\nb\n", [Dropped, Printed, Read]),
        ("----\ntitle: A\n---\nb\n", [Printed, Printed, Fatal]),
        ("----\ntitle: A\n----\nb\n", [Read, Printed, Fatal]),
        ("---\ntitle: A\n----\nb\n", [Read, Printed, Read]),
        ("---\ntitle: A\n...\nb\n", [Printed, Read, Fatal]),
        ("---\ntitle: A\n  ---\nb\n", [Printed, Printed, Fatal]),
        ("---\ntitle: A\ndate: 2020-01-01\n\nb\n", [Printed, Printed, Fatal]),
        (
            "---\ntitle: A\ndate: 2020-01-01\n\nb\n\n---\n\nc\n",
            [Dropped, Lost, Fatal],
        ),
        ("title: A\n---\nb\n", [Read, Printed, Printed]),
        ("+++\ntitle = 'A'\n+++\nb\n", [Printed, Printed, Read]),
        ("{\n\"title\": \"A\"\n}\nb\n", [Printed, Printed, Read]),
        (";;;\n\"title\": \"A\"\n;;;\nb\n", [Read, Printed, Printed]),
    ] {
        assert_eq!(fates(text), expected, "{text:?}");
    }
}

/// Where Jekyll and Hugo see front matter, against what they said themselves.
#[test]
#[allow(clippy::print_stdout, reason = "a measurement says what it measured")]
fn jekyll_and_hugo_see_it_where_they_said() {
    let Ok(oracle) = std::env::var("POSTLINT_ORACLE") else {
        println!("skipped: POSTLINT_ORACLE is not set");
        return;
    };
    let oracle = Path::new(&oracle);
    let verdicts = std::fs::read_to_string(oracle.join("verdicts/cases.jsonl")).unwrap();
    let (mut asked, mut wrong) = (0, Vec::new());
    for line in verdicts.lines() {
        // A verdict with half an emoji in it is no JSON to Rust.
        let Ok(case) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let name = case["file"].as_str().unwrap();
        let bytes = std::fs::read(oracle.join(name)).unwrap();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if let Some(has) = case["jekyll"]["has_front_matter"].as_bool() {
            asked += 1;
            if block(&text).is_some() != has {
                wrong.push(format!("{name}: Jekyll sees front matter: {has}"));
            }
        }
        let hugo = &case["hugo"];
        if let Some(ok) = hugo["ok"].as_bool() {
            asked += 1;
            let message = hugo["error"]["message"].as_str().unwrap_or_default();
            let broken = !ok
                && [
                    "EOF looking for end",
                    "invalid YAML delimiter",
                    "invalid TOML delimiter",
                    "unexpected EOF parsing",
                ]
                .iter()
                .any(|words| message.contains(words));
            if (seen(&text) == Seen::Broken) != broken {
                wrong.push(format!("{name}: Hugo says {message:?}, we say {:?}", seen(&text)));
            }
        }
    }
    println!("{asked} verdicts, {} of them otherwise", wrong.len());
    assert!(asked > 500 && wrong.is_empty(), "{wrong:#?}");
}

/// Thousands of real front matters with one slip each, and what Hexo said to them: what it does not see is reported and
/// mended, what it reads is no error.
#[test]
#[allow(clippy::print_stdout, reason = "a measurement says what it measured")]
fn what_hexo_does_not_see_is_reported_and_mended() {
    let Ok(oracle) = std::env::var("POSTLINT_ORACLE") else {
        println!("skipped: POSTLINT_ORACLE is not set");
        return;
    };
    let verdicts = std::fs::read_to_string(Path::new(&oracle).join("verdicts/mutants.jsonl")).unwrap();
    let mut config = Config::default();
    for rule in rules::ALL
        .iter()
        .filter(|rule| !rule.code.0.starts_with("front-matter-"))
    {
        config.levels.insert(rule.code.0.into(), Level::Off);
    }
    let lint = |source: Source| {
        let post = Post::parse(source, "source/_posts/a.md");
        let found = lint::lint(&post, &config, None);
        (post, found)
    };
    let (mut unseen, mut read, mut mended, mut wrong) = (0, 0, 0, Vec::new());
    for line in verdicts.lines() {
        let Ok(case) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let text = case["text"].as_str().unwrap();
        let (_, found) = lint(Source::new(text));
        let has_error = found.iter().any(|finding| finding.severity == Severity::Error);
        if case["hexo"]["has_front_matter"] == true {
            read += 1;
            if has_error {
                wrong.push(format!("{}: Hexo reads it, yet {found:?}", case["id"]));
            }
        } else if case["hexo"]["parse_ok"] == true {
            unseen += 1;
            if found.is_empty() {
                wrong.push(format!(
                    "{}: Hexo sees no front matter, and nothing is said",
                    case["id"]
                ));
            }
            let settled = fix::settle(Source::new(text), Applicability::Unsafe, lint);
            let outcome = hexo::read(settled.post.text(), "UTC").outcome;
            mended += usize::from(matches!(outcome, ReadOutcome::Data(_)));
        }
    }
    println!(
        "{read} read, {unseen} not seen, {mended} of them mended, {} wrong",
        wrong.len()
    );
    assert!(
        unseen > 100 && mended * 100 >= unseen * 95,
        "{mended} of {unseen} mended"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

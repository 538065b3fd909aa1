//! A post that takes too long is not checked at all, is named, and holds up nobody.

use std::cell::Cell;
use std::fs;
use std::rc::Rc;
use std::sync::Arc;

use postlint::config::{AdFilters, Config};
use postlint::diagnostic::{Applicability, Diagnostic};
use postlint::post::Post;
use postlint::rule::{Budget, Spent};
use postlint::text::Source;
use postlint::{fix, lint};
use serde_json::{Value, json};

use crate::cli::{code, fed, folder, postlint, stderr, stdout};
use crate::server::client::Client;

const POST: &str = "---\ntitle: A\ndate: Invalid Date\ntags: [x, 'x']\n---\n\n<p>a <b>b</p>\n\n<ins class=\"adsbygoogle\"></ins>\n\n\
                    <!-- postlint-disable-next-line ad -->\n<iframe src=\"https://ads.example.com\"></iframe>\n";

/// Over at the poll with this number.
fn steps(number: usize) -> Budget {
    let polls = Cell::new(0);
    Budget::until(move || polls.replace(polls.get() + 1) >= number)
}

fn look(source: Source, budget: &Budget) -> Result<(Post, Vec<Diagnostic>), Spent> {
    budget.check()?;
    let post = Post::parse(source, "source/_posts/a.md");
    let found = lint::lint_within(&post, &Config::default(), None, budget)?;
    Ok((post, found))
}

/// Wherever the time ends, there is everything or nothing.
#[test]
fn half_of_the_findings_is_none() {
    let (_, all) = look(Source::new(POST), &Budget::unlimited()).unwrap();
    assert!(all.len() > 3, "{all:?}");
    assert_eq!(look(Source::new(POST), &steps(0)).err(), Some(Spent));
    let mut complete = 0;
    for number in 1..400 {
        if let Ok((_, found)) = look(Source::new(POST), &steps(number)) {
            assert_eq!(found, all, "after {number} polls");
            complete += 1;
        }
    }
    assert!((1..399).contains(&complete), "{complete}");
}

/// A thousand marks of the user's own are tried on every element, which may take longer than all rules: it is asked there, too.
#[test]
fn the_longest_loop_can_be_ended() {
    let polls = |selectors: usize, limit: usize| {
        let asked = Rc::new(Cell::new(0));
        let counter = Rc::clone(&asked);
        let budget = Budget::until(move || counter.replace(counter.get() + 1) >= limit);
        let selectors = (0..selectors).map(|number| format!("div.promo-{number}")).collect();
        let config = Config {
            ads: Arc::new(AdFilters::new(selectors, Vec::new())),
            ..Config::default()
        };
        let post = Post::parse(
            Source::new("<div class=\"x\"></div>\n".repeat(640)),
            "source/_posts/a.md",
        );
        let is_spent = lint::lint_within(&post, &config, None, &budget).is_err();
        (asked.get(), is_spent)
    };
    let (few, _) = polls(0, usize::MAX);
    let (many, _) = polls(200, usize::MAX);
    assert_eq!(many - few, 200 * 640 / 64);
    assert_eq!(polls(200, few + 1000), (few + 1001, true));
}

/// The rounds of `--fix` share one budget, and a post is mended to the end or not at all.
#[test]
fn half_of_the_fixes_is_none() {
    let settled = |budget: &Budget| {
        let lint = |source| look(source, budget);
        let settled = fix::try_settle(Source::new(POST), Applicability::Unsafe, lint)?;
        Ok::<_, Spent>(settled.post.text().to_owned())
    };
    let mended = settled(&Budget::unlimited()).unwrap();
    assert_ne!(mended, POST);
    let mut complete = 0;
    for number in (0..2000).step_by(7) {
        if let Ok(text) = settled(&steps(number)) {
            assert_eq!(text, mended, "after {number} polls");
            complete += 1;
        }
    }
    assert!((1..285).contains(&complete), "{complete}");
}

/// A thousand times as much as can be done in a millisecond.
fn slow() -> String {
    format!(
        "---\ntitle: A\ndate: Invalid Date\n---\n\n{}",
        "<p>a</p> <ins class=\"adsbygoogle\"></ins>\n".repeat(5_000)
    )
}

const ALLOWED: &str = "it was not checked: that takes longer than the 1 ms that `max-check-time` allows";

#[test]
fn a_slow_post_is_named_and_the_run_goes_on() {
    let slow = slow();
    let site = folder(&[
        ("slow/postlint.toml", b"max-check-time = 1\n"),
        ("slow/a.md", slow.as_bytes()),
        ("b.md", POST.as_bytes()),
    ]);
    let output = postlint(site.path(), &["check", ".", "--output-format", "concise"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains(&format!("slow/a.md: {ALLOWED}")),
        "{}",
        stderr(&output)
    );
    let said = stdout(&output);
    assert!(said.contains("b.md:3:") && !said.contains("slow/a.md"), "{said}");

    let output = postlint(site.path(), &["check", ".", "--fix", "--unsafe-fixes"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains(ALLOWED), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(site.path().join("slow/a.md")).unwrap(), slow);
    assert_ne!(fs::read_to_string(site.path().join("b.md")).unwrap(), POST);

    let settings = stdout(&postlint(site.path(), &["check", "--show-settings", "slow/a.md"]));
    assert!(settings.contains("\nmax-check-time = 1\n"), "{settings}");
    let settings = stdout(&postlint(site.path(), &["check", "--show-settings", "b.md"]));
    assert!(settings.contains("\nmax-check-time = 10000\n"), "{settings}");
}

/// What was not found for want of time must not be remembered as nothing found.
#[test]
fn a_cache_remembers_nothing_of_a_slow_post() {
    let site = folder(&[("postlint.toml", b"max-check-time = 1\n"), ("a.md", slow().as_bytes())]);
    let check = || postlint(site.path(), &["check", "a.md", "--cache-dir", "cache"]);
    for _ in 0..2 {
        assert!(stderr(&check()).contains(ALLOWED));
    }
    fs::write(site.path().join("postlint.toml"), "max-check-time = 600000\n").unwrap();
    assert_eq!(code(&check()), 1);
}

#[test]
fn a_slow_text_on_standard_input_is_refused() {
    let site = folder(&[("postlint.toml", b"max-check-time = 1\n")]);
    let output = fed(site.path(), &["check", "-", "--fix"], slow().as_bytes());
    assert_eq!((code(&output), stdout(&output).as_str()), (2, ""));
    assert!(
        stderr(&output).contains(&format!("standard input: {ALLOWED}")),
        "{}",
        stderr(&output)
    );

    let line = json!({"path": "a.md", "text": slow()}).to_string() + "\n";
    let output = fed(site.path(), &["check", "--stream"], line.as_bytes());
    let answer: Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    assert_eq!((code(&output), answer["error"].as_str()), (2, Some(ALLOWED)));
}

#[test]
fn the_editor_hears_why_a_slow_post_has_no_findings() {
    let site = folder(&[("postlint.toml", b"max-check-time = 1\n"), ("a.md", b"")]);
    let uri = format!("file://{}/a.md", site.path().display());
    let mut client = Client::stdio(&[]);
    client.initialize(json!({"capabilities": {}}));
    client.open(&uri, &slow());
    let note = client.wait("the note", |message| message["method"] == "window/logMessage");
    assert!(note["params"]["message"].as_str().unwrap().contains(ALLOWED), "{note}");
    assert!(client.published(&uri, Some(1)).is_empty());
    // The document goes on to live: what is quick is checked again, and what needs no rule is there.
    client.change(&uri, 2, json!([{"text": "a\n"}]));
    client.published(&uri, Some(2));
    client.leave();
}

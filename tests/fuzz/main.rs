//! Random posts, configurations and frames: bytes choose an example post and what is done to it, so that chance and a fuzzer that
//! watches coverage both reach deep into it.
//!
//! `cargo test --test fuzz` tries the same few hundred each time. To search,
//! `BOLERO_RANDOM_SEED=$RANDOM BOLERO_RANDOM_ITERATIONS=1000000000 BOLERO_RANDOM_TEST_TIME_MS=3600000 cargo test --release --test fuzz`
//! goes on for an hour a target, and `cargo bolero test --test fuzz reading` (cargo-bolero, a nightly compiler) lets libFuzzer choose.

mod input;
mod views;

use bolero::check;
use input::hostile;
use postlint::config::Config;
use postlint::diagnostic::{Applicability, Diagnostic};
use postlint::generator::Generator;
use postlint::post::Post;
use postlint::server::pump::Incoming;
use postlint::text::Source;
use postlint::{fix, lint};

const NAMES: [&str; 4] = [
    "source/_posts/a.md",
    "_posts/2024-01-02-a.markdown",
    "content/a.html",
    "a.htm",
];

/// A look at a post by rules of one of the generators, every rule on.
fn look(source: Source, name: &str, generator: Generator) -> (Post, Vec<Diagnostic>) {
    let config = Config {
        generator: Some(generator),
        now: Some(1_767_225_600_000),
        ..Config::default()
    };
    let post = Post::parse(source, name);
    let findings = lint::lint(&post, &config, None);
    (post, findings)
}

fn generator(at: u8) -> Generator {
    [Generator::Hexo, Generator::Jekyll, Generator::Hugo][usize::from(at) % 3]
}

/// Every place that is told lies inside the text and on the border of a character, and no fix contradicts itself.
#[test]
fn reading() {
    check!().for_each(|input: &[u8]| {
        let (&first, rest) = input.split_first().unwrap_or((&0, &[]));
        let source = Source::from_bytes(hostile(rest));
        let (post, findings) = look(source, NAMES[usize::from(first / 3) % NAMES.len()], generator(first));
        let text = post.text();
        for finding in &findings {
            let range = finding.range;
            assert!(
                text.get(range.as_range()).is_some(),
                "{} at {range:?} in {text:?}",
                finding.code.0
            );
            for fix in &finding.fixes {
                let mut end = 0;
                for (at, edit) in fix.edits.iter().enumerate() {
                    let place = edit.range;
                    assert!(
                        text.get(place.as_range()).is_some(),
                        "{} edits {place:?} in {text:?}",
                        finding.code.0
                    );
                    assert!(
                        at == 0 || place.start >= end,
                        "{}: edits overlap in {text:?}",
                        finding.code.0
                    );
                    end = place.end;
                }
            }
        }
    });
}

/// Fixing comes to an end, and a second time changes nothing.
#[test]
fn mending() {
    check!().for_each(|input: &[u8]| {
        let (&first, rest) = input.split_first().unwrap_or((&0, &[]));
        let name = NAMES[usize::from(first / 3) % NAMES.len()];
        let limit = if first >= 128 {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let lint = |source| look(source, name, generator(first));
        let once = fix::settle(Source::from_bytes(hostile(rest)), limit, lint);
        let text = once.post.text().to_owned();
        let twice = fix::settle(Source::new(text.as_str()), limit, lint);
        if once.post.source.first_bad_byte().is_none() {
            assert_eq!(twice.post.text(), text, "a second time changes {:?}", twice.applied);
        }
    });
}

/// Whatever a configuration says, it is read or refused with a place inside it.
#[test]
fn configuring() {
    check!().for_each(|input: &[u8]| {
        let text = input::config(input);
        if let Err(error) = postlint::config::Settings::parse(&text, "postlint.toml", postlint::workspace::catalogue())
        {
            assert!(
                !error.message.english().is_empty() && !error.to_string().contains('\u{1b}'),
                "{text:?}"
            );
        }
    });
}

/// Whatever stands on the server's input, its pump takes it to pieces and comes to the end.
#[test]
fn framing() {
    check!().for_each(|input: &[u8]| {
        postlint::server::pump::run(&input::frames(input)[..], |message| {
            if let Incoming::Request(request) = &message {
                assert!(!request.method().is_empty(), "{message:?}");
            }
            true
        });
    });
}

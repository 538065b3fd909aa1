//! What each step costs for one post: reading, linting, indexing, mending.

mod input;

use divan::Bencher;
use divan::counter::BytesCount;
use postlint::config::Config;
use postlint::diagnostic::Applicability;
use postlint::fix;
use postlint::lint::lint;
use postlint::post::Post;
use postlint::site::{BodyGist, Index, Site};
use postlint::text::Source;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const PATH: &str = "source/_posts/story.md";

fn main() {
    divan::main();
}

fn source(bytes: usize) -> Source {
    Source::new(input::post(&mut input::Seed::new(1), 1, bytes))
}

/// Front matter only: what an index needs.
#[divan::bench(args = SIZES)]
fn outline(bencher: Bencher<'_, '_>, bytes: usize) {
    let source = source(bytes);
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| Post::parse(source.clone(), PATH).front_matter.entries().len());
}

/// Front matter, Markdown and HTML.
#[divan::bench(args = SIZES)]
fn whole_post(bencher: Bencher<'_, '_>, bytes: usize) {
    let source = source(bytes);
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| Post::parse(source.clone(), PATH).html.nodes.len());
}

/// Every default rule on a post that is parsed.
#[divan::bench(args = SIZES)]
fn rules(bencher: Bencher<'_, '_>, bytes: usize) {
    let post = Post::parse(source(bytes), PATH);
    std::hint::black_box((&post.html.nodes, &post.directives.len()));
    let config = Config::default();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| lint(&post, &config, None).len());
}

/// What one post tells the others.
#[divan::bench(args = SIZES)]
fn facts(bencher: Bencher<'_, '_>, bytes: usize) {
    let post = Post::parse(source(bytes), PATH);
    let (site, config) = (Site::default(), Config::default());
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| site.facts_of(&post, &config));
}

/// The gist of a body, to find duplicates by.
#[divan::bench(args = SIZES)]
fn gist(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = input::post(&mut input::Seed::new(1), 1, bytes);
    bencher.counter(BytesCount::new(bytes)).bench(|| BodyGist::of(&text));
}

/// An index of so many posts, from their facts.
#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn index(bencher: Bencher<'_, '_>, posts: usize) {
    let (site, config) = (Site::default(), Config::default());
    let mut seed = input::Seed::new(1);
    let facts: Vec<_> = (0..posts)
        .map(|number| {
            let text = input::post(&mut seed, number, 2_000);
            let path = format!("source/_posts/story-{number:06}.md");
            site.facts_of(&Post::parse(Source::new(text), path), &config)
        })
        .collect();
    bencher.with_inputs(|| facts.clone()).bench_values(|facts| {
        let mut index = Index::default();
        for facts in facts {
            index.add(facts);
        }
        index
    });
}

/// Fixes until nothing is left to fix.
#[divan::bench(args = SIZES)]
fn mend(bencher: Bencher<'_, '_>, bytes: usize) {
    let source = source(bytes);
    let config = Config::default();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let look = |source: Source| {
            let post = Post::parse(source, PATH);
            let found = lint(&post, &config, None);
            (post, found)
        };
        fix::settle(source.clone(), Applicability::Safe, look).findings.len()
    });
}

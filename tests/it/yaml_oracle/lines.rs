//! On which line the error stands. A mutant names the post that it was made from: where the two front matters differ by one
//! line of the mutant, that line is the culprit, and the first error must start there.

use super::{findings, is_envelope_error, place, verdicts};
use postlint::text::Source;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The lines from the opening fence up to the closing one, without byte-order mark. None without a closing fence.
fn block(text: &str) -> Option<Vec<&str>> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let end = lines.iter().skip(1).position(|line| line.starts_with("---"))? + 1;
    Some(lines[..end].to_vec())
}

/// The one line of `mutant`, from 0, that the post did not have, with equal lines around it (a line written twice may be
/// called by either). None where another number of lines differ.
fn slip(post: &[&str], mutant: &[&str]) -> Option<RangeInclusive<usize>> {
    let shorter = post.len().min(mutant.len());
    let before = (0..shorter).take_while(|&at| post[at] == mutant[at]).count();
    let after = (1..=shorter - before)
        .take_while(|&back| post[post.len() - back] == mutant[mutant.len() - back])
        .count();
    (mutant.len() - before - after == 1).then(|| {
        let equal = before > 0 && mutant[before - 1] == mutant[before];
        before - usize::from(equal)..=before
    })
}

#[derive(Default)]
struct Count {
    slips: usize,
    hits: usize,
}

#[test]
fn the_error_stands_on_the_line_of_the_slip() {
    let (Some(mutants), Some(corpus)) = (verdicts("mutants.jsonl"), place("POSTLINT_CORPUS")) else {
        return;
    };
    let mut kinds: BTreeMap<String, Count> = BTreeMap::new();
    let mut misses = Vec::new();
    let mut unknown = 0;
    for mutant in &mutants {
        if mutant["hexo"]["parse_ok"].as_bool().unwrap() {
            continue;
        }
        let text = mutant["text"].as_str().unwrap();
        let from = mutant["from"].as_str();
        let post = from.and_then(|from| std::fs::read(corpus.join(from)).ok());
        let post = post.map(Source::from_bytes);
        let Some(lines) = post.as_ref().and_then(|post| slip(&block(post.text())?, &block(text)?)) else {
            unknown += 1;
            continue;
        };
        let op = mutant["op"].as_str().unwrap();
        let count = kinds.entry(op.to_owned()).or_default();
        count.slips += 1;
        let found = findings(text);
        let first = found.iter().find(|finding| is_envelope_error(finding));
        let line = first.map(|finding| Source::new(text).lines().line_of(finding.range.start));
        if line.is_some_and(|line| lines.contains(&line)) {
            count.hits += 1;
        } else {
            let said = first.map_or_else(String::new, |finding| {
                format!("{}: {}", finding.code, finding.message.english())
            });
            misses.push(format!(
                "{} {op}: line {}, said {line:?} {said}\n{}",
                mutant["id"].as_str().unwrap(),
                lines.end() + 1,
                block(text).unwrap_or_default().join("\n")
            ));
        }
    }
    for miss in &misses {
        println!("OTHER LINE {miss}");
    }
    for (op, count) in &kinds {
        println!("  {op}: {} of {}", count.hits, count.slips);
    }
    if mutants.iter().all(|mutant| mutant["from"].is_null()) {
        println!("skipped: no mutant names the post that it was made from");
        return;
    }
    let slips: usize = kinds.values().map(|count| count.slips).sum();
    let hits: usize = kinds.values().map(|count| count.hits).sum();
    println!(
        "culprit's line: {hits} of {slips} ({:.2} %), {unknown} slips on no one known line",
        100.0 * hits as f64 / slips as f64
    );
    assert!(slips > 100, "the posts of the mutants are not there");
    assert!(
        hits * 100 >= slips * 95,
        "the error stands on another line than the slip"
    );
}

/// The text under the first error of a front matter.
fn culprit(block: &str) -> String {
    let text = format!("---\n{block}---\n\nTea.\n");
    let found = findings(&text);
    let first = found.iter().find(|finding| is_envelope_error(finding)).unwrap();
    text[first.range.as_range()].to_owned()
}

#[test]
fn the_culprit_and_not_what_follows_it() {
    assert_eq!(culprit("title: Tea\ntop: 1\ntop: 1\ntags: [hills]\n"), "top");
    assert_eq!(
        culprit("tags:\n   - hills\n  - rain\ncategories:\n  - tea\n"),
        "- hills"
    );
    assert_eq!(culprit("tags:\n  - hills\n   - rain: 1\n"), "- rain: 1");
    assert_eq!(culprit("tags:\n- hills\n-rain\n- tea\n- cups\ntitle: Tea\n"), "-rain");
    assert_eq!(
        culprit("title: Tea\ntags: \"\n- hills\n- rain\nauthor: Li\n"),
        "tags: \""
    );
}

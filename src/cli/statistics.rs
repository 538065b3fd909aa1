//! `check --statistics`: how many findings of each rule, in how many posts, which hosts they lead to, and which sites
//! the posts were copied from.

use super::check::Done;
use super::count as counted;
use super::fixing::Mode;
use super::output::told;
use super::plan::Tally;
use crate::diagnostic::Severity;
use crate::{part, say};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::iter::repeat_n;

/// Hosts that are named below a rule.
const MOST_HOSTS: usize = 10;
/// Bytes of a finding that are searched for hosts.
const MOST_BYTES: usize = 1 << 16;

/// A rule at one severity.
#[derive(Default)]
struct Row {
    findings: usize,
    posts: usize,
    /// By host: posts.
    hosts: BTreeMap<String, usize>,
}

/// A site that posts were copied from.
#[derive(Default)]
struct Origin {
    posts: usize,
    /// Of these, how many have findings.
    found: usize,
    /// By rule: posts.
    rules: BTreeMap<&'static str, usize>,
}

struct Counts {
    /// The most frequent first.
    rules: Vec<((&'static str, Severity), Row)>,
    /// The one with most posts that have findings first.
    origins: Vec<(String, Origin)>,
}

fn count(done: &[Done]) -> Counts {
    let mut rules: BTreeMap<(&'static str, Severity), Row> = BTreeMap::new();
    let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
    for file in done {
        let mut here: BTreeMap<(&'static str, Severity), (usize, BTreeSet<String>)> = BTreeMap::new();
        for finding in &file.checked.findings {
            let entry = here.entry((finding.code.0, finding.severity)).or_default();
            entry.0 += 1;
            let text = file.checked.source.text().get(finding.range.as_range()).unwrap_or("");
            entry.1.extend(hosts(text));
        }
        if let Some(origin) = &file.origin {
            let origin = origins.entry(origin.clone()).or_default();
            origin.posts += 1;
            origin.found += usize::from(!here.is_empty());
            let codes: BTreeSet<&str> = here.keys().map(|(code, _)| *code).collect();
            for code in codes {
                *origin.rules.entry(code).or_default() += 1;
            }
        }
        for (key, (findings, hosts)) in here {
            let row = rules.entry(key).or_default();
            row.findings += findings;
            row.posts += 1;
            for host in hosts {
                *row.hosts.entry(host).or_default() += 1;
            }
        }
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(key, row)| (Reverse(row.findings), *key));
    let mut origins: Vec<_> = origins.into_iter().collect();
    origins.sort_by(|(a, one), (b, other)| (other.found, other.posts, a).cmp(&(one.found, one.posts, b)));
    Counts { rules, origins }
}

/// `counts` with the greatest first, equals by name.
fn ranked<N: AsRef<str> + Ord>(counts: BTreeMap<N, usize>) -> Vec<(N, usize)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts
}

/// What fixes have mended.
fn mended(done: &[Done]) -> Tally {
    let mut tally = Tally::default();
    for file in done {
        let rules = file.mended.iter().flat_map(|(rule, fixes)| repeat_n(rule.0, *fixes));
        tally.add(file.origin.as_deref(), rules);
    }
    tally
}

/// Where fixes were made, how many of each rule and in posts of which sites. A line a rule, the most frequent first; below it the hosts that its findings speak of, with the posts that carry them. Then
/// the sites that posts were copied from, with the rules that their posts break.
pub(super) fn write(done: &[Done], mode: &Mode, out: &mut dyn Write) -> io::Result<()> {
    let mended = mended(done);
    if mode.writes && !mended.is_empty() {
        writeln!(out, "{}", told(part!("Mended:")))?;
        mended.write(out)?;
        writeln!(out, "\n{}", told(part!("Left:")))?;
    }
    let counts = count(done);
    for ((code, severity), row) in counts.rules {
        let line = told(say!("{code}  in {files}", code, files = counted::files(row.posts)));
        writeln!(out, "{:>7}  {:<7}  {line}", row.findings, severity.as_str())?;
        let hosts = ranked(row.hosts);
        for (host, posts) in hosts.iter().take(MOST_HOSTS) {
            let line = told(say!("{host}  in {files}", host, files = counted::files(*posts)));
            writeln!(out, "{:>18}{line}", "")?;
        }
        if hosts.len() > MOST_HOSTS {
            let line = told(say!("and {more} more hosts", more = hosts.len() - MOST_HOSTS));
            writeln!(out, "{:>18}{line}", "")?;
        }
    }
    if counts.origins.is_empty() {
        return Ok(());
    }
    let head = part!("Copied from, as a field of the post says or else the host of most of its images:");
    writeln!(out, "\n{}", told(head))?;
    let more = counts.origins.len().saturating_sub(MOST_HOSTS);
    for (host, origin) in counts.origins.into_iter().take(MOST_HOSTS) {
        let line = say!(
            "{host}: {posts}, {found} with findings",
            host,
            posts = counted::posts(origin.posts),
            found = origin.found
        );
        writeln!(out, "  {}", told(line))?;
        for (code, posts) in ranked(origin.rules) {
            writeln!(out, "{posts:>7}  {code}")?;
        }
    }
    if more > 0 {
        writeln!(out, "  {}", told(say!("and {more} more sites", more)))?;
    }
    Ok(())
}

/// The same for programs, nothing left out.
pub(super) fn write_json(done: &[Done], mode: &Mode, out: &mut dyn Write) -> io::Result<()> {
    let counts = count(done);
    let rules: Vec<Value> = counts
        .rules
        .into_iter()
        .map(|((code, severity), row)| {
            json!({ "code": code, "severity": severity.as_str(), "findings": row.findings, "posts": row.posts, "hosts": row.hosts })
        })
        .collect();
    let origins: Vec<Value> = counts
        .origins
        .into_iter()
        .map(|(host, origin)| {
            json!({ "host": host, "posts": origin.posts, "posts_with_findings": origin.found, "rules": origin.rules })
        })
        .collect();
    let mut all = json!({ "posts": done.len(), "rules": rules, "sources": origins });
    if mode.writes {
        all["mended"] = mended(done).to_json();
    }
    serde_json::to_writer(&mut *out, &all)?;
    writeln!(out)
}

/// The hosts of the web addresses in `text`, in lower case.
fn hosts(text: &str) -> BTreeSet<String> {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut found = BTreeSet::new();
    for (at, _) in text[..end].match_indices("//") {
        let before = &text[..at];
        // An address with its scheme, or one that a quote or `=` begins: a comment in a script is none.
        if !(before.ends_with("http:") || before.ends_with("https:") || before.ends_with(['"', '\'', '=', '('])) {
            continue;
        }
        let rest = &text[at + 2..end];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
            .unwrap_or(rest.len());
        let host = rest[..length].trim_end_matches('.').to_lowercase();
        let (name, top) = host.rsplit_once('.').unwrap_or_default();
        if !name.is_empty() && top.len() >= 2 && top.chars().all(char::is_alphabetic) {
            found.insert(host);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::hosts;

    #[test]
    fn hosts_are_those_of_addresses() {
        let text =
            "<script src=\"//Ads.Example.com/a.js\"></script> // no.comment\n<img src='https://b.example.org:80/'>";
        let found: Vec<String> = hosts(text).into_iter().collect();
        assert_eq!(found, ["ads.example.com", "b.example.org"]);
        assert!(hosts("a // b.c.d, x//y, http://localhost/").is_empty());
    }
}

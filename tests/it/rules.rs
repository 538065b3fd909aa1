//! Runs the rules' pages: every `bad` is found, every `good` is clean, every fix gives what the page shows.
//!
//! A block is a fence whose info string begins with `markdown,bad`, `markdown,good` or, right after a bad one,
//! `markdown,fixed`. A `markdown,beside` block is another post of the site of the next bad or good one. Further words: `file=PATH` (default `source/_posts/example.md`), `generator=NAME`,
//! `config=KEY=VALUE` (one line of `postlint.toml` without blanks), `settings=KEY=VALUE` (one line of Hexo's `_config.yml`),
//! `schema={…}` (the JSON Schema of the front matter, without blanks),
//! `remote=URL` (an address that was asked for and answered with status 404),
//! `assets=a.jpg,b.png` (a site that holds these files),
//! `escaped` (`\t`, `\r`, `\n`, `\s` for a blank, `\\` and `\u{feff}` are undone, and a `\` that ends a line joins it to the next).

use postlint::config::{Config, Fault, Level, Remote, Schema};
use postlint::diagnostic::{Applicability, Diagnostic};
use postlint::generator::Generator;
use postlint::post::Post;
use postlint::rule::{Context, Default as RuleDefault, Rule};
use postlint::site::{Site, SiteSettings};
use postlint::text::{self, Source};
use postlint::{fix, lint, rules};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// 2026-01-01T00:00:00Z, so that no page depends on the day it is run.
const NOW: i64 = 1_767_225_600_000;

pub struct Block {
    pub line: usize,
    pub verdict: String,
    pub words: Vec<String>,
    pub text: String,
}

pub fn blocks(docs: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = docs
        .lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.strip_prefix(' ').unwrap_or(line)));
    while let Some((line, opening)) = lines.next() {
        let fence: String = opening.chars().take_while(|&c| c == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let mut text = String::new();
        for (_, content) in lines.by_ref() {
            if content.trim_end() == fence {
                break;
            }
            text.push_str(content);
            text.push('\n');
        }
        let mut words = opening[fence.len()..].split_ascii_whitespace().map(String::from);
        if let Some(verdict) = words.next().as_deref().and_then(|w| w.strip_prefix("markdown,")) {
            let words: Vec<String> = words.collect();
            let text = if words.iter().any(|word| word == "escaped") {
                unescape(&text)
            } else {
                text
            };
            found.push(Block {
                line,
                verdict: verdict.into(),
                words,
                text,
            });
        }
    }
    found
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('n') => out.push('\n'),
            Some('s') => out.push(' '),
            Some('\n') => {}
            Some('u') => {
                let hex: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                out.push(
                    u32::from_str_radix(&hex, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .expect("a code point"),
                );
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

struct Stage {
    path: String,
    config: Config,
    site: Option<Site>,
}

impl Stage {
    fn new(rule: &Rule, words: &[String], beside: &[&Block]) -> Self {
        let word = |key: &str| words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
        let settings = postlint::config::Settings::parse(word("config").unwrap_or(""), "postlint.toml", &[]);
        let mut config = Config {
            now: Some(NOW),
            ..settings.expect("the page's configuration can be read").base
        };
        if let Some(name) = word("generator") {
            config.generator = Some(generator(name));
        }
        if let Some(address) = word("remote") {
            let remote = Remote::default();
            remote.learn([(address.to_owned(), Fault::Gone(404))].into());
            config.remote = Some(Arc::new(remote));
        }
        if let Some(schema) = word("schema") {
            config.schema = Some(Arc::new(Schema::new("front-matter.schema.json", schema)));
        }
        config.levels.insert(rule.code.0.into(), Level::On(rule.severity));
        let settings = word("settings").map_or_else(SiteSettings::default, |line| {
            SiteSettings::from_hexo_yaml(&line.replacen('=', ": ", 1))
        });
        let mut site = Site {
            generator: config.generator.unwrap_or_default(),
            settings,
            assets: word("assets").map(|assets| Arc::new(assets.split(',').map(String::from).collect())),
            ..Site::default()
        };
        for other in beside {
            let file = other.words.iter().find_map(|word| word.strip_prefix("file="));
            let path = file.expect("a post beside another needs a `file=`");
            let post = Post::parse(Source::new(other.text.as_str()), path);
            let facts = site.facts_of(&post, &config);
            site.posts.add(facts);
            site.posts.set_whole(true);
        }
        let has_site = word("settings").is_some() || word("assets").is_some() || !beside.is_empty();
        let site = has_site.then_some(site);
        Self {
            path: word("file").unwrap_or("source/_posts/example.md").into(),
            config,
            site,
        }
    }

    /// What the rule finds in `text`, through the same door as everybody.
    fn findings(&self, rule: &Rule, text: &str) -> Vec<Diagnostic> {
        let post = Post::parse(Source::new(text), self.path.as_str());
        let mut found = lint::lint(&post, &self.config, self.site.as_ref());
        found.retain(|finding| finding.code == rule.code);
        for finding in &found {
            assert!(
                text.get(finding.range.as_range()).is_some(),
                "{}: range {:?} is no slice",
                rule.code,
                finding.range
            );
            assert!(
                !finding.message.english().is_empty() && !finding.message.english().ends_with('.'),
                "{}: {:?}",
                rule.code,
                finding.message.english()
            );
            assert!(finding.severity <= rule.severity);
        }
        found
    }

    /// First fixes applied until nothing is left to apply.
    fn fixed(&self, rule: &Rule, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..20 {
            let plan = fix::plan(&text, &self.findings(rule, &text), Applicability::Unsafe);
            if plan.edits.is_empty() {
                return text;
            }
            text = text::apply(&text, &plan.edits);
        }
        panic!("{}: the fix never comes to rest:\n{text}", rule.code);
    }
}

fn generator(name: &str) -> Generator {
    [Generator::Hexo, Generator::Jekyll, Generator::Hugo]
        .into_iter()
        .find(|generator| generator.as_str() == name)
        .unwrap_or_else(|| panic!("no generator `{name}`"))
}

/// Every complaint about one page.
fn complaints(rule: &Rule) -> Vec<String> {
    let mut complaints = Vec::new();
    let blocks = blocks(rule.docs);
    for (at, block) in blocks.iter().enumerate() {
        let place = format!("{}, line {} of its page", rule.code, block.line);
        if block.verdict == "beside" {
            continue;
        }
        let stage = Stage::new(rule, &block.words, &beside(&blocks, at));
        let found = stage.findings(rule, &block.text);
        match block.verdict.as_str() {
            "bad" if found.is_empty() => complaints.push(format!("{place}: bad, but nothing is found")),
            "good" if !found.is_empty() => complaints.push(format!("{place}: good, but {found:#?}")),
            "bad" | "good" => {}
            "fixed" => match at
                .checked_sub(1)
                .map(|before| &blocks[before])
                .filter(|bad| bad.verdict == "bad")
            {
                None => complaints.push(format!("{place}: `fixed` does not follow a `bad`")),
                Some(bad) => {
                    let stage = Stage::new(rule, &bad.words, &beside(&blocks, at - 1));
                    let fixed = stage.fixed(rule, &bad.text);
                    if fixed != block.text {
                        complaints.push(format!(
                            "{place}: the fix gives\n{fixed}\n{fixed:?}\nnot\n{:?}",
                            block.text
                        ));
                    }
                    if stage.fixed(rule, &fixed) != fixed {
                        complaints.push(format!("{place}: the fix is not idempotent"));
                    }
                }
            },
            other => complaints.push(format!("{place}: `{other}` is no verdict")),
        }
    }
    complaints.extend(unshown_fix(rule, &blocks));
    complaints
}

/// What the rules find in the bad posts of their pages.
pub fn found_on_pages() -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in rules::ALL {
        let blocks = blocks(rule.docs);
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.verdict == "bad") {
            let stage = Stage::new(rule, &block.words, &beside(&blocks, at));
            found.extend(stage.findings(rule, &block.text));
        }
    }
    found
}

/// The posts that stand right before the block at `at`.
fn beside(blocks: &[Block], at: usize) -> Vec<&Block> {
    let before = blocks[..at].iter().rev();
    before.take_while(|block| block.verdict == "beside").collect()
}

/// A bad example that has a fix must show what it becomes, at least once on the page.
fn unshown_fix(rule: &Rule, blocks: &[Block]) -> Option<String> {
    let fixable = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.verdict == "bad")
        .any(|(at, block)| {
            let findings = Stage::new(rule, &block.words, &beside(blocks, at)).findings(rule, &block.text);
            findings.iter().any(|finding| !finding.fixes.is_empty())
        });
    let shown = blocks.iter().any(|block| block.verdict == "fixed");
    (fixable && !shown).then(|| format!("{}: it has a fix, but no `fixed` block shows it", rule.code))
}

#[test]
fn every_page_is_true() {
    let complaints: Vec<String> = rules::ALL.iter().flat_map(|rule| complaints(rule)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[test]
fn every_page_has_a_summary_a_reason_and_examples() {
    for rule in rules::ALL {
        let summary = rule.summary();
        assert!(
            summary.len() > 10 && summary.ends_with('.'),
            "{}: {summary:?} is no summary",
            rule.code
        );
        assert!(
            rule.docs.lines().any(|line| line.trim() == "# Why"),
            "{}: no `# Why`",
            rule.code
        );
        let blocks = blocks(rule.docs);
        // What is not UTF-8 cannot stand in a Rust comment.
        if rule.code.0 != "text-encoding" {
            for verdict in ["bad", "good"] {
                assert!(
                    blocks.iter().any(|block| block.verdict == verdict),
                    "{}: no `{verdict}` example",
                    rule.code
                );
            }
        }
    }
}

#[test]
fn the_list_is_sorted_and_names_nothing_twice() {
    let codes: Vec<&str> = rules::ALL.iter().map(|rule| rule.code.0).collect();
    let sorted: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes, sorted.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_code_is_its_path() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for rule in rules::ALL {
        let code = rule.code.0;
        let home = code.match_indices('-').map(|(at, _)| {
            let (group, name) = (code[..at].replace('-', "_"), code[at + 1..].replace('-', "_"));
            root.join(group).join(format!("{name}.rs"))
        });
        let found = std::iter::once(root.join(format!("{}.rs", code.replace('-', "_"))))
            .chain(home)
            .filter(|path| path.is_file())
            .any(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("\"{code}\", "))));
        assert!(found, "{code} does not live at its path under src/rules");
    }
}

#[test]
fn no_rule_points_outside_a_tiny_file() {
    for rule in rules::ALL.iter().filter(|rule| rule.default == RuleDefault::On) {
        for text in ["", "\n", "\u{feff}", "---", "---\n---\n", "<", "{"] {
            let post = Post::parse(Source::new(text), "notes.md");
            let config = Config::default();
            let context = Context {
                post: &post,
                config: &config,
                site: None,
                findings: &[],
                memo: &postlint::rule::Memo::default(),
                budget: &postlint::rule::Budget::unlimited(),
            };
            let mut out = Vec::new();
            (rule.check)(
                &context,
                &mut postlint::rule::Reporter::new(rule.code, rule.severity, &mut out),
            );
            assert!(
                out.iter().all(|finding| text.get(finding.range.as_range()).is_some()),
                "{}: {out:?}",
                rule.code
            );
        }
    }
}

//! Messages in Chinese: the catalogue is complete, nothing is left over, and nothing but words depends on the language.

use crate::{fixtures, rules as pages};
use postlint::diagnostic::Diagnostic;
use postlint::message::{Entry, Language, entries, paragraphs};
use postlint::rules;
use regex::Regex;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// A text in [`say!`](postlint::say) or [`part!`](postlint::part).
static TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)\b(?:say|part)!\(\s*"((?:[^"\\]|\\.)*)""#).unwrap());
static BLANK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{[a-z_]+\}").unwrap());

/// What readers of TOML, JSON and numbers say, and the system of files; other words of theirs are quoted as they are.
const QUOTED: &[&str] = &[
    "No such file or directory (os error 2)",
    "Permission denied (os error 13)",
    "Is a directory (os error 21)",
    "cannot parse integer from empty string",
    "invalid digit found in string",
    "number too large to fit in target type",
    "comments are not allowed",
    "expected colon after the string or word in object property",
    "expected comma",
    "expected digit",
    "expected value after colon in object property",
    "expected string for object property",
    "infinity and nan are not allowed",
    "single-quoted strings are not allowed",
    "text cannot contain more than one json value",
    "trailing commas are not allowed",
    "unexpected close brace",
    "unexpected close bracket",
    "unexpected colon",
    "unexpected comma",
    "unexpected token",
    "unexpected token in object",
    "unexpected word",
    "unterminated array",
    "unterminated comment block",
    "unterminated object",
    "duplicate key",
    "extra comma in array",
    "extra comma in inline table",
    "invalid basic string",
    "invalid date",
    "invalid key-value pair",
    "invalid unquoted key",
    "invalid value",
    "key with no value",
    "missing assignment between key-value pairs",
    "missing comma between array elements",
    "missing comma between key-value pairs",
    "missing value",
    "missing value for key",
    "string values must be quoted",
    "unclosed array",
    "unclosed inline table",
    "unclosed table",
    "unexpected content",
    "unexpected key or value",
    "unexpected leading zero",
    "unquoted keys cannot be empty",
    "literal string",
    "month between 01 and 12",
    "day between 01 and 31",
    "newline",
];

fn files(folder: &Path, extension: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn below_src(extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        extension,
        &mut found,
    );
    assert!(!found.is_empty());
    found
}

/// The text that a literal of Rust stands for.
fn unescaped(literal: &str) -> String {
    let mut out = String::new();
    let mut rest = literal.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some('\n')) => while rest.next_if(|next| next.is_whitespace()).is_some() {},
            ('\\', Some(_)) => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other @ ('"' | '\'' | '\\')) => out.push(other),
                other => panic!("`\\{other:?}` in {literal}"),
            },
            _ => out.push(c),
        }
    }
    out
}

/// Every text of the code that says something by itself; the rules' pages; `--help`; the words of the ad patterns.
fn texts() -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for file in below_src("rs") {
        let code: Vec<&str> = file
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let code = code.join("\n");
        let outside_tests = code.split("\n#[cfg(test)]").next().unwrap_or(&code);
        texts.extend(TEXT.captures_iter(outside_tests).map(|found| unescaped(&found[1])));
    }
    texts.retain(|text| !said(text).trim_matches(['`', ' ', '×', '\n']).is_empty());
    texts.extend(rules::ALL.iter().map(|rule| rule.summary().to_owned()));
    texts.extend(rules::ALL.iter().flat_map(|rule| paragraphs(rule.docs)));
    let network = Regex::new(r#"network\s*=\s*"((?:an?|the) [^"]*)""#).unwrap();
    for file in below_src("toml") {
        texts.extend(network.captures_iter(&file).map(|found| found[1].to_owned()));
    }
    texts.extend(postlint::cli::help_texts());
    texts.extend(QUOTED.iter().map(|words| (*words).to_owned()));
    assert!(texts.len() > 500, "the texts were not found");
    texts
}

/// What of a text is the same whatever fills its blanks.
fn said(text: &str) -> String {
    BLANK
        .replace_all(&text.replace("{{", "").replace("}}", ""), "")
        .into_owned()
}

fn chinese() -> Vec<Entry> {
    entries(Language::Chinese)
}

#[test]
fn the_catalogue_has_every_text_and_no_other() {
    let texts = texts();
    let known: BTreeSet<String> = chinese().into_iter().map(|entry| entry.text).collect();
    let missing: Vec<&String> = texts.difference(&known).collect();
    assert!(missing.is_empty(), "not in src/message/zh_CN.po: {missing:#?}");
    let unused: Vec<&String> = known.difference(&texts).collect();
    assert!(unused.is_empty(), "no longer said: {unused:#?}");
}

#[test]
fn every_translation_has_the_same_blanks_and_is_chinese() {
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || "，。；：（）、？".contains(c);
    let blanks = |text: &str| -> BTreeSet<String> {
        let text = text.replace("{{", "").replace("}}", "");
        BLANK.find_iter(&text).map(|found| found.as_str().to_owned()).collect()
    };
    let mut wrong = Vec::new();
    for Entry { text, translation } in chinese() {
        // Nobody in China calls it anything else.
        let is_name = translation == "front matter";
        let has_words = said(&text)
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| word.len() > 2);
        if has_words && !is_name && !translation.contains(is_chinese) {
            wrong.push(format!("no Chinese: {text} = {translation}"));
        }
        if blanks(&text) != blanks(&translation) {
            wrong.push(format!("other blanks: {text} = {translation}"));
        }
        if text.matches("{{").count() != translation.matches("{{").count()
            || translation.ends_with('。') != text.ends_with('.')
        {
            wrong.push(format!("other marks: {text} = {translation}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Everything that a finding says.
fn told(finding: &Diagnostic, language: Language) -> Vec<String> {
    let related = finding.related.iter().map(|related| &related.message);
    let titles = finding.fixes.iter().map(|fix| &fix.title);
    let all = std::iter::once(&finding.message).chain(related).chain(titles);
    all.map(|message| message.text(language)).collect()
}

/// Words of English outside of what is quoted.
pub fn leftover(text: &str) -> Option<String> {
    /// Names.
    const NAMES: [&str; 3] = ["front matter", "Google AdSense", "JSON Schema"];
    let quoted = Regex::new("`[^`]*`").unwrap();
    let mut rest = quoted.replace_all(text, "").into_owned();
    for name in NAMES {
        rest = rest.replace(name, "");
    }
    let words = Regex::new(r"[A-Za-z']{2,} [a-z']{2,}").unwrap();
    words.find(&rest).map(|found| found.as_str().to_owned())
}

#[test]
fn no_english_is_left_in_what_rules_find() {
    let mut found = pages::found_on_pages();
    let workspace = fixtures::workspace();
    for path in fixtures::posts() {
        let stage = workspace.stage(&path).unwrap();
        let source = postlint::text::Source::new(std::fs::read_to_string(path).unwrap_or_default());
        found.extend(stage.lint(source).1);
    }
    let codes: BTreeSet<&str> = found.iter().map(|finding| finding.code.0).collect();
    assert!(codes.len() + 2 > rules::ALL.len(), "only {codes:?}");
    let mut wrong = BTreeSet::new();
    for finding in &found {
        for (text, english) in told(finding, Language::Chinese)
            .iter()
            .zip(told(finding, Language::English))
        {
            if let Some(words) = leftover(text) {
                wrong.insert(format!("{}: `{words}` in {text} ({english})", finding.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn leftovers_are_found() {
    assert_eq!(leftover("front matter 是空的，`some words here`"), None);
    assert_eq!(leftover("Hexo 会中止 the whole build").as_deref(), Some("the whole"));
}

/// A file of the extension for VS Code as JSON.
fn of_extension(name: &str) -> serde_json::Map<String, serde_json::Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_extension_for_vs_code_says_everything_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode");
    let keys = |map: &serde_json::Map<String, serde_json::Value>| map.keys().cloned().collect::<BTreeSet<_>>();
    let all = |pattern: &str, text: &str| -> BTreeSet<String> {
        let found = Regex::new(pattern).unwrap();
        found.captures_iter(text).map(|found| found[1].to_owned()).collect()
    };
    let package = std::fs::read_to_string(folder.join("package.json")).unwrap();
    let named = all(r#""%([\w.]+)%""#, &package);
    assert!(named.len() > 20 && named.contains("lang"));
    assert_eq!(named, keys(&of_extension("package.nls.json")));
    assert_eq!(named, keys(&of_extension("package.nls.zh-cn.json")));
    let mut sources = Vec::new();
    files(&folder.join("src"), "ts", &mut sources);
    let said = all(r#"l10n\.t\(\s*["'](.*?)["'][,)\n]"#, &sources.join("\n"));
    assert!(said.len() > 10);
    assert_eq!(said, keys(&of_extension("l10n/bundle.l10n.zh-cn.json")));
}

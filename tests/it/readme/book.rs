//! The book in `docs`: its pages of rules and settings are made from the program, its links lead somewhere, its examples are taken.
//! `POSTLINT_BLESS=1 cargo test readme` writes the pages anew.

use postlint::config::{KEYS, PRESETS, Settings};
use postlint::message::Part;
use postlint::rule::{Default as RuleDefault, Rule};
use postlint::rules;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages that people write, in order; the rest is made.
const GUIDE: &[(&str, &str)] = &[
    ("Install", "install.md"),
    ("Editors", "editors.md"),
    ("CI, and before a commit", "ci.md"),
    ("Cleaning a scraped archive", "archive.md"),
    ("Archives beyond one machine", "scale.md"),
    ("Silencing a finding", "silence.md"),
    ("Your own patterns for adverts", "ads.md"),
    ("English and Chinese", "language.md"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn severity(rule: &Rule) -> String {
    match rule.default {
        RuleDefault::On => rule.severity.as_str().to_owned(),
        RuleDefault::Off => format!("{}, off unless it is switched on", rule.severity.as_str()),
    }
}

/// What stands above an example instead of the words in its fence.
fn caption(info: &str) -> Option<String> {
    let mut words = info.strip_prefix("markdown,")?.split_ascii_whitespace();
    let mut caption = match words.next()? {
        "bad" => "Found".to_owned(),
        "fixed" => "After the fix".to_owned(),
        "good" => "Nothing is found".to_owned(),
        "beside" => "Another post of the site".to_owned(),
        other => panic!("{other} is no kind of example"),
    };
    for word in words {
        caption.push_str(&match word.split_once('=') {
            None if word == "escaped" => {
                r", with `\t`, `\r`, `\s` and `\u{…}` for characters that cannot be seen here".to_owned()
            }
            Some(("file", file)) => format!(", in `{file}`"),
            Some(("generator", name)) => format!(", by {}", name[..1].to_uppercase() + &name[1..]),
            Some(("config", line)) => format!(", with `{line}` in `postlint.toml`"),
            Some(("settings", line)) => format!(", with `{}` in `_config.yml`", line.replacen('=', ": ", 1)),
            Some(("schema", schema)) => format!(", with the schema `{schema}`"),
            Some(("remote", _)) => ", where the host has answered with status 404".to_owned(),
            Some(("assets", files)) => format!(", in a site that holds `{}`", files.replace(',', "`, `")),
            _ => panic!("{word} is no word of an example"),
        });
    }
    Some(caption)
}

fn page(rule: &Rule) -> String {
    let mut page = format!("# `{}`\n\nSeverity: {}\n\n", rule.code, severity(rule));
    for line in rule.docs.trim_matches('\n').lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let fence: String = line.chars().take_while(|&c| c == '`').collect();
        match caption(&line[fence.len()..]).filter(|_| fence.len() > 2) {
            Some(caption) => page.push_str(&format!("{caption}:\n\n{fence}markdown\n")),
            // Under the title of the page.
            None if line.starts_with("# ") => page.push_str(&format!("#{line}\n")),
            None => page.push_str(&format!("{line}\n")),
        }
    }
    page
}

fn overview() -> String {
    let mut page = String::from("# Rules\n\n| rule | severity | what it finds |\n| --- | --- | --- |\n");
    for rule in rules::ALL {
        let summary = rule.summary().replace('|', "\\|");
        page.push_str(&format!(
            "| [`{0}`](rules/{0}.md) | {1} | {summary} |\n",
            rule.code,
            severity(rule)
        ));
    }
    page
}

fn settings() -> String {
    let mut page = String::from(
        "# Settings\n\nThey stand in `postlint.toml` at the root of the site, or `.postlint.toml`, or `.config/postlint.toml`; \
         the nearest one above a post holds. Everything is optional. A wrong key, rule or value is an error that names its place.\n\n\
         | key | what it is for |\n| --- | --- |\n",
    );
    let row = |(name, about): &(&str, &str)| format!("| `{name}` | {} |\n", about.replace('|', "\\|"));
    let key = |(name, about): &(&'static str, Part)| row(&(*name, about.english()));
    page.extend(KEYS.iter().map(key));
    page.push_str("\n## Presets\n\n`extends = \"scraped\"` begins with one of these; a list lays several over each other, the last on top.\n\n| preset | what it is for |\n| --- | --- |\n");
    page.extend(PRESETS.iter().map(row));
    page
}

fn summary() -> String {
    let mut page = String::from("# Summary\n\n[postlint](introduction.md)\n\n# Guide\n\n");
    let guide = GUIDE
        .iter()
        .filter(|(_, file)| root().join("docs/src").join(file).exists());
    page.extend(guide.map(|(title, file)| format!("- [{title}]({file})\n")));
    page.push_str("\n# Reference\n\n- [Settings](settings.md)\n- [Rules](rules.md)\n");
    page.extend(
        rules::ALL
            .iter()
            .map(|rule| format!("  - [{0}](rules/{0}.md)\n", rule.code)),
    );
    page
}

#[test]
fn the_pages_are_what_the_program_says() {
    let source = root().join("docs/src");
    let mut pages: BTreeMap<PathBuf, String> = BTreeMap::new();
    pages.insert(source.join("SUMMARY.md"), summary());
    pages.insert(source.join("rules.md"), overview());
    pages.insert(source.join("settings.md"), settings());
    for rule in rules::ALL {
        pages.insert(source.join(format!("rules/{}.md", rule.code)), page(rule));
    }
    if std::env::var_os("POSTLINT_BLESS").is_some() {
        std::fs::create_dir_all(source.join("rules")).unwrap();
        for stale in markdown(&source.join("rules"))
            .iter()
            .filter(|file| !pages.contains_key(*file))
        {
            std::fs::remove_file(stale).unwrap();
        }
        for (file, page) in &pages {
            std::fs::write(file, page).unwrap();
        }
    }
    for (file, page) in &pages {
        let there = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(
            there,
            *page,
            "{}: run `POSTLINT_BLESS=1 cargo test readme` and read what changed",
            file.display()
        );
    }
    let known: BTreeSet<PathBuf> = pages.into_keys().collect();
    for file in markdown(&source) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let written = name == "introduction.md" || GUIDE.iter().any(|(_, page)| *page == name);
        assert!(
            known.contains(&file) || written,
            "{} is not in the book",
            file.display()
        );
    }
}

/// Every Markdown file in `folder`.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
            files.extend(markdown(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The links of a page, and the names of its headings as mdBook and GitHub make them.
fn links_and_anchors(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string())
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let name = heading.take().unwrap_or_default().to_lowercase();
                let kept = name
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                anchors.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
            }
            _ => {}
        }
    }
    (links, anchors)
}

#[test]
fn every_link_leads_somewhere() {
    let mut files = markdown(&root().join("docs"));
    let others = [
        "README.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "benches/README.md",
        "editors/README.md",
        "editors/vscode/README.md",
        "tests/hostile/README.md",
    ];
    files.extend(others.map(|file| root().join(file)));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for link in links_and_anchors(&text).0 {
            seen += 1;
            let here = ["tree", "blob"]
                .iter()
                .find_map(|kind| link.strip_prefix(&format!("https://github.com/postlint/postlint/{kind}/main/")));
            if here.is_none() && (link.starts_with("https://") || link.starts_with("mailto:")) {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match here {
                Some(path) => root().join(path),
                None if path.is_empty() => file.clone(),
                None => file.parent().unwrap().join(path),
            };
            let leads = target.exists()
                && (anchor.is_empty()
                    || links_and_anchors(&std::fs::read_to_string(&target).unwrap())
                        .1
                        .contains(anchor));
            if !leads {
                wrong.push(format!("{}: {link}", file.display()));
            }
        }
    }
    assert!(seen > rules::ALL.len(), "only {seen} links were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The code blocks of the pages that people write: language and text.
fn examples() -> Vec<(PathBuf, String, String)> {
    let pages = GUIDE
        .iter()
        .map(|(_, file)| root().join("docs/src").join(file))
        .filter(|file| file.exists());
    let mut found = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let mut block: Option<(String, String)> = None;
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    block = Some((info.into_string(), String::new()))
                }
                Event::Text(text) => block.iter_mut().for_each(|(_, content)| content.push_str(&text)),
                Event::End(TagEnd::CodeBlock) => {
                    found.extend(block.take().map(|(info, content)| (page.clone(), info, content)))
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn the_settings_in_the_guide_are_taken() {
    let mut count = 0;
    for (page, _, text) in examples().iter().filter(|(_, language, _)| language == "toml") {
        let read = Settings::parse(text, "postlint.toml", postlint::workspace::catalogue());
        assert!(read.is_ok(), "{}: {:?}\n{text}", page.display(), read.err());
        count += 1;
    }
    assert!(count >= 3);
}

/// Long options are those of the command; what they do is tested elsewhere.
#[test]
fn the_commands_in_the_guide_exist() {
    let help = |command: &str| {
        let ran = Command::new(env!("CARGO_BIN_EXE_postlint"))
            .args([command, "--help"])
            .output()
            .unwrap();
        assert!(ran.status.success(), "there is no command {command}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let mut count = 0;
    for (page, _, text) in examples().iter().filter(|(_, language, _)| language == "sh") {
        for line in text.lines().filter_map(|line| line.strip_prefix("postlint ")) {
            let line = line.split(['|', '>']).next().unwrap();
            let mut words = line.split_ascii_whitespace();
            let help = help(words.next().unwrap());
            for option in words.filter(|word| word.starts_with("--")) {
                let name = option.split('=').next().unwrap();
                assert!(
                    help.contains(&format!("{name} "))
                        || help.contains(&format!("{name}["))
                        || help.contains(&format!("{name}\n")),
                    "{}: {line}: {name}",
                    page.display()
                );
            }
            count += 1;
        }
    }
    assert!(count > 10);
}

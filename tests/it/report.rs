//! The forms of output: each is what its reader expects, for names and messages full of trouble.

use postlint::diagnostic::{Diagnostic, Fix, RuleCode, Severity};
use postlint::message::{Language, Message};
use postlint::report::{self, Checked, Format, Paint};
use postlint::text::{Edit, Source, TextRange};
use serde_json::{Value, json};

/// One finding with a fix on the second line, behind wide letters; the message and the name hold what each format must escape.
fn files() -> Vec<Checked> {
    let source = Source::new("first\n汉字 bad & <b>\"x\"\n");
    let range = TextRange::new(13, 16);
    assert_eq!(source.slice(range), "bad");
    let finding = Diagnostic {
        code: RuleCode("text-encoding"),
        severity: Severity::Warning,
        range,
        message: Message::data("`<b>` & \"x\": 100%, \u{1}\nand on"),
        related: Vec::new(),
        fixes: vec![Fix::safe(
            Message::plain("Say good"),
            vec![Edit::replace(range, "good")],
        )],
    };
    let clean = Checked {
        name: "clean.md".into(),
        site: String::new(),
        language: Language::English,
        source: Source::new("x\n"),
        findings: Vec::new(),
    };
    let name = "a b,c:ö&.md".into();
    vec![
        clean,
        Checked {
            name,
            site: String::new(),
            language: Language::English,
            source,
            findings: vec![finding],
        },
    ]
}

fn written(format: Format) -> String {
    let mut out = Vec::new();
    let files = files();
    let files: Vec<&Checked> = files.iter().collect();
    report::write(format, Paint::Plain, &files, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Every tag that is opened is closed, every `&` begins an entity, no character is forbidden.
fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert!(!tag.contains('<'), "{tag}");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    for (at, _) in xml.match_indices('&') {
        assert!(
            ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#10;"]
                .iter()
                .any(|entity| xml[at..].starts_with(entity))
        );
    }
    assert!(xml.chars().all(|c| c == '\n' || !c.is_control()));
}

/// What a run tells file by file, as soon as each is checked, is what it would tell of all of them together.
#[test]
fn what_is_told_by_file_is_told_of_all() {
    const ALL: [Format; 11] = [
        Format::Full,
        Format::Concise,
        Format::Grouped,
        Format::Json,
        Format::JsonLines,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Sarif,
        Format::Checkstyle,
        Format::Rdjson,
    ];
    let files = [files(), files()].concat();
    let written = |format, files: &[&Checked]| {
        let mut out = Vec::new();
        report::write(format, Paint::Plain, files, &mut out).unwrap();
        out
    };
    for format in ALL {
        let whole = written(format, &files.iter().collect::<Vec<_>>());
        let parts: Vec<u8> = files.iter().flat_map(|file| written(format, &[file])).collect();
        assert_eq!(whole == parts, format.is_by_file(), "{format:?}");
    }
}

#[test]
fn xml_is_well_formed() {
    let junit = written(Format::Junit);
    assert_well_formed(&junit);
    assert!(junit.contains("tests=\"2\" failures=\"1\" errors=\"0\""), "{junit}");
    let checkstyle = written(Format::Checkstyle);
    assert_well_formed(&checkstyle);
    assert!(
        checkstyle.contains("<error line=\"2\" column=\"4\" severity=\"warning\""),
        "{checkstyle}"
    );
}

#[test]
fn github_gets_one_line_a_finding() {
    let text = written(Format::Github);
    assert_eq!(text.lines().count(), 1);
    let start = "::warning title=postlint text-encoding,file=a b%2Cc%3Aö&.md,line=2,endLine=2,col=4,endColumn=7::";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("100%25") && text.contains("%0Aand on"), "{text}");
}

#[test]
fn reviewdog_gets_columns_in_bytes_and_a_suggestion() {
    let value: Value = serde_json::from_str(&written(Format::Rdjson)).unwrap();
    let finding = &value["diagnostics"][0];
    let range = json!({"start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 11}});
    assert_eq!(finding["location"]["range"], range);
    assert_eq!(finding["suggestions"], json!([{"range": range, "text": "good"}]));
    assert_eq!(finding["severity"], "WARNING");
}

#[test]
fn sarif_carries_the_fix() {
    let value: Value = serde_json::from_str(&written(Format::Sarif)).unwrap();
    let run = &value["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b%2Cc%3A%C3%B6%26.md");
    let region = json!({
        "startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7, "byteOffset": 13, "byteLength": 3
    });
    assert_eq!(place["region"], region);
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"], region);
    assert_eq!(replacement["insertedContent"]["text"], "good");
}

#[test]
fn json_is_what_the_interface_promises() {
    let array: Value = serde_json::from_str(&written(Format::Json)).unwrap();
    let expected = json!([{
        "file": "a b,c:ö&.md", "code": "text-encoding", "severity": "warning",
        "message": "`<b>` & \"x\": 100%, \u{1}\nand on", "url": RuleCode("text-encoding").url(),
        "start": {"offset": 13, "line": 2, "column": 4}, "end": {"offset": 16, "line": 2, "column": 7},
        "related": [],
        "fixes": [{"title": "Say good", "applicability": "safe", "edits": [{"start": 13, "end": 16, "text": "good"}]}],
    }]);
    assert_eq!(array, expected);
    let line: Value = serde_json::from_str(&written(Format::JsonLines)).unwrap();
    assert_eq!(line, expected[0]);
    let gitlab: Value = serde_json::from_str(&written(Format::Gitlab)).unwrap();
    assert_eq!(
        gitlab[0]["location"],
        json!({"path": "a b,c:ö&.md", "lines": {"begin": 2, "end": 2}})
    );
}

#[test]
fn people_get_no_control_characters() {
    for format in [Format::Full, Format::Concise, Format::Grouped] {
        let text = written(format);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(text.contains("text-encoding"), "{text}");
    }
    assert_eq!(written(Format::Concise).lines().count(), 1);
}

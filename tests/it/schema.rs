//! The user's JSON Schema: what does not fit and where, and what the user hears of a schema that is wrong.

mod words;

use postlint::config::{Config, Schema};
use postlint::generator::Generator;
use postlint::lint;
use postlint::post::Post;
use postlint::text::Source;
use std::process::Command;
use std::sync::Arc;

/// Each finding of `field-schema` as its message and the text it stands at.
fn found(schema: &str, generator: Generator, path: &str, text: &str) -> Vec<(String, String)> {
    let config = Config {
        schema: Some(Arc::new(Schema::new("s.json", schema))),
        generator: Some(generator),
        ..Config::default()
    };
    let post = Post::parse(Source::new(text), path);
    let mut found = lint::lint(&post, &config, None);
    found.retain(|finding| finding.code.0 == "field-schema");
    let place = |finding: &postlint::diagnostic::Diagnostic| text[finding.range.as_range()].to_owned();
    found
        .iter()
        .map(|finding| (finding.message.english(), place(finding)))
        .collect()
}

fn in_hexo(schema: &str, text: &str) -> Vec<(String, String)> {
    found(schema, Generator::Hexo, "source/_posts/a.md", text)
}

#[test]
fn a_finding_stands_at_the_value_in_every_language() {
    let schema = r#"{"properties": {"cover": {"properties": {"width": {"type": "integer"}}}, "tags": {"items": {"pattern": "^[a-z]+$"}}}}"#;
    let wanted = ["`cover.width`", "`tags[1]`"];
    for (path, text, places) in [
        (
            "content/a.md",
            "---\ncover: {width: wide}\ntags: [tea, Rain]\n---\n",
            ["wide", "Rain"],
        ),
        (
            "content/a.md",
            "+++\ntags = [\"tea\", \"Rain\"]\n[cover]\nwidth = \"wide\"\n+++\n",
            ["\"wide\"", "\"Rain\""],
        ),
        (
            "content/a.md",
            "{\"cover\": {\"width\": \"wide\"}, \"tags\": [\"tea\", \"Rain\"]}\n",
            ["\"wide\"", "\"Rain\""],
        ),
    ] {
        let found = found(schema, Generator::Hugo, path, text);
        assert_eq!(found.len(), 2, "{text}: {found:?}");
        for (subject, place) in wanted.iter().zip(places) {
            let hit = found.iter().find(|(message, _)| message.contains(subject));
            assert_eq!(hit.map(|(_, at)| at.as_str()), Some(place), "{text}: {found:?}");
        }
    }
}

#[test]
fn what_is_missing_is_told_at_the_fence_and_what_is_too_much_at_its_key() {
    let schema =
        r#"{"required": ["author"], "additionalProperties": false, "properties": {"author": {"required": ["name"]}}}"#;
    let told = in_hexo(schema, "---\nmood: fine\n---\n");
    assert!(
        told.contains(&("by `s.json`, `author`: is missing".into(), "---".into())),
        "{told:?}"
    );
    assert!(
        told.contains(&("by `s.json`, `mood`: is no key that it knows".into(), "mood".into())),
        "{told:?}"
    );
    let told = in_hexo(schema, "---\nauthor: {mail: a}\n---\n");
    assert_eq!(
        told,
        [("by `s.json`, `author.name`: is missing".into(), "{mail: a}".into())]
    );
}

#[test]
fn values_have_the_types_that_the_generator_reads() {
    let schema = r#"{"properties": {"comments": {"type": "boolean"}, "weight": {"type": "number"}}}"#;
    let text = "---\ncomments: no\nweight: 1_000\n---\n";
    assert_eq!(in_hexo(schema, text).len(), 2);
    assert_eq!(found(schema, Generator::Jekyll, "_posts/2022-01-02-a.md", text), []);
    assert_eq!(in_hexo(schema, "---\ncomments: false\nweight: 1.5\n---\n"), []);
    assert_eq!(in_hexo(schema, "---\ncomments: 'false'\nweight: '1'\n---\n").len(), 2);
}

#[test]
fn dates_are_those_of_yaml() {
    let schema = r#"{"properties": {"date": {"type": "string", "format": "date-time"}, "day": {"format": "date"}}}"#;
    for date in [
        "2022-07-06",
        "2022-07-06 08:00:00",
        "2022-07-06T08:00:00+08:00",
        "'2022-07-06'",
    ] {
        assert_eq!(in_hexo(schema, &format!("---\ndate: {date}\n---\n")), [], "{date}");
    }
    assert_eq!(in_hexo(schema, "---\nday: 2022-07-06\n---\n"), []);
    for text in [
        "---\ndate: Invalid Date\n---\n",
        "---\ndate: 2022\n---\n",
        "---\nday: 2022-07-06 08:00:00\n---\n",
    ] {
        assert_eq!(in_hexo(schema, text).len(), 1, "{text}");
    }
}

#[test]
fn the_draft_is_the_one_that_the_schema_names() {
    // A list under `items` is a tuple up to 2019-09 and wrong since.
    let tuple = |draft: &str| {
        format!(r#"{{"$schema": "{draft}", "properties": {{"tags": {{"items": [{{"type": "number"}}]}}}}}}"#)
    };
    let text = "---\ntags: [a]\n---\n";
    assert_eq!(
        in_hexo(&tuple("http://json-schema.org/draft-07/schema#"), text).len(),
        1
    );
    let newer = Schema::new("s.json", tuple("https://json-schema.org/draft/2020-12/schema"));
    assert!(postlint::rules::schema::Check::of(&newer).is_err());
}

#[test]
fn a_hostile_schema_or_post_costs_little() {
    let slow = r#"{"properties": {"title": {"pattern": "^(a+)+$"}}}"#;
    let text = format!("---\ntitle: {}!\n---\n", "a".repeat(50_000));
    assert_eq!(in_hexo(slow, &text).len(), 1);
    let wide: String = (0..2_000).map(|at| format!("key{at}: 1\n")).collect();
    let told = in_hexo(r#"{"additionalProperties": false}"#, &format!("---\n{wide}---\n"));
    assert_eq!(told.len(), 50);
    let deep = format!("---\na: {}{}\n---\n", "[".repeat(90), "]".repeat(90));
    let endless = r##"{"properties": {"a": {"$ref": "#/$defs/list"}}, "$defs": {"list": {"type": "array", "items": {"$ref": "#/$defs/list"}}}}"##;
    assert_eq!(in_hexo(endless, &deep), []);
    let round = r##"{"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"$ref": "#/$defs/c"}, "c": {"$ref": "#/$defs/b"}}}"##;
    assert_eq!(in_hexo(round, &deep), []);
    // As long a way of references as a schema can hold, at the front matter itself and at the bottom of a deep one.
    let way: Vec<String> = (0..3_000)
        .map(|at| format!(r##""{at}": {{"$ref": "#/$defs/{}"}}"##, at + 1))
        .collect();
    let way = format!(
        r##"{{"$ref": "#/$defs/0", "$defs": {{{}, "3000": {{"required": ["b"]}}}}}}"##,
        way.join(",")
    );
    assert_eq!(in_hexo(&way, "---\na: 1\n---\n").len(), 1);
    let told = in_hexo(&way, &deep);
    assert!(told[0].0.contains("nested too deep"), "{told:?}");
}

#[test]
fn the_configuration_names_schemas_and_hears_what_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
        command.current_dir(folder.path());
        command.args([
            "check",
            "--select",
            "field-schema",
            "--output-format",
            "concise",
            "posts",
        ]);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), said)
    };
    write(".git/HEAD", "ref: refs/heads/main\n");
    write("posts/a.md", "---\ntitle: a\n---\n");
    write("posts/tea/b.md", "---\ntitle: b\n---\n");
    write("all.json", r#"{"required": ["author"]}"#);
    write("tea.json", "\u{feff}{\"required\": [\"leaves\"]}");
    write(
        "postlint.toml",
        "schema = \"all.json\"\n[[overrides]]\nfiles = [\"posts/tea/**\"]\nschema = \"tea.json\"\n",
    );
    let (code, said) = check();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("by `all.json`, `author`: is missing"), "{said}");
    assert!(said.contains("by `tea.json`, `leaves`: is missing"), "{said}");
    assert!(!said.contains("b.md:1:1: by `all.json`"), "{said}");

    for (schema, reason) in [
        (None, "the schema `bad.json` cannot be read"),
        (Some("{"), "the schema `bad.json` cannot be used: it is no JSON"),
        (Some(r#"{"type": "strnig"}"#), "the schema `bad.json` cannot be used"),
        (
            Some(r#"{"properties": {"a": {"pattern": "("}}}"#),
            "the schema `bad.json` cannot be used",
        ),
        (
            Some(r#"{"$ref": "https://schemas.example/post.json"}"#),
            "the schema `bad.json` cannot be used",
        ),
        (
            Some(r#"{"$ref": "file:///etc/hostname"}"#),
            "the schema `bad.json` cannot be used",
        ),
        (
            Some(r#"{"$schema": "https://schemas.example/mine.json"}"#),
            "the schema `bad.json` cannot be used",
        ),
    ] {
        if let Some(schema) = schema {
            write("bad.json", schema);
        }
        write("postlint.toml", "schema = \"bad.json\"\n");
        let (code, said) = check();
        assert_eq!(code, Some(2), "{schema:?}: {said}");
        assert!(
            said.contains(&format!("postlint.toml:1:10: {reason}")),
            "{schema:?}: {said}"
        );
    }
}

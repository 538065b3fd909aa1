//! Values and their places.

use postlint::post::{FrontMatter, Node, Style, Value, split};
use postlint::text::Source;
use proptest::prelude::*;

fn parse(text: &str) -> FrontMatter {
    let source = Source::new(text);
    let envelope = split::split(&source).unwrap_or_else(|| panic!("no front matter in {text:?}"));
    FrontMatter::parse(&source, &envelope)
}

/// The fields as `key=text@source` for scalars.
fn fields(text: &str) -> Vec<String> {
    let front_matter = parse(text);
    assert_eq!(front_matter.error, None, "{text:?}");
    front_matter
        .entries()
        .iter()
        .map(|entry| format!("{}={}", entry.name().unwrap(), show(&entry.value, text)))
        .collect()
}

fn show(node: &Node, text: &str) -> String {
    match &node.value {
        Value::Scalar(scalar) => format!("{}@{}", scalar.text, &text[node.range.as_range()]),
        Value::List(items) => format!(
            "[{}]",
            items.iter().map(|item| show(item, text)).collect::<Vec<_>>().join(", ")
        ),
        Value::Map(entries) => format!(
            "{{{}}}",
            entries
                .iter()
                .map(|entry| show(&entry.key, text) + ": " + &show(&entry.value, text))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

#[test]
fn scalars_and_their_places() {
    let text = "---\r\ntitle: 'It''s'\r\nplain:  a b # why\r\nempty:\r\n\"k\": \"\\u6c49\"\r\n汉: 字\r\nlit: |\r\n  one\r\n  two\r\nlast: x\r\n---\r\n";
    assert_eq!(
        fields(text),
        [
            "title=It's@'It''s'",
            "plain=a b@a b",
            "empty=@",
            "k=汉@\"\\u6c49\"",
            "汉=字@字",
            "lit=one\ntwo\n@|\r\n  one\r\n  two",
            "last=x@x"
        ]
    );
    let front_matter = parse(text);
    let empty = front_matter.get("empty").unwrap();
    assert_eq!(&text[empty.range.as_range()], "empty:");
    assert_eq!(&text[empty.whole_lines(text).unwrap().as_range()], "empty:\r\n");
    let plain = front_matter.get("plain").unwrap();
    assert_eq!(
        &text[plain.whole_lines(text).unwrap().as_range()],
        "plain:  a b # why\r\n"
    );
    assert_eq!(
        front_matter.get("lit").unwrap().value.scalar().unwrap().style,
        Style::Literal
    );
}

#[test]
fn collections_and_their_places() {
    let text = "---\ntags:\n- a\n-\n- [b, 'c']\nmap: {x: 1, y: [2]}\nnest:\n  p: q\n  r:\n---\n";
    assert_eq!(
        fields(text),
        [
            "tags=[a@a, @, [b@b, c@'c']]",
            "map={x@x: 1@1, y@y: [2@2]}",
            "nest={p@p: q@q, r@r: @}"
        ]
    );
    let front_matter = parse(text);
    let range = |key: &str| &text[front_matter.get(key).unwrap().value.range.as_range()];
    assert_eq!(range("tags"), "- a\n-\n- [b, 'c']");
    assert_eq!(range("map"), "{x: 1, y: [2]}");
    assert_eq!(range("nest"), "p: q\n  r:");
}

#[test]
fn tags_anchors_and_aliases() {
    let text = "---\na: !!str 1\nb: &x [p]\nc: *x\nd: !mine v\n---\n";
    assert_eq!(fields(text), ["a=1@!!str 1", "b=[p@p]", "c=[p@p]", "d=v@!mine v"]);
    let front_matter = parse(text);
    assert_eq!(
        front_matter.get("a").unwrap().value.scalar().unwrap().tag.as_deref(),
        Some("!!str")
    );
    assert_eq!(&text[front_matter.get("c").unwrap().value.range.as_range()], "*x");
    assert_eq!(&text[front_matter.get("b").unwrap().value.range.as_range()], "&x [p]");
}

#[test]
fn duplicates_are_kept() {
    let front_matter = parse("---\ntitle: a\n1: x\ntitle: b\n\"1\": y\n---\n");
    assert_eq!(front_matter.error, None);
    assert_eq!(front_matter.duplicates().len(), 2);
    assert_eq!(front_matter.get("title").unwrap().value.text(), Some("b"));
}

#[test]
fn a_broken_block_still_shows_its_fields() {
    let front_matter = parse("---\ntitle: a: b\ndate: \"2020\"\ntags:\n- x\n---\n");
    assert!(front_matter.error.is_some());
    assert_eq!(front_matter.get("title").unwrap().value.text(), Some("a: b"));
    assert_eq!(front_matter.get("date").unwrap().value.text(), Some("2020"));
    assert_eq!(front_matter.get("tags").unwrap().value.text(), Some("- x"));
}

#[test]
fn hostile_blocks_are_refused_quickly() {
    let bomb = "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e]\n".to_owned();
    for block in [
        bomb,
        format!("a: {}\n", "[".repeat(20_000)),
        format!("a: {}\n", "{a: ".repeat(10_000)),
        format!("{}\n", "- ".repeat(20_000)),
        format!("{}\n", "? ".repeat(20_000)),
        format!("a: {}\n", "x".repeat(70_000)),
        format!("a: b\n{}", "c: *x\n".repeat(100)),
    ] {
        assert!(
            parse(&format!("---\ntitle: t\n{block}---\n")).error.is_some(),
            "{:.60}",
            block
        );
    }
    let json = parse(&format!("{{\"a\": {}", "[".repeat(60_000)));
    assert!(json.error.is_some());
    let _ = parse(&format!("+++\na = {}\n+++\n", "[".repeat(60_000)));
}

#[test]
fn toml_and_json() {
    let text = "+++\ntitle = 'A'\ndate = 2020-01-02\ntags = [\"x\", 'y']\n[extra]\nb = true\n+++\n";
    assert_eq!(
        fields(text),
        [
            "title=A@'A'",
            "date=2020-01-02@2020-01-02",
            "tags=[x@\"x\", y@'y']",
            "extra={b@b: true@true}"
        ]
    );
    let text = "{\"title\": \"A\", \"n\": 1, \"tags\": [\"x\", null]}\n";
    assert_eq!(fields(text), ["title=A@\"A\"", "n=1@1", "tags=[x@\"x\", null@null]"]);
    let text = ";;;\n\"title\": \"A\",\n\"n\": 1\n;;;\nbody";
    assert_eq!(fields(text), ["title=A@\"A\"", "n=1@1"]);
    assert!(parse(";;;\n\"title\": \"A\",\n;;;\nbody").error.is_some());
    assert!(parse("+++\ntitle = A\nx = 1\n+++\n").error.is_some());
}

proptest! {
    #[test]
    fn any_block_is_survived(block in "(title: |[a-z]|汉|：|: |- |\n|\r\n|\r| |\t|'|\"|\\[|\\]|\\{|\\}|#|&a |\\*a|!|%|@|\\||>|,|---|\\.\\.\\.|\u{85}|\u{2028}|\0){0,30}") {
        for text in [format!("---\ntitle: x\n{block}\n---\n"), format!("+++\ntitle = 1\n{block}\n+++\n"), format!(";;;\n\"a\": {block}\n;;;\n"), format!("{{\"a\": {block}}}\n")] {
            let source = Source::new(text.as_str());
            if let Some(envelope) = split::split(&source) {
                let front_matter = FrontMatter::parse(&source, &envelope);
                if let Some(error) = &front_matter.error {
                    prop_assert!(text.get(error.range.as_range()).is_some());
                }
                for entry in front_matter.entries() {
                    prop_assert!(text.get(entry.range.as_range()).is_some());
                    prop_assert!(entry.range.covers(entry.key.range) && entry.range.covers(entry.value.range));
                    prop_assert!(envelope.block.covers(entry.range), "{:?} {:?}", envelope, entry);
                }
            }
        }
    }
}

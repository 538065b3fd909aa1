//! Where the writer's front matter begins and ends.

use postlint::post::split::split;
use postlint::post::{Dialect, Envelope};
use postlint::text::Source;
use proptest::prelude::*;

fn envelope(text: &str) -> Option<Envelope> {
    split(&Source::new(text))
}

/// Lead, open, block, close and body as text; `-` for a close that is missing.
fn parts(text: &str) -> [String; 5] {
    let found = envelope(text).unwrap_or_else(|| panic!("no front matter in {text:?}"));
    let slice = |range: postlint::text::TextRange| text[range.as_range()].to_owned();
    [
        slice(found.lead),
        slice(found.open),
        slice(found.block),
        found.close.map_or("-".to_owned(), slice),
        slice(found.body),
    ]
}

#[test]
fn a_plain_block() {
    assert_eq!(
        parts("---\ntitle: A\n---\nbody\n"),
        ["", "---", "title: A\n", "---", "body\n"]
    );
    assert_eq!(parts("---\n---\nbody"), ["", "---", "", "---", "body"]);
    assert_eq!(parts("---\ntitle: A\n---"), ["", "---", "title: A\n", "---", ""]);
}

#[test]
fn what_stands_before_the_fence() {
    for lead in [
        "\n",
        "\n\n\n",
        " ",
        "\t\n",
        "<!-- note -->\n",
        "<!--\nnote\n-->\n\n",
        "\n---\n---\n",
    ] {
        let text = format!("{lead}---\ntitle: A\ndate: 2020-01-01\n---\nbody");
        assert_eq!(
            parts(&text),
            [lead, "---", "title: A\ndate: 2020-01-01\n", "---", "body"],
            "{text:?}"
        );
    }
    let text = "A stray line\n---\ntitle: A\ndate: 2020-01-01\n---\nbody";
    assert_eq!(parts(text)[0], "A stray line\n");
    assert_eq!(
        parts("\u{feff}---\ntitle: A\n---\n"),
        ["", "---", "title: A\n", "---", ""]
    );
}

#[test]
fn odd_fences() {
    assert_eq!(
        parts("--- \t\ntitle: A\n----\nb"),
        ["", "--- \t", "title: A\n", "----", "b"]
    );
    assert_eq!(parts("---\ntitle: A\n...\nb"), ["", "---", "title: A\n", "...", "b"]);
    assert_eq!(
        parts("---\ntitle: A\n  ---\n\nbody\n"),
        ["", "---", "title: A\n", "  ---", "\nbody\n"]
    );
    assert_eq!(
        parts("---\ntitle: A\n--- text\nb"),
        ["", "---", "title: A\n", "---", " text\nb"]
    );
    assert_eq!(parts("-----title: A\n---\nb"), ["", "-----", "title: A\n", "---", "b"]);
}

#[test]
fn line_ends() {
    assert_eq!(
        parts("---\r\ntitle: A\r\n---\r\nb"),
        ["", "---", "title: A\r\n", "---", "b"]
    );
    assert_eq!(parts("---\rtitle: A\r---\rb"), ["", "---", "title: A\r", "---", "b"]);
}

#[test]
fn a_closing_fence_is_missing() {
    assert_eq!(
        parts("---\ntitle: A\ntags:\n- b\n\nProse.\n\n---\n\nMore prose.\n"),
        [
            "",
            "---",
            "title: A\ntags:\n- b\n",
            "-",
            "\nProse.\n\n---\n\nMore prose.\n"
        ]
    );
    assert_eq!(parts("---\ntitle: A\nProse.\n")[2], "title: A\n");
    assert_eq!(parts("---\ntitle: A")[2], "title: A");
    // Prose inside a value is no body.
    let text = "---\ntitle: A\ndescription: \"one\n\n  two\n\nthree\"\n---\nbody";
    assert_eq!(parts(text)[4], "body");
}

#[test]
fn an_opening_fence_is_missing() {
    assert_eq!(
        parts("title: A\ntags: [b]\n---\nbody"),
        ["", "", "title: A\ntags: [b]\n", "---", "body"]
    );
    assert_eq!(envelope("Note: read this\n---\n\nProse.\n"), None);
    assert_eq!(envelope("title: A\n\nProse\n---\n"), None);
}

#[test]
fn ordinary_markdown_has_none() {
    for text in [
        "",
        "\n\n",
        "# Heading\n\nProse.\n\n---\n\nMore.\n",
        "---\n\nProse after a thematic break.\n\n---\n\nMore.\n",
        "---\n\nProse after a thematic break: really.\n",
        "---\nHeading\n---\n\nProse.\n",
        "Heading\n---\n\nProse.\n",
        "Heading\n===\n\ntitle: A\n---\n",
        "- a list\n---\n",
        "---\n",
        "----------\n| a |\n",
        "{% include x.html %}\n",
        "{{< figure >}}\n",
        "```yaml\n---\ntitle: A\n---\n```\n",
    ] {
        assert_eq!(envelope(text), None, "{text:?}");
    }
}

#[test]
fn other_dialects() {
    let found = envelope("+++\ntitle = \"A\"\n+++\nbody").unwrap();
    assert_eq!(found.dialect, Dialect::Toml);
    let found = envelope(";;;\n\"title\": \"A\"\n;;;\nbody").unwrap();
    assert_eq!(found.dialect, Dialect::JsonSemicolons);
    let text = "{\n  \"title\": \"A } b\"\n}\n\nbody";
    assert_eq!(parts(text), ["", "", "{\n  \"title\": \"A } b\"\n}", "", "\nbody"]);
    assert_eq!(envelope(text).unwrap().dialect, Dialect::Json);
    assert_eq!(parts("{\"title\": \"A\"\n\nbody")[3], "-");
    assert_eq!(parts("+++\ntitle = \"A\"\n\nBody.\n")[2], "title = \"A\"\n");
}

proptest! {
    #[test]
    fn the_parts_are_in_order_and_cover_the_file(text in "(---|----|\\.\\.\\.|;;;|\\+\\+\\+|\\{|\\}|\"|title: |title = |: |- |\n|\r\n|\r| |\t|a|汉|：|\u{feff}|<!--|-->){0,40}") {
        if let Some(found) = envelope(&text) {
            let close = found.close.unwrap_or(postlint::text::TextRange::at(found.block.end));
            let ends = [found.lead.start, found.lead.end, found.open.start, found.open.end, found.block.start, found.block.end,
                        close.start, close.end, found.body.start, found.body.end];
            prop_assert!(ends.is_sorted(), "{:?}", found);
            prop_assert!(ends.iter().all(|&at| text.is_char_boundary(at)));
            prop_assert_eq!(found.body.end, text.len());
        }
    }
}

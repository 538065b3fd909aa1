//! Incremental changes against a reference.

use postlint::server::documents::Document;
use postlint::text::Encoding;
use proptest::prelude::*;
use tower_lsp::lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::reference::apply;

fn position() -> impl Strategy<Value = Position> {
    // Beyond the end of lines and of the text as well, and inside of characters.
    (0u32..12, prop_oneof![0u32..8, 0u32..40, Just(u32::MAX)]).prop_map(|(line, column)| Position::new(line, column))
}

fn change() -> impl Strategy<Value = TextDocumentContentChangeEvent> {
    let text = "(a|中|😀|é|<p>|\n|\r\n|\r|\u{2028}|\u{85}|\u{b}|直播😀x|){0,3}";
    let range = prop_oneof![
        9 => (position(), position()).prop_map(|(start, end)| Some(Range::new(start, end))),
        4 => position().prop_map(|at| Some(Range::new(at, at))),
        1 => Just(None),
    ];
    (range, text).prop_map(|(range, text)| TextDocumentContentChangeEvent {
        range,
        range_length: None,
        text,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// 300 texts with up to 60 changes each.
    #[test]
    fn a_document_never_leaves_its_reference(
        start in "([a-z]|汉|😀|\r\n|\n|\r){0,60}",
        batches in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..20),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
    ) {
        let mut document = Document::new(&start, 1, 0);
        let mut text = start;
        for (version, changes) in (2..).zip(&batches) {
            let before = document.revision();
            document.apply(changes, version, encoding);
            changes.iter().for_each(|change| apply(&mut text, change, encoding));
            prop_assert_eq!(document.text(), text.as_str());
            // Now and then it is frozen, and then only what changed since is taken from it.
            if version % 3 != 0 {
                let frozen = document.snapshot().source;
                prop_assert_eq!(frozen.text(), text.as_str());
            }
            prop_assert_eq!(document.version, version);
            prop_assert!(document.revision() > before);
        }
    }
}

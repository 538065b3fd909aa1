//! Byte → position → byte.

use postlint::text::{Encoding, Source};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_place_survives_the_round_trip(text in "([a-z]|\r\n|\n|\r|é|汉|😀|\u{2028}|\u{feff}){0,40}") {
        let source = Source::new(text.as_str());
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, character) in text.char_indices() {
                // The second half of a line end has no column of its own: LSP has no position after `\r` in `\r\n`.
                if character == '\n' && text[..offset].ends_with('\r') {
                    continue;
                }
                let position = source.position(offset, encoding);
                prop_assert_eq!(source.offset(position, encoding), offset);
            }
        }
    }
}

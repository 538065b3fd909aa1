//! Texts that are mostly plain, or nearly.

use proptest::prelude::*;

/// Such texts.
pub fn texts() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[a-f]{1,2}: [a-zA-Z0-9é雨/._(<+《][ -~é雨]{0,8}",
        4 => " {0,3}[a-f]: ?[a-zA-Z0-9é雨/._(<+《]?[ -~é雨]{0,4}",
        2 => " {1,2}[a-f]: \\[[a-z0-9 ,é]{0,6}\\]",
        2 => "[a-f]{1,2}: (true|Null|~|0x1F|017|1e5|2021-01-02( 10:00:00)?|12:30:45|1_000|5\\.|1\\.5|yes|NO|0o17|0b11|1:30|99999999999999999999|y)",
        3 => "[a-f]{1,2}:",
        6 => " {0,2}- [a-z0-9é雨][ -~é雨]{0,6}",
        2 => " {0,2}- ['\"]?[ -~é雨]{0,6}['\"]?",
        2 => "[a-f]{1,2}: ['\"][ -~é雨\u{a0}]{0,6}['\"]",
        2 => "[a-f]{1,2}: \\[[a-z0-9 ,.'\"é_/+-]{0,12}\\]",
        1 => "# ?[ -~]{0,5}",
        1 => "[a-f]: (a?[\u{7f}-\u{a1}\u{2027}-\u{202a}\u{fefe}-\u{ff00}\u{fffc}-\u{10001}\u{3000}\t\r]){1,2}b",
        1 => " {0,2}",
        1 => "[ -~]{0,6}",
    ];
    (
        prop::collection::vec(line, 1..8),
        prop_oneof![Just("\n"), Just("\r\n")],
        any::<bool>(),
    )
        .prop_map(|(lines, end, is_ended)| lines.join(end) + if is_ended { end } else { "" })
}

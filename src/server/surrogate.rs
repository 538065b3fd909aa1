//! Repairs lone surrogates in JSON: a client that splits an emoji sends `"\ud83d"`, which no JSON reader in Rust takes.

/// Replace each escaped surrogate without its partner by `\ufffd`, in place: the length in bytes and in UTF-16 code
/// units stays. Returns how many were replaced.
pub fn repair(json: &mut [u8]) -> usize {
    let mut at = 0;
    let mut repaired = 0;
    while let Some(found) = memchr::memchr(b'\\', json.get(at..).unwrap_or_default()) {
        at += found;
        match escape(json, at) {
            None => at += 2,
            Some(0xD800..=0xDBFF) if matches!(escape(json, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                if let Some(digits) = json.get_mut(at + 2..at + 6) {
                    digits.copy_from_slice(b"fffd");
                    repaired += 1;
                }
                at += 6;
            }
            Some(_) => at += 6,
        }
    }
    repaired
}

/// The UTF-16 code unit that the escape `\u` at `at` stands for; `None` when something else stands there.
fn escape(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::repair;

    fn repaired(json: &str) -> (usize, String) {
        let mut bytes = json.as_bytes().to_vec();
        let count = repair(&mut bytes);
        (count, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn whole_pairs_and_escaped_backslashes_stay() {
        for json in [
            r#""\ud83d\ude00""#,
            r#""\\ud83d""#,
            r#""\u4e2d\n""#,
            r#""\u12""#,
            r#""\"#,
        ] {
            assert_eq!(repaired(json), (0, json.to_owned()));
        }
    }

    #[test]
    fn halves_become_the_replacement_character() {
        assert_eq!(repaired(r#""a\ud83d""#), (1, r#""a\ufffd""#.to_owned()));
        assert_eq!(
            repaired(r#""\ude00\ud83d\ude00""#),
            (1, r#""\ufffd\ud83d\ude00""#.to_owned())
        );
        assert_eq!(repaired(r#""\uD83D\uD83D""#), (2, r#""\ufffd\ufffd""#.to_owned()));
    }
}

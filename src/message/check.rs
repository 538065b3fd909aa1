//! Looks at the blanks of a text while the program is compiled.

/// Refuses to compile a text whose blanks are not the ones that are given.
pub const fn check(text: &str, names: &[&str]) {
    let bytes = text.as_bytes();
    let mut used = [false; 16];
    assert!(names.len() <= used.len(), "too many blanks");
    let mut at = 0;
    while at < bytes.len() {
        let is_doubled = at + 1 < bytes.len() && bytes[at] == bytes[at + 1];
        match bytes[at] {
            b'{' | b'}' if is_doubled => at += 2,
            b'{' => {
                let start = at + 1;
                while at < bytes.len() && bytes[at] != b'}' {
                    at += 1;
                }
                assert!(at < bytes.len(), "a blank is not closed");
                used[place(bytes, start, at, names)] = true;
                at += 1;
            }
            b'}' => panic!("a brace that opens nothing must be written twice"),
            _ => at += 1,
        }
    }
    let mut at = 0;
    while at < names.len() {
        assert!(used[at], "the text does not name one of the blanks");
        at += 1;
    }
}

/// Which of `names` stands between the bytes `start` and `end`.
const fn place(bytes: &[u8], start: usize, end: usize, names: &[&str]) -> usize {
    let mut at = 0;
    while at < names.len() {
        let name = names[at].as_bytes();
        let mut same = 0;
        while same < name.len() && start + same < end && name[same] == bytes[start + same] {
            same += 1;
        }
        if same == name.len() && start + same == end {
            return at;
        }
        at += 1;
    }
    panic!("a blank has no value");
}

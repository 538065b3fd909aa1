//! What two texts have in common at their ends.

/// Bytes of two texts; the ends may lie inside of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// How many are the same from the start on.
    pub before: usize,
    /// How many of the rest are, up to the end.
    pub behind: usize,
}

/// Bytes that are compared at once.
const CHUNK: usize = 256;

impl Same {
    /// What of `old` is the same in `new`.
    pub fn of(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let before = common(old.chunks(CHUNK), new.chunks(CHUNK), |one, other| {
            one.iter().zip(other).take_while(|(one, other)| one == other).count()
        });
        let most = old.len().min(new.len()) - before;
        let behind = common(
            old[old.len() - most..].rchunks(CHUNK),
            new[new.len() - most..].rchunks(CHUNK),
            |one, other| {
                one.iter()
                    .rev()
                    .zip(other.iter().rev())
                    .take_while(|(one, other)| one == other)
                    .count()
            },
        );
        Self { before, behind }
    }
}

/// How many bytes of two texts are the same, going through them in chunks; `rest` counts in the first chunks that differ.
fn common<'t>(
    ones: impl Iterator<Item = &'t [u8]>,
    others: impl Iterator<Item = &'t [u8]>,
    rest: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut same = 0;
    for (one, other) in ones.zip(others) {
        if one != other {
            return same + rest(one, other);
        }
        same += one.len();
    }
    same
}

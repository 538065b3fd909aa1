//! What the fixes would change, as a unified diff that `patch` and `git apply` take.

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};
use std::ops::Range;

/// Lines that are shown around a change.
const CONTEXT: u32 = 3;

/// The difference between two texts of the file called `name`; empty when there is none.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let input = InternedInput::new(before, after);
    // Other ways take the square of what is changed where most lines are: a fix may be made at every one.
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let mut out = format!("--- a/{name}\n+++ b/{name}\n");
    let hunks: Vec<Hunk> = diff.hunks().collect();
    for near in hunks.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT) {
        show(&input, near, &mut out);
    }
    out
}

/// Changes that are shown together, with the lines around and between them.
fn show(input: &InternedInput<&str>, near: &[Hunk], out: &mut String) {
    let (Some(first), Some(last)) = (near.first(), near.last()) else {
        return;
    };
    let lead = first.before.start.min(CONTEXT);
    let end = (input.before.len() as u32).min(last.before.end + CONTEXT);
    let before = first.before.start - lead..end;
    let after = first.after.start - lead..last.after.end + (end - last.before.end);
    out.push_str(&format!("@@ -{} +{} @@\n", side(&before), side(&after)));
    let mut at = before.start;
    for hunk in near {
        lines(input, &input.before, at..hunk.before.start, ' ', out);
        lines(input, &input.before, hunk.before.clone(), '-', out);
        lines(input, &input.after, hunk.after.clone(), '+', out);
        at = hunk.before.end;
    }
    lines(input, &input.before, at..end, ' ', out);
}

/// Lines of one text, counted from 0, as the header names them: from 1, the number left out where it is one; where there are
/// none, it is the line before.
fn side(lines: &Range<u32>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        length => format!("{},{length}", lines.start + 1),
    }
}

fn lines(input: &InternedInput<&str>, text: &[imara_diff::Token], range: Range<u32>, mark: char, out: &mut String) {
    for &token in &text[range.start as usize..range.end as usize] {
        let line = input.interner[token];
        out.push(mark);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::diff;
    use proptest::prelude::*;

    /// What `patch` makes of `before`: every line of a hunk has to stand where its header says.
    fn patched(before: &str, patch: &str) -> String {
        let old: Vec<&str> = before.split_inclusive('\n').collect();
        let mut new = String::new();
        let mut at = 0;
        let mut lines = patch.split_inclusive('\n').skip(2).peekable();
        while let Some(header) = lines.next() {
            let side = |mark: char| {
                let side = header
                    .split(' ')
                    .find_map(|word| word.strip_prefix(mark))
                    .expect(header);
                let (start, length) = side.split_once(',').unwrap_or((side, "1"));
                let [start, length] = [start, length].map(|number| number.parse::<usize>().expect(header));
                (if length == 0 { start } else { start - 1 }, length)
            };
            let ((start, removed), (place, added)) = (side('-'), side('+'));
            new.extend(old[at..start].iter().copied());
            at = start;
            assert_eq!(new.split_inclusive('\n').count(), place, "{patch}");
            while let Some(line) = lines.next_if(|line| !line.starts_with("@@")) {
                let unended = lines.next_if(|line| line.starts_with('\\')).is_some();
                let text = &line[1..line.len() - usize::from(unended)];
                if !line.starts_with('+') {
                    assert_eq!(old.get(at), Some(&text), "{patch}");
                    at += 1;
                }
                if !line.starts_with('-') {
                    new.push_str(text);
                }
            }
            assert_eq!(
                (at, new.split_inclusive('\n').count()),
                (start + removed, place + added),
                "{patch}"
            );
        }
        new.extend(old[at..].iter().copied());
        new
    }

    proptest! {
        #[test]
        fn patch_makes_of_one_text_the_other(
            lines in prop::collection::vec("[a-d]?\r?", 0..40),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3, prop::collection::vec("[a-d]", 0..3)), 0..5),
            ends in (any::<bool>(), any::<bool>()),
        ) {
            let mut new = lines.clone();
            for (at, removed, added) in changes {
                let start = at.index(new.len() + 1);
                new.splice(start..(start + removed).min(new.len()), added);
            }
            let text = |lines: &[String], ends: bool| lines.join("\n") + if ends { "\n" } else { "" };
            let (before, after) = (text(&lines, ends.0), text(&new, ends.1));
            let patch = diff("a.md", &before, &after);
            prop_assert_eq!(patch.is_empty(), before == after);
            prop_assert_eq!(patched(&before, &patch), after);
        }
    }

    #[test]
    fn changes_that_are_near_are_shown_together() {
        let text = |marks: [&str; 2]| format!("1\n2\n{}\n4\n5\n6\n7\n8\n9\n{}", marks[0], marks[1]);
        let shown = diff("a.md", &text(["x", "10"]), &text(["y", "10\n"]));
        let wanted = "--- a/a.md\n+++ b/a.md\n@@ -1,10 +1,10 @@\n 1\n 2\n-x\n+y\n 4\n 5\n 6\n 7\n 8\n 9\n-10\n\\ No newline at end of file\n+10\n";
        assert_eq!(shown, wanted);
        let shown = diff("a.md", "", "1\n");
        assert_eq!(shown, "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+1\n");
    }
}

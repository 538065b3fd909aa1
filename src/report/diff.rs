//! What the fixes would change, as a unified diff that `patch` and `git apply` take.

use similar::TextDiff;

/// The difference between two texts of the file called `name`; empty when there is none.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

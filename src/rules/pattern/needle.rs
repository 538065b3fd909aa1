//! Literals without which a selector cannot match, so that clean posts cost one scan.

/// For each alternative of a selector list the longest name or quoted value that must stand in the HTML.
/// Empty when some alternative has none, for then nothing can be ruled out.
pub(super) fn of_selector(selector: &str) -> Vec<String> {
    let mut needles = Vec::new();
    for alternative in alternatives(selector) {
        match longest_word(&alternative) {
            Some(word) => needles.push(word),
            None => return Vec::new(),
        }
    }
    needles
}

/// The alternatives of a selector list as they are written.
pub(super) fn written(selector: &str) -> Vec<&str> {
    let (mut quote, mut depth, mut start) = (None, 0usize, 0);
    let mut parts = Vec::new();
    for (at, c) in selector.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(selector[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(selector[start..].trim());
    parts
}

/// Split at the commas outside brackets and quotes, and leave out what `:not(…)` and its kin hold.
fn alternatives(selector: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut depth = 0usize;
    for c in selector.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if depth == 0
            && let Some(part) = parts.last_mut()
        {
            part.push(c);
        }
    }
    parts
}

fn longest_word(alternative: &str) -> Option<String> {
    alternative
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .filter(|word| {
            word.len() >= 3
                && !matches!(
                    *word,
                    "class" | "href" | "src" | "div" | "img" | "style" | "script" | "iframe"
                )
        })
        .max_by_key(|word| word.len())
        .map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::of_selector;

    #[test]
    fn takes_the_longest_word_of_each_alternative() {
        assert_eq!(
            of_selector("ins.adsbygoogle, [data-x^=\"ca-pub-\"]:not(.verylongname)"),
            ["adsbygoogle", "ca-pub-"]
        );
        assert!(of_selector("a, .adsense").is_empty());
    }
}

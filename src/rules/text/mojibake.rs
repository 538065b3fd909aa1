//! `text-mojibake`: letters that an encoding has broken, and characters that nobody sees.

use crate::diagnostic::Fix;
use crate::post::Post;
use crate::post::front_matter::{Node, Value};
use crate::rule::{Context, Reads, Reporter};
use crate::rules::mojibake::{self, Broken};
use crate::text::{Edit, TextRange};
use crate::{rule, say};

rule! {
    /// Letters that an encoding has broken, and characters that nobody sees.
    ///
    /// # Why
    ///
    /// Text that was once read in the wrong encoding stays wrong: `donâ€™t` is UTF-8 read as Windows-1252, `锟斤拷` and `U+FFFD` are
    /// what is left of letters that could not be read, and readers see them. A zero-width space or a second byte-order mark
    /// in a title, tag or address cannot be seen and makes it another one; in front of `#` or `-` it keeps Markdown from seeing a
    /// heading or a list. Code is left alone.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// ---
    ///
    /// We donâ€™t know.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// ---
    ///
    /// We don’t know.
    /// ```
    ///
    /// ```markdown,bad escaped
    /// ---
    /// title: Tea\u{200b}
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// 锟斤拷 was here.
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Café Ãlvaro
    /// ---
    ///
    /// `donâ€™t` is how it looks.
    /// ```
    "text-mojibake", Warning, On, check
}

/// More findings of a kind in one post say nothing new.
const MOST: usize = 20;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let text = post.text();
    if mojibake::is_clean(post) {
        return reporter.rests_on_lines(Reads::HEAD, &[&mojibake::STRANGE]);
    }
    let is_shown = |range: TextRange| !post.markdown.is_code(range.start);
    let broken = mojibake::broken(text).filter(|(range, _)| is_shown(*range));
    for (range, broken) in broken.take(MOST) {
        let shown = &text[range.as_range()];
        match broken {
            Broken::Decodes(right) => {
                let message = say!("`{shown}` is `{right}` in UTF-8, read as Windows-1252", shown, right);
                let fix = Fix::risky(say!("Write `{right}`", right), vec![Edit::replace(range, right)]);
                reporter.report(range, message).fix(fix);
            }
            Broken::Lost => {
                let message = say!(
                    "letters were lost here when the text was read in the wrong encoding; readers see `{shown}`",
                    shown
                );
                reporter.report(range, message);
            }
        }
    }
    for range in unseen(post).into_iter().take(MOST) {
        let first = text[range.as_range()].chars().next().map_or(0, u32::from);
        let number = format!("{first:04X}");
        reporter
            .report(
                range,
                say!(
                    "a character that nobody sees, U+{number}, makes this another text",
                    number
                ),
            )
            .fix(Fix::risky(say!("Remove it"), vec![Edit::delete(range)]));
    }
}

/// Invisible characters where they do harm: in values of the front matter, in addresses, and before what Markdown reads at the
/// start of a line.
fn unseen(post: &Post) -> Vec<TextRange> {
    let text = post.text();
    let mut found = Vec::new();
    // Hardly any post holds one: then nothing is gone through.
    if mojibake::unseen(text).next().is_none() {
        return found;
    }
    let mut look = |range: TextRange| {
        let inside = text.get(range.as_range()).unwrap_or_default();
        found.extend(mojibake::unseen(inside).map(|at| TextRange::new(range.start + at.start, range.start + at.end)));
    };
    if post.front_matter.error.is_none() {
        scalars(post.front_matter.root.as_ref(), &mut look);
    }
    for target in post.markdown.links.iter().filter_map(|link| link.target) {
        look(target);
    }
    let body = post.source.slice(post.body);
    found.extend(mojibake::unseen(body).filter_map(|run| {
        let begins_line = run.start == 0 || body[..run.start].ends_with('\n');
        let is_mark = body[run.end..].starts_with(['#', '-', '*', '>', '+', '|', '`']);
        let range = TextRange::new(post.body.start + run.start, post.body.start + run.end);
        (begins_line && is_mark && !post.markdown.is_code(range.start)).then_some(range)
    }));
    found.sort();
    found.dedup();
    found
}

fn scalars(node: Option<&Node>, look: &mut dyn FnMut(TextRange)) {
    let mut left: Vec<&Node> = node.into_iter().collect();
    while let Some(node) = left.pop() {
        match &node.value {
            Value::Scalar(_) => look(node.range),
            Value::List(items) => left.extend(items),
            Value::Map(entries) => left.extend(entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
        }
    }
}

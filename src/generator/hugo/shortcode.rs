//! Shortcodes that stop Hugo's build whatever the site's templates are (`parser/pageparser/pagelexer_shortcode.go`).

use crate::generator::braces::{Fault, Problem};
use crate::message::Message;
use crate::post::Post;
use crate::say;
use crate::text::{Tally, TextRange};

/// What a call reads like.
enum Call {
    /// `{{</* … */>}}`: shown as it is. Ends at this byte.
    Shown(usize),
    /// From behind the opening delimiter to before the closing one, and the end of that.
    Whole(TextRange, usize),
}

/// Every shortcode in the body of `post` that no build survives, in order of place. Code is no protection; which
/// shortcodes there are, and whether one has to be closed, is the site's business.
pub fn faults(post: &Post) -> Vec<Fault> {
    let text = post.text().get(..post.body.end).unwrap_or("");
    let mut faults = Vec::new();
    let mut opened = Opened::default();
    let mut at = post.body.start;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        let close = match text.as_bytes().get(start + 2) {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => {
                at = start + 2;
                continue;
            }
        };
        match call(text, start + 3, close) {
            Ok(Call::Shown(end)) => at = end,
            Ok(Call::Whole(content, end)) => {
                let why = refusal(&text[content.as_range()], &mut opened);
                faults.extend(why.map(|why| fault(TextRange::new(start, end), why)));
                at = end;
            }
            // Hugo reads on to the end of the post; so nothing behind it is certain.
            Err(why) => {
                faults.push(fault(TextRange::new(start, start + 3), why));
                return faults;
            }
        }
    }
    faults
}

fn fault(range: TextRange, why: Message) -> Fault {
    Fault {
        range,
        problem: Problem::Syntax(why),
    }
}

/// The call whose content begins at `from`. Texts in quotes and backticks may hold its end.
fn call(text: &str, from: usize, close: &str) -> Result<Call, Message> {
    if text[from..].starts_with("/*") {
        let end = text[from..].find(&format!("*/{close}"));
        return match end {
            Some(length) => Ok(Call::Shown(from + length + close.len() + 2)),
            None => Err(say!("`*/{close}` is missing", close)),
        };
    }
    let mut quote = None;
    let mut escaped = false;
    for (offset, c) in text[from..].char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some('"') if c == '\n' => return Err(say!("a text in quotes reaches over the end of its line")),
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if text[from + offset..].starts_with(close) => {
                let content = TextRange::new(from, from + offset);
                return Ok(Call::Whole(content, content.end + close.len()));
            }
            None if matches!(c, '"' | '`') => quote = Some(c),
            None => {}
        }
    }
    Err(say!("`{close}` is missing", close))
}

/// The shortcodes that may still be closed, outermost first.
#[derive(Default)]
struct Opened<'a> {
    names: Vec<&'a str>,
    tally: Tally<&'a str>,
}

impl<'a> Opened<'a> {
    fn open(&mut self, name: &'a str) {
        self.names.push(name);
        self.tally.add(name);
    }

    /// Close the innermost `name` and all in it; whether there is one.
    fn close(&mut self, name: &str) -> bool {
        let is_open = self.tally.has(name);
        while is_open && let Some(last) = self.names.pop() {
            self.tally.remove(last);
            if last == name {
                break;
            }
        }
        is_open
    }
}

/// Why no site can build `content`.
fn refusal<'a>(content: &'a str, opened: &mut Opened<'a>) -> Option<Message> {
    let words = content.trim();
    let closing = words.strip_prefix('/').map(str::trim_start);
    let name = closing
        .unwrap_or(words)
        .split(|c: char| c.is_whitespace() || c == '/')
        .next()
        .unwrap_or("");
    if name.is_empty() {
        return Some(say!("there is no name"));
    }
    if closing.is_some() {
        return (!opened.close(name)).then(|| say!("no `{name}` is open", name));
    }
    if !words.ends_with('/') {
        opened.open(name);
    }
    let bare = words.split_whitespace().skip(1).find(|word| word.starts_with('\''));
    bare.map(|word| {
        say!(
            "`{word}` begins with a single quote, and Hugo knows only double ones and backticks",
            word
        )
    })
}

//! What is being written at a place of the front matter, told from the lines alone: while a value is typed, the block is
//! often no valid YAML.

use crate::post::{Dialect, Post};
use crate::text::TextRange;

/// A value that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The top-level key that it belongs to.
    pub key: String,
    /// What was typed so far and what follows of the same word, without quotes.
    pub typed: TextRange,
    /// The quote that it stands in.
    pub quote: Option<char>,
    /// How it is written.
    pub form: Form,
    /// The items before it in the same list, as far as they stand there plainly.
    pub above: Vec<String>,
    /// Whether a blank is missing before it (`tags:|`).
    pub needs_blank: bool,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Behind the key's colon.
    Scalar,
    /// An item of a block list.
    Item,
    /// Between brackets; the number of brackets that are open.
    Flow(usize),
}

/// The value that is being written at the byte `offset`; `None` where there is none. YAML only.
pub fn spot(post: &Post, offset: usize) -> Option<Spot> {
    let envelope = post.envelope.as_ref()?;
    let block = envelope.block;
    if envelope.dialect != Dialect::Yaml || offset < block.start || offset > block.end {
        return None;
    }
    let text = post.text();
    let start = line_start(text, offset).max(block.start);
    let before = text.get(start..offset)?;
    let (key, from, is_own_line) = match key_of(before) {
        Some((key, from)) => (key, start + from, true),
        None if before.starts_with([' ', '\t', '-']) => (key_above(text, block, start)?, start, false),
        None => return None,
    };
    let mut scan = Scan::new(text, from, offset);
    if !is_own_line {
        scan.dashes();
    }
    let dashes = scan.at;
    scan.flow(open_brackets(text, block, start, is_own_line));
    if scan.is_comment {
        return None;
    }
    let form = match scan.depth {
        0 if is_own_line => Form::Scalar,
        0 => Form::Item,
        depth => Form::Flow(depth),
    };
    if form == Form::Item && dashes == start {
        // An indented line without a dash goes on with something else.
        return None;
    }
    let above = match form {
        Form::Flow(_) => scan.items,
        Form::Item => siblings(text, block, start, scan.token),
        Form::Scalar => Vec::new(),
    };
    let needs_blank = scan.token == scan.at && text.get(..scan.token)?.ends_with([':', '-']);
    let rest = text.get(offset..)?;
    let stop = |character: char| ",]}\"'\n\r#".contains(character);
    let on = rest.get(..rest.find(stop).unwrap_or(rest.len()))?.trim_end();
    Some(Spot {
        key,
        typed: TextRange::new(scan.token, offset + on.len()),
        quote: scan.quote,
        form,
        above,
        needs_blank,
    })
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// The key at the start of a line and where its value begins.
fn key_of(line: &str) -> Option<(String, usize)> {
    if line.starts_with([' ', '\t', '-', '#']) {
        return None;
    }
    let colon = line.find(':')?;
    let key = line.get(..colon)?.trim().trim_matches(['"', '\'']);
    (!key.is_empty()).then(|| (key.to_owned(), colon + 1))
}

fn key_above(text: &str, block: TextRange, start: usize) -> Option<String> {
    let above = text.get(block.start..start)?;
    let line = above
        .lines()
        .rev()
        .find(|line| !line.is_empty() && !line.starts_with([' ', '\t', '-', '#']))?;
    key_of(line).map(|(key, _)| key)
}

/// How many brackets were opened on lines above and are still open.
fn open_brackets(text: &str, block: TextRange, start: usize, is_own_line: bool) -> usize {
    if is_own_line {
        return 0;
    }
    let above = text.get(block.start..start).unwrap_or_default();
    let entry = above
        .split_inclusive('\n')
        .rev()
        .scan(false, |done, line| {
            let lines = (!*done).then_some(line);
            *done |= !line.trim().is_empty() && !line.starts_with([' ', '\t', '-', '#']);
            lines
        })
        .map(|line| line.matches('[').count().saturating_sub(line.matches(']').count()));
    entry.sum()
}

/// The items of the same list that stand on lines above, in order; `token` is where the typed item begins.
fn siblings(text: &str, block: TextRange, start: usize, token: usize) -> Vec<String> {
    let column = token - start;
    let above = text.get(block.start..start).unwrap_or_default();
    let mut items = Vec::new();
    for line in above.lines().rev() {
        let mut scan = Scan::new(line, 0, line.len());
        let dashes = scan.dashes();
        let item = line.get(scan.at..).unwrap_or_default();
        if dashes == 0 || scan.at < column {
            break;
        }
        if scan.at == column && !item.starts_with(['[', '{', '#']) && !item.is_empty() {
            items.push(plain(item));
        }
        // `- - a` begins a list of its own.
        if dashes > 1 && scan.at == column {
            break;
        }
    }
    items.reverse();
    items
}

/// An item without quotes and comment.
fn plain(item: &str) -> String {
    let item = item.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = item.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default().to_owned();
        }
    }
    item.split(" #").next().unwrap_or_default().trim().to_owned()
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    depth: usize,
    /// Where the word that is typed begins, without its quote.
    token: usize,
    quote: Option<char>,
    items: Vec<String>,
    is_comment: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, at: usize, end: usize) -> Self {
        Self {
            text,
            at,
            end,
            depth: 0,
            token: at,
            quote: None,
            items: Vec::new(),
            is_comment: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Go past `- ` at the start of a line; how many there were.
    fn dashes(&mut self) -> usize {
        let mut count = 0;
        loop {
            let before = self.at;
            self.blanks();
            let rest = self.rest();
            if !(rest.starts_with("- ") || rest == "-") {
                if count == 0 {
                    self.at = before;
                }
                return count;
            }
            count += 1;
            self.at += 1;
        }
    }

    /// Go through brackets, commas and quotes up to the end.
    fn flow(&mut self, depth: usize) {
        self.depth = depth;
        let was = self.at;
        self.blanks();
        // A blank that was typed is no part of the word; without one the word begins at once.
        self.token = self.at;
        if self.at == self.end && was == self.end {
            self.token = was;
        }
        let mut begun = false;
        let mut items: Vec<Vec<String>> = vec![Vec::new(); depth + 1];
        while let Some(character) = self.rest().chars().next() {
            let next = self.at + character.len_utf8();
            match (self.quote, character) {
                (Some(quote), _) if character == quote => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if !begun => {
                    self.quote = Some(character);
                    self.token = next;
                    begun = true;
                }
                (None, '[') if !begun => {
                    self.depth += 1;
                    items.push(Vec::new());
                    self.token = next;
                }
                (None, ']') if self.depth > 0 => {
                    self.depth -= 1;
                    items.truncate(self.depth + 1);
                    begun = false;
                    self.token = next;
                }
                (None, ',') if self.depth > 0 => {
                    let item = plain(self.text.get(self.token..self.at).unwrap_or_default());
                    if let Some(list) = items.last_mut()
                        && !item.is_empty()
                    {
                        list.push(item.trim_end_matches(['"', '\'']).to_owned());
                    }
                    begun = false;
                    self.token = next;
                }
                (None, '#') if self.text.get(..self.at).is_some_and(|text| text.ends_with([' ', '\t'])) => {
                    self.is_comment = true;
                }
                (None, ' ' | '\t') if !begun => self.token = next,
                (None, _) => begun = true,
            }
            self.at = next;
        }
        self.items = items.pop().unwrap_or_default();
        self.at = self.token;
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, spot};
    use crate::post::Post;
    use crate::text::Source;

    type Told = (String, String, Form, Vec<String>, Option<char>);

    /// The spot at `|`: key, typed, form, items above, quote.
    fn at(text: &str) -> Option<Told> {
        let text = format!("---\n{text}\n---\n");
        let offset = text.find('|').unwrap();
        let text = text.replace('|', "");
        let post = Post::parse(Source::new(text.as_str()), "a.md");
        let spot = spot(&post, offset)?;
        let typed = text.get(spot.typed.as_range()).unwrap().to_owned();
        Some((spot.key, typed, spot.form, spot.above, spot.quote))
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn every_spelling_of_a_list_is_understood() {
        for (text, typed, form, above, quote) in [
            ("tags: 直|", "直", Form::Scalar, &[][..], None),
            ("tags: |", "", Form::Scalar, &[], None),
            ("tags:|", "", Form::Scalar, &[], None),
            ("tags: \"直|\"", "直", Form::Scalar, &[], Some('"')),
            ("tags: [|]", "", Form::Flow(1), &[], None),
            ("tags: [a, 'b c', 直|x, d]", "直x", Form::Flow(1), &["a", "b c"], None),
            ("tags: [a, '直|']", "直", Form::Flow(1), &["a"], Some('\'')),
            ("tags: [[a, b], [c, |]]", "", Form::Flow(2), &["c"], None),
            ("tags:\n  - a # x\n  - 'b'\n  - |", "", Form::Item, &["a", "b"], None),
            ("tags:\n- a\n- 直|", "直", Form::Item, &["a"], None),
            ("tags:\n- - a\n  - |", "", Form::Item, &["a"], None),
            ("tags:\n- [a, |", "", Form::Flow(1), &["a"], None),
            ("tags: [a,\n  |]", "", Form::Flow(1), &[], None),
        ] {
            let found = at(text);
            let wanted = ("tags".to_owned(), typed.to_owned(), form, words(above), quote);
            assert_eq!(found, Some(wanted), "{text}");
        }
    }

    #[test]
    fn keys_and_comments_are_no_values() {
        for text in ["ta|", "tags: a # b|", "title: a\n|"] {
            assert_eq!(at(text), None, "{text}");
        }
    }
}

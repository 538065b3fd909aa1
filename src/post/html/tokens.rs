//! From a post's HTML to tags and comments: our own tokenizer reads sound HTML; where tags are broken, tree-sitter-html finds
//! where the next sound one begins.

use super::extract::Extract;
use super::names;
use super::scan::{self, SelfClosing, Token, TokenKind};
use crate::post::markdown::Markdown;
use crate::text::TextRange;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use tree_sitter::{Language, ParseOptions, ParseState, Parser, Tree};

/// How deep browsers nest elements; beyond it tree-sitter is not asked, for it takes the square of the depth.
pub(super) const NESTED: usize = 512;

/// Reports that a post may cost besides one for every eight bytes of its HTML. tree-sitter reports every hundred steps, and real
/// posts take about one step a byte. Counting, unlike a clock, gives the same answer every time.
const SPARE_REPORTS: usize = 1_000;

/// How many tags that never end are read to the end of their HTML; each of them costs as much as all that follows it.
const ENDLESS: usize = 32;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(new_parser());
}

fn new_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_html::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// The tags and comments of a post, in order and disjoint. Where tree-sitter becomes quadratic (very deep nesting), where it
/// gives up and where it only finds an error, the tokenizer reads alone.
pub(super) fn read(text: &str, markdown: &Markdown) -> Vec<Token> {
    let extract = Extract::of(text, markdown);
    let mut budget = SPARE_REPORTS + extract.text.len() / 8;
    let mut tokens = Vec::new();
    for &range in &extract.ranges {
        let known = tokens.len();
        if sound(&extract.text, range, &mut tokens).is_none() {
            // Another stretch is other HTML: what is broken here ends with this one.
            tokens.truncate(known);
            broken(&extract.text, range, &mut budget, &mut tokens);
        }
    }
    extract.put_back(&mut tokens, &markdown.html);
    tokens
}

/// Read the tags and comments of the HTML in `range` when every one of them ends and no tag holds a `<`; `None` for any other.
/// tree-sitter could find nothing else there: a tag that the tokenizer does not see can only be hidden in one that it does.
fn sound(text: &str, range: TextRange, out: &mut Vec<Token>) -> Option<()> {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while let Some(place) = scan::candidate(bytes, at, range.end) {
        let token = scan::token_at(bytes, place, range.end)?;
        let inside = &bytes[token.range.start + 1..token.range.end];
        if !inside.ends_with(b">") || memchr::memchr(b'<', inside).is_some() {
            return None;
        }
        at = push(text, token, range.end, out);
    }
    Some(())
}

/// Read the tags and comments of any HTML in `range`; tree-sitter may report `budget` times.
fn broken(text: &str, range: TextRange, budget: &mut usize, out: &mut Vec<Token>) {
    let end = hard_for_tree_sitter(text.as_bytes(), range).unwrap_or(range.end);
    let mut places = Vec::new();
    if let Some(tree) = parse(&text[range.start..end], budget) {
        collect(&tree, &mut places);
    }
    let mut at = range.start;
    let mut endless = 0;
    for place in places.iter().map(|place| range.start + place.start) {
        if place < at || endless > ENDLESS {
            continue;
        }
        at = scan_between(text, at, place, range.end, out);
        // What tree-sitter takes for a tag may stand in a script whose start it has missed.
        if place < at {
            continue;
        }
        match scan::token_at(text.as_bytes(), place, range.end) {
            Some(token) => at = push(text, token, range.end, out),
            None => endless += 1,
        }
    }
    scan_between(text, at, range.end, range.end, out);
}

/// Read what tree-sitter has left over from `at` to `end`, in HTML that goes on to `last`; returns where the next token may start.
fn scan_between(text: &str, at: usize, end: usize, last: usize, out: &mut Vec<Token>) -> usize {
    let mut at = at;
    while let Some(token) = scan::next(text.as_bytes(), at, end) {
        at = push(text, token, last, out);
    }
    at.max(end)
}

/// Keep `token`; returns where the next one may start: behind the raw text of a script and its like.
fn push(text: &str, token: Token, end: usize, out: &mut Vec<Token>) -> usize {
    let name = &text[token.name.as_range()];
    let opens = token.kind
        == TokenKind::Open {
            self_closing: SelfClosing::No,
        };
    let at = token.range.end;
    out.push(token);
    if opens && scan::is_raw_text(name) {
        scan::raw_text_end(text.as_bytes(), at, end, name)
    } else {
        at
    }
}

/// Where more than [`NESTED`] elements may be open, where a comment begins that never ends, or one tag too many that never
/// does.
fn hard_for_tree_sitter(text: &[u8], range: TextRange) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = range.start;
    let mut endless = 0;
    while let Some(place) = scan::candidate(text, at, range.end) {
        let Some(token) = scan::token_at(text, place, range.end) else {
            endless += 1;
            if endless > ENDLESS {
                return Some(place);
            }
            at = place + 1;
            continue;
        };
        at = token.range.end;
        match token.kind {
            TokenKind::Open {
                self_closing: SelfClosing::No,
            } => {
                let name = text[token.name.as_range()].to_ascii_lowercase();
                let name = std::str::from_utf8(&name).unwrap_or("");
                if !scan::is_void(name) && !names::may_omit_end(name) {
                    depth += 1;
                }
                if depth > NESTED {
                    return Some(token.range.start);
                }
            }
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Comment if !text[token.range.as_range()].ends_with(b">") => {
                return Some(token.range.start);
            }
            _ => {}
        }
    }
    None
}

fn parse(text: &str, budget: &mut usize) -> Option<Tree> {
    let mut progress = |_: &ParseState| match budget.checked_sub(1) {
        Some(left) => {
            *budget = left;
            ControlFlow::Continue(())
        }
        None => ControlFlow::Break(()),
    };
    let mut bytes = |at: usize, _| text.as_bytes().get(at..).unwrap_or_default();
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        let options = ParseOptions::new().progress_callback(&mut progress);
        let tree = parser.parse_with_options(&mut bytes, None, Some(options));
        if tree.is_none() {
            parser.reset();
        }
        tree
    })
}

/// The numbers of the kinds of nodes that are tags, comments and doctypes: their names would be measured and compared for
/// every node.
static TOKENS: LazyLock<[u16; 6]> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_html::LANGUAGE);
    [
        "start_tag",
        "self_closing_tag",
        "end_tag",
        "erroneous_end_tag",
        "comment",
        "doctype",
    ]
    .map(|name| language.id_for_node_kind(name, true))
});

/// What tree-sitter makes of each stretch of HTML, sound or not.
#[cfg(test)]
pub(super) fn by_tree_sitter(text: &str, html: &[TextRange]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut budget = usize::MAX;
    for &range in html {
        broken(text, range, &mut budget, &mut tokens);
    }
    tokens
}

/// The places of tags, comments and doctypes, in order.
fn collect(tree: &Tree, out: &mut Vec<TextRange>) {
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if TOKENS.contains(&node.kind_id()) {
            out.push(TextRange::new(node.start_byte(), node.end_byte()));
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

//! From a post's HTML to tags and comments: our own tokenizer reads what ends; where a tag never does, tree-sitter-html finds where
//! the next one begins.

use super::extract::Extract;
use super::names;
use super::scan::{self, Fault, SelfClosing, Token, TokenKind};
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

/// How many bytes tree-sitter is shown of what begins with a tag that never ends, one after the other. It takes the most part of
/// a millisecond for ten thousand, and while a quoted value is written, at every key.
const SHOWN: [usize; 3] = [512, 2_048, 8_192];

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

/// What [`read`] has found.
#[derive(Debug)]
pub(super) struct Reading {
    /// In order and disjoint.
    pub(super) tokens: Vec<Token>,
    /// From tags that never end to the ends of their stretches: what was found there depends on all that stands there.
    pub(super) unsure: Vec<TextRange>,
    /// Whether tree-sitter reported so often that a little more HTML might leave it more, or less, to report.
    pub(super) is_spent: bool,
    /// Whether the next one begins exactly where reading was to stop; or no stretch reaches so far.
    pub(super) has_met: bool,
}

/// The tags and comments in `html`, stretches of `text` that are HTML by `markdown`, which begin before `stop`.
pub(super) fn read(text: &str, markdown: &Markdown, html: &[TextRange], stop: usize) -> Reading {
    let extract = Extract::of(text, markdown, html);
    let reports = SPARE_REPORTS + extract.text.len() / 8;
    let mut walk = Walk::new(&extract.text, reports);
    for (&range, there) in extract.ranges.iter().zip(html) {
        if stop < there.end {
            walk.stop = range.start + (stop - there.start);
        }
        if let Some(fault) = walk.stretch(range) {
            walk.out
                .unsure
                .push(TextRange::new(there.start + (fault - range.start), there.end));
        }
    }
    let mut out = walk.out;
    out.is_spent = reports - walk.budget > SPARE_REPORTS / 2;
    extract.put_back(&mut out.tokens, html);
    out
}

struct Walk<'a> {
    text: &'a str,
    /// How often tree-sitter may still report.
    budget: usize,
    stop: usize,
    out: Reading,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, budget: usize) -> Self {
        Self {
            text,
            budget,
            stop: usize::MAX,
            out: Reading {
                tokens: Vec::new(),
                unsure: Vec::new(),
                is_spent: false,
                has_met: true,
            },
        }
    }

    /// Read the tags and comments of the HTML in `range`; returns where the first tag stands that never ends.
    fn stretch(&mut self, range: TextRange) -> Option<usize> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let mut at = range.start;
        let mut endless = Vec::new();
        let mut fault = None;
        while let Some(place) = scan::candidate(bytes, at, range.end) {
            if place >= self.stop {
                self.out.has_met = place == self.stop;
                return fault;
            }
            at = match scan::read(bytes, place, range.end) {
                Ok(token) => push(text, token, range.end, &mut self.out.tokens),
                Err(Fault::Unfinished(inside)) => inside,
                Err(Fault::Text | Fault::Endless) => {
                    fault = fault.or(Some(place));
                    let rest = TextRange::new(place, range.end);
                    let Some(found) = behind_fault(text, rest, &mut self.budget, &mut endless) else {
                        scan_between(text, place, range.end, range.end, &mut self.out.tokens);
                        return fault;
                    };
                    let at = scan_between(text, place, found.range.start, range.end, &mut self.out.tokens);
                    // What tree-sitter takes for a tag may stand in a script whose start it has missed.
                    match found.range.start < at {
                        true => at,
                        false => push(text, found, range.end, &mut self.out.tokens),
                    }
                }
            };
        }
        self.out.has_met &= self.stop >= range.end;
        fault
    }
}

/// The first tag or comment that tree-sitter sees in `rest`, which begins with a tag that never ends. It is shown more and more
/// of it until it sees one. `None` where it sees none in what it is [`SHOWN`], may not report any more or is not asked; `endless`
/// are the places of tags without an end.
fn behind_fault(text: &str, rest: TextRange, budget: &mut usize, endless: &mut Vec<usize>) -> Option<Token> {
    let bytes = text.as_bytes();
    for length in SHOWN {
        let mut behind = rest.end.min(rest.start + length)..rest.end;
        let shown = behind.find(|&at| text.is_char_boundary(at)).unwrap_or(rest.end);
        let hard = hard_for_tree_sitter(bytes, TextRange::new(rest.start, shown));
        let tree = parse(&text[rest.start..hard.unwrap_or(shown)], budget)?;
        let mut places = Vec::new();
        collect(&tree, &mut places);
        for place in places.iter().map(|place| rest.start + place.start) {
            if endless.contains(&place) {
                continue;
            }
            match scan::token_at(bytes, place, rest.end) {
                // Of what goes on behind what was shown, another look may say something else.
                Some(token) if token.range.end > shown => break,
                Some(token) => return Some(token),
                None => endless.push(place),
            }
            if endless.len() > ENDLESS {
                return None;
            }
        }
        if hard.is_some() || shown == rest.end {
            return None;
        }
    }
    None
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
        let token = match scan::read(text, place, range.end) {
            Ok(token) => token,
            Err(Fault::Unfinished(inside)) => {
                at = inside;
                continue;
            }
            Err(Fault::Text | Fault::Endless) => {
                endless += 1;
                if endless > ENDLESS {
                    return Some(place);
                }
                at = place + 1;
                continue;
            }
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

/// What is read in `html`, the stretches of HTML of `text`.
#[cfg(test)]
pub(super) fn in_stretches(text: &str, html: &[TextRange]) -> Vec<Token> {
    let mut walk = Walk::new(text, usize::MAX);
    for &range in html {
        walk.stretch(range);
    }
    walk.out.tokens
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

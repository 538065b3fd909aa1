//! What Liquid, which Jekyll runs over every post before Markdown, makes of a body: one error stops the whole build.
//!
//! A port of Liquid 5.4's tokenizer and of the syntax checks of its tags and Jekyll's (`liquid/lib/liquid/tokenizer.rb`,
//! `block_body.rb`, `tags/*.rb`, `jekyll/tags/highlight.rb`), without the output. Code is no protection from it.

mod head;

use crate::generator::absent::Absent;
use crate::generator::braces::{Fault, Problem};
use crate::post::Post;
use crate::say;
use crate::text::{Tally, TextRange};

/// Tags without content that Liquid and Jekyll have.
const INLINE: [&str; 13] = [
    "assign",
    "break",
    "continue",
    "cycle",
    "decrement",
    "echo",
    "increment",
    "include",
    "include_relative",
    "link",
    "liquid",
    "post_url",
    "render",
];

/// Tags with content that they have.
const BLOCKS: [&str; 9] = [
    "capture",
    "case",
    "comment",
    "for",
    "highlight",
    "if",
    "ifchanged",
    "tablerow",
    "unless",
];

/// Names that are defined wherever a post is rendered.
const NAMES: [&str; 15] = [
    "page",
    "site",
    "content",
    "layout",
    "paginator",
    "theme",
    "jekyll",
    "include",
    "forloop",
    "tablerowloop",
    "true",
    "false",
    "nil",
    "blank",
    "empty",
];

/// A tag that is open.
struct Frame<'a> {
    name: &'a str,
    start: TextRange,
    /// A tag that Jekyll itself does not know; a plugin may.
    foreign: bool,
}

struct Walk<'a> {
    text: &'a str,
    frames: Vec<Frame<'a>>,
    /// What they are called.
    names: Tally<&'a str>,
    /// How many of them are foreign.
    foreign: usize,
    defined: Vec<&'a str>,
    faults: Vec<Fault>,
    /// What has been looked for to the end of the post in vain, so that nobody looks again.
    absent: Absent,
}

/// Everything in the body of `post` that Liquid refuses or prints nothing for, in order of place. Tags that Jekyll itself
/// does not know are taken for a plugin's, and what stands in them is left alone.
pub fn faults(post: &Post) -> Vec<Fault> {
    let text = post.text().get(..post.body.end).unwrap_or("");
    let off = post
        .front_matter
        .get("render_with_liquid")
        .is_some_and(|entry| entry.value.text() == Some("false"));
    if off {
        return Vec::new();
    }
    let mut walk = Walk {
        text,
        frames: Vec::new(),
        names: Tally::default(),
        foreign: 0,
        defined: Vec::new(),
        faults: Vec::new(),
        absent: Absent::default(),
    };
    walk.run(post.body.start);
    let Walk {
        mut faults, defined, ..
    } = walk;
    faults.retain(|fault| match &fault.problem {
        Problem::Nothing(name) => !NAMES.contains(&name.as_str()) && !defined.contains(&name.as_str()),
        _ => true,
    });
    faults.sort_by_key(|fault| fault.range);
    faults
}

impl<'a> Walk<'a> {
    fn run(&mut self, from: usize) {
        let mut at = from;
        while let Some(found) = self.text[at..].find('{') {
            let start = at + found;
            let rest = &self.text[start..];
            at = if rest.starts_with("{%") {
                self.tag(start)
            } else if rest.starts_with("{{") {
                self.variable(start)
            } else {
                start + 1
            };
        }
        for frame in self.closed(0) {
            self.unclosed(&frame);
        }
    }

    fn open(&mut self, name: &'a str, start: TextRange, foreign: bool) {
        self.names.add(name);
        self.foreign += usize::from(foreign);
        self.frames.push(Frame { name, start, foreign });
    }

    /// The frames from the one numbered `first` on, which are open no more.
    fn closed(&mut self, first: usize) -> Vec<Frame<'a>> {
        let closed: Vec<Frame<'a>> = self.frames.drain(first..).collect();
        for frame in &closed {
            self.foreign -= usize::from(frame.foreign);
            self.names.remove(frame.name);
        }
        closed
    }

    fn fault(&mut self, range: TextRange, problem: Problem) {
        if self.foreign == 0 {
            self.faults.push(Fault { range, problem });
        }
    }

    /// How far behind `from` the first `what` stands.
    fn find(&mut self, what: &str, from: usize) -> Option<usize> {
        let text = self.text;
        self.absent.or_find(what, || text[from..].find(what))
    }

    /// Where the next tag `name` ends at or behind `from`.
    fn end_of(&mut self, name: &str, from: usize) -> Option<usize> {
        let text = self.text;
        self.absent.or_find(name, || head::end_of(text, from, name))
    }

    fn unclosed(&mut self, frame: &Frame<'a>) {
        if !frame.foreign {
            self.fault(frame.start, Problem::Unclosed(frame.name.to_owned()));
        }
    }

    /// `{{ … }}`: Liquid ends it at the first brace, wherever that stands. Returns where it goes on.
    fn variable(&mut self, start: usize) -> usize {
        let inner = start + 2;
        let Some(length) = self.find("}", inner) else {
            self.fault(TextRange::new(start, inner), Problem::Syntax(say!("`}}}}` is missing")));
            return inner;
        };
        let close = inner + length;
        if !self.text[close..].starts_with("}}") {
            let range = TextRange::new(start, close + 1);
            self.fault(range, Problem::Syntax(say!("it ends with one brace, not with two")));
            return range.end;
        }
        let range = TextRange::new(start, close + 2);
        if let Some(root) = head::lone_name(&self.text[inner..close]) {
            self.fault(range, Problem::Nothing(root.to_owned()));
        }
        range.end
    }

    /// `{% … %}`. Returns where it goes on.
    fn tag(&mut self, start: usize) -> usize {
        let inner = start + 2;
        let Some(length) = self.find("%}", inner) else {
            self.fault(TextRange::new(start, inner), Problem::Syntax(say!("`%}}` is missing")));
            return inner;
        };
        let range = TextRange::new(start, inner + length + 2);
        let content = self.text[inner..inner + length].trim_start_matches('-').trim_start();
        let content = content.strip_suffix('-').unwrap_or(content);
        let (name, markup) = head::split(content);
        if name.is_empty() {
            self.fault(range, Problem::Syntax(say!("a tag begins with its name")));
        } else if name == "raw" {
            return self.raw(range, markup);
        } else if BLOCKS.contains(&name) || INLINE.contains(&name) {
            self.known(range, name, markup);
        } else if name.starts_with("end") || matches!(name, "else" | "elsif" | "when") {
            self.divide(range, name, markup);
        } else {
            self.foreign(range, name);
        }
        range.end
    }

    fn raw(&mut self, open: TextRange, markup: &str) -> usize {
        if !markup.trim().is_empty() {
            self.fault(open, Problem::Syntax(say!("`raw` takes no arguments")));
        }
        match self.end_of("endraw", open.end) {
            Some(end) => end,
            None => {
                self.fault(open, Problem::Unclosed("raw".into()));
                open.end
            }
        }
    }

    fn known(&mut self, range: TextRange, name: &'a str, markup: &'a str) {
        if let Some(why) = head::refusal(name, markup) {
            self.fault(range, Problem::Syntax(why.into()));
        } else if let Some(defined) = head::defines(name, markup) {
            self.defined.push(defined);
        }
        if BLOCKS.contains(&name) {
            self.open(name, range, false);
        }
    }

    fn foreign(&mut self, range: TextRange, name: &'a str) {
        if self.end_of(&format!("end{name}"), range.end).is_some() {
            self.open(name, range, true);
        }
    }

    /// An end tag, or one that divides the innermost block.
    fn divide(&mut self, range: TextRange, name: &str, markup: &str) {
        if let Some(ended) = name.strip_prefix("end") {
            let is_open = self.names.has(ended);
            let open = || self.frames.iter().rposition(|frame| frame.name == ended);
            match is_open.then(open).flatten() {
                Some(open) => {
                    let closed = self.closed(open);
                    closed.iter().skip(1).for_each(|frame| self.unclosed(frame));
                }
                None if BLOCKS.contains(&ended) || matches!(ended, "raw" | "") => {
                    self.misplaced(range, name);
                }
                None => {}
            }
            return;
        }
        let top = self.frames.last().map(|frame| frame.name);
        let fits = match name {
            "elsif" => matches!(top, Some("if" | "unless")),
            "when" => top == Some("case"),
            _ => matches!(top, Some("if" | "unless" | "case" | "for")),
        };
        if !fits {
            self.misplaced(range, name);
        } else if let Some(why) = head::refusal(name, markup) {
            self.fault(range, Problem::Syntax(why.into()));
        }
    }

    /// Unknown tags do no harm inside of comments.
    fn misplaced(&mut self, range: TextRange, name: &str) {
        if self.frames.last().is_none_or(|frame| frame.name != "comment") {
            self.fault(range, Problem::Misplaced(name.to_owned()));
        }
    }
}

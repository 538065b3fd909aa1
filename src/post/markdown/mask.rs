//! The body as Markdown is to read it: template constructs hold nothing that it could take for markup.

use crate::post::earlier::Earlier;
use crate::post::memory::Memory;
use crate::post::template::{TagKind, Template, TemplateTag};
use crate::text::{Same, Source, TextRange};
use memchr::memmem;

/// A body, masked where that is needed, equal in length.
#[derive(Debug)]
pub(super) enum Masked {
    /// As it is written: nothing is to be masked, and nothing is copied.
    Written(Source, TextRange),
    /// A copy.
    Copied(String),
}

impl Masked {
    /// That of `body`, in which the constructs of `template` stand.
    pub(super) fn of(source: &Source, body: TextRange, template: &Template, memory: Option<&Memory>) -> Self {
        let text = source.slice(body);
        let has_raw_ends = match memory {
            Some(memory) => memory.holds("raw end", (source, body), has_raw_end, || has_raw_end(text)),
            None => has_raw_end(text),
        };
        if template.tags.is_empty() && !has_raw_ends {
            return Self::Written(source.clone(), body);
        }
        Self::Copied(masked(text, body.start, template))
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Written(source, body) => source.slice(*body),
            Self::Copied(text) => text,
        }
    }

    /// What of this one is the same in `new`.
    pub(super) fn same(&self, new: &Self) -> Same {
        match (self, new) {
            (Self::Written(old, part), Self::Written(source, body)) => Earlier::new(old, *part).same(source, *body),
            _ => Same::of(self.text(), new.text()),
        }
    }
}

/// A copy of the body, equal in length, in which template constructs hold nothing that Markdown could take for markup:
/// an opaque block becomes a comment, as Hexo makes it one, any other construct loses its special characters.
pub(super) fn masked(body: &str, base: usize, template: &Template) -> String {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    let first = template.opaque.partition_point(|range| range.start < base);
    let mut opaque = template.opaque[first..].iter().peekable();
    let first = template.tags.partition_point(|tag| tag.range.start < base);
    let inside = |tag: &&TemplateTag| tag.range.end <= base + body.len();
    for tag in template.tags[first..].iter().take_while(inside) {
        let start = tag.range.start - base;
        if start < at {
            continue;
        }
        out.push_str(&body[at..start]);
        at = match opaque.next_if(|range| range.start == tag.range.start) {
            Some(range) => {
                let length = range.len().saturating_sub("<!---->".len());
                out.push_str("<!--");
                out.extend(std::iter::repeat_n('x', length));
                out.push_str("-->");
                range.end - base
            }
            None => {
                let end = tag.range.end - base;
                let keep = tag.kind == TagKind::Comment;
                out.extend(body[start..end].chars().map(|c| if keep { c } else { plain(c) }));
                end
            }
        };
    }
    out.push_str(&body[at..]);
    lower_raw_ends(&mut out);
    debug_assert_eq!(out.len(), body.len(), "a mask keeps every offset");
    out
}

/// Whether the end tag of raw text has a capital in it.
fn has_raw_end(text: &str) -> bool {
    raw_ends(text).next().is_some()
}

/// The names in the end tags of raw text that are not in lower case.
fn raw_ends(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    const NAMES: [&str; 4] = ["pre", "script", "style", "textarea"];
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"</").filter_map(|at| {
        let named = |name: &str| {
            let end = at + 2 + name.len();
            let written = bytes.get(at + 2..end)?;
            (written.eq_ignore_ascii_case(name.as_bytes()) && written != name.as_bytes())
                .then_some(TextRange::new(at, end))
        };
        NAMES.iter().find_map(|name| named(name))
    })
}

/// Put the end tags of raw text in lower case: pulldown-cmark begins a block at `<PRE>`, and ends it at nothing but `</pre>`.
fn lower_raw_ends(text: &mut str) {
    let ends: Vec<TextRange> = raw_ends(text).collect();
    for end in ends {
        text[end.as_range()].make_ascii_lowercase();
    }
}

/// `c`, or `x` where `c` could begin or end markup.
pub(in crate::post) fn plain(c: char) -> char {
    if matches!(
        c,
        ' ' | '<' | '>' | '"' | '\'' | '`' | '*' | '_' | '[' | ']' | '|' | '&' | '\\'
    ) {
        'x'
    } else {
        c
    }
}

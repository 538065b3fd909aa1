//! What can be folded: the front matter, sections, code, elements and comments of more than one line.

use std::collections::HashMap;

use super::symbols::{self, Symbol, SymbolKind};
use crate::post::Post;
use crate::post::html::HtmlKind;
use crate::text::TextRange;

/// One range that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// First line, from 0; it stays visible.
    pub first: usize,
    /// Last line, from 0; after `first`.
    pub last: usize,
    /// What it is.
    pub kind: FoldKind,
}

/// What a fold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A comment.
    Comment,
    /// Anything else.
    Region,
}

/// Every fold, sorted; no two begin and end on the same lines.
pub fn folds(post: &Post) -> Vec<Fold> {
    let mut folds = Vec::new();
    for symbol in symbols::symbols(post) {
        sections(post, &symbol, &mut folds);
    }
    for &code in &post.markdown.code {
        folds.extend(fold(post, code, FoldKind::Region));
    }
    for node in &post.html.nodes {
        match node.kind {
            HtmlKind::Element(_) => folds.extend(fold(post, node.range, FoldKind::Region)),
            HtmlKind::Comment => folds.extend(fold(post, node.range, FoldKind::Comment)),
            _ => {}
        }
    }
    let pairs = pairs(post).into_iter();
    folds.extend(pairs.filter_map(|range| fold(post, range, FoldKind::Region)));
    folds.sort_by_key(|fold| (fold.first, fold.last));
    folds.dedup_by_key(|fold| (fold.first, fold.last));
    folds
}

/// What stands between two comments that belong together, the comments included: `#region` and `#endregion`, `ad begin` and
/// `ad end`, `tab` and `endtab`, `postlint-disable` and `postlint-enable`.
fn pairs(post: &Post) -> Vec<TextRange> {
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for node in post
        .html
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, HtmlKind::Comment))
    {
        let text = post.text().get(node.range.as_range()).unwrap_or_default();
        let text = text.trim_start_matches("<!--").trim_end_matches("-->").to_lowercase();
        match fence(text.trim()) {
            (Side::Open, name) => open.entry(name).or_default().push(node.range.start),
            (Side::Close, name) => {
                let begun = open.get_mut(&name).and_then(Vec::pop);
                pairs.extend(begun.map(|start| TextRange::new(start, node.range.end)));
            }
        }
    }
    pairs
}

enum Side {
    Open,
    Close,
}

/// Which side of a pair a comment is, and the name that both sides share. Every comment may be the first one.
fn fence(text: &str) -> (Side, String) {
    const OPEN: [&str; 6] = ["begin", "start", "开始", "開始", "postlint-disable", "region"];
    const CLOSE: [&str; 6] = ["end", "stop", "结束", "結束", "postlint-enable", "endregion"];
    let blank = |character: char| !character.is_alphanumeric();
    let named = |words: &[&str]| {
        // A word in another script needs no blank beside it.
        let is_whole = |rest: &str, at_end: bool| match at_end {
            true => rest
                .chars()
                .next_back()
                .is_none_or(|last| blank(last) || !last.is_ascii()),
            false => rest
                .chars()
                .next()
                .is_none_or(|first| (blank(first) && first != '-') || !first.is_ascii()),
        };
        let text = text.trim_matches(|character: char| blank(character) && character != '/');
        words.iter().find_map(|word| {
            let behind = text.strip_prefix(word).filter(|rest| is_whole(rest, false));
            let before = text.strip_suffix(word).filter(|rest| is_whole(rest, true));
            // What follows in the name of a rule or a region may be said only once.
            let rest = behind.or(before)?.trim_matches(blank);
            let is_ours = word.contains("region") || word.contains("postlint");
            Some(if is_ours { String::new() } else { rest.to_owned() })
        })
    };
    if let Some(name) = named(&CLOSE) {
        return (Side::Close, name);
    }
    if let Some(name) = named(&OPEN) {
        return (Side::Open, name);
    }
    let first = |text: &str| {
        text.split(blank)
            .find(|word| !word.is_empty())
            .unwrap_or_default()
            .to_owned()
    };
    match text.strip_prefix('/').or_else(|| text.strip_prefix("end")) {
        Some(rest) => (Side::Close, first(rest)),
        None => (Side::Open, first(text)),
    }
}

fn sections(post: &Post, symbol: &Symbol, folds: &mut Vec<Fold>) {
    if symbol.kind != SymbolKind::Field {
        folds.extend(fold(post, symbol.range, FoldKind::Region));
    }
    // Headings have six levels: this is no deep recursion.
    for child in &symbol.children {
        sections(post, child, folds);
    }
}

/// The fold of a range, trailing blank lines left out; `None` when it stands on one line.
fn fold(post: &Post, range: TextRange, kind: FoldKind) -> Option<Fold> {
    let lines = post.source.lines();
    let text = post.text().get(range.as_range())?.trim_end();
    let first = lines.line_of(range.start);
    let last = lines.line_of(range.start + text.len());
    (first < last).then_some(Fold { first, last, kind })
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use crate::post::Post;
    use crate::text::Source;

    #[test]
    fn comments_that_belong_together_are_pairs() {
        for (open, close) in [
            ("#region 图", "#endregion"),
            ("ad begin", "ad end"),
            ("begin ad", "end ad"),
            ("广告开始", "广告结束"),
            ("tab 一", "endtab"),
            ("wp:image {\"id\":1}", "/wp:image"),
            ("postlint-disable ad-unit", "postlint-enable ad-unit"),
        ] {
            let text = format!("<!-- {open} -->\n\n😀 x\n\n<!-- {close} -->\n");
            let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
            let found: Vec<usize> = pairs(&post).iter().map(|range| range.len()).collect();
            assert_eq!(found, [text.len() - 1], "{text}");
        }
        for (open, close) in [("ad begin", "tab end"), ("more", "toc"), ("append", "weekend")] {
            let text = format!("<!-- {open} -->\n\n<!-- {close} -->\n");
            let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
            assert!(pairs(&post).is_empty(), "{text}");
        }
    }
}

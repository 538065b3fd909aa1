//! What can be written in a body: addresses of pages and pictures, names in template tags; and a front matter where there is none.

use super::choice::{MOST, best, push_lower};
use super::completion::{Completion, Docs, Proposal, ProposalKind};
use super::{Checked, dates, links, made, values};
use crate::post::{Dialect, notation, title};
use crate::say;
use crate::site::{PostFacts, Site, Sought};
use crate::text::TextRange;

/// What can be written behind `before`, the start of the line that ends at the byte `offset`.
pub fn proposals(checked: &Checked, before: &str, offset: usize) -> Completion {
    let Some(site) = checked.stage.site() else {
        return Vec::new().into();
    };
    let typed = |typed: &str| TextRange::new(offset - typed.len(), offset);
    if let Some((_, named)) = tag_being_named(before, &["post_link", "post_path", "post_url"]) {
        return posts(site, typed(named), named, Called::Slug);
    }
    if let Some(written) = after_last(before, &["src=\"", "src='"], &['"', '\'', ' ', '>']) {
        return values::pictures(checked, site, typed(written), offset);
    }
    if let Some(written) = after_last(before, &["href=\"", "href='"], &['"', '\'', ' ', '>']) {
        return posts(site, typed(written), written, Called::Address);
    }
    let Some(written) = after_last(before, &["]("], &[')', ' ']) else {
        return Vec::new().into();
    };
    let opening = before.get(..before.len() - written.len()).unwrap_or_default();
    let text = opening.strip_suffix("](").unwrap_or_default();
    match text.rfind('[').and_then(|at| text.get(..at)) {
        Some(head) if head.ends_with('!') => values::pictures(checked, site, typed(written), offset),
        _ => posts(site, typed(written), written, Called::Address),
    }
}

/// What was typed behind the last of `openings`, when none of `ends` stands in it.
fn after_last<'a>(before: &'a str, openings: &[&str], ends: &[char]) -> Option<&'a str> {
    let start = openings
        .iter()
        .filter_map(|opening| Some(before.rfind(opening)? + opening.len()))
        .max()?;
    before.get(start..).filter(|typed| !typed.contains(ends))
}

/// The name of the tag whose first argument is being typed, and that argument so far.
fn tag_being_named<'a>(before: &'a str, tags: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let inside = before
        .get(before.rfind("{%")? + 2..)?
        .trim_start_matches('-')
        .trim_start();
    tags.iter().find_map(|&tag| {
        let named = inside.strip_prefix(tag)?.strip_prefix(' ')?.trim_start();
        (!named.contains([' ', '%'])).then_some((tag, named))
    })
}

/// What a post is called by.
#[derive(Clone, Copy)]
enum Called {
    /// The path of its page.
    Address,
    /// Its own path below `_posts`.
    Slug,
}

impl Called {
    fn name(self, post: &PostFacts) -> Option<&str> {
        match self {
            Called::Address => post.url.as_deref(),
            Called::Slug => links::slug(&post.path),
        }
    }

    /// The same in lower case, perhaps in `out`, and the post's title.
    fn sought<'a>(self, sought: &'a Sought, out: &'a mut String) -> Option<[&'a str; 2]> {
        let name = match self {
            Called::Address => sought.url()?,
            Called::Slug => {
                push_lower(links::slug(&sought.post.path)?, out);
                out
            }
        };
        Some([name, sought.title()])
    }
}

/// The posts of the site by what they are `called`; of more than are told only those that fit what was typed, because to write down
/// all of a large site takes longer than a key may.
fn posts(site: &Site, range: TextRange, typed: &str, called: Called) -> Completion {
    let is_complete = site
        .posts
        .iter()
        .filter_map(|post| called.name(post))
        .nth(MOST)
        .is_none();
    let chosen: Vec<&PostFacts> = match is_complete {
        true => site.posts.iter().collect(),
        false => {
            let chosen = best(site.posts.sought().iter(), typed, |sought, out| {
                called.sought(sought, out)
            });
            chosen.into_iter().map(|sought| &*sought.post).collect()
        }
    };
    let pages = chosen
        .into_iter()
        .filter_map(|post| Some(page(called.name(post)?.to_owned(), post.title.clone(), range)));
    Completion {
        proposals: pages.collect(),
        is_complete,
    }
}

fn page(insert: String, detail: String, range: TextRange) -> Proposal {
    Proposal {
        label: insert.clone(),
        insert,
        range,
        detail: say!("{detail}", detail),
        docs: Docs::None,
        kind: ProposalKind::File,
    }
}

/// A whole front matter to fill in, instead of what was typed of its fence.
pub fn front_matter(checked: &Checked, range: TextRange) -> Proposal {
    let post = &checked.post;
    let eol = post.source.eol();
    let hole = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let title = notation::written(Dialect::Yaml, &title::guessed(post));
    let date = checked.stage.config.now.map_or(String::new(), |now| {
        dates::written(&dates::house_style(checked), now, &made::site_zone(checked))
    });
    let lines = [
        "---".to_owned(),
        format!("title: ${{1:{}}}", hole(&title)),
        format!("date: ${{2:{}}}", hole(&date)),
        "categories:".to_owned(),
        "  - $3".to_owned(),
        "tags: [$4]".to_owned(),
        "---".to_owned(),
        String::new(),
        "$0".to_owned(),
    ];
    Proposal {
        label: "---".to_owned(),
        insert: lines.join(eol),
        range,
        detail: say!("front matter"),
        docs: Docs::None,
        kind: ProposalKind::Snippet,
    }
}

//! `image-hotlink`: images of a host that refuses readers who come from elsewhere.

mod twice;

use crate::diagnostic::Fix;
use crate::post::images::{Image, Place};
use crate::post::{Post, address};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{part, rule, say};
use std::collections::BTreeMap;

rule! {
    /// Images of a host that refuses readers who come from elsewhere.
    ///
    /// # Why
    ///
    /// Some hosts answer with an error or with a notice in place of the picture when the browser says that it comes from
    /// another site. The writer, whose browser has the picture in its cache, does not see it. `referrerpolicy="no-referrer"` on
    /// the image keeps the browser silent; a copy of the picture of your own lasts longer. Only hosts that
    /// are known for it are reported, one finding a host.
    ///
    /// A host can be known from the post itself: a picture copied with `referrerpolicy="no-referrer"` comes from a page whose
    /// host refuses strangers. A theme puts no such attribute on a cover. Where two keys name one such picture, the finding
    /// says so, and the fix writes its address once, so that there is one place to put your own copy in.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <img src="https://tvax2.sinaimg.cn/large/rain.jpg" alt="Rain">
    /// ```
    ///
    /// ```markdown,fixed
    /// <img src="https://tvax2.sinaimg.cn/large/rain.jpg" alt="Rain" referrerpolicy="no-referrer">
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Rain
    /// cover: https://paper.example/rain.jpg
    /// thumbnail: https://paper.example/rain.jpg
    /// date: 2024-05-01 10:00:00
    /// ---
    /// <img src="https://paper.example/rain.jpg" referrerpolicy="no-referrer">
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Rain
    /// cover: &cover https://paper.example/rain.jpg
    /// thumbnail: *cover
    /// date: 2024-05-01 10:00:00
    /// ---
    /// <img src="https://paper.example/rain.jpg" referrerpolicy="no-referrer">
    /// ```
    ///
    /// ```markdown,good
    /// <img src="https://tvax2.sinaimg.cn/large/rain.jpg" referrerpolicy="no-referrer">
    /// <img src="https://img.tea.example/rain.jpg">
    /// ```
    "image-hotlink", Info, On, check, COVERS | MARKUP | SITE
}

/// Hosts that check where a reader comes from, with everything below them. Taken from the tables of feed readers that
/// work around them (miniflux `referer_override.go`, Follow's `imageRefererMatches`) and the hosts' own help pages.
const REFUSING: [&str; 17] = [
    "sinaimg.cn",
    "mmbiz.qpic.cn",
    "pximg.net",
    "cdninstagram.com",
    "cdnfile.sspai.com",
    "moyu.im",
    "img.hellogithub.com",
    "hdslb.com",
    "upload-images.jianshu.io",
    "img-blog.csdn.net",
    "img-blog.csdnimg.cn",
    "i-blog.csdnimg.cn",
    "cdn.nlark.com",
    "user-gold-cdn.xitu.io",
    "doubanio.com",
    "img.ithome.com",
    "hiphotos.baidu.com",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if has_policy(post) {
        return;
    }
    let images = context.images();
    twice::check(context, images, reporter);
    let mut hosts: BTreeMap<&str, Vec<&Image<'_>>> = BTreeMap::new();
    for image in images {
        let Some(host) = address::host(image.url) else { continue };
        let refusing = REFUSING.iter().find(|known| address::is_at_or_below(&host, known));
        if let Some(refusing) = refusing.filter(|_| !is_silent(post, image)) {
            hosts.entry(refusing).or_default().push(image);
        }
    }
    for (host, images) in hosts {
        let Some((first, rest)) = images.split_first() else {
            continue;
        };
        let count = images.len();
        let refuses = say!("`{host}` refuses readers who come from another site", host);
        let message = if rest.is_empty() {
            say!("{refuses}; they see no picture here", refuses)
        } else {
            say!("{refuses}; they see none of its {count} pictures here", refuses, count)
        };
        let mut finding = reporter.report(first.range, message);
        for image in rest {
            finding = finding.related(image.range, part!("and this one"));
        }
        let edits: Vec<Edit> = images.iter().filter_map(|image| policy(post, image)).collect();
        if !edits.is_empty() {
            finding.fix(Fix::risky(say!("Add `referrerpolicy=\"no-referrer\"`"), edits));
        }
    }
}

/// A `<meta name="referrer">` in the post speaks for all of its images.
fn has_policy(post: &Post) -> bool {
    post.html.elements().any(|(_, element)| {
        &*element.name == "meta"
            && element
                .attribute("name")
                .is_some_and(|name| name.eq_ignore_ascii_case("referrer"))
    })
}

fn is_silent(post: &Post, image: &Image<'_>) -> bool {
    let Place::Html(id) = image.place else { return false };
    post.html
        .node(id)
        .element()
        .is_some_and(|element| element.attribute("referrerpolicy").is_some())
}

/// Adds the policy behind the last attribute.
fn policy(post: &Post, image: &Image<'_>) -> Option<Edit> {
    let Place::Html(id) = image.place else { return None };
    let element = post.html.node(id).element()?;
    let last = element.attributes.iter().map(|attribute| attribute.range.end).max()?;
    Some(Edit::insert(last, " referrerpolicy=\"no-referrer\""))
}

//! `field-layout`: neither the site nor its theme has the layout.

use crate::config::nearest;
use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::notation;
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// Neither the site nor its theme has the layout.
    ///
    /// # Why
    ///
    /// No generator stops at a layout that there is not. Hexo takes `post`, `page` or `index` of the theme, whichever it finds first;
    /// Jekyll warns and publishes the text bare, without head, style or menu; Hugo takes the ordinary template of a page.
    /// So a slip in the name, or a theme that was changed, goes unnoticed until somebody looks at the page.
    ///
    /// This is told only where every layout is at hand: the theme lies in `themes/` (Hexo, Hugo), or no theme is named and the
    /// layouts lie in `_layouts/` (Jekyll). `post` and its like stand for the ordinary layout and are never a finding.
    ///
    /// # Examples
    ///
    /// ```markdown,bad settings=theme=hills assets=themes/hills/layout/post.ejs,themes/hills/layout/gallery.ejs
    /// ---
    /// title: Harvest
    /// layout: galery
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// layout: gallery
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2022-07-06-harvest.md assets=_layouts/post.html,_layouts/note.html
    /// ---
    /// title: Harvest
    /// layout: recipe
    /// ---
    /// ```
    ///
    /// ```markdown,good settings=theme=hills assets=themes/hills/layout/post.ejs,themes/hills/layout/gallery.ejs
    /// ---
    /// title: Harvest
    /// layout: gallery
    /// ---
    /// ```
    ///
    /// ```markdown,good settings=theme=hills
    /// ---
    /// title: Harvest
    /// layout: gallery
    /// ---
    /// ```
    "field-layout", Warning, On, check, HEAD | SITE
}

/// Names that mean the ordinary layout, or none at all.
const ORDINARY: [&str; 9] = [
    "post", "posts", "page", "index", "default", "single", "none", "null", "false",
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let entry = post
        .front_matter
        .get("layout")
        .filter(|_| post.front_matter.error.is_none());
    let (Some(entry), Some(site)) = (entry, context.site) else {
        return;
    };
    let Some(name) = entry.value.text().filter(|_| context.is_post()) else {
        return;
    };
    let plain = name.trim();
    if plain.is_empty() || plain.contains("{{") || ORDINARY.contains(&plain) {
        return;
    }
    let generator = context.generator();
    let Some(layouts) = site
        .layouts()
        .filter(|layouts| generator == site.generator && !layouts.contains(plain))
    else {
        return;
    };
    let effect = match generator {
        Generator::Hexo => {
            let instead = ["post", "page", "index"]
                .into_iter()
                .find(|name| layouts.contains(name));
            let instead = instead.map_or(say!("nothing"), |name| say!("`{name}`", name));
            say!(
                "the theme has no layout `{plain}`; Hexo takes {instead} in its place",
                plain,
                instead
            )
        }
        Generator::Jekyll => {
            say!(
                "there is no layout `{plain}`; Jekyll publishes this post bare, without head and menu",
                plain
            )
        }
        Generator::Hugo => say!(
            "there is no layout `{plain}`; Hugo takes the ordinary template in its place",
            plain
        ),
    };
    let finding = reporter.report(entry.value.range, effect);
    let meant = nearest(plain, layouts.iter().copied());
    let inner = notation::verbatim(&post.source, &entry.value).filter(|_| plain == name);
    if let (Some(meant), Some(inner)) = (meant, inner) {
        finding.fix(Fix::risky(
            say!("Write `{meant}`", meant),
            vec![Edit::replace(inner, meant)],
        ));
    }
}

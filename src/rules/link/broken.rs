//! `link-broken`: a link to a post that the site does not have.

use super::effect;
use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::post::named;
use crate::rule::{Context, Reads, Reporter};
use crate::site::named as posts;
use crate::text::{Edit, TextRange};
use crate::{rule, say};

rule! {
    /// A link to a post that the site does not have.
    ///
    /// # Why
    ///
    /// Hexo stops the whole build at a `{% post_link %}` that names no post, Jekyll at a `{% post_url %}` or a `{% link %}`, Hugo at
    /// a `ref` or a `relref`; a `{% post_path %}` prints nothing, and a link to a file `.md` that is not there leads readers
    /// nowhere. A post was renamed or deleted, or the name has a slip.
    ///
    /// This is told only where every post of the site was looked at. Hexo wants the path below `_posts` without `.md`, or the title.
    ///
    /// # Examples
    ///
    /// ```markdown,beside file=source/_posts/harvest.md
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// Read {% post_link harvset %} first.
    /// ```
    ///
    /// ```markdown,fixed
    /// Read {% post_link harvest %} first.
    /// ```
    ///
    /// ```markdown,beside file=_posts/2022-07-06-harvest.md
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2022-08-01-tea.md
    /// [Read it]({% post_url 2022-07-05-harvest %}) first.
    /// ```
    ///
    /// ```markdown,fixed
    /// [Read it]({% post_url 2022-07-06-harvest %}) first.
    /// ```
    ///
    /// ```markdown,beside file=content/posts/harvest.md
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=hugo file=content/posts/tea.md
    /// [Read it]({{< relref "posts/harvesting.md" >}}) first.
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/harvest.md
    /// Tea is picked in May.
    /// ```
    ///
    /// ```markdown,bad
    /// Read [this](rain.md) first.
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/harvest.md
    /// ---
    /// title: Harvest
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// Read {% post_link harvest %} or {% post_link Harvest %} first, but write `{% post_link none %}`.
    /// ```
    "link-broken", Warning, On, check
}

/// Of so many names in one post it is asked which was meant.
const MEANT: usize = 32;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let (post, generator) = (context.post, context.generator());
    // Most posts point at no other; no question is asked for them.
    let (tags, files) = (named::places(post), named::files(post));
    if (tags.is_empty() && files.is_empty()) || !context.is_post() {
        return reporter.rests_on(Reads::MARKUP.and(Reads::SITE));
    }
    let Some((site, _)) = context.among_posts() else { return };
    let index = &site.posts;
    if site.generator != generator || !index.is_whole() {
        return;
    }
    let seen = (generator == Generator::Hexo).then(|| context.seen_by_nunjucks().unwrap_or_default());
    let runs = |range: TextRange| {
        let opaque = &post.markdown.template.opaque;
        let is_seen = |seen: &str| seen.get(range.as_range()) == Some(post.source.slice(range));
        seen.is_none_or(is_seen)
            && !post.markdown.is_code(range.start)
            && !opaque.iter().any(|block| block.overlaps(range))
    };
    let mut asked = 0;
    for (tag, range) in tags {
        let name = post.source.slice(range);
        let Some(wanted) = posts::wanted(generator, tag, name) else {
            continue;
        };
        if !runs(range) || index.has_name(&wanted) {
            continue;
        }
        let effect = effect(context, tag);
        let message = say!("no post of the site is named `{name}`; {effect}", name, effect);
        let finding = reporter.report(range, message);
        asked += 1;
        // What is written in another form than that of the names is not mended by one of them.
        let stem = posts::without_extension(name);
        let meant = match () {
            () if asked > MEANT || wanted != name => None,
            () if index.has_name(stem) => Some(stem),
            () => index.nearest_name(name),
        };
        if let Some(meant) = meant {
            finding.fix(Fix::risky(
                say!("Name `{meant}`", meant),
                vec![Edit::replace(range, meant)],
            ));
        }
    }
    let folder = post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (range, path) in files {
        let place = posts::joined(folder, &path);
        let Some(place) = place.filter(|place| posts::is_among_posts(place, generator, &site.settings)) else {
            continue;
        };
        if !index.has_name(&posts::file(&place)) && !post.markdown.is_code(range.start) {
            reporter.report(
                range,
                say!(
                    "the site has no `{place}`; readers who follow this link see an error",
                    place
                ),
            );
        }
    }
}

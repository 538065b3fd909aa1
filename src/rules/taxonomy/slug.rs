//! `taxonomy-slug`: terms whose names differ and whose pages do not.

use crate::generator::{Generator, SiteSettings, Taxonomy, hexo};
use crate::rule::{Context, Reporter};
use crate::rules::rival;
use crate::site::Term;
use crate::{rule, say};

rule! {
    /// Terms whose names differ and whose pages do not.
    ///
    /// # Why
    ///
    /// Hexo makes the address of a tag or category from the letters and digits of its name: `C`, `C#` and `C++` all become
    /// `/tags/C/`. Each page overwrites the one before, so the posts of all but one cannot be found. `tag_map` and `category_map`
    /// in `_config.yml` give them addresses of their own. A name without letters and digits has no address at all. Each name is reported
    /// once, in the first post that uses it.
    ///
    /// # Examples
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [C++]
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Pointers
    /// tags: [C]
    /// ---
    /// ```
    ///
    /// ```markdown,beside file=source/_posts/first.md
    /// ---
    /// tags: [C++]
    /// ---
    /// ```
    ///
    /// ```markdown,good settings=tag_map={"C++":cpp}
    /// ---
    /// title: Pointers
    /// tags: [C]
    /// ---
    /// ```
    "taxonomy-slug", Error, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some((site, facts)) = context.among_posts().filter(|_| context.generator() == Generator::Hexo) else {
        return;
    };
    for (place, term) in rival::terms(context.post, Generator::Hexo, facts) {
        let first = site.posts.first_use(term);
        if first.is_some_and(|first| first.path < facts.path) {
            continue;
        }
        let Some(slug) = &term.slug else { continue };
        let name = &term.name;
        let word = term.taxonomy.said();
        if slug.is_empty() {
            reporter.report(
                place.node.range,
                say!(
                    "the {word} `{name}` has no letter or digit to make an address of; Hexo writes no page for it",
                    word,
                    name
                ),
            );
            continue;
        }
        // Another case is another finding (`taxonomy-case`).
        let is_other = |other: &str| other.to_lowercase() != name.to_lowercase();
        let others: Vec<_> = site
            .posts
            .same_slug(term)
            .filter(|other| is_other(other.name))
            .collect();
        let Some(most) = others.iter().max_by_key(|other| other.posts) else {
            continue;
        };
        let names: Vec<String> = others.iter().map(|other| format!("`{}`", other.name)).collect();
        let map = match term.taxonomy {
            Taxonomy::Tag => "tag_map",
            Taxonomy::Category => "category_map",
        };
        let message = say!(
            "the {word} `{name}` has the same page as {others}, `{page}`, and one overwrites the other; `{map}` in `_config.yml` can part them",
            word,
            name,
            others = names.join(", "),
            page = page(term, slug, &context.settings()),
            map
        );
        let finding = reporter.report(place.node.range, message);
        rival::pointed(finding, &site.posts, most);
    }
}

fn page(term: &Term, slug: &str, settings: &SiteSettings) -> String {
    let (dir, default) = match term.taxonomy {
        Taxonomy::Tag => (settings.hexo.tag_dir.as_deref(), "tags"),
        Taxonomy::Category => (settings.hexo.category_dir.as_deref(), "categories"),
    };
    let above = match term.parents.as_slice() {
        [] => String::new(),
        parents => hexo::category_slug(parents, settings) + "/",
    };
    format!("/{}/{above}{slug}/", dir.unwrap_or(default).trim_matches('/'))
}

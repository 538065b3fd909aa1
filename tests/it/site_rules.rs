//! Rules that look at more than one post: what the site's other posts make of a finding.

use postlint::config::Config;
use postlint::diagnostic::Diagnostic;
use postlint::lint;
use postlint::post::Post;
use postlint::site::Site;
use postlint::text::Source;

/// A site of posts given as `(path, text)`.
fn site(posts: &[(&str, &str)]) -> Site {
    let mut site = Site::default();
    for (path, text) in posts {
        let facts = site.facts_of(&Post::parse(Source::new(*text), *path), &Config::default());
        site.posts.add(facts);
    }
    site.posts.set_whole(true);
    site
}

fn found(site: &Site, path: &str, text: &str, code: &str, config: &Config) -> Vec<Diagnostic> {
    let post = Post::parse(Source::new(text), path);
    let mut found = lint::lint(&post, config, Some(site));
    found.retain(|finding| finding.code.0 == code);
    found
}

const CHAIN: &str = "---\ntitle: Tea\ncategories: [Kitchen, Tea]\n---\n";

#[test]
fn a_chain_that_the_site_uses_is_left_in_peace() {
    let paths = ["source/_posts/a.md", "source/_posts/b.md", "source/_posts/c.md"];
    let used = site(&paths.map(|path| (path, CHAIN)));
    let config = Config::default();
    assert!(found(&used, paths[0], CHAIN, "category-nesting", &config).is_empty());

    let twice = site(&[(paths[0], CHAIN), (paths[1], CHAIN)]);
    assert_eq!(found(&twice, paths[0], CHAIN, "category-nesting", &config).len(), 1);
}

#[test]
fn a_name_that_stands_elsewhere_as_often_makes_no_chain() {
    let other = "---\ncategories: Tea\n---\n";
    let posts = [
        ("source/_posts/a.md", CHAIN),
        ("source/_posts/b.md", CHAIN),
        ("source/_posts/c.md", CHAIN),
        ("source/_posts/d.md", other),
        ("source/_posts/e.md", other),
    ];
    let mixed = site(&posts);
    let count = |share| {
        let config = Config {
            chain_share: share,
            ..Config::default()
        };
        found(&mixed, posts[0].0, CHAIN, "category-nesting", &config).len()
    };
    // Three of five posts are 60 per cent.
    assert_eq!((count(None), count(Some(60)), count(Some(61))), (1, 0, 1));
}

#[test]
fn of_two_forms_used_alike_only_one_is_reported() {
    let (upper, lower) = ("---\ntags: [Java]\n---\n", "---\ntags: [java]\n---\n");
    let both = site(&[("source/_posts/a.md", upper), ("source/_posts/b.md", lower)]);
    let config = Config::default();
    let reported = [
        found(&both, "source/_posts/a.md", upper, "taxonomy-case", &config).len(),
        found(&both, "source/_posts/b.md", lower, "taxonomy-case", &config).len(),
    ];
    assert_eq!(reported.iter().sum::<usize>(), 1);
}

#[test]
fn names_with_one_page_are_reported_once_each() {
    let (c, sharp) = ("---\ntags: [C]\n---\n", "---\ntags: ['C#']\n---\n");
    let all = site(&[
        ("source/_posts/a.md", c),
        ("source/_posts/b.md", c),
        ("source/_posts/c.md", sharp),
    ]);
    let config = Config::default();
    let count = |path, text| found(&all, path, text, "taxonomy-slug", &config).len();
    assert_eq!(count("source/_posts/a.md", c), 1);
    assert_eq!(count("source/_posts/b.md", c), 0);
    assert_eq!(count("source/_posts/c.md", sharp), 1);
}

#[test]
fn plurals_and_slips_are_near_and_other_words_are_not() {
    let used = "---\ntags: [plants, https, get, typescript]\n---\n";
    let paths = ["source/_posts/a.md", "source/_posts/b.md", "source/_posts/c.md"];
    let all = site(&paths.map(|path| (path, used)));
    let config = Config::default();
    let count = |tag: &str| {
        let text = format!("---\ntags: ['{tag}']\n---\n");
        found(&all, "source/_posts/d.md", &text, "taxonomy-near", &config).len()
    };
    assert_eq!((count("plant"), count("typescirpt")), (1, 1));
    assert_eq!((count("http"), count("__get"), count("javascript")), (0, 0, 0));
}

#[test]
fn addresses_that_differ_in_case_are_only_a_warning() {
    let text = "---\ndate: 2022-07-06\n---\n";
    let all = site(&[("source/_posts/Tea.md", text)]);
    let config = Config::default();
    let severity = |path| {
        found(&all, path, text, "post-url-duplicate", &config)
            .first()
            .map(|found| found.severity)
    };
    assert_eq!(
        severity("source/_posts/tea.md"),
        Some(postlint::diagnostic::Severity::Warning)
    );
    assert_eq!(
        severity("source/_posts/Tea.html"),
        Some(postlint::diagnostic::Severity::Error)
    );
    assert_eq!(severity("source/_posts/rain.md"), None);
}

#[test]
fn french_quotes_and_capitals_are_not_broken_letters() {
    let config = Config::default();
    let alone = Site::default();
    for text in ["« oublié…»", "CAFÉ»", "MAÇÃ»", "Ãlvaro", "naïve café", "30 °C – 40 °C"] {
        assert!(
            found(&alone, "a.md", text, "text-mojibake", &config).is_empty(),
            "{text}"
        );
    }
    for text in ["cafÃ©", "itâ€™s", "ä¸\u{ad}æ–‡", "ðŸ˜€", "\u{fffd}"] {
        assert_eq!(found(&alone, "a.md", text, "text-mojibake", &config).len(), 1, "{text}");
    }
}

const TEA: (&str, &str) = ("source/_posts/notes/tea.md", "---\ntitle: \"Tea > Coffee %\"\n---\n");

/// What `link-broken` says of `body` in a site of this post, [`TEA`] and `others`, with the fixes' titles.
fn links(body: &str, others: &[(&str, &str)]) -> Vec<String> {
    let post = ("source/_posts/a.md", body);
    let site = site(&[&[post, TEA], others].concat());
    let found = found(&site, post.0, post.1, "link-broken", &Config::default());
    let told = found.into_iter().map(|finding| {
        let fixes: Vec<String> = finding.fixes.iter().map(|fix| fix.title.english()).collect();
        format!("{} {fixes:?}", &post.1[finding.range.as_range()])
    });
    told.collect()
}

#[test]
fn a_post_is_called_by_its_slug_and_its_title() {
    assert!(
        links(
            "{% post_link notes/tea %} {% post_link 'Tea > Coffee %' x %}{% post_path \"notes/tea#top\" %}\n",
            &[]
        )
        .is_empty()
    );
    assert_eq!(
        links(
            "{% post_link tea %} {% post_link notes/tea.md %} {%post_link notes/teas%} {% post_link snow %}\n",
            &[]
        ),
        [
            "tea [\"Name `notes/tea`\"]",
            "notes/tea.md [\"Name `notes/tea`\"]",
            "notes/teas [\"Name `notes/tea`\"]",
            "snow []",
        ]
    );
}

#[test]
fn what_hexo_does_not_run_is_no_link() {
    for body in [
        "`{% post_link snow %}`\n",
        "```\n{% post_link snow %}\n```\n",
        "<!-- {% post_link snow %} -->\n",
        "{% raw %}{% post_link snow %}{% endraw %}\n",
        "---\ndisableNunjucks: true\n---\n{% post_link snow %}\n",
        "{% post_link {{ page.name }} %}\n",
    ] {
        assert_eq!(links(body, &[]), [""; 0], "{body}");
    }
}

#[test]
fn a_file_is_looked_for_wherever_it_may_be() {
    assert_eq!(
        links(
            "[a](snow.md) [b](tea.md) [c](../README.md) [d](https://x.example/y.md) [e](/y.md) [f](tea.md#x)\n",
            &[]
        ),
        ["snow.md []"]
    );
    let others = [("source/_posts/x/snow.md", "")];
    assert!(links("[a](Snow.md) `[b](rain.md)`\n", &others).is_empty());
}

#[test]
fn nothing_is_said_where_posts_may_be_missing_from_the_index() {
    let body = "{% post_link snow %} [a](snow.md)\n";
    let mut site = site(&[TEA]);
    assert_eq!(
        found(&site, "source/_posts/a.md", body, "link-broken", &Config::default()).len(),
        2
    );
    site.posts.set_whole(false);
    assert!(found(&site, "source/_posts/a.md", body, "link-broken", &Config::default()).is_empty());
}

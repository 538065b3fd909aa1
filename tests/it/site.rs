//! What posts know of each other, the site's settings, and telling generators apart.

use crate::server::typing::Dice;
use postlint::generator::Taxonomy;
use postlint::site::{BodyGist, Habits, Index, PostFacts, Term};
use postlint::text::TextRange;
use postlint::workspace::{Options, Stage, Workspace};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

fn facts(path: &str, url: &str, tags: &[(&str, &str)], body: &str) -> PostFacts {
    PostFacts {
        path: path.into(),
        text: 0,
        url: Some(url.to_owned()),
        title: path.to_owned(),
        date: None,
        terms: tags
            .iter()
            .map(|&(name, slug)| {
                Arc::new(Term {
                    taxonomy: Taxonomy::Tag,
                    parents: Vec::new(),
                    name: name.into(),
                    slug: Some(slug.to_owned()),
                })
            })
            .collect(),
        body: BodyGist::of(body),
        place: TextRange::at(0),
        habits: Habits::default(),
        names: vec![path.into()],
    }
}

fn article(lines: std::ops::Range<usize>) -> String {
    lines
        .map(|line| format!("Sentence number {line} of a story about the sea and its boats.\n"))
        .collect()
}

#[test]
fn the_index_follows_posts_that_come_change_and_go() {
    let mut index = Index::default();
    index.add(facts(
        "a.md",
        "/2020/Sea/",
        &[("C++", "C"), ("Java", "Java")],
        &article(0..40),
    ));
    index.add(facts(
        "b.md",
        "/2020/sea/",
        &[("C#", "C"), ("java", "java")],
        &article(0..40),
    ));
    let a = index.get("a.md").unwrap().clone();
    assert_eq!(index.len(), 2);
    assert_eq!(index.same_url(&a).map(|post| &*post.path).collect::<Vec<_>>(), ["b.md"]);
    assert_eq!(
        index.same_body(&a).map(|post| &*post.path).collect::<Vec<_>>(),
        ["b.md"]
    );
    let names =
        |rivals: Vec<postlint::site::Rival<'_>>| rivals.iter().map(|rival| rival.name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(index.same_slug(&a.terms[0]).collect()), ["C#"]);
    assert_eq!(names(index.same_but_case(&a.terms[1]).collect()), ["java"]);

    index.add(facts("b.md", "/2020/lake/", &[("C#", "c-sharp")], &article(50..90)));
    assert_eq!(index.len(), 2);
    assert_eq!(index.same_url(&a).count(), 0);
    assert_eq!(index.same_body(&a).count(), 0);
    assert_eq!(index.same_slug(&a.terms[0]).count(), 0);
    assert_eq!(index.same_but_case(&a.terms[1]).count(), 0);

    index.remove("b.md");
    assert_eq!(index.iter().map(|post| &*post.path).collect::<Vec<_>>(), ["a.md"]);
    assert!(!index.has_url("/2020/lake/"));
}

#[test]
fn spellings_of_one_tag_are_near_each_other() {
    let mut index = Index::default();
    index.add(facts("a.md", "/a/", &[("Vue 3", "Vue-3")], ""));
    index.add(facts("b.md", "/b/", &[("vue-3", "vue-3")], ""));
    index.add(facts("c.md", "/c/", &[("Ｖue3", "Ｖue3")], ""));
    index.add(facts("d.md", "/d/", &[("Vue 2", "Vue-2")], ""));
    let a = index.get("a.md").unwrap();
    let near: Vec<&str> = index.nearly_same(&a.terms[0]).map(|rival| rival.name).collect();
    assert_eq!(near, ["vue-3", "Ｖue3"]);
}

#[test]
fn bodies_are_alike_by_the_lines_they_share() {
    let whole = BodyGist::of(&article(0..100));
    assert_eq!(whole.likeness(&whole), 100);
    assert_eq!(whole.likeness(&BodyGist::of(&article(200..300))), 0);
    let mended = BodyGist::of(&article(0..97));
    assert!(whole.likeness(&mended) >= 90, "{}", whole.likeness(&mended));
    let half = BodyGist::of(&article(50..150));
    assert!(whole.likeness(&half) < 60, "{}", whole.likeness(&half));
    assert_eq!(BodyGist::of("short").whole, None);
    assert_eq!(
        BodyGist::of(&article(0..20)).whole,
        BodyGist::of(&article(0..20).replace('\n', "\r\n\r\n")).whole,
        "white space does not count"
    );
}

#[test]
fn settings_that_move_layouts_and_change_letters() {
    use postlint::generator::{Build, Generator, SiteSettings, hugo};
    use postlint::post::Post;
    use postlint::site::Site;
    use postlint::text::Source;

    let settings = SiteSettings::from_jekyll_yaml("layouts_dir: templates/pages\n");
    let site = Site {
        generator: Generator::Jekyll,
        settings,
        assets: Some(Arc::new(
            ["templates/pages/note.html".to_owned(), "_layouts/old.html".to_owned()].into(),
        )),
        ..Site::default()
    };
    let layouts = site.layouts().unwrap();
    assert!(layouts.contains("note") && !layouts.contains("old"));

    let settings = SiteSettings::from_hugo_toml("removePathAccents = true\n");
    let build = Build {
        settings: &settings,
        machine_zone: "UTC",
        now: None,
    };
    let post = Post::parse(Source::new("---\ntitle: Tea\n---\n"), "content/posts/Café ñ ø й.md");
    let url = hugo::explain(&post, &build).url.unwrap();
    assert_eq!(url, "/posts/cafe-n-%C3%B8-%D0%B8/");
}

#[test]
fn a_site_that_is_forgotten_while_it_is_read_is_never_known_by_half() {
    const POSTS: usize = 24;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let posts = root.join("source/_posts");
    std::fs::create_dir_all(&posts).unwrap();
    std::fs::write(root.join("_config.yml"), "title: Half\n").unwrap();
    let paths: BTreeSet<PathBuf> = (0..POSTS).map(|at| posts.join(format!("{at}.md"))).collect();
    let workspace = Workspace::new(Options::default());
    for round in 0..60 {
        for path in &paths {
            let text = format!("---\ntitle: A\ndate: 2024-01-02\ntags: [t{round}]\n---\n");
            std::fs::write(path, text).unwrap();
        }
        workspace.meet(&root);
        workspace.index_sites();
        for path in &paths {
            let text = format!("---\ntitle: A\ndate: 2024-01-02\ntags: [again{round}]\n---\n");
            std::fs::write(path, text).unwrap();
        }
        std::thread::scope(|scope| {
            scope.spawn(|| workspace.take_in_files(&paths));
            scope.spawn(|| {
                // Now before, now in the middle, now behind.
                std::thread::sleep(std::time::Duration::from_micros(250 * round));
                workspace.forget();
                workspace.stage(paths.first().unwrap()).unwrap();
            });
        });
        let known = |workspace: &Workspace| workspace.sites()[0].site.posts.len();
        assert!(
            [0, POSTS].contains(&known(&workspace)),
            "{} posts of {POSTS}",
            known(&workspace)
        );
        workspace.index_sites();
        assert_eq!(known(&workspace), POSTS);
    }
}

#[test]
fn who_cannot_wait_sees_a_site_whose_files_are_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let posts = root.join("source/_posts");
    std::fs::create_dir_all(&posts).unwrap();
    std::fs::write(root.join("_config.yml"), "title: Tea\npermalink: :title/\n").unwrap();
    std::fs::write(root.join("source/cup.png"), "").unwrap();
    let workspace = Workspace::new(Options::default());
    let path = posts.join("a.md");
    let seen = |stage: Stage| {
        let site = stage.site.expect("a site").site.clone();
        (site.settings.permalink, site.assets.map(|assets| assets.len()))
    };
    let permalink = Some(":title/".to_owned());
    assert_eq!(
        seen(workspace.stage_in_hurry(&path).unwrap()),
        (permalink.clone(), None)
    );
    assert!(workspace.was_hurried() && !workspace.was_hurried());
    // What was seen in a hurry is not remembered, neither for the folder nor for those below.
    assert_eq!(seen(workspace.stage(&path).unwrap()), (permalink.clone(), Some(2)));
    assert_eq!(seen(workspace.stage_in_hurry(&path).unwrap()), (permalink, Some(2)));
    assert!(!workspace.was_hurried());
}

#[test]
fn tags_are_counted_alike_however_posts_come_and_go() {
    let mut dice = Dice(5);
    let mut index = Index::default();
    let names: Vec<String> = (0..40).map(|at| format!("t{at}")).collect();
    for round in 0..2_000 {
        let path = format!("p{}.md", dice.throw(30));
        if dice.throw(3) == 0 {
            index.remove(&path);
        } else {
            // Now and then somebody types a tag that nobody had before.
            let new = format!("new{round}");
            let mut tags: Vec<(&str, &str)> = Vec::new();
            for _ in 0..dice.throw(4) {
                tags.push((names[dice.throw(names.len())].as_str(), ""));
            }
            if dice.throw(2) == 0 {
                tags.push((new.as_str(), ""));
            }
            index.add(facts(&path, "", &tags, ""));
        }
        let but = format!("p{}.md", dice.throw(30));
        let mut told: Vec<(&str, usize)> = index.tags(&but).filter(|(_, posts)| *posts > 0).collect();
        let all = index.terms(Taxonomy::Tag, &but).filter(|(_, posts)| *posts > 0);
        let mut expected: Vec<(&str, usize)> = all.map(|(term, posts)| (term.name.as_str(), posts)).collect();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "round {round}");
        // Whoever reads goes on with his own.
        if round % 7 == 0 {
            index = index.clone();
        }
    }
}
